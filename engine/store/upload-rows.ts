import { z } from 'zod';
import { parsed, type Store } from './store';

const rowSchema = z.object({ link: z.string(), until: z.number() });

/** A link must live at least so long to be used once more, milliseconds: a queue may be long. */
const leastLife = 600_000;

/** Pictures that were uploaded to vendors, by provider and content, with how long their links live. */
export class UploadRows {
  readonly #rows;
  /** Uploads under way: two steps with the same reference share one. */
  readonly #underWay = new Map<string, Promise<string>>();

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, string>('uploads');
  }

  /** The link of an earlier upload while it lives, else what `upload` gives. `until`: milliseconds since 1970. */
  link(
    provider: string,
    hash: string,
    now: number,
    upload: () => Promise<{ link: string; until: number }>,
  ): Promise<string> {
    const key = `${provider}:${hash}`;
    const row = parsed(rowSchema, this.#rows.get(key));
    if (row !== undefined && row.until - now >= leastLife) return Promise.resolve(row.link);
    let job = this.#underWay.get(key);
    if (job === undefined) {
      job = this.#upload(key, upload).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, job);
    }
    return job;
  }

  async #upload(key: string, upload: () => Promise<{ link: string; until: number }>): Promise<string> {
    const row = await upload();
    await this.store.together(() => void this.#rows.put(key, row));
    return row.link;
  }
}
