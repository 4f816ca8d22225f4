import sharp from 'sharp';
import { FailureError, userFailure } from '#core/failure';
import type { ImageFormat } from '#core/values';
import { inWords, mostPixels, openPicture } from './open-picture';
import { pictureType } from './picture-type';

export interface InspectedPicture {
  format: ImageFormat;
  /** Pixels as shown. */
  width: number;
  height: number;
}

const readable = 'Seedloom reads PNG, JPEG, WebP, AVIF, GIF and TIFF';

function refuse(code: string, message: string): never {
  throw new FailureError(userFailure(code, message));
}

/**
 * Looks at a picture and decodes all of it once, so that nothing damaged gets into the store.
 *
 * Width and height are as shown, with the EXIF orientation applied. Of an animated picture (GIF, WebP) or one of
 * several pages (TIFF) the first counts, here and everywhere else. CMYK, 16 bits a channel, alpha and any colour
 * profile are fine: they become 8-bit sRGB where the picture is next worked on, the stored bytes stay as they are.
 *
 * Throws a `FailureError`: `picture-type` (none of the six formats), `picture-too-large` (over 100 million pixels,
 * found in the header), `picture-damaged` (truncated or not decodable).
 */
export async function inspectPicture(bytes: Uint8Array): Promise<InspectedPicture> {
  const type = pictureType(bytes);
  if ('instead' in type) {
    const said = type.instead === 'not a picture' ? 'This is not a picture' : `This is ${type.instead}`;
    refuse('picture-type', `${said}; ${readable}.`);
  }
  const damaged = `This ${type.format.toUpperCase()} picture is damaged or incomplete. Get it again.`;
  // Reads the header alone, so that a size of any kind is told in words instead of by the decoder.
  const header = await inWords(
    'picture-damaged',
    damaged,
    sharp(bytes, { limitInputPixels: false }).metadata(),
  );
  const { width, height } = header.autoOrient;
  if (width * height > mostPixels)
    refuse(
      'picture-too-large',
      `This picture has ${width} × ${height} pixels; Seedloom takes up to 100 million. Make it smaller first.`,
    );
  // Shrinking looks at every pixel and keeps next to none of them.
  const shrunk = openPicture(bytes).resize(8, 8, { fit: 'fill', kernel: 'linear' }).raw();
  await inWords('picture-damaged', damaged, shrunk.toBuffer());
  return { format: type.format, width, height };
}
