import { aspectOf, tierOf, type Aspect, type SizeTier } from '../aspect';
import type { ModelSpec } from '../provider';
import type { Size } from '../values';
import { fitSize } from './fit-size';

/** One limit of a model that a size is beyond. Pixels are products of width and height. */
export type SizeFault =
  | {
      limit: 'min-pixels' | 'max-pixels' | 'min-side' | 'max-side' | 'max-aspect' | 'multiple-of';
      of: number;
    }
  | { limit: 'aspects'; of: readonly Aspect[] };

/** What becomes of a size on a model. */
export type SizeAnswer =
  /** As it is. */
  | { sends: 'pixels'; size: Size }
  /** The model is asked for a shape, and where it has tiers for one of them; the pixels are its own. */
  | { sends: 'shape'; aspect: Aspect; tier?: string }
  /** It takes none. */
  | { sends: 'nothing' }
  /** No task of this size is sent. `nearest`: one that would be, where there is one. */
  | { sends: 'refused'; faults: readonly SizeFault[]; nearest?: Size };

/** Every limit that a size is beyond, in the order they are worth saying. */
export function sizeFaults({ width, height }: Size, limits: ModelSpec['size']): SizeFault[] {
  if (limits === undefined) return [];
  const { minPixels, maxPixels, minSide, maxSide, maxAspect, multipleOf, aspects } = limits;
  const pixels = width * height;
  const faults: SizeFault[] = [];
  if (minPixels !== undefined && pixels < minPixels) faults.push({ limit: 'min-pixels', of: minPixels });
  if (maxPixels !== undefined && pixels > maxPixels) faults.push({ limit: 'max-pixels', of: maxPixels });
  if (minSide !== undefined && Math.min(width, height) < minSide)
    faults.push({ limit: 'min-side', of: minSide });
  if (maxSide !== undefined && Math.max(width, height) > maxSide)
    faults.push({ limit: 'max-side', of: maxSide });
  if (maxAspect !== undefined && Math.max(width / height, height / width) > maxAspect)
    faults.push({ limit: 'max-aspect', of: maxAspect });
  if (multipleOf !== undefined && (width % multipleOf !== 0 || height % multipleOf !== 0))
    faults.push({ limit: 'multiple-of', of: multipleOf });
  if (aspects !== undefined && aspectOf({ width, height }, aspects) === undefined)
    faults.push({ limit: 'aspects', of: aspects });
  return faults;
}

export function sizeAnswer(
  size: Size,
  { takes, size: limits }: Pick<ModelSpec, 'takes' | 'size'>,
): SizeAnswer {
  if (takes.size === false) return { sends: 'nothing' };
  const faults = sizeFaults(size, limits);
  if (faults.length > 0) {
    const nearest = nearestSize(size, limits);
    return { sends: 'refused', faults, ...(nearest === undefined ? {} : { nearest }) };
  }
  const aspect = limits?.aspects === undefined ? undefined : aspectOf(size, limits.aspects);
  if (aspect === undefined) return { sends: 'pixels', size };
  return { sends: 'shape', aspect, ...tierName(size, limits?.tiers) };
}

function tierName(size: Size, tiers: readonly [SizeTier, ...SizeTier[]] | undefined): { tier?: string } {
  return tiers === undefined ? {} : { tier: tierOf(size, tiers).name };
}

/** A size the model makes, as near as can be: its shape first, then its pixels. */
export function nearestSize(size: Size, limits: ModelSpec['size']): Size | undefined {
  if (limits === undefined) return size;
  const nearest = fitSize(shaped(size, limits), limits);
  return sizeFaults(nearest, limits).length === 0 ? nearest : undefined;
}

/** Of as many pixels, in the nearest shape there is. */
function shaped(size: Size, { aspects, maxAspect = Infinity }: NonNullable<ModelSpec['size']>): Size {
  const { width, height } = size;
  if (aspects !== undefined && aspectOf(size, aspects) === undefined) {
    const distance = (aspect: Aspect) => Math.abs(Math.log((width / height) * (1 / ratioOf(aspect))));
    const [first, ...others] = aspects;
    if (first === undefined) return size;
    return withRatio(
      size,
      ratioOf(others.reduce((best, one) => (distance(one) < distance(best) ? one : best), first)),
    );
  }
  const ratio = width / height;
  if (ratio > maxAspect) return withRatio(size, maxAspect, Math.floor);
  return ratio < 1 / maxAspect ? withRatio(size, 1 / maxAspect, Math.ceil) : size;
}

/** `wide` rounds the width, so that the shape errs to the right side. */
function withRatio({ width, height }: Size, ratio: number, wide = Math.round): Size {
  const high = Math.max(1, Math.round(Math.sqrt((width * height) / ratio)));
  return { width: Math.max(1, wide(high * ratio)), height: high };
}

function ratioOf(aspect: Aspect): number {
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  return across / down;
}
