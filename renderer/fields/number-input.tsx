import { useRef, useState, type PointerEvent } from 'react';
import { readNumber, scrubNumber, showNumber, stepNumber, type NumberRange } from './number-value';

interface Scrub {
  from: number;
  x: number;
  moved: boolean;
}

/**
 * A number to type, to step with the arrow keys (Shift: ten) and to drag sideways. What cannot be is marked while it is
 * typed and not passed on; on leaving, the nearest allowed value or the last good one stands again.
 */
export function NumberInput({
  id,
  label,
  value,
  range,
  unit,
  disabled = false,
  invalid = false,
  describedBy,
  onChange,
  onCommit,
}: {
  id?: string | undefined;
  /** Only where no label element points at it. */
  label?: string | undefined;
  value: number;
  range: NumberRange;
  unit?: string | undefined;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  onChange: (value: number) => void;
  onCommit?: (() => void) | undefined;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const [scrubbing, setScrubbing] = useState(false);
  const scrub = useRef<Scrub | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const read = draft === null ? undefined : readNumber(draft, range);
  const wrong = read?.ok === false ? read.reason : undefined;

  const leave = () => {
    if (read?.ok === false && read.nearest !== undefined) onChange(read.nearest);
    setDraft(null);
    onCommit?.();
  };
  const begin = (event: PointerEvent<HTMLInputElement>) => {
    if (event.button !== 0 || disabled || document.activeElement === field.current) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    scrub.current = { from: value, x: event.clientX, moved: false };
  };
  const drag = (event: PointerEvent<HTMLInputElement>) => {
    const start = scrub.current;
    if (start === null) return;
    const pixels = event.clientX - start.x;
    if (!start.moved && Math.abs(pixels) < 3) return;
    if (!start.moved) setScrubbing(true);
    start.moved = true;
    const next = scrubNumber(start.from, pixels, event.shiftKey, range);
    if (next !== value) onChange(next);
  };
  const end = (event: PointerEvent<HTMLInputElement>) => {
    const start = scrub.current;
    if (start === null) return;
    scrub.current = null;
    setScrubbing(false);
    event.currentTarget.releasePointerCapture(event.pointerId);
    if (start.moved) onCommit?.();
    else event.currentTarget.select();
  };

  return (
    <span
      className="input number-input nodrag nowheel"
      data-invalid={invalid || wrong !== undefined}
      data-disabled={disabled}
      data-scrubbing={scrubbing}
      title={wrong}
    >
      <input
        ref={field}
        id={id}
        className="value"
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={range.min}
        aria-valuemax={range.max}
        aria-invalid={invalid || wrong !== undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        disabled={disabled}
        value={draft ?? showNumber(value)}
        onChange={(event) => {
          setDraft(event.target.value);
          const typed = readNumber(event.target.value, range);
          if (typed.ok) onChange(typed.value);
        }}
        onBlur={leave}
        onPointerDown={begin}
        onPointerMove={drag}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            setDraft(null);
            onChange(stepNumber(value, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey, range));
          } else if (event.key === 'Enter') {
            event.currentTarget.blur();
          } else if (event.key === 'Escape') {
            setDraft(null);
            event.currentTarget.blur();
          }
        }}
      />
      {unit === undefined ? null : <span className="number-input-unit">{unit}</span>}
      {wrong === undefined ? null : (
        <span className="number-input-wrong" role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
