import { z } from 'zod';
import { failureOf } from '#core/failure';
import type { Upload } from '#core/image-host';
import { parsed, type Store } from './store';

const rowSchema = z.object({ link: z.string(), until: z.number() });

/** A link must live at least so long to be used once more, milliseconds: a queue may be long. */
const leastLife = 600_000;

/** Pictures that were uploaded, by where to and content, with how long their links live. */
export class UploadRows {
  readonly #rows;
  /** Uploads under way: two steps with the same reference share one. */
  readonly #underWay = new Map<string, Promise<Upload>>();

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, string>('uploads');
  }

  /**
   * An earlier upload while its link lives, else what `upload` gives. `place`: a provider, or an image host with what its
   * link depends on. `now`: milliseconds since 1970.
   */
  async find(place: string, hash: string, now: number, upload: () => Promise<Upload>): Promise<Upload> {
    const key = `${place}:${hash}`;
    const row = parsed(rowSchema, this.#rows.get(key));
    if (row !== undefined && row.until - now >= leastLife) return row;
    const others = this.#underWay.get(key);
    if (others === undefined) {
      const own = this.#upload(key, upload).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, own);
      return own;
    }
    try {
      return await others;
    } catch (error) {
      // Whoever began it was cancelled; this step was not.
      if (failureOf(error).code === 'cancelled') return this.find(place, hash, now, upload);
      throw error;
    }
  }

  /** Notes where a picture is that needed no upload. */
  async remember(place: string, hash: string, upload: Upload): Promise<void> {
    await this.#keep(`${place}:${hash}`, upload);
  }

  async #upload(key: string, upload: () => Promise<Upload>): Promise<Upload> {
    const row = await upload();
    await this.#keep(key, row);
    return row;
  }

  async #keep(key: string, row: Upload): Promise<void> {
    await this.store.together(() => void this.#rows.put(key, row));
  }
}
