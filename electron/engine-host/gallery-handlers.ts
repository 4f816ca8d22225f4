import { FailureError, userFailure } from '#core/failure';
import type { Engine } from '#engine/contract';
import type { EngineCalls } from '../engine-calls';

type GalleryCall =
  'listPictures' | 'pictureFacets' | 'pictureDetails' | 'ratePictures' | 'takeInPicture' | 'pictureIcon';

/** Answers the calls about the pictures of all runs. */
export function galleryHandlers(
  opened: Pick<Engine, 'gallery' | 'previewFile'>,
  toPng: (file: string) => Promise<Uint8Array>,
): { [C in GalleryCall]: (input: EngineCalls[C]['input']) => Promise<EngineCalls[C]['output']> } {
  const { gallery } = opened;
  return {
    listPictures: (query) => gallery.list(query),
    pictureFacets: () => gallery.facets(),
    pictureDetails: ({ hash }) => gallery.details(hash),
    ratePictures: async ({ hashes, change }) => {
      await gallery.rate(hashes, change);
      return null;
    },
    takeInPicture: ({ hash, name }) => gallery.takeIn(hash, name),
    pictureIcon: async ({ hash }) => {
      const file = await opened.previewFile(hash, 256);
      if (file === undefined)
        throw new FailureError(userFailure('missing-picture', 'This picture is not there any more.'));
      return toPng(file);
    },
  };
}
