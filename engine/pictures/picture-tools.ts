import sharp, { type Sharp } from 'sharp';
import { FailureError, userFailure } from '#core/failure';
import type { PictureTools } from '#core/pictures';
import type { ImageFormat, ImageRef } from '#core/values';
import type { BlobStore } from './blob-store';
import { composed } from './compose';
import { inspectPicture } from './inspect';
import { drawMask, lightArea, maskValues } from './mask';
import { checkColor, checkMadeSize, inWords, openPicture } from './open-picture';

const clear = { r: 0, g: 0, b: 0, alpha: 0 };

// Level 2 of PNG is a fifth faster than the usual 6 and a twelfth larger.
const pngLevel = 2;

function encoded(picture: Sharp, format: ImageFormat, quality: number | undefined): Sharp {
  const withQuality = quality === undefined ? {} : { quality };
  if (format === 'avif' && !sharp.format.heif.output.buffer) {
    const message = 'This build of Seedloom cannot write AVIF. Choose WebP or PNG.';
    throw new FailureError(userFailure('format-missing', message));
  }
  switch (format) {
    case 'png':
      // Its quality would mean a palette: PNG stays lossless here.
      return picture.png({ compressionLevel: pngLevel });
    case 'jpeg':
      // JPEG knows no transparency: what is clear becomes white paper.
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 90, mozjpeg: false, ...withQuality });
    case 'webp':
      return picture.webp({ quality: 90, ...withQuality });
    case 'avif':
      return picture.avif({ quality: 60, effort: 3, ...withQuality });
    case 'gif':
      return picture.gif();
    case 'tiff':
      return picture.tiff({ compression: 'lzw' });
  }
}

/** The picture work of nodes and providers (core/pictures.ts), by sharp. All that is made is 8-bit sRGB. */
export function createPictureTools(blobs: BlobStore): PictureTools {
  async function finish(
    picture: Sharp,
    format: ImageFormat,
    doing: string,
    quality?: number,
  ): Promise<ImageRef> {
    const made = encoded(picture, format, quality).toBuffer({ resolveWithObject: true });
    const { data, info } = await inWords('picture-work', `The picture could not be ${doing}.`, made);
    const { width, height, size } = info;
    return { hash: await blobs.put(data), format, width, height, bytes: size };
  }

  return {
    read: (image) => blobs.read(image.hash),

    async store(bytes) {
      const { format, width, height } = await inspectPicture(bytes);
      return { hash: await blobs.put(bytes), format, width, height, bytes: bytes.byteLength };
    },

    async resize(image, { width, height, fit, background }) {
      checkMadeSize(width, height);
      const picture = openPicture(await blobs.read(image.hash)).resize(width, height, {
        fit,
        kernel: 'lanczos3',
        fastShrinkOnLoad: false,
        background: background === undefined ? clear : checkColor(background),
      });
      return finish(picture, 'png', 'resized');
    },

    async encode(image, { format, quality }) {
      if (format === image.format && quality === undefined) return image;
      return finish(openPicture(await blobs.read(image.hash)), format, 'converted', quality);
    },

    async crop(image, area) {
      const { left, top, width, height } = area;
      if (left < 0 || top < 0 || left + width > image.width || top + height > image.height) {
        const message = `${width} × ${height} pixels from ${left}, ${top} end outside the picture, which is ${image.width} × ${image.height}. Choose a smaller part.`;
        throw new FailureError(userFailure('outside-picture', message));
      }
      const picture = openPicture(await blobs.read(image.hash)).extract({ left, top, width, height });
      return finish(picture, 'png', 'cropped');
    },

    async mask(image, source, shape) {
      const drawing = drawMask(await blobs.read(image.hash), source, shape);
      return finish(
        await inWords('picture-work', 'The mask could not be made.', drawing),
        'png',
        'made a mask',
      );
    },

    async markedArea(mask) {
      const values = maskValues(await blobs.read(mask.hash));
      return lightArea(await inWords('picture-work', 'The mask could not be read.', values), mask);
    },

    async compose(options) {
      const { format = 'png', description } = options;
      const picture = await composed(options, blobs);
      if (description !== undefined)
        picture.withExif({ IFD0: { ImageDescription: description, Software: 'Seedloom' } });
      return finish(picture, format, 'put together');
    },
  };
}
