import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { LoraFacts } from '#core/lora/lora';
import type { Knowledge } from '#core/plan/knowledge';
import { storedFiles } from '#core/values';
import type { EngineOptions } from './contract';
import type { Survey } from './files/survey';
import type { Loras } from './loras/loras';
import { chosenImageHost } from './network/image-host';
import type { BlobStore } from './pictures/blob-store';
import type { KeyRows } from './store/key-rows';
import type { ResultRow, Store, WrittenFile } from './store/store';

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The place of a step in a workflow, for "what changed since". */
export function previousPlace(documentId: string, node: string, index: number, copy: number): string {
  return `${documentId}/${node}#${index}.${copy}`;
}

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
    return mtimeMs === file.modified || sha256(readFileSync(file.path)) === file.hash;
  } catch {
    return false;
  }
}

/** What the plan may know, from the store and a survey of the document's files. */
export function knowledgeOf(
  {
    store,
    keyRows,
    blobs,
    loras,
    options,
  }: {
    store: Store;
    keyRows: KeyRows;
    blobs: BlobStore;
    loras: Pick<Loras, 'known'>;
    options: Pick<EngineOptions, 'price' | 'secret' | 'setting' | 'imageHosts' | 'imageHost'>;
  },
  survey: Survey,
  documentId: string,
  outFolder: string,
): Knowledge {
  const asked = new Map<string, LoraFacts | undefined>();
  return {
    hash: sha256,
    result: (key) => intactResult(store, blobs, key),
    previous: (node, index, copy) => keyRows.previous(previousPlace(documentId, node, index, copy)),
    file: (ref) => survey.file(ref),
    folder: (path) => survey.folder(path),
    picture: (hash) => blobs.has(hash),
    price: (route) => options.price(route),
    outFolder,
    imageHostTrouble: () => {
      const chosen = chosenImageHost(options);
      return 'charge' in chosen ? chosen : undefined;
    },
    lora: (provider, name) => {
      // Each step of a thousand asks for the same few.
      const key = `${provider}/${name}`;
      if (!asked.has(key)) asked.set(key, loras.known(provider, name));
      return asked.get(key);
    },
  };
}
