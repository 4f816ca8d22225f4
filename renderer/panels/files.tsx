import { Clock, FilePlus2, FolderOpen, Sprout } from 'lucide-react';
import { fileName, folderName } from '../look/format';
import './lists.css';

/** Where work begins: a new workflow, one from disk, an example, or one of the last. */
export function Files({
  examples,
  recent,
  onNew,
  onOpen,
  onExample,
  onRecent,
  onForget,
}: {
  examples: readonly { name: string; title: string }[];
  recent: readonly string[];
  onNew: () => void;
  onOpen: () => void;
  onExample: (name: string) => void;
  onRecent: (path: string) => void;
  onForget: () => void;
}) {
  return (
    <div className="list">
      <div className="list-actions">
        <button type="button" className="button" onClick={onNew}>
          <FilePlus2 size={14} /> New
        </button>
        <button type="button" className="button" onClick={onOpen}>
          <FolderOpen size={14} /> Open…
        </button>
      </div>
      <h3 className="list-heading caption">Examples</h3>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" className="list-row" onClick={() => onExample(example.name)}>
              <Sprout size={15} aria-hidden="true" />
              <span className="one-line">{example.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3 className="list-heading caption">
        Recent
        {recent.length === 0 ? null : (
          <button type="button" className="list-heading-action" onClick={onForget}>
            Forget
          </button>
        )}
      </h3>
      {recent.length === 0 ? (
        <p className="list-none">Workflows you open or save will stand here.</p>
      ) : (
        <ul>
          {recent.map((path) => (
            <li key={path}>
              <button type="button" className="list-row" title={path} onClick={() => onRecent(path)}>
                <Clock size={15} aria-hidden="true" />
                <span className="list-words">
                  <span className="one-line">{fileName(path).replace(/\.seedloom$/, '')}</span>
                  <span className="caption one-line">{folderName(path)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
