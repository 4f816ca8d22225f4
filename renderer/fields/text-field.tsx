import { useLayoutEffect, useRef } from 'react';
import type { ControlOf } from './field-props';

/** One line, or a box that grows with its text (on a card only while it is written in). */
export function TextField(props: ControlOf<'text'>) {
  return props.field.lines > 1 ? <TextBox {...props} /> : <TextLine {...props} />;
}

function TextLine({
  id,
  field,
  value,
  onChange,
  onCommit,
  disabled,
  invalid,
  describedBy,
}: ControlOf<'text'>) {
  return (
    <input
      id={id}
      className="input nodrag nowheel"
      type="text"
      value={String(value ?? '')}
      placeholder={field.placeholder}
      disabled={disabled}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onCommit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

function TextBox({
  id,
  field,
  value,
  onChange,
  onCommit,
  compact,
  disabled,
  invalid,
  describedBy,
}: ControlOf<'text'>) {
  const box = useRef<HTMLTextAreaElement>(null);
  const text = String(value ?? '');
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || compact) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text, compact]);
  return (
    <textarea
      ref={box}
      id={id}
      className="input text-field-box nodrag nowheel"
      data-compact={compact}
      rows={field.lines}
      value={text}
      placeholder={field.placeholder}
      disabled={disabled}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      spellCheck
      onChange={(event) => onChange(event.target.value)}
      onBlur={onCommit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
