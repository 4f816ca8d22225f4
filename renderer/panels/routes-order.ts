import type { Recovery } from '#core/provider';
import type { RouteRow } from '#core/route-comparison';
import { words } from '../look/words';

/** What the routes can be sorted by. `first`: which end a person wants on top. */
export interface RouteColumn {
  id: string;
  label: string;
  first: 'least' | 'most';
  /** `undefined` stands last, whichever end is on top. */
  worth(row: RouteRow): number | string | undefined;
}

export interface RouteOrder {
  by: string;
  top: 'least' | 'most';
}

/** Most pixels of a picture. */
function largest({ maxPixels, tiers }: NonNullable<RouteRow['size']>): number {
  if (maxPixels !== undefined || tiers === undefined) return maxPixels ?? Infinity;
  return Math.max(...tiers.map(({ side }) => side ** 2));
}

/** Safest first. */
const safety = ['idempotency-key', 'own-id', 'ticket', 'none'] as const satisfies readonly Recovery[];

export const routeColumns: readonly RouteColumn[] = [
  {
    id: 'route',
    label: words.routes.columns.route,
    first: 'least',
    worth: ({ model, provider }) => `${model} ${provider}`,
  },
  {
    id: 'price',
    label: words.routes.columns.price,
    first: 'least',
    worth: ({ answer, price }) => (answer?.each ?? price).high,
  },
  { id: 'own', label: words.routes.columns.own, first: 'least', worth: ({ ownPrice }) => ownPrice },
  {
    id: 'references',
    label: words.routes.columns.references,
    first: 'most',
    worth: ({ references }) => references ?? Infinity,
  },
  { id: 'sizes', label: words.routes.columns.sizes, first: 'most', worth: ({ size = {} }) => largest(size) },
  { id: 'seed', label: words.routes.columns.seed, first: 'most', worth: ({ seed }) => Number(seed) },
  {
    id: 'negative',
    label: words.routes.columns.negative,
    first: 'most',
    worth: ({ negative }) => Number(negative),
  },
  { id: 'batch', label: words.routes.columns.batch, first: 'most', worth: ({ batch }) => batch },
  {
    id: 'cancel',
    label: words.routes.columns.cancel,
    first: 'most',
    worth: ({ cancels }) => Number(cancels),
  },
  { id: 'pinned', label: words.routes.columns.pinned, first: 'most', worth: ({ pinned }) => Number(pinned) },
  { id: 'seen', label: words.routes.columns.seen, first: 'least', worth: ({ seen }) => seen?.seconds },
  {
    id: 'usual',
    label: words.routes.columns.usual,
    first: 'least',
    worth: ({ seconds }) => seconds.low + seconds.high,
  },
  {
    id: 'recovery',
    label: words.routes.columns.recovery,
    first: 'least',
    worth: ({ recovery }) => safety.indexOf(recovery),
  },
];

/** The order after a click on a column: its good end on top, then the other one. */
export function nextOrder(order: RouteOrder, column: RouteColumn): RouteOrder {
  if (order.by !== column.id) return { by: column.id, top: column.first };
  return { by: column.id, top: order.top === 'least' ? 'most' : 'least' };
}

/** Sorted; what cannot do the task stands below, equals as they were. */
export function sortRoutes(rows: readonly RouteRow[], { by, top }: RouteOrder): RouteRow[] {
  const worth = routeColumns.find(({ id }) => id === by)?.worth ?? (() => undefined);
  const sign = top === 'least' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const able = standing(left) - standing(right);
    if (able !== 0) return able;
    const [one, other] = [worth(left), worth(right)];
    if (one === other) return 0;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    return (one < other ? -1 : 1) * sign;
  });
}

/** 0: would run; 1: not as the node is now; 2: never does this. */
export function standing({ answer }: RouteRow): 0 | 1 | 2 {
  if (answer === undefined) return 0;
  if (answer.cannot !== undefined) return 2;
  return answer.notes.some(({ effect }) => effect === 'refused') ? 1 : 0;
}
