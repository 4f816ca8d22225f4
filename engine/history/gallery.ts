import { FailureError, userFailure } from '#core/failure';
import {
  isWanted,
  modelOf,
  pictureOrder,
  type ListedPicture,
  type MadePicture,
  type PictureDetails,
  type PictureFacets,
  type PicturePage,
  type PictureQuery,
  type Rating,
} from '#core/gallery';
import type { ImageRef } from '#core/values';
import type { FileRef } from '#core/param';
import type { PictureIntake } from '../files/survey';
import type { BlobStore } from '../pictures/blob-store';
import type { KeyRows } from '../store/key-rows';
import type { PictureRows } from '../store/picture-rows';
import type { Store } from '../store/store';
import type { Redactor } from '../network/redact';
import type { MadePictures } from './made-pictures';

/** All pictures of all runs. */
export interface Gallery {
  /** A page of a list. A list stands still once it is begun: new pictures are in the next one. */
  list(query: PictureQuery): Promise<PicturePage>;
  facets(): Promise<PictureFacets>;
  /** Throws `FailureError` (`unknown-picture`). */
  details(hash: string): Promise<PictureDetails>;
  rate(hashes: readonly string[], change: Partial<Rating>): Promise<void>;
  /** Makes a result one of the pictures that were taken in, so that a workflow may name it. Throws `FailureError`. */
  takeIn(hash: string, name: string): Promise<{ file: FileRef; image: ImageRef }>;
  /** Builds the index anew from the journal. Gives how many pictures there are. */
  rebuild(): Promise<number>;
}

/** Lists that can be gone on with. */
const mostLists = 8;
/** Characters of a prompt in a list. */
const shownPrompt = 200;

interface GalleryParts {
  store: Store;
  keyRows: KeyRows;
  pictureRows: PictureRows;
  madePictures: MadePictures;
  blobs: BlobStore;
  redactor: Redactor;
  intake: PictureIntake;
}

export function createGallery({
  store,
  keyRows,
  pictureRows,
  madePictures,
  blobs,
  redactor,
  intake,
}: GalleryParts): Gallery {
  const lists = new Map<string, string[]>();
  let lastList = 0;

  function begin({ filter, sort }: PictureQuery): string {
    const ratings = pictureRows.ratings();
    const none: Rating = { rating: 0, rejected: false };
    const ratingOf = (hash: string) => ratings.get(hash) ?? none;
    const found = [...pictureRows.all().values()]
      .filter((picture) => isWanted(picture, ratingOf(picture.hash), filter))
      .sort(pictureOrder(sort, ratingOf))
      .map(({ hash }) => hash);
    lastList += 1;
    const id = `${process.pid}-${lastList}`;
    lists.set(id, found);
    const [oldest] = lists.keys();
    if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest);
    return id;
  }

  function listed(picture: MadePicture): ListedPicture {
    return {
      ...picture,
      prompt: picture.prompt.slice(0, shownPrompt),
      ...pictureRows.rating(picture.hash),
      missing: !blobs.has(picture.hash, picture.bytes),
    };
  }

  return {
    async list(query) {
      await madePictures.built();
      const { from, limit } = query;
      const id = from !== undefined && lists.has(from.list) ? from.list : begin(query);
      const hashes = lists.get(id)!;
      const place = Math.min(from?.place ?? 0, hashes.length);
      const all = pictureRows.all();
      const pictures = hashes
        .slice(place, place + limit)
        .flatMap((hash) => all.get(hash) ?? [])
        .map(listed);
      return { list: id, place, total: hashes.length, pictures };
    },

    async facets() {
      await madePictures.built();
      return facetsOf(pictureRows.all().values());
    },

    async details(hash) {
      await madePictures.built();
      const picture = pictureRows.picture(hash);
      if (picture === undefined)
        throw new FailureError(userFailure('unknown-picture', 'No run here has made this picture.'));
      const maker = keyRows.maker(picture.key);
      const receipt = maker === undefined ? undefined : store.receipt(maker.run, maker.step);
      const params = Object.entries(keyRows.parts(picture.key)?.params ?? {}).flatMap(([name, value]) => {
        const text = wordsOf(value);
        return name === 'prompt' || text === '' ? [] : [{ name, value: redactor.text(text) }];
      });
      return {
        ...listed(picture),
        prompt: picture.prompt,
        params,
        ...(receipt === undefined
          ? {}
          : { receipt: JSON.parse(redactor.text(JSON.stringify(receipt))) as typeof receipt }),
      };
    },

    rate: (hashes, change) => pictureRows.rate(hashes, change),

    async takeIn(hash, name) {
      const image = await intake.bytes(await blobs.read(hash));
      return { file: { name, hash: image.hash }, image };
    },

    async rebuild() {
      await madePictures.rebuild();
      return pictureRows.all().size;
    },
  };
}

/** A param as it can be read; `''` for what cannot, and for a switch that is off. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === true) return 'yes';
  const size = value as { width?: unknown; height?: unknown } | null;
  if (typeof size === 'object' && typeof size?.width === 'number' && typeof size.height === 'number')
    return `${size.width} × ${size.height}`;
  return '';
}

function facetsOf(pictures: Iterable<MadePicture>): PictureFacets {
  const workflows = new Map<string, { id: string; title: string; count: number; at: string }>();
  const types = new Map<string, { type: string; title: string; count: number }>();
  const models = new Map<string, { model: string; count: number }>();
  for (const picture of pictures) {
    const { documentId, workflow, type, title, at } = picture;
    const known = workflows.get(documentId);
    // A workflow is called what it was called last.
    workflows.set(documentId, {
      id: documentId,
      title: known === undefined || at > known.at ? workflow : known.title,
      count: (known?.count ?? 0) + 1,
      at: known === undefined || at > known.at ? at : known.at,
    });
    types.set(type, {
      type,
      title: types.get(type)?.title ?? title,
      count: (types.get(type)?.count ?? 0) + 1,
    });
    const model = modelOf(picture);
    if (model !== undefined) models.set(model, { model, count: (models.get(model)?.count ?? 0) + 1 });
  }
  const most = (left: { count: number }, right: { count: number }) => right.count - left.count;
  return {
    workflows: [...workflows.values()].sort(most).map(({ at: _at, ...workflow }) => workflow),
    types: [...types.values()].sort(most),
    models: [...models.values()].sort(most),
  };
}
