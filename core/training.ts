import type { TrainLoraTask } from './task';
import type { Size } from './values';

/** How pictures and their captions are made ready for a training. */

/** Sides that every model's latents and their halvings divide. */
const sideStep = 64;
/** Of the longer side over the shorter one; what is longer is cropped to it. */
const longestAspect = 2;

/**
 * The sizes pictures are cropped to: about `resolution` × `resolution` pixels and never more, sides in steps of 64, from
 * 1:2 to 2:1.
 */
export function bucketSizes(resolution: number): Size[] {
  const sizes: Size[] = [];
  const most = resolution * resolution;
  for (let width = sideStep; width <= resolution; width += sideStep) {
    const height = Math.floor(most / width / sideStep) * sideStep;
    if (height > width * longestAspect) continue;
    sizes.push({ width, height });
    if (width !== height) sizes.push({ width: height, height: width });
  }
  return sizes;
}

/** The size that cuts least of a picture. */
export function bucketOf({ width, height }: Size, resolution: number): Size {
  const aspect = Math.log(width / height);
  const off = (size: Size) => Math.abs(aspect - Math.log(size.width / size.height));
  return bucketSizes(resolution).reduce((best, size) => (off(size) < off(best) ? size : best));
}

export interface Bucket {
  size: Size;
  /** How many pictures. */
  count: number;
  /** How many of them are enlarged. */
  enlarged: number;
}

/** The buckets of pictures, most used first; a picture of 0 × 0 pixels is not made yet and in none. */
export function bucketsOf(pictures: readonly Size[], resolution: number): Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const picture of pictures) {
    if (picture.width === 0 || picture.height === 0) continue;
    const size = bucketOf(picture, resolution);
    const name = `${size.width} × ${size.height}`;
    const bucket = buckets.get(name) ?? { size, count: 0, enlarged: 0 };
    bucket.count += 1;
    if (picture.width < size.width || picture.height < size.height) bucket.enlarged += 1;
    buckets.set(name, bucket);
  }
  return [...buckets.values()].sort((left, right) => right.count - left.count);
}

/** What each picture is called in the training: the trigger word, then its caption unless that has the word itself. */
export function captionsOf({ images, captions, trigger }: TrainLoraTask): string[] {
  const word = trigger.trim();
  return images.map((_image, place) => {
    const caption = (captions.length === 1 ? captions[0] : captions[place])?.trim() ?? '';
    if (word === '' || caption.toLowerCase().includes(word.toLowerCase())) return caption;
    return caption === '' ? word : `${word}, ${caption}`;
  });
}
