import { Clock, FilePlus2, FolderOpen, Sprout } from 'lucide-react';
import type { RecentFile } from '#core/file-calls';
import { fileName, folderName, when } from '../look/format';
import { words } from '../look/words';
import './lists.css';
import { useNow } from './use-now';

/** Where work begins: a new workflow, one from disk, an example, or one of the last. */
function recentWords(file: RecentFile | undefined, now: Date): string {
  if (file === undefined) return '';
  if (!file.there) return `${words.files.recent.missing} · `;
  return `${file.at === null ? words.files.recent.never : when(file.at, now)} · `;
}

export function Files({
  examples,
  recent,
  looked,
  onNew,
  onOpen,
  onExample,
  onRecent,
  onForget,
}: {
  examples: readonly { name: string; title: string }[];
  recent: readonly string[];
  /** What is known of them besides; those that were looked at. */
  looked: readonly RecentFile[];
  onNew: () => void;
  onOpen: () => void;
  onExample: (name: string) => void;
  onRecent: (path: string) => void;
  onForget: () => void;
}) {
  const now = useNow();
  return (
    <div className="list">
      <div className="list-actions">
        <button type="button" className="button" onClick={onNew}>
          <FilePlus2 size={14} /> {words.fileList.new}
        </button>
        <button type="button" className="button" onClick={onOpen}>
          <FolderOpen size={14} /> {words.fileList.open}
        </button>
      </div>
      <h3 className="list-heading caption">{words.fileList.examples}</h3>
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
        {words.fileList.recent}
        {recent.length === 0 ? null : (
          <button type="button" className="list-heading-action" onClick={onForget}>
            {words.fileList.forget}
          </button>
        )}
      </h3>
      {recent.length === 0 ? (
        <p className="list-none">{words.fileList.none}</p>
      ) : (
        <ul>
          {recent.map((path) => (
            <li key={path}>
              <button
                type="button"
                className="list-row"
                title={path}
                data-there={looked.find((file) => file.path === path)?.there !== false}
                onClick={() => onRecent(path)}
              >
                <Clock size={15} aria-hidden="true" />
                <span className="list-words">
                  <span className="one-line">{fileName(path).replace(/\.seedloom$/, '')}</span>
                  <span className="caption one-line">
                    {recentWords(
                      looked.find((file) => file.path === path),
                      now,
                    )}
                    {folderName(path)}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
