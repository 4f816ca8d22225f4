import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '#core/failure';
import type { ListedLora } from '#core/lora/lora';
import { listLoras, noteLoras, readLoras } from '../commands/loras';
import { withDetails } from './lora-places';

/** So many headers and previews are asked for at once: the first rows are filled soon, however many there are. */
const batch = 24;

/** `previews`: hashes of pictures by the names of LoRAs. */
export type Shelf =
  | { state: 'reading' }
  | { state: 'away'; failure: Failure }
  | { state: 'listed'; loras: ListedLora[]; previews: ReadonlyMap<string, string> };

async function readShelf(provider: string, tell: (shelf: Shelf) => void, signal: AbortSignal): Promise<void> {
  tell({ state: 'reading' });
  const answer = await listLoras(provider);
  if (signal.aborted) return;
  if (!answer.ok) {
    tell({ state: 'away', failure: answer.failure });
    return;
  }
  let { loras } = answer;
  const previews = new Map<string, string>();
  tell({ state: 'listed', loras, previews });
  for (let from = 0; from < answer.loras.length && !signal.aborted; from += batch) {
    const details = await readLoras(provider, answer.loras.slice(from, from + batch));
    loras = withDetails(loras, details);
    for (const { name, preview } of details) if (preview !== undefined) previews.set(name, preview);
    if (!signal.aborted) tell({ state: 'listed', loras, previews: new Map(previews) });
  }
  noteLoras(provider, loras);
}

/** The list of a place, then what each of it says, as it comes; `again` asks anew. */
export function useLoraShelf(provider: string | undefined): { shelf: Shelf; again: () => void } {
  const [shelf, setShelf] = useState<Shelf>({ state: 'reading' });
  const reading = useRef<AbortController>(null);
  const read = useCallback(() => {
    reading.current?.abort();
    const own = new AbortController();
    reading.current = own;
    if (provider !== undefined) void readShelf(provider, setShelf, own.signal);
  }, [provider]);
  useEffect(() => {
    read();
    return () => reading.current?.abort();
  }, [read]);
  return { shelf, again: read };
}
