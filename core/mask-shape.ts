import type { Size } from './values';

/**
 * Why a mask cannot be laid over a picture, in words; `undefined` when it can. It must have the picture's proportions: it may
 * be smaller or larger. A size of 0 × 0 is one that is not known yet.
 */
export function maskMismatch(mask: Size, picture: Size): string | undefined {
  if (isUnknown(mask) || isUnknown(picture)) return undefined;
  const skew = Math.abs(picture.width * mask.height - picture.height * mask.width);
  // Half a pixel more or less on each side comes from rounding.
  if (skew <= Math.max(picture.width, picture.height, mask.width, mask.height)) return undefined;
  return `The mask is ${inWords(mask)} pixels and the picture ${inWords(picture)}: they must have the same proportions. Make the mask from this picture.`;
}

/** What is done with a mask of another size than its picture, in words; `undefined` when nothing is. */
export function maskScaling(mask: Size, picture: Size): string | undefined {
  if (isUnknown(mask) || isUnknown(picture)) return undefined;
  if (mask.width === picture.width && mask.height === picture.height) return undefined;
  return `The mask is ${inWords(mask)} pixels; it is scaled to the picture's ${inWords(picture)}.`;
}

function isUnknown({ width, height }: Size): boolean {
  return width === 0 || height === 0;
}

function inWords({ width, height }: Size): string {
  return `${width} × ${height}`;
}
