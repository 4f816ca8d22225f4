import type { RootDatabase } from 'lmdb';

/** The number of the layout of the tables. A store with a higher one was written by a newer Seedloom, and is left alone. */
const storeFormat = 1;

/** `new`: no number was written yet. `newer`: of a Seedloom that this one does not understand; nothing of it is touched. */
export function formatOf(root: RootDatabase): 'new' | 'known' | 'newer' {
  const written: unknown = meta(root).get('format');
  if (written === undefined) return 'new';
  return typeof written === 'number' && written <= storeFormat ? 'known' : 'newer';
}

export function writeFormat(root: RootDatabase): void {
  void meta(root).put('format', storeFormat);
}

function meta(root: RootDatabase) {
  return root.openDB<unknown, string>({ name: 'meta', encoding: 'json' });
}
