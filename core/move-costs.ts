import type { BranchMove, NodeMove } from './plan/move-branch';
import type { RouteAnswer, RouteRow } from './route-comparison';
import { totalOf, type Bounds, type RouteCost, type Share } from './route-economics';

/** A move of a branch with what its pictures cost before and after. US dollars. */
export interface CostedMove extends BranchMove {
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
  return { ...move, costs };
}

/** What all pictures of the branch cost where only some nodes move; `undefined` while it is not known. */
export function branchTotal(
  { nodes, costs }: CostedMove,
  isMoving: (node: string) => boolean,
): Bounds | undefined {
  const shares: Share[] = [];
  for (const { node, pictures } of nodes) {
    const cost = costs[node]?.[isMoving(node) ? 'after' : 'before'];
    if (cost === undefined || pictures === 0) return undefined;
    shares.push({ cost, pictures });
  }
  return totalOf(shares);
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
