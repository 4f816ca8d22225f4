import type { Point } from '#core/document/schema';
import { boundsOf, distance, grown, hits, holds, meets, samples, wireCurves, type Box } from './wire-path';

/** Room between a wire and a card it goes around, pixels of the canvas. */
const room = 22;
/** A wire counts as hitting a card only this far inside: a touched corner is no harm. */
const inset = 4;
/** Heights tried for one wire, nearest first. */
const mostHeights = 16;

function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, place) => sum + distance(point, points[place] ?? point), 0);
}

/** Points along a wire and the boxes it may meet at all. */
function trace(from: Point, to: Point, through: readonly Point[], cores: readonly Box[]) {
  const curves = wireCurves(from, to, through);
  const area = boundsOf(curves);
  const near = cores.filter((box) => meets(box, area));
  return { along: near.length === 0 ? [] : samples(curves, through.length === 0 ? 48 : 20), near };
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
  // A wire that leads back has to pass its own cards first; there is no height to take it at.
  if (to[0] - from[0] < 2 * room) return [];
  const cores = boxes.map((box) => grown(box, -inset));
  // What lies over an end of it, as a copy does on what it was copied from, cannot be gone around.
  const avoidable = cores.filter((box) => !holds(box, from) && !holds(box, to));
  const through = wayAround(from, to, avoidable);
  if (through.length === 0 || avoidable.length === cores.length) return through;
  const inCards = (points: readonly Point[]) => {
    const { along, near } = trace(from, to, points, cores);
    return hits(along, near);
  };
  return inCards(through) <= inCards([]) ? through : [];
}

function wayAround(from: Point, to: Point, cores: readonly Box[]): readonly Point[] {
  const own = trace(from, to, [], cores);
  const plain = hits(own.along, own.near);
  if (plain === 0) return [];
  let best: { through: readonly Point[]; inCards: number; length: number; met: readonly Box[] } = {
    through: [],
    inCards: plain,
    length: Infinity,
    met: own.near.filter((box) => hits(own.along, [box]) > 0),
  };
  // What is in the way of the curve first; then also what is in the way of going around that.
  let blocking = best.met;
  for (let widened = 0; widened < 3; widened += 1) {
    const reach = grown(boundsAround(from, to, blocking), room * 2);
    const heights = [...new Set(cores.filter((box) => meets(box, reach)).flatMap(heightsBeside))]
      .sort((left, right) => detour(left, from, to) - detour(right, from, to))
      .slice(0, mostHeights);
    for (const height of heights) {
      for (const through of waysAt(height, from, to, blocking)) {
        const { along, near } = trace(from, to, through, cores);
        const inCards = hits(along, near, best.inCards);
        const length = lengthOf([from, ...through, to]);
        if (inCards < best.inCards || (inCards === best.inCards && length < best.length))
          best = { through, inCards, length, met: near.filter((box) => hits(along, [box], 0) > 0) };
      }
      // The heights are tried nearest first: what comes now is farther around.
      if (best.inCards === 0) return best.through;
    }
    const wider = [...new Set([...blocking, ...best.met])];
    if (wider.length === blocking.length) break;
    blocking = wider;
  }
  // A wire that only changes which card it runs through is better left as it was.
  return best.inCards < plain * 0.5 ? best.through : [];
}

function heightsBeside(core: Box): [number, number] {
  return [core.y - inset - room, core.y + core.height + inset + room];
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
