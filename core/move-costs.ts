import type { BranchMove, NodeMove } from './plan/move-branch';
import type { RouteAnswer, RouteRow } from './route-comparison';
import { totalOf, type Bounds, type RouteCost, type Share } from './route-economics';

/** A move of a branch with what its pictures cost before and after, all made anew. US dollars. */
export interface CostedMove extends BranchMove {
  /** Left out while it is not known. */
  before?: Bounds;
  after?: Bounds;
  /** Of each node, one picture. */
  costs: Record<string, { before?: RouteCost; after?: RouteCost }>;
}

/** `rows` have the costs of all routes. */
export function withMoveCosts(move: BranchMove, rows: readonly RouteRow[]): CostedMove {
  const costs: CostedMove['costs'] = {};
  for (const node of move.nodes) {
    const before = costAt(node.from, node.before, node, rows);
    const after = costAt(node.to ?? node.from, node.after, node, rows);
    costs[node.node] = {
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  }
  const sumOf = (side: 'before' | 'after'): Bounds | undefined => {
    const shares = move.nodes.map(({ node, pictures }): Share | undefined => {
      const cost = costs[node]?.[side];
      return cost === undefined || pictures === 0 ? undefined : { cost, pictures };
    });
    const known = shares.filter((share) => share !== undefined);
    return known.length < shares.length ? undefined : totalOf(known);
  };
  const [before, after] = [sumOf('before'), sumOf('after')];
  return {
    ...move,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    costs,
  };
}

/** By the picture: what this node's own pictures cost. */
function costAt(
  route: string | undefined,
  answer: RouteAnswer | undefined,
  { pictures }: NodeMove,
  rows: readonly RouteRow[],
): RouteCost | undefined {
  const cost = rows.find((row) => row.route === route)?.cost;
  const all = answer?.price;
  if (cost === undefined || cost.machine !== undefined || all === undefined || pictures === 0) return cost;
  return { ...cost, each: { low: all.low / pictures, high: all.high / pictures } };
}
