import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { storedFiles } from '#core/values';
import type { BlobStore } from '../pictures/blob-store';
import type { ResultRow, Store, WrittenFile } from './store';

/** A stored result, if all its pictures are whole in the store and all files it wrote are still as written. */
export function intactResult(store: Store, blobs: BlobStore, key: string): ResultRow | undefined {
  const row = store.result(key);
  if (row === undefined) return undefined;
  for (const { hash, bytes } of storedFiles(row.outputs)) if (!blobs.has(hash, bytes)) return undefined;
  return (row.files ?? []).every(isAsWritten) ? row : undefined;
}

/** Size and date are enough when both stand; a touched file is read. */
function isAsWritten(file: WrittenFile): boolean {
  try {
    const { size, mtimeMs } = statSync(file.path);
    if (size !== file.bytes) return false;
    return mtimeMs === file.modified || hashOfFile(file.path) === file.hash;
  } catch {
    return false;
  }
}

function hashOfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
