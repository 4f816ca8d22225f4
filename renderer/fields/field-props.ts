import type { Field } from '#core/param';
import type { JsonValue } from '#core/json';

/** What every control gets; `id` belongs to the element its label points at. */
export interface ControlProps<F extends Field = Field> {
  id: string;
  label: string;
  field: F;
  value: JsonValue;
  /** At every change, also while dragging or typing. */
  onChange: (value: JsonValue) => void;
  /** At the end of an edit: the pointer is up, the field is left. */
  onCommit: () => void;
  /** On a card rather than in a panel. */
  compact: boolean;
  disabled: boolean;
  invalid: boolean;
  /** Ids of the texts that say more about it. */
  describedBy: string | undefined;
  /** The node's id and the param's name. */
  node: string;
  name: string;
}

/** The control of one kind of field. */
export type ControlOf<K extends Field['kind']> = ControlProps<Extract<Field, { kind: K }>>;
