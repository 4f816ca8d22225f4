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
