import { Plus, Sprout } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';

const texts = words.cards.empty;

/** The canvas before the first node: what to do, and something to start from. */
export function EmptyCanvas() {
  const examples = useSession((state) => state.examples);
  return (
    <section className="empty-canvas" aria-label={texts.label}>
      <h2>{texts.title}</h2>
      <p>
        {texts.press} <kbd className="key">Tab</kbd> {texts.text}
      </p>
      <button
        type="button"
        className="button"
        data-kind="primary"
        data-size="large"
        onClick={() => runCommand('edit.addNode')}
      >
        <Plus size={15} aria-hidden="true" /> {texts.addNode}
      </button>
      {examples.length === 0 ? null : (
        <>
          <p className="caption">{texts.examples}</p>
          <ul className="empty-examples">
            {examples.map(({ name, title }) => (
              <li key={name}>
                <button type="button" className="button" onClick={() => runCommand(`example.${name}`)}>
                  <Sprout size={14} aria-hidden="true" /> {title}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
