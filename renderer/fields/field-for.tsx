import { ArrowLeft } from 'lucide-react';
import { useId, type ComponentType, type ReactNode } from 'react';
import type { JsonValue } from '#core/json';
import type { Field, ParamSpec } from '#core/param';
import './fields.css';
import { ChoiceField } from './choice-field';
import { ColorField } from './color-field';
import type { ControlOf, ControlProps } from './field-props';
import { FolderField } from './folder-field';
import { ImageFileField } from './image-file-field';
import { LoraField } from './lora-field';
import { NumberField } from './number-field';
import { PicksField } from './picks-field';
import { PaintingField } from './painting-field';
import { hasUnfilled } from './prompt-box';
import { SeedField } from './seed-field';
import { SizeField } from './size-field';
import { SliderField } from './slider-field';
import { TextField } from './text-field';
import { ToggleField } from './toggle-field';
import { words } from '../look/words';

const controls: { [K in Field['kind']]: ComponentType<ControlOf<K>> } = {
  text: TextField,
  number: NumberField,
  slider: SliderField,
  choice: ChoiceField,
  toggle: ToggleField,
  size: SizeField,
  seed: SeedField,
  color: ColorField,
  'lora-file': LoraField,
  'image-file': ImageFileField,
  folder: FolderField,
  picks: PicksField,
  painting: PaintingField,
};

/** Whether the control wants the whole width, with its label above. */
function isWide(field: Field, compact: boolean): boolean {
  if (field.kind === 'text') return field.lines > 1;
  if (field.kind === 'lora-file') return !compact;
  return (
    field.kind === 'image-file' ||
    field.kind === 'folder' ||
    field.kind === 'painting' ||
    (field.kind === 'size' && !compact)
  );
}

export interface FieldForProps {
  spec: ParamSpec;
  value: JsonValue;
  /** At every change, also while dragging or typing. */
  onChange: (value: JsonValue) => void;
  /** At the end of an edit: the field is left, the pointer is up. */
  onCommit?: () => void;
  /** On a card rather than in a panel. */
  compact?: boolean;
  disabled?: boolean;
  nodeId: string;
  /** The param's name. */
  name: string;
  /** Title of the node that is wired to the input of the same name: its value wins, so the control gives way. */
  wired?: string | undefined;
  /** What the plan has against the value. */
  problem?: string | undefined;
  /** Stands at the end of the label. */
  aside?: ReactNode;
}

/** The control of a param with its label, by the kind its definition names. */
export function FieldFor({
  spec,
  value,
  onChange,
  onCommit = () => {},
  compact = false,
  disabled = false,
  nodeId,
  name,
  wired,
  problem,
  aside,
}: FieldForProps) {
  const id = useId();
  const { kind } = spec.field;
  const wide = isWide(spec.field, compact) && wired === undefined;
  const parsed = spec.schema.safeParse(value);
  const wrong =
    wired === undefined ? (problem ?? (parsed.success ? undefined : words.fields.notAllowed)) : undefined;
  const hint = compact ? undefined : spec.hint;
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const wrongId = wrong === undefined ? undefined : `${id}-wrong`;
  const describedBy = [hintId, wrongId].filter(Boolean).join(' ') || undefined;
  // The record pairs each kind with its control; the compiler cannot follow the pairing through an index.
  const Control = controls[kind] as ComponentType<ControlProps>;
  return (
    <div
      className="field"
      data-kind={kind}
      data-wide={wide}
      data-compact={compact}
      data-param={`${nodeId}.${name}`}
    >
      <label className="field-label" htmlFor={id} title={compact ? spec.hint : undefined}>
        {spec.label}
      </label>
      <div className="field-control">
        {wired === undefined ? (
          <Control
            id={id}
            label={spec.label}
            field={spec.field}
            value={value}
            onChange={onChange}
            onCommit={onCommit}
            compact={compact}
            disabled={disabled}
            invalid={wrong !== undefined}
            describedBy={describedBy}
            node={nodeId}
            name={name}
          />
        ) : (
          <output id={id} className="field-wired" title={words.fields.wired(wired)}>
            <ArrowLeft size={13} aria-hidden="true" />
            <span className="one-line">{words.fields.from(wired)}</span>
          </output>
        )}
      </div>
      {wrong === undefined ? null : (
        <p id={wrongId} className="field-wrong">
          {wrong}
        </p>
      )}
      {!compact && 'prompt' in spec.field && spec.field.prompt === 'weights' && hasUnfilled(String(value)) ? (
        <p className="field-hint" data-tone="spend">
          {words.prompts.onlyInPrompt}
        </p>
      ) : null}
      {hint === undefined ? null : (
        <p id={hintId} className="field-hint">
          {hint}
        </p>
      )}
      {aside}
    </div>
  );
}
