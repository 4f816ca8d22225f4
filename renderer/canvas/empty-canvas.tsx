import { Plus, Sprout } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { useSession } from '../stores/session-store';

/** The canvas before the first node: what to do, and something to start from. */
export function EmptyCanvas() {
  const examples = useSession((state) => state.examples);
  return (
    <section className="empty-canvas" aria-label="Nothing here yet">
      <h2>Start with a node</h2>
      <p>
        Press <kbd className="key">Tab</kbd> or double-click anywhere. Drop pictures here to use them. Nothing
        is sent or paid for until you press Run.
      </p>
      <button
        type="button"
        className="button"
        data-kind="primary"
        data-size="large"
        onClick={() => runCommand('edit.addNode')}
      >
        <Plus size={15} aria-hidden="true" /> Add a node
      </button>
      {examples.length === 0 ? null : (
        <>
          <p className="caption">or open an example, free to run</p>
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
