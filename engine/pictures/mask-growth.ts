import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Size } from '#core/values';

/** Light from here on. */
export const light = 128;

/** Pixels that are worked on before others of this process get their turn. */
const atOnce = 2_000_000;

/**
 * The values (0 to 255, row by row) with their light part grown by `distance` pixels in every direction, or shrunk where that
 * is below 0. Round: a point becomes a disc. What lies outside the picture counts as dark for growing, and for shrinking as light.
 */
export async function grown(values: Uint8Array, size: Size, distance: number): Promise<Uint8Array> {
  if (distance === 0) return values;
  const shrinks = distance < 0;
  const reached = await near(values, size, Math.abs(distance), shrinks);
  const filled = shrinks ? 0 : 255;
  for (let at = 0; at < values.length; at += 1) reached[at] = reached[at] === 1 ? filled : values[at]!;
  return reached;
}

/**
 * 1 for each pixel with a light one (or with a dark one, if `dark`) no further than `radius`, by two passes: along the rows, then
 * along the columns.
 */
async function near(
  values: Uint8Array,
  { width, height }: Size,
  radius: number,
  dark: boolean,
): Promise<Uint8Array> {
  const beyond = radius + 1;
  const along = new Uint16Array(values.length);
  for (let y = 0; y < height; y += 1) {
    if ((y * width) % atOnce < width) await nextTurn();
    const row = y * width;
    for (let x = 0, far = beyond; x < width; x += 1) {
      far = values[row + x]! < light === dark ? 0 : Math.min(beyond, far + 1);
      along[row + x] = far;
    }
    for (let x = width - 1, far = beyond; x >= 0; x -= 1) {
      far = Math.min(along[row + x]!, far + 1);
      along[row + x] = Math.min(beyond, far);
    }
  }
  const reached = new Uint8Array(values.length);
  for (let x = 0; x < width; x += 1) {
    if ((x * height) % atOnce < height) await nextTurn();
    markColumn(along, reached, x, { width, height }, radius);
  }
  return reached;
}

/**
 * A pixel of a row that is `d` from a seed of that row reaches √(radius² - d²) up and down its column; the union of those
 * stretches is what is near. Counted by where they begin and end.
 */
function markColumn(
  along: Uint16Array,
  reached: Uint8Array,
  x: number,
  { width, height }: Size,
  radius: number,
): void {
  const changes = new Int32Array(height + 1);
  for (let y = 0; y < height; y += 1) {
    const far = along[y * width + x]!;
    if (far > radius) continue;
    const reach = Math.floor(Math.sqrt(radius * radius - far * far));
    changes[Math.max(0, y - reach)]! += 1;
    changes[Math.min(height, y + reach + 1)]! -= 1;
  }
  for (let y = 0, open = 0; y < height; y += 1) {
    open += changes[y]!;
    if (open > 0) reached[y * width + x] = 1;
  }
}
