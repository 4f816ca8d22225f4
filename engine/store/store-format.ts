import type { RootDatabase } from 'lmdb';

/** The number of the layout of the tables. A store with a higher one was written by a newer Seedloom, and is left alone. */
const storeFormat = 1;

/** Whether this Seedloom may use the store; a new store gets its number. Touches nothing of a newer one. */
export function isKnownFormat(root: RootDatabase): boolean {
  const meta = root.openDB<unknown, string>({ name: 'meta', encoding: 'json' });
  const written: unknown = meta.get('format');
  if (written === undefined) void meta.put('format', storeFormat);
  return written === undefined || (typeof written === 'number' && written <= storeFormat);
}
