import { setImmediate } from 'node:timers/promises';
import { storedFiles } from '#core/values';
import type { ResultRow, Store } from '../store/store';

const atATime = 500;

/** All results that can be read, with room between for whatever else the process does. */
export async function* allResults(store: Store): AsyncGenerator<{ key: string; row: ResultRow }> {
  let last = '';
  for (;;) {
    const rows = store.resultsAfter(last, atATime);
    for (const { key, row } of rows) if (row !== undefined) yield { key, row };
    if (rows.length < atATime) return;
    last = rows.at(-1)!.key;
    await setImmediate();
  }
}

/** Every journal entry of every run, as it is written. */
export async function* allEntries(store: Store): AsyncGenerator<unknown> {
  let last: [string, number] = ['', -1];
  for (;;) {
    const rows = store.entriesAfter(last, atATime);
    for (const { entry } of rows) yield entry;
    if (rows.length < atATime) return;
    last = rows.at(-1)!.place;
    await setImmediate();
  }
}

/** The hashes of a result's pictures and LoRAs, each once. */
export function picturesOf({ outputs }: Pick<ResultRow, 'outputs'>): Set<string> {
  return new Set(storedFiles(outputs).map(({ hash }) => hash));
}

/** What each stored picture is, as far as the database knows. */
export async function knownPictures(
  store: Store,
): Promise<{ results: ReadonlySet<string>; takenIn: ReadonlySet<string> }> {
  const results = new Set<string>();
  for await (const { row } of allResults(store)) for (const hash of picturesOf(row)) results.add(hash);
  return { results, takenIn: new Set(store.imageHashes()) };
}
