import { z } from 'zod';
import type { CacheKeyParts } from '#core/plan/cache-key';
import { parsed, type Store } from './store';

const partsSchema = z.object({
  node: z.string(),
  version: z.number(),
  params: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.array(z.unknown())),
  provider: z.object({ id: z.string(), revision: z.number(), model: z.string() }).optional(),
  take: z.number(),
  copy: z.number(),
  files: z.object({ folder: z.string(), index: z.number() }).optional(),
});

const keyRowSchema = z.object({
  parts: partsSchema,
  /** The step that made the result; where it was paid for, the last one that did: its receipt is the result's. */
  run: z.string(),
  step: z.string(),
});

/** What each result was made of, by its key, and which key stood last at each place of a workflow. */
export class KeyRows {
  readonly #keys;
  readonly #previous;

  constructor(store: Store) {
    this.#keys = store.table<unknown, string>('keys');
    this.#previous = store.table<unknown, string>('previous');
  }

  /**
   * Inside the transaction that keeps the result. `place` as `previousPlace` gives it. A step without a receipt of its own
   * only took what was there: it does not become the maker of a key that has one.
   */
  keep(
    key: string,
    place: string,
    made: { parts: CacheKeyParts; run: string; step: string; paid: boolean },
  ): void {
    const { paid, ...row } = made;
    if (paid || this.#row(key) === undefined) void this.#keys.put(key, row);
    void this.#previous.put(place, key);
  }

  parts(key: string): CacheKeyParts | undefined {
    return this.#row(key)?.parts as CacheKeyParts | undefined;
  }

  maker(key: string): { run: string; step: string } | undefined {
    return this.#row(key);
  }

  previous(place: string): CacheKeyParts | undefined {
    const row = this.#previous.get(place);
    // The parts themselves stood here before they were kept by key.
    return typeof row === 'string'
      ? this.parts(row)
      : (parsed(partsSchema, row) as CacheKeyParts | undefined);
  }

  #row(key: string) {
    return parsed(keyRowSchema, this.#keys.get(key));
  }
}
