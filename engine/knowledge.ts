import { createHash } from 'node:crypto';
import type { LoraFacts } from '#core/lora/lora';
import type { Knowledge } from '#core/plan/knowledge';
import { resultFor } from './bundle/bundled-results';
import type { EngineOptions } from './contract';
import type { Survey } from './files/survey';
import type { Loras } from './loras/loras';
import { chosenImageHost } from './network/image-host';
import type { BlobStore } from './pictures/blob-store';
import type { KeyRows } from './store/key-rows';
import type { Store } from './store/store';

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The place of a step in a workflow, for "what changed since". */
export function previousPlace(documentId: string, node: string, index: number, copy: number): string {
  return `${documentId}/${node}#${index}.${copy}`;
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
    result: (key) => resultFor(store, blobs, documentId, key),
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
