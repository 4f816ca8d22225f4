import { nearestSize } from '#core/plan/size-answer';
import type { ModelSpec } from '#core/provider';
import type { Size } from '#core/values';

export interface Aspect {
  label: string;
  ratio: readonly [number, number];
}

export const aspects: readonly Aspect[] = [
  { label: '1:1', ratio: [1, 1] },
  { label: '4:3', ratio: [4, 3] },
  { label: '3:2', ratio: [3, 2] },
  { label: '16:9', ratio: [16, 9] },
  { label: '21:9', ratio: [7, 3] },
  { label: '3:4', ratio: [3, 4] },
  { label: '2:3', ratio: [2, 3] },
  { label: '9:16', ratio: [9, 16] },
];

/** Named for the side of the square that has as many pixels. */
export const tiers = [
  { label: '1K', side: 1024 },
  { label: '2K', side: 2048 },
  { label: '4K', side: 4096 },
] as const;

const grid = 16;

/** The largest size of exactly this aspect, in sides of 16 pixels, that has no more pixels than the tier's square. */
export function presetSize({ ratio: [wide, high] }: Aspect, side: number): Size {
  const most = Math.sqrt((side * side) / (wide * high));
  const unit = Math.floor(most / grid) * grid;
  return { width: wide * unit, height: high * unit };
}

/** The preset that gives exactly this size. */
export function presetOf(size: Size): { aspect: Aspect; side: number } | undefined {
  for (const { side } of tiers)
    for (const aspect of aspects) {
      const preset = presetSize(aspect, side);
      if (preset.width === size.width && preset.height === size.height) return { aspect, side };
    }
  return undefined;
}

/** The aspect a free size comes closest to, and the tier its number of pixels comes closest to. */
export function nearestPreset({ width, height }: Size): { aspect: Aspect; side: number } {
  const distance = (left: number, right: number) => Math.abs(Math.log(left / right));
  const nearest = <T>(list: readonly T[], score: (item: T) => number) =>
    list.reduce((best, item) => (score(item) < score(best) ? item : best));
  return {
    aspect: nearest(aspects, ({ ratio }) => distance(ratio[0] / ratio[1], width / height)),
    side: nearest(tiers, ({ side }) => distance(side * side, width * height)).side,
  };
}

/** "16:9" for a preset, else the shortest whole numbers when they are short, else nothing. */
export function aspectLabel({ width, height }: Size): string | undefined {
  const known = aspects.find(({ ratio }) => width * ratio[1] === height * ratio[0]);
  if (known !== undefined) return known.label;
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(width, height);
  const [wide, high] = [width / common, height / common];
  return wide <= 40 && high <= 40 ? `${wide}:${high}` : undefined;
}

export function swapSides({ width, height }: Size): Size {
  return { width: height, height: width };
}

/** The preset as a model makes it; `undefined` where it makes nothing of this aspect. */
export function presetFor(aspect: Aspect, side: number, limits: ModelSpec['size']): Size | undefined {
  const fitted = nearestSize(presetSize(aspect, side), limits);
  const wanted = aspect.ratio[0] / aspect.ratio[1];
  const isOfAspect = fitted !== undefined && Math.abs(fitted.width / fitted.height / wanted - 1) <= 0.02;
  return isOfAspect ? fitted : undefined;
}

/**
 * The size with one side changed and the other after it, so that the aspect stays: that of a preset where it is as good as one,
 * or many small changes would lead away from it. Sides are multiples of `step`.
 */
export function withSide(size: Size, side: 'width' | 'height', value: number, step: number): Size {
  const { width, height } = size;
  const near = aspects.find(
    ({ ratio: [wide, high] }) => Math.abs((width * high) / (height * wide) - 1) <= 0.01,
  );
  const ratio = near === undefined ? width / height : near.ratio[0] / near.ratio[1];
  const other = side === 'width' ? value / ratio : value * ratio;
  const rounded = Math.max(step, Math.round(other / step) * step);
  return side === 'width' ? { width: value, height: rounded } : { width: rounded, height: value };
}
