import { createHash } from 'node:crypto';
import type { StoredResult } from '#core/plan/knowledge';
import type { BlobStore } from '../pictures/blob-store';
import { intactResult } from '../store/intact-result';
import type { Store } from '../store/store';

const idPattern = /^from-bundle-[0-9a-f]{24}$/;

/** The id of a workflow that came in a bundle, by all the bundle says: nobody can give it the id of another one. */
export function bundledId(...texts: string[]): string {
  return `from-bundle-${createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 24)}`;
}

/** Under which key the store has what a bundle brought for one of its steps; `undefined` for any other workflow. */
export function bundledKey(documentId: string, key: string): string | undefined {
  return idPattern.test(documentId) ? `bundled/${documentId}/${key}` : undefined;
}

/** A result a workflow may use: one that was made here, else one its own bundle has brought. */
export function resultFor(
  store: Store,
  blobs: BlobStore,
  documentId: string,
  key: string,
): StoredResult | undefined {
  const own = intactResult(store, blobs, key);
  if (own !== undefined) return own;
  const bundled = bundledKey(documentId, key);
  const row = bundled === undefined ? undefined : intactResult(store, blobs, bundled);
  return row === undefined ? undefined : { ...row, price: 0, bundled: true };
}
