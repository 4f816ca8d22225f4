import { LibraryBig } from 'lucide-react';
import { loraBases, loraNamed, loraWords } from '#core/lora/lora';
import { openLoras } from '../commands/loras';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';
import type { ControlOf } from './field-props';

const said = words.fields.lora;

/** The name of a LoRA file: written by hand, or chosen from what is there. */
export function LoraField({
  id,
  label,
  field,
  value,
  node,
  name,
  compact,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'lora-file'>) {
  const text = String(value ?? '');
  return (
    <div className="lora-field">
      <div className="lora-field-row">
        <input
          id={id}
          className="input nodrag nowheel"
          type="text"
          value={text}
          title={text}
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
        <button
          type="button"
          className="icon-button nodrag"
          data-size="small"
          aria-label={said.chooseFor(label)}
          title={said.choose}
          disabled={disabled}
          onClick={() => openLoras(node, name)}
        >
          <LibraryBig size={14} aria-hidden="true" />
        </button>
      </div>
      {compact || text === '' ? null : <LoraWords name={text} />}
    </div>
  );
}

/** What the file says of itself, once a list was read. */
function LoraWords({ name }: { name: string }) {
  const loras = useSession((state) => state.loras);
  const all = Object.values(loras).flat();
  const facts = loraNamed(name, all)?.facts;
  if (facts === undefined) return null;
  const named = loraWords(facts);
  const base = facts.base === undefined ? facts.baseSaid : loraBases[facts.base];
  const about = [
    base === undefined ? undefined : words.look.lora.fits(base),
    facts.rank === undefined ? undefined : words.look.lora.rank(facts.rank),
    facts.licence,
  ].filter((word) => word !== undefined);
  return (
    <div className="lora-field-words">
      {about.length === 0 ? null : <span>{about.join(' · ')}</span>}
      {named === undefined ? null : (
        <span>
          {named.kind === 'trigger' ? words.loras.triggers : words.loras.captioned}:{' '}
          <span className="can-select">{named.words.slice(0, 6).join(', ')}</span>
        </span>
      )}
    </div>
  );
}
