import type { RouteComparison, RouteRow } from './route-comparison';
import { byTotal, totalOf, type RouteCost } from './route-economics';

export type CostRow = RouteRow & { cost: RouteCost };

/** The routes that would make what is asked, by what so many pictures cost. */
export interface ComparedCosts {
  /** The cheapest at worst and the cheapest paid by time, then all others by what they cost; own computers that cost nothing stand last, vendors that are free are not in it. */
  rows: CostRow[];
  /** The cheapest of those that cost. */
  best?: CostRow;
  /** Those that are paid by the picture: what a machine is held against. */
  vendors: CostRow[];
  /** Of them the node's own route, else the cheapest. */
  beside?: CostRow;
  /** The cheapest whose machine is paid by its time, and has a price. */
  machine?: CostRow;
  /** How many do the task and refuse it as it is. */
  refusing: number;
}

export function comparedCosts({ rows, asked }: RouteComparison, pictures: number): ComparedCosts {
  const able = rows.filter(
    (row): row is CostRow => row.cost !== undefined && !isRefused(row) && !cannot(row),
  );
  const isFree = ({ cost }: CostRow) => totalOf([{ cost, pictures }])?.high === 0;
  // Among equals the one that is chosen already stands first.
  const isOther = ({ route }: CostRow) => Number(route !== asked?.chosen);
  const sorted = byTotal(
    able.toSorted((left, right) => isOther(left) - isOther(right)),
    pictures,
  );
  const priced = sorted.filter((row) => !isFree(row));
  const free = sorted.filter((row) => isFree(row) && row.cost.machine !== undefined);
  const vendors = priced.filter(({ cost }) => cost.machine === undefined);
  const [best, beside, machine] = [
    priced.find(({ cost }) => cost.each !== undefined),
    vendors.find(({ route }) => route === asked?.chosen) ?? vendors[0],
    priced.find(({ cost }) => cost.machine !== undefined && cost.each !== undefined),
  ];
  const top = [...new Set([best, machine])].filter((row) => row !== undefined);
  return {
    rows: [...top, ...priced.filter((row) => !top.includes(row)), ...free],
    vendors,
    ...(best === undefined ? {} : { best }),
    ...(beside === undefined ? {} : { beside }),
    ...(machine === undefined ? {} : { machine }),
    refusing: rows.filter((row) => isRefused(row)).length,
  };
}

function isRefused({ answer }: RouteRow): boolean {
  return answer?.notes.some(({ effect }) => effect === 'refused') ?? false;
}

function cannot({ answer }: RouteRow): boolean {
  return answer?.cannot !== undefined;
}
