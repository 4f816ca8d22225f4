import { edgeId, portAddressOf, type Edge, type Point, type WorkflowDocument } from './schema';

/** Pure edits of the points a wire is led through. They are layout: no result depends on them. */

/** Most points of one wire. */
export const mostBends = 24;

function withBends(
  document: WorkflowDocument,
  bends: Readonly<Record<string, readonly Point[]>>,
): WorkflowDocument {
  const { bends: _old, ...rest } = document;
  const kept = Object.entries(bends).filter(([, points]) => points.length > 0);
  if (kept.length === 0) return rest;
  return { ...rest, bends: Object.fromEntries(kept.map(([id, points]) => [id, [...points]])) };
}

function editPoints(
  document: WorkflowDocument,
  edge: string,
  change: (points: readonly Point[]) => readonly Point[],
): WorkflowDocument {
  if (!document.edges.some((one) => edgeId(one) === edge)) return document;
  const before = document.bends?.[edge] ?? [];
  const after = change(before);
  return after === before ? document : withBends(document, { ...document.bends, [edge]: after });
}

const rounded = ([x, y]: Point): Point => [Math.round(x), Math.round(y)];

/** Puts points at `place` of a wire's list (0: before the first), as far as there is room for more. */
export function addBends(
  document: WorkflowDocument,
  edge: string,
  place: number,
  points: readonly Point[],
): WorkflowDocument {
  return editPoints(document, edge, (before) =>
    before.length + points.length > mostBends || points.length === 0
      ? before
      : [...before.slice(0, place), ...points.map(rounded), ...before.slice(place)],
  );
}

export function moveBend(
  document: WorkflowDocument,
  edge: string,
  place: number,
  to: Point,
): WorkflowDocument {
  return editPoints(document, edge, (before) => {
    const old = before[place];
    const next = rounded(to);
    if (old === undefined || (old[0] === next[0] && old[1] === next[1])) return before;
    return before.map((point, index) => (index === place ? next : point));
  });
}

export function removeBend(document: WorkflowDocument, edge: string, place: number): WorkflowDocument {
  return editPoints(document, edge, (before) =>
    before[place] === undefined ? before : before.filter((_point, index) => index !== place),
  );
}

/** The wire goes its own way again. */
export function straighten(document: WorkflowDocument, edge: string): WorkflowDocument {
  return editPoints(document, edge, (before) => (before.length === 0 ? before : []));
}

/** Without the points of wires that are gone. */
export function withoutLostBends(document: WorkflowDocument): WorkflowDocument {
  const { bends } = document;
  if (bends === undefined) return document;
  const ids = new Set(document.edges.map(edgeId));
  const kept = Object.entries(bends).filter(([id]) => ids.has(id));
  return kept.length === Object.keys(bends).length ? document : withBends(document, Object.fromEntries(kept));
}

/**
 * The points of wires both of whose ends move go along: by as much as the ends where these move together, else between
 * the two by their place on the wire. `by`: how far each node moves, pixels.
 */
export function withMovedBends(
  document: WorkflowDocument,
  by: Readonly<Record<string, Point>>,
): WorkflowDocument {
  const { bends } = document;
  if (bends === undefined) return document;
  let changed = false;
  const moved = Object.entries(bends).map(([id, points]): [string, Point[]] => {
    const [from = '', to = ''] = id.split(' ');
    const source = by[portAddressOf(from).node];
    const target = by[portAddressOf(to).node];
    if (source === undefined || target === undefined) return [id, points];
    changed = true;
    return [
      id,
      points.map(([x, y], index): Point => {
        const share = (index + 1) / (points.length + 1);
        const between = (axis: 0 | 1) => source[axis] + (target[axis] - source[axis]) * share;
        return [Math.round(x + between(0)), Math.round(y + between(1))];
      }),
    ];
  });
  return changed ? { ...document, bends: Object.fromEntries(moved) } : document;
}

/** The points of some wires, or nothing where none of them has any. */
export function bendsOf(
  document: WorkflowDocument,
  edges: readonly Edge[],
): Record<string, Point[]> | undefined {
  const found = edges.flatMap((edge) => {
    const points = document.bends?.[edgeId(edge)];
    return points === undefined ? [] : [[edgeId(edge), points] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
