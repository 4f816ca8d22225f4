import type { MissingPart } from '#core/failure';
import { fileSize } from '../look/format';
import { words } from '../look/words';

/** What the person's own server lacks, one a line: where it belongs, how large it is, its licence and its address. */
export function MissingParts({ parts }: { parts: readonly MissingPart[] }) {
  return (
    <ul className="missing-parts" aria-label={words.install.missing}>
      {parts.map((part) => (
        <li key={`${part.folder ?? ''}/${part.name}`}>
          <span className="missing-part-name can-select">{part.name}</span>
          <span>{partWords(part)}</span>
          {part.url === undefined ? null : <span className="can-select">{part.url}</span>}
        </li>
      ))}
    </ul>
  );
}

/** `models/vae · 335.0 MB · Apache 2.0` */
export function partWords({ kind, folder, bytes, licence }: MissingPart): string {
  if (kind === 'node-class') return words.install.aNode;
  return [
    folder ? `models/${folder}` : words.install.aFile,
    bytes === undefined ? undefined : fileSize(bytes),
    licence,
  ]
    .filter((word) => word !== undefined)
    .join(' · ');
}
