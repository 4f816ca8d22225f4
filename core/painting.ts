import { z } from 'zod';
import type { Size } from './values';

/**
 * A mask painted by hand, as vectors: each stroke a text on one line of the file, `add 240 1200,3400 1310,3420`. What it
 * does, the width of the brush, and its points. Places are ten-thousandths of the picture's width and height, widths
 * ten-thousandths of its longer side, so that the same painting lies over a picture of any size. Width 0 is no line but the area
 * the points go around.
 */
export type Painting = readonly string[];

/** What a whole side counts. */
const wholeSide = 10_000;
export const mostStrokes = 1_000;
/** Characters of all strokes together: a file that is opened and saved all day has to stay small. */
const mostCharacters = 400_000;
const mostPoints = 1_500;

const strokePattern = /^(add|erase) (\d{1,5})((?: -?\d{1,5},-?\d{1,5})+)$/;

export const paintingSchema = z
  .array(z.string().max(24_000).regex(strokePattern, 'not a stroke of a painted mask'))
  .max(mostStrokes, `more than ${mostStrokes} strokes`)
  .refine(
    (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= mostCharacters,
    'this painting is too large; clear it or take strokes back',
  );

export type StrokePoint = readonly [x: number, y: number];

/** A stroke read: `width` and the points as parts of a side, 0 to 1. Points may lie beside the picture. */
export interface Stroke {
  does: 'add' | 'erase';
  /** Of the longer side; 0 for an area. */
  width: number;
  /** Of the picture's width and height. */
  points: readonly StrokePoint[];
}

/** All of the picture. */
export const filledStroke = `add 0 0,0 ${wholeSide},0 ${wholeSide},${wholeSide} 0,${wholeSide}`;

/** The text of a stroke; points that nobody would miss are left out. `size` is that of the picture it was painted on. */
export function strokeText({ does, width, points }: Stroke, size: Size): string {
  const side = Math.max(size.width, size.height, 1);
  const stretched = points.map(([x, y]): StrokePoint => [(x * size.width) / side, (y * size.height) / side]);
  // An eighth of the brush is not seen where the line is round, a thousandth of the picture nowhere.
  let tolerance = Math.min(0.001, Math.max(0.0002, width / 8));
  let kept = simplified(stretched, tolerance);
  while (kept.length > mostPoints) {
    tolerance *= 2;
    kept = simplified(stretched, tolerance);
  }
  const places = kept.map(([x, y]) => {
    const across = (x * side) / Math.max(1, size.width);
    const down = (y * side) / Math.max(1, size.height);
    return `${units(across)},${units(down)}`;
  });
  const single = places.filter((place, at) => place !== places[at - 1]);
  return `${does} ${width === 0 ? 0 : Math.max(1, units(width))} ${single.join(' ')}`;
}

/** Beside the picture no further than it is large. */
function units(part: number): number {
  return Math.round(Math.min(2, Math.max(-1, part)) * wholeSide) + 0;
}

/** What a text says; `undefined` for one that is no stroke. */
export function readStroke(text: string): Stroke | undefined {
  const [, does, width, places] = strokePattern.exec(text) ?? [];
  if (does === undefined || width === undefined || places === undefined) return undefined;
  const points = places
    .trim()
    .split(' ')
    .map((place): StrokePoint => {
      const [x = 0, y = 0] = place.split(',').map(Number);
      return [x / wholeSide, y / wholeSide];
    });
  return { does: does === 'erase' ? 'erase' : 'add', width: Number(width) / wholeSide, points };
}

export function readPainting(painting: Painting): Stroke[] {
  return painting.flatMap((text) => readStroke(text) ?? []);
}

/** The points a line needs to stay within `tolerance` of what it was (Ramer, Douglas, Peucker), the first and last always. */
export function simplified(points: readonly StrokePoint[], tolerance: number): StrokePoint[] {
  if (points.length < 3) return [...points];
  const kept = new Uint8Array(points.length);
  kept[0] = 1;
  kept[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [first, last] = span;
    let [farthest, far] = [-1, tolerance];
    for (let at = first + 1; at < last; at += 1) {
      const away = distance(points[at]!, points[first]!, points[last]!);
      if (away > far) [farthest, far] = [at, away];
    }
    if (farthest < 0) continue;
    kept[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, at) => kept[at] === 1);
}

/** From a point to a stretch. */
function distance([x, y]: StrokePoint, [ax, ay]: StrokePoint, [bx, by]: StrokePoint): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** The painting as an SVG document of a picture's size: white what is marked, on black. */
export function paintingSvg(painting: Painting, { width, height }: Size): string {
  const side = Math.max(width, height);
  const place = ([x, y]: StrokePoint) => `${short(x * width)},${short(y * height)}`;
  const shapes = readPainting(painting).map(({ does, width: brush, points }) => {
    const color = does === 'add' ? '#fff' : '#000';
    const [first = [0, 0]] = points;
    if (brush === 0) return `<polygon points="${points.map(place).join(' ')}" fill="${color}"/>`;
    if (points.length === 1) {
      const [x, y] = first;
      return `<circle cx="${short(x * width)}" cy="${short(y * height)}" r="${short((brush * side) / 2)}" fill="${color}"/>`;
    }
    return `<polyline points="${points.map(place).join(' ')}" fill="none" stroke="${color}" stroke-width="${short(brush * side)}" stroke-linecap="round" stroke-linejoin="round"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#000"/>${shapes.join('')}</svg>`;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
