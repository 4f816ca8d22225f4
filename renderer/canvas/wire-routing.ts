import type { Point } from '#core/document/schema';
import { boundsOf, distance, grown, hits, meets, samples, wireCurves, type Box } from './wire-path';

/** Room between a wire and a card it goes around, pixels of the canvas. */
const room = 22;
/** A wire counts as hitting a card only this far inside: a touched corner is no harm. */
const inset = 4;
/** Heights tried for one wire, nearest first. */
const mostHeights = 16;

function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, place) => sum + distance(point, points[place] ?? point), 0);
}

function clearOf(from: Point, to: Point, through: readonly Point[], boxes: readonly Box[]): number {
  return hits(samples(wireCurves(from, to, through), through.length === 0 ? 48 : 20), boxes);
}

/** Ways of a wire over or under a row of boxes: at one height from before the first to behind the last, or around a part. */
function waysAt(y: number, from: Point, to: Point, blocking: readonly Box[]): Point[][] {
  const left = Math.min(...blocking.map((box) => box.x)) - room;
  const right = Math.max(...blocking.map((box) => box.x + box.width)) + room;
  const start = Math.max(from[0] + room, Math.min(left, to[0] - room));
  const end = Math.min(to[0] - room, Math.max(right, from[0] + room));
  if (end - start < 8) return [[[(start + end) / 2, y]]];
  const ways: Point[][] = [
    [
      [left, y],
      [right, y],
    ],
  ];
  if (start !== left || end !== right)
    ways.push([
      [start, y],
      [end, y],
    ]);
  return ways;
}

/**
 * The points that lead a wire around the cards in its way, from its source on: empty where its own curve is clear, and
 * where nothing that was tried hits fewer cards. `boxes`: the cards that are not its own, in pixels of the canvas.
 */
export function routeAround(from: Point, to: Point, boxes: readonly Box[]): readonly Point[] {
  const cores = boxes.map((box) => grown(box, -inset));
  const plain = clearOf(from, to, [], cores);
  if (plain === 0) return [];
  const along = samples(wireCurves(from, to), 48);
  let best: { through: readonly Point[]; inCards: number; length: number } = {
    through: [],
    inCards: plain,
    length: Infinity,
  };
  // What is in the way of the curve first; then also what is in the way of going around that.
  let blocking = boxes.filter((box, place) => hits(along, [cores[place] ?? box]) > 0);
  for (let widened = 0; widened < 3 && best.inCards > 0; widened += 1) {
    const reach = grown(boundsAround(from, to, blocking), room * 2);
    const near = boxes.filter((box) => meets(box, reach));
    const heights = [...new Set(near.flatMap((box) => [box.y - room, box.y + box.height + room]))]
      .sort((left, right) => detour(left, from, to) - detour(right, from, to))
      .slice(0, mostHeights);
    const hit = new Set(blocking);
    for (const height of heights)
      for (const through of waysAt(height, from, to, blocking)) {
        const inCards = clearOf(from, to, through, cores);
        const length = lengthOf([from, ...through, to]);
        if (inCards < best.inCards || (inCards === best.inCards && length < best.length))
          best = { through, inCards, length };
        if (widened < 2 && inCards > 0) {
          const way = samples(wireCurves(from, to, through));
          for (const [place, box] of boxes.entries()) if (hits(way, [cores[place] ?? box]) > 0) hit.add(box);
        }
      }
    if (hit.size === blocking.length) break;
    blocking = [...hit];
  }
  // A wire that only changes which card it runs through is better left as it was.
  return best.inCards < plain * 0.5 ? best.through : [];
}

function detour(height: number, from: Point, to: Point): number {
  return Math.abs(height - from[1]) + Math.abs(height - to[1]);
}

function boundsAround(from: Point, to: Point, boxes: readonly Box[]): Box {
  const corners = boxes.map((box) => [
    [box.x, box.y] as Point,
    [box.x + box.width, box.y + box.height] as Point,
  ]);
  const all = boundsOf(wireCurves(from, to));
  const xs = [all.x, all.x + all.width, ...corners.flat().map(([x]) => x)];
  const ys = [all.y, all.y + all.height, ...corners.flat().map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
