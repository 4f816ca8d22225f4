import { useState } from 'react';
import { words } from '../look/words';
import type { ControlOf } from './field-props';
import { readColor } from './color-value';

/** The system's colour picker, and the colour as hex text. */
export function ColorField({
  id,
  label,
  value,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'color'>) {
  const [draft, setDraft] = useState<string | null>(null);
  const color = readColor(String(value)) ?? '#000000';
  const wrong = draft !== null && readColor(draft) === undefined;
  return (
    <span
      className="input color-field nodrag nowheel"
      data-invalid={invalid || wrong}
      data-disabled={disabled}
      title={wrong ? words.fields.color.wrong : undefined}
    >
      <input
        className="color-field-swatch"
        type="color"
        aria-label={words.fields.color.choose(label)}
        value={color}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onCommit}
      />
      <input
        id={id}
        className="value"
        type="text"
        value={draft ?? String(value)}
        disabled={disabled}
        aria-invalid={invalid || wrong}
        aria-describedby={describedBy}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setDraft(event.target.value);
          const typed = readColor(event.target.value);
          if (typed !== undefined) onChange(typed);
        }}
        onBlur={() => {
          setDraft(null);
          onCommit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </span>
  );
}
