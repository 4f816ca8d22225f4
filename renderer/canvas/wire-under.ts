import type { Point } from '#core/document/schema';
import { distance, meets, samples, type Box, type Curve } from './wire-path';

/** The part of a card, around its middle, a wire has to pass through to be meant. */
const core = { width: 0.7, height: 0.96 };
/** Where a card is held and where its ports are, from its top, pixels: the wire nearest to that is meant. */
const portsAt = 40;

/** The wire that runs through a card, the nearest to its ports where there are several; none in most cases. */
export function wireUnder(
  card: Box,
  wires: Iterable<readonly [id: string, wire: { curves: readonly Curve[]; box: Box }]>,
): string | undefined {
  const width = card.width * core.width;
  const height = card.height * core.height;
  const middle = [card.x + card.width / 2, card.y + card.height / 2] as const;
  const aim: Point = [middle[0], card.y + portsAt];
  const inner: Box = { x: middle[0] - width / 2, y: middle[1] - height / 2, width, height };
  let best: { id: string; away: number } | undefined;
  for (const [id, { curves, box }] of wires) {
    if (!meets(inner, box)) continue;
    for (const [x, y] of samples(curves, 32)) {
      if (!meets(inner, { x, y, width: 0, height: 0 })) continue;
      const away = distance([x, y], aim);
      if (best === undefined || away < best.away) best = { id, away };
    }
  }
  return best?.id;
}
