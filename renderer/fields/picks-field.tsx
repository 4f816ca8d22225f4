import { picksSchema } from '#core/choice';
import { words } from '../look/words';
import type { ControlOf } from './field-props';

/** What was picked, in a few words; it is picked on the card itself. */
export function PicksField({ id, value, disabled, describedBy, onChange, onCommit }: ControlOf<'picks'>) {
  const picks = picksSchema.safeParse(value);
  const data = picks.success ? picks.data : { picked: [] };
  const some = 'places' in data ? data.places.length : data.picked.length;
  return (
    <span className="picks-field">
      <output className="one-line">
        {'places' in data ? words.choice.places(data.places) : words.choice.picked(some)}
      </output>
      <button
        id={id}
        type="button"
        className="button"
        disabled={disabled || some === 0}
        aria-describedby={describedBy}
        onClick={() => {
          onChange({ picked: [] });
          onCommit();
        }}
      >
        {words.choice.clear}
      </button>
    </span>
  );
}
