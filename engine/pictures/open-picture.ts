import sharp, { type Sharp } from 'sharp';
import { FailureError, userFailure } from '#core/failure';

// Every picture is read once: libvips' cache of operations would only hold decoded pictures back.
sharp.cache(false);

/** Most pixels of a picture that is read or made: 400 MB decoded. */
export const mostPixels = 100_000_000;

/** What sharp rejects is told as a failure with these words; sharp's own go to the detail. */
export async function inWords<T>(code: string, message: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError(userFailure(code, message, error instanceof Error ? error.message : undefined));
  }
}

/** Opens a picture as it is shown (EXIF orientation applied; of an animated one the first frame). */
export function openPicture(source: Uint8Array | string): Sharp {
  return sharp(source, { failOn: 'error', limitInputPixels: mostPixels }).autoOrient();
}

/** Throws a `FailureError` for a size that is not made. */
export function checkMadeSize(width: number, height: number): void {
  if (width * height <= mostPixels) return;
  const message = `${width} × ${height} is more than 100 million pixels. Choose a smaller size.`;
  throw new FailureError(userFailure('picture-too-large', message));
}

/** Lets `#rgb` and `#rrggbb`, either with alpha, pass; anything else could break out of a drawing. */
export function checkColor(color: string): string {
  if (/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(color)) return color;
  throw new FailureError(userFailure('bad-color', `"${color}" is not a colour. Write it as #rrggbb.`));
}
