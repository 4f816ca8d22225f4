import type { Size } from './values';

/** Width to height: `16:9`. */
export type Aspect = `${number}:${number}`;

/** Which of these aspects a size has, to within a hundredth: not each is to be had in whole pixels. */
export function aspectOf<A extends Aspect>({ width, height }: Size, aspects: readonly A[]): A | undefined {
  return aspects.find((aspect) => {
    const [across = 0, down = 0] = aspect.split(':').map(Number);
    return Math.abs((width * down) / (height * across) - 1) <= 0.01;
  });
}

/** A number of pixels that has a name (`2K`): as many as a square of this side has. */
export interface SizeTier {
  name: string;
  side: number;
}

/** The tier a size comes closest to in pixels, by their ratio; of two as close the first. */
export function tierOf(size: Size, tiers: readonly [SizeTier, ...SizeTier[]]): SizeTier {
  const distance = ({ side }: SizeTier) => Math.abs(Math.log((size.width * size.height) / (side * side)));
  return tiers.reduce((best, tier) => (distance(tier) < distance(best) ? tier : best));
}
