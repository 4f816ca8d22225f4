import type { Size } from './values';

/** Width to height: `16:9`. */
export type Aspect = `${number}:${number}`;

/** Which of these aspects a size has, to within a hundredth: not each is to be had in whole pixels. */
export function aspectOf({ width, height }: Size, aspects: readonly Aspect[]): Aspect | undefined {
  return aspects.find((aspect) => {
    const [across = 0, down = 0] = aspect.split(':').map(Number);
    return Math.abs((width * down) / (height * across) - 1) <= 0.01;
  });
}
