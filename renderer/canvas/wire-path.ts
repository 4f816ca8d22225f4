import type { Point } from '#core/document/schema';

/** A cubic curve: start, two handles, end. */
export type Curve = readonly [Point, Point, Point, Point];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How far the handles of a wire reach that has to go back to the left, for the square root of the way. */
const backReach = 8;
const samplesPerCurve = 20;

function lead(from: Point, to: Point): number {
  const way = to[0] - from[0];
  return way >= 0 ? way / 2 : backReach * Math.sqrt(-way);
}

/**
 * A wire from an output (right side of a card) to an input (left side): with horizontal leads, and smoothly through
 * `through` in its order.
 */
export function wireCurves(from: Point, to: Point, through: readonly Point[] = []): Curve[] {
  if (through.length === 0) {
    const reach = lead(from, to);
    return [[from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to]];
  }
  const points = [from, ...through, to];
  const directions = points.map((point, place): Point => {
    const before = points[place - 1];
    const after = points[place + 1];
    if (before === undefined || after === undefined) return [1, 0];
    // Flat where it turns back, so that it never swings out beyond a point it was led through.
    const along = (axis: 0 | 1) =>
      (point[axis] - before[axis]) * (after[axis] - point[axis]) > 0 ? after[axis] - before[axis] : 0;
    const [x, y] = [along(0), along(1)];
    const length = Math.hypot(x, y);
    if (length === 0) return [after[0] >= before[0] ? 1 : -1, 0];
    return [x / length, y / length];
  });
  return points.slice(1).map((end, place): Curve => {
    const start = points[place] ?? from;
    const [startX, startY] = directions[place] ?? [1, 0];
    const [endX, endY] = directions[place + 1] ?? [1, 0];
    const [wayX, wayY] = [end[0] - start[0], end[1] - start[1]];
    const way = Math.hypot(wayX, wayY);
    // Long handles across the way would make a loop of it.
    const reach = (x: number, y: number) =>
      Math.min(0.4 * way, Math.max(0.6 * Math.abs(x * wayX + y * wayY), 0.16 * way));
    const [out, into] = [reach(startX, startY), reach(endX, endY)];
    return [
      start,
      [start[0] + startX * out, start[1] + startY * out],
      [end[0] - endX * into, end[1] - endY * into],
      end,
    ];
  });
}

const short = (value: number) => Math.round(value * 10) / 10;
const written = ([x, y]: Point) => `${short(x)} ${short(y)}`;

/** As an SVG path. */
export function pathText(curves: readonly Curve[]): string {
  const [first] = curves;
  if (first === undefined) return '';
  const bends = curves.map(([, one, two, end]) => `C${written(one)} ${written(two)} ${written(end)}`);
  return `M${written(first[0])}${bends.join('')}`;
}

export function pointOn([start, one, two, end]: Curve, at: number): Point {
  const rest = 1 - at;
  const axis = (place: 0 | 1) =>
    rest ** 3 * start[place] +
    3 * rest ** 2 * at * one[place] +
    3 * rest * at ** 2 * two[place] +
    at ** 3 * end[place];
  return [axis(0), axis(1)];
}

/** Points along a wire, close enough together for anything on the canvas to be met. */
export function samples(curves: readonly Curve[], perCurve: number = samplesPerCurve): Point[] {
  const [first] = curves;
  if (first === undefined) return [];
  return [
    first[0],
    ...curves.flatMap((curve) =>
      Array.from({ length: perCurve }, (_, step) => pointOn(curve, (step + 1) / perCurve)),
    ),
  ];
}

/** The middle of a wire by its length, where its signs stand. */
export function middleOf(curves: readonly Curve[]): Point {
  const along = samples(curves);
  const steps = along.slice(1).map((point, place) => distance(point, along[place] ?? point));
  let left = steps.reduce((sum, step) => sum + step, 0) / 2;
  for (const [place, step] of steps.entries()) {
    const [start, end] = [along[place], along[place + 1]];
    if (start === undefined || end === undefined) break;
    if (left <= step) {
      const share = step === 0 ? 0 : left / step;
      return [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share];
    }
    left -= step;
  }
  return along[0] ?? [0, 0];
}

export function distance(left: Point, right: Point): number {
  return Math.hypot(left[0] - right[0], left[1] - right[1]);
}

/** How far a wire passes from a point, and in which of its curves it comes nearest. */
export function nearest(curves: readonly Curve[], to: Point): { away: number; curve: number } {
  let best = { away: Infinity, curve: 0 };
  for (const [place, curve] of curves.entries())
    for (let step = 0; step <= samplesPerCurve; step += 1) {
      const away = distance(pointOn(curve, step / samplesPerCurve), to);
      if (away < best.away) best = { away, curve: place };
    }
  return best;
}

/** A box that holds the wires: handles and all, so rather too large than too small. */
export function boundsOf(curves: readonly Curve[]): Box {
  const all = curves.flat();
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function meets(left: Box, right: Box): boolean {
  return (
    left.x <= right.x + right.width &&
    right.x <= left.x + left.width &&
    left.y <= right.y + right.height &&
    right.y <= left.y + left.height
  );
}

export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

export function holds(box: Box, [x, y]: Point): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

/** How many points of a wire lie in boxes: 0 for a wire that runs clear of them. Counts no further than beyond `most`. */
export function hits(along: readonly Point[], boxes: readonly Box[], most = Infinity): number {
  let count = 0;
  for (const point of along)
    if (boxes.some((box) => holds(box, point))) {
      count += 1;
      if (count > most) break;
    }
  return count;
}
