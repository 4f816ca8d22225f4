import { compareTexts, madePictureSchema, ratingSchema, type MadePicture, type Rating } from '#core/gallery';
import { parsed, type Store } from './store';

/** Another number: what the index says of a picture has changed, and it is built anew from the journal. */
const indexVersion = 1;

const noRating: Rating = { rating: 0, rejected: false };

/**
 * The index of pictures, derived from the journal, and what people think of them, which is not. A picture's row stands under
 * a number that only grows, so that another process on this data folder reads what is new and nothing else. Of several steps
 * that made the same content the first one counts, whatever the order they are told in.
 */
export class PictureRows {
  readonly #rows;
  /** hash → number of its row. */
  readonly #places;
  readonly #state;
  readonly #ratings;

  /** What was read so far, up to row number `#read` of the building of number `#epoch`. */
  readonly #known = new Map<string, MadePicture>();
  #read = -1;
  #epoch = -1;

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, number>('pictures');
    this.#places = store.table<number, string>('picture-places');
    this.#state = store.table<unknown, string>('picture-index');
    this.#ratings = store.table<unknown, string>('ratings');
  }

  /** Takes a picture in. Inside a transaction. */
  keep(picture: MadePicture): void {
    const number = this.#places.get(picture.hash);
    const known = number === undefined ? undefined : parsed(madePictureSchema, this.#rows.get(number));
    if (known !== undefined && !isBefore(picture, known)) return;
    if (number !== undefined) void this.#rows.remove(number);
    const next = this.#number('next');
    void this.#rows.put(next, picture);
    void this.#places.put(picture.hash, next);
    void this.#state.put('next', next + 1);
  }

  /** All pictures by their hash, as they stand now. The map is the same one each time, and must not be changed. */
  all(): ReadonlyMap<string, MadePicture> {
    const epoch = this.#number('epoch');
    if (epoch !== this.#epoch) {
      this.#known.clear();
      this.#read = -1;
      this.#epoch = epoch;
    }
    for (const { key, value } of this.#rows.getRange({ start: this.#read + 1 })) {
      const picture = parsed(madePictureSchema, value);
      if (picture !== undefined) this.#known.set(picture.hash, picture);
      this.#read = key;
    }
    return this.#known;
  }

  picture(hash: string): MadePicture | undefined {
    const number = this.#places.get(hash);
    return number === undefined ? undefined : parsed(madePictureSchema, this.#rows.get(number));
  }

  /** Changes whenever `all` does. */
  get state(): string {
    return `${this.#number('epoch')}.${this.#number('next')}`;
  }

  /** How far the journal of before was gone through; `undefined` when that is done. Inside a transaction. */
  get unread(): [run: string, seq: number] | undefined {
    if (this.#number('version') !== indexVersion) {
      this.startAnew();
      void this.#state.put('version', indexVersion);
    }
    const place = this.#state.get('place');
    if (place === 'end') return undefined;
    return Array.isArray(place) ? (place as [string, number]) : ['', 0];
  }
  readTo(place: [string, number] | 'end'): void {
    void this.#state.put('place', place);
  }
  get isBuilt(): boolean {
    return this.#number('version') === indexVersion && this.#state.get('place') === 'end';
  }

  /** Forgets the index, not the ratings; it has to be built again. Inside a transaction. */
  startAnew(): void {
    for (const number of this.#rows.getKeys()) void this.#rows.remove(number);
    for (const hash of this.#places.getKeys()) void this.#places.remove(hash);
    void this.#state.put('epoch', this.#number('epoch') + 1);
    void this.#state.remove('place');
  }

  rating(hash: string): Rating {
    return parsed(ratingSchema, this.#ratings.get(hash)) ?? noRating;
  }
  /** Those there are; the others are 0. */
  ratings(): Map<string, Rating> {
    const found = new Map<string, Rating>();
    for (const { key, value } of this.#ratings.getRange({})) {
      const rating = parsed(ratingSchema, value);
      if (rating !== undefined) found.set(key, rating);
    }
    return found;
  }
  async rate(hashes: readonly string[], change: Partial<Rating>): Promise<void> {
    await this.store.together(() => {
      for (const hash of hashes) {
        const next = { ...this.rating(hash), ...change };
        if (next.rating === 0 && !next.rejected) void this.#ratings.remove(hash);
        else void this.#ratings.put(hash, next);
      }
    });
  }

  #number(name: 'version' | 'epoch' | 'next'): number {
    const value = this.#state.get(name);
    return typeof value === 'number' ? value : 0;
  }
}

function isBefore(left: MadePicture, right: MadePicture): boolean {
  const order =
    compareTexts(left.at, right.at) ||
    compareTexts(left.run, right.run) ||
    compareTexts(left.step, right.step);
  return order < 0;
}
