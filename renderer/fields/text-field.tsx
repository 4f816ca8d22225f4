import { useLayoutEffect, useRef, useState } from 'react';
import type { ControlOf } from './field-props';
import { PromptBox } from './prompt-box';

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
  label,
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
  const [entered, setEntered] = useState(false);
  const grows = entered || !compact;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = '';
    if (grows && element.scrollHeight > element.clientHeight)
      element.style.height = `${element.scrollHeight + 2}px`;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- its height follows its text, and asking for it lays the page out
  }, [text, grows]);
  const area = (
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
      onFocus={() => setEntered(true)}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => {
        setEntered(false);
        event.currentTarget.scrollTop = 0;
        onCommit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
  if (field.prompt === undefined) return area;
  return (
    <PromptBox
      box={box}
      text={text}
      signs={field.prompt}
      label={label}
      disabled={disabled}
      onChoose={(chosen) => {
        onCommit();
        onChange(chosen);
        onCommit();
      }}
    >
      {area}
    </PromptBox>
  );
}
