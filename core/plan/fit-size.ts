import type { ModelSpec } from '../provider';
import type { Size } from '../values';

/**
 * The size nearest to `wanted` that the model makes, with the same aspect as far as whole pixels allow. A size of 0 × 0
 * (not known yet) stays as it is; an aspect the model cannot make is left for `checkTask` to refuse.
 */
export function fitSize(wanted: Size, limits: ModelSpec['size']): Size {
  const { width, height } = wanted;
  if (limits === undefined || width === 0 || height === 0) return wanted;
  const { minPixels = 0, maxPixels = Infinity, minSide = 0, maxSide = Infinity, multipleOf = 1 } = limits;
  const pixels = width * height;
  const atLeast = Math.max(Math.sqrt(minPixels / pixels), minSide / Math.min(width, height));
  const atMost = Math.min(Math.sqrt(maxPixels / pixels), maxSide / Math.max(width, height));
  const scale = Math.min(Math.max(1, atLeast), atMost);
  if (scale === 1 && width % multipleOf === 0 && height % multipleOf === 0) return wanted;
  const growing = scale >= 1 && atMost > scale;
  const rounded = (side: number) => {
    const steps = (side * scale) / multipleOf;
    return multipleOf * Math.max(1, growing ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9));
  };
  return { width: rounded(width), height: rounded(height) };
}
