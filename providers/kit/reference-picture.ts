import { FailureError, userFailure } from '#core/failure';
import type { HttpAnswer, HttpRequest, ProviderTools } from '#core/provider';
import type { ImageFormat, ImageRef } from '#core/values';

/** What a vendor takes as a reference picture. Limits that are left out do not exist. */
export interface ReferenceLimits {
  formats: readonly ImageFormat[];
  maxBytes?: number;
  /** Each side, pixels. */
  minSide?: number;
  /** Product of width and height. */
  maxPixels?: number;
  /** Longer side over shorter side. */
  maxAspect?: number;
}

export interface ReferencePicture {
  bytes: Uint8Array;
  format: ImageFormat;
  /** sha256 of the bytes, in hex. */
  hash: string;
  /** Content hash and ending: `1f3a….png`. */
  name: string;
}

/**
 * A reference picture's file as the vendor takes it. A file that is too heavy or of another format is written anew as WebP
 * with the same pixels, for a vendor without WebP as PNG, else as JPEG; a size the vendor does not take is refused, since only the person can say what to cut.
 * `place` is the picture's number in the prompt's words, from 1. Throws a `FailureError`; nothing has been sent then.
 */
export async function referencePicture(
  image: ImageRef,
  place: number,
  limits: ReferenceLimits,
  tools: Pick<ProviderTools, 'pictures'>,
): Promise<ReferencePicture> {
  const { width, height } = image;
  const { minSide = 0, maxPixels = Infinity, maxAspect = Infinity, maxBytes = Infinity } = limits;
  const refuse = (problem: string) => {
    const message = `Image ${place} is ${width} × ${height} pixels; ${problem}. Put a Resize or Crop node before it.`;
    throw new FailureError(userFailure('reference-size', message));
  };
  if (Math.min(width, height) < minSide) refuse(`each side must have at least ${minSide}`);
  if (width * height > maxPixels)
    refuse(`at most ${Math.floor(maxPixels / 1e6)} million pixels are taken as a reference`);
  if (Math.max(width / height, height / width) > maxAspect)
    refuse(`the longer side may be at most ${maxAspect} times the shorter`);
  const fits = ({ format, bytes }: ImageRef) => limits.formats.includes(format) && bytes <= maxBytes;
  let sent = image;
  for (const format of rewrittenAs(image, limits))
    if (!fits(sent)) sent = await tools.pictures.encode(image, { format, quality: 95 });
  if (sent.bytes > maxBytes)
    refuse(`its file stays above the ${Math.floor(maxBytes / 1e6)} MB taken as a reference`);
  return {
    bytes: await tools.pictures.read(sent),
    format: sent.format,
    hash: sent.hash,
    name: `${sent.hash}.${sent.format}`,
  };
}

function rewrittenAs(image: ImageRef, { formats }: ReferenceLimits): ImageFormat[] {
  if (formats.includes('webp')) return ['webp'];
  // A PNG that is too heavy stays so.
  return image.format === 'png' ? ['jpeg'] : ['png', 'jpeg'];
}

/** Something of each reference, in their order; the first has place 1. */
export function ofEach<T>(
  images: readonly ImageRef[],
  give: (image: ImageRef, place: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(images.map((image, index) => give(image, index + 1)));
}

/** Posts a reference picture as the file of a form, in `field`, after `besides`; gives the answer. Costs nothing. */
export async function postReference(
  image: ImageRef,
  place: number,
  limits: ReferenceLimits,
  to: Pick<HttpRequest, 'url' | 'headers'> & {
    field?: string;
    besides?(file: ReferencePicture): { name: string; value: string }[];
  },
  tools: Pick<ProviderTools, 'pictures' | 'ask'>,
): Promise<HttpAnswer> {
  const { url, headers = {}, field = 'file', besides = () => [] } = to;
  const picture = await referencePicture(image, place, limits, tools);
  const { name, bytes, format } = picture;
  const file = { name: field, file: { name, data: bytes, type: `image/${format}` } };
  return tools.ask({ method: 'POST', url, headers, form: [...besides(picture), file] });
}

/** A link to a reference picture, as the vendor takes it, by the image host of the person: for vendors that take links only. */
export async function referenceLink(
  image: ImageRef,
  place: number,
  limits: ReferenceLimits,
  tools: Pick<ProviderTools, 'pictures' | 'hosted'>,
): Promise<string> {
  const { bytes, format, hash } = await referencePicture(image, place, limits, tools);
  return tools.hosted({ hash, data: bytes, type: `image/${format}` });
}
