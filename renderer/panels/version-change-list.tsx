import { words } from '../look/words';
import type { VersionChange } from './version-changes';

/** Of more changes only the number is told. */
const most = 40;

/** What is other between two states of a workflow, place by place. */
export function VersionChangeList({ changes }: { changes: readonly VersionChange[] }) {
  const { versions } = words.files;
  if (changes.length === 0) return <p className="soft">{versions.onlyPlaces}</p>;
  return (
    <ul className="version-changes">
      {changes.slice(0, most).map(({ place, text }) => (
        <li key={`${place} ${text}`}>
          <strong>{place}</strong>
          <span className="soft">{text}</span>
        </li>
      ))}
      {changes.length > most ? <li className="soft">{versions.more(changes.length - most)}</li> : null}
    </ul>
  );
}
