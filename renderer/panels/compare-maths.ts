import type { Size } from '#core/values';

/** How much larger `other` is drawn to stand within `first`, its aspect kept. */
export function scaleOnto(first: Size, other: Size): number {
  if (Math.min(other.width, other.height) <= 0) return 1;
  return Math.min(first.width / other.width, first.height / other.height);
}

/** Columns and rows for some pictures beside each other in a frame, so that each is as large as it can be. */
export function panes(count: number, picture: Size, frame: Size): { columns: number; rows: number } {
  let best = { columns: count, rows: 1, scale: -1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const scale = Math.min(
      frame.width / columns / Math.max(1, picture.width),
      frame.height / rows / Math.max(1, picture.height),
    );
    if (scale > best.scale) best = { columns, rows, scale };
  }
  return { columns: best.columns, rows: best.rows };
}

/** What two pictures of one size differ by; each pixel is four bytes, red green blue alpha. */
export interface PixelDifference {
  /** 0 to 1: of all pixels, those that differ in any channel. */
  share: number;
  /** 0 to 1: the greatest difference of one channel. */
  most: number;
}

export function pixelDifference(left: ArrayLike<number>, right: ArrayLike<number>): PixelDifference {
  const pixels = Math.floor(Math.min(left.length, right.length) / 4);
  let differing = 0;
  let most = 0;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let here = 0;
    for (let channel = 0; channel < 4; channel += 1) {
      const place = pixel * 4 + channel;
      here = Math.max(here, Math.abs(left[place]! - right[place]!));
    }
    if (here > 0) differing += 1;
    most = Math.max(most, here);
  }
  return { share: pixels === 0 ? 0 : differing / pixels, most: most / 255 };
}
