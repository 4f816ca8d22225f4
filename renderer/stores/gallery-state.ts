import type { ListedPicture, PictureFilter, PictureSort, Rating } from '#core/gallery';
import type { ImageRef } from '#core/values';

/** A picture that is laid beside others. */
export interface ComparedPicture {
  image: Pick<ImageRef, 'hash' | 'width' | 'height'>;
  title: string;
}

/** What the strip and the light table share. */
export interface GalleryState {
  /** The strip under the canvas is open. */
  tray: boolean;
  filter: PictureFilter;
  sort: PictureSort;
  /** Least width of a picture on the light table, CSS pixels. */
  tile: number;
  /** In the order they were chosen; the last one is the current one. */
  chosen: readonly ListedPicture[];
  compared: readonly ComparedPicture[] | null;
  /** Ratings given since the pictures were listed, by hash. */
  rated: Readonly<Record<string, Rating>>;
  /** Goes up whenever pictures were made. */
  made: number;
}

export const initialGallery: GalleryState = {
  tray: false,
  filter: {},
  sort: 'newest',
  tile: 176,
  chosen: [],
  compared: null,
  rated: {},
  made: 0,
};

/** The rating of a picture as it is now. */
export function ratingNow(picture: ListedPicture, { rated }: Pick<GalleryState, 'rated'>): Rating {
  return rated[picture.hash] ?? { rating: picture.rating, rejected: picture.rejected };
}
