import { portAddressOf, type WorkflowDocument } from '#core/document/schema';

export interface PlacedCard {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest card in a direction: what stands straight ahead comes before what stands aslant. */
export function cardTowards(
  cards: readonly PlacedCard[],
  from: string | undefined,
  direction: Direction,
): string | undefined {
  const middle = (card: PlacedCard) => [card.x + card.width / 2, card.y + card.height / 2] as const;
  const start = cards.find(({ id }) => id === from);
  if (start === undefined) return [...cards].sort((one, other) => one.x - other.x || one.y - other.y)[0]?.id;
  const [x, y] = middle(start);
  let best: { id: string; far: number } | undefined;
  for (const card of cards) {
    if (card.id === start.id) continue;
    const [dx, dy] = [middle(card)[0] - x, middle(card)[1] - y];
    const isLevel = direction === 'left' || direction === 'right';
    const ahead = (isLevel ? dx : dy) * (direction === 'left' || direction === 'up' ? -1 : 1);
    const aside = Math.abs(isLevel ? dy : dx);
    if (ahead <= 0 || aside > ahead * 3) continue;
    const far = ahead + 2 * aside;
    if (best === undefined || far < best.far) best = { id: card.id, far };
  }
  return best?.id;
}

/**
 * The card a wire away: `left` what feeds the first wired input, `right` what the first wire leads to, `up` and `down`
 * around those that hang on the same card.
 */
export function cardAlong(
  document: WorkflowDocument,
  from: string,
  direction: Direction,
): string | undefined {
  const ends = document.edges.map((edge) => ({
    source: portAddressOf(edge.from).node,
    target: portAddressOf(edge.to).node,
  }));
  const before = ends.find(({ target }) => target === from)?.source;
  const after = ends.find(({ source }) => source === from)?.target;
  if (direction === 'left') return before;
  if (direction === 'right') return after;
  const beside = ends.flatMap(({ source, target }) => {
    if (after !== undefined && target === after) return [source];
    return after === undefined && source === before ? [target] : [];
  });
  const ring = [...new Set(beside)];
  if (ring.length < 2) return undefined;
  const step = direction === 'down' ? 1 : -1;
  return ring[(ring.indexOf(from) + step + ring.length) % ring.length];
}
