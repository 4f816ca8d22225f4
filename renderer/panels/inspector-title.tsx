import { useState } from 'react';

/** A title that is edited where it stands. Escape leaves it as it was. */
export function InspectorTitle({
  value,
  placeholder,
  label,
  onChange,
}: {
  value: string;
  placeholder: string;
  label: string;
  onChange: (value: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      className="inspector-title"
      aria-label={label}
      value={draft ?? value}
      placeholder={placeholder}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft.trim() !== value) onChange(draft.trim());
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(null);
        if (event.key === 'Enter' || event.key === 'Escape') {
          const field = event.currentTarget;
          // After React has taken the draft back, or leaving would keep it.
          queueMicrotask(() => field.blur());
        }
      }}
    />
  );
}
