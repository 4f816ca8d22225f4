import { Dices, LockOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { words } from '../look/words';
import type { ControlOf } from './field-props';
import { diceSeed, readSeed } from './seed-value';

/** A seed, or nothing: then the route chooses one. */
export function SeedField({
  id,
  value,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'seed'>) {
  const [draft, setDraft] = useState<string | null>(null);
  const read = draft === null ? undefined : readSeed(draft);
  const wrong = read?.ok === false ? read.reason : undefined;
  const set = (seed: number | null) => {
    setDraft(null);
    // What was typed before is a step of its own.
    onCommit();
    onChange(seed);
    onCommit();
  };
  return (
    <span
      className="input seed-field nodrag nowheel"
      data-invalid={invalid || wrong !== undefined}
      data-disabled={disabled}
      title={wrong}
    >
      <input
        id={id}
        className="value"
        type="text"
        inputMode="numeric"
        placeholder={words.fields.seed.none}
        value={draft ?? (value === null ? '' : String(value))}
        disabled={disabled}
        aria-invalid={invalid || wrong !== undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        onChange={(event) => {
          setDraft(event.target.value);
          const typed = readSeed(event.target.value);
          if (typed.ok) onChange(typed.value);
        }}
        onBlur={() => {
          setDraft(null);
          onCommit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {value === null ? null : (
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={words.takes.nextSeed}
          title={words.takes.nextSeed}
          disabled={disabled || Number(value) >= Number.MAX_SAFE_INTEGER}
          onClick={() => set(Number(value) + 1)}
        >
          <Plus size={13} />
        </button>
      )}
      {value === null ? null : (
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={words.fields.seed.letRouteSeed}
          title={words.fields.seed.letRoute}
          disabled={disabled}
          onClick={() => set(null)}
        >
          <LockOpen size={13} />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        data-size="small"
        aria-label={words.fields.seed.dice}
        title={words.fields.seed.dice}
        disabled={disabled}
        onClick={() => set(diceSeed(Math.random()))}
      >
        <Dices size={14} />
      </button>
    </span>
  );
}
