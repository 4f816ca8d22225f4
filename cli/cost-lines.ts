import {
  basisWords,
  boundsWords,
  breakEvenSentence,
  breakEvenWords,
  inCents,
  noteWords,
  startWords,
} from '#core/cost-words';
import { comparedCosts } from '#core/compared-costs';
import type { RouteComparison, RouteRow } from '#core/route-comparison';
import { breakEven, totalOf, type Bounds, type BreakEven, type RouteCost } from '#core/route-economics';
import { counted, duration, money, priceRange, table, type Paint } from './print';

/** What a node's pictures cost on each route that would make them. Plain data, as `--json` prints it. */
export interface CostsAsked {
  node: string;
  pictures: number;
  /** The route that machines are held against: the node's own where it is paid by the picture, else the cheapest such. */
  beside?: string;
  /** The cheapest of those that cost, and of those whose machine is paid by its time. */
  cheapest?: string;
  machine?: string;
  /** In the order of `comparedCosts`. */
  routes: {
    route: string;
    cost: RouteCost;
    total?: Bounds;
    /** Of a machine paid by its time, for each route that is paid by the picture. */
    cheaperFrom?: Record<string, BreakEven>;
  }[];
}

export function costsAsked(comparison: RouteComparison): CostsAsked {
  const { asked } = comparison;
  // What the node needs may not be all there yet: then it is one picture.
  const pictures = Math.max(1, asked?.pictures ?? 1);
  const { rows, vendors, best, beside, machine } = comparedCosts(comparison, pictures);
  return {
    node: asked?.node ?? '',
    pictures,
    ...(best === undefined ? {} : { cheapest: best.route }),
    ...(beside === undefined ? {} : { beside: beside.route }),
    ...(machine === undefined ? {} : { machine: machine.route }),
    routes: rows.map(({ route, cost }) => {
      const total = totalOf([{ cost, pictures }]);
      const from = vendors.map((vendor) => [vendor.route, breakEven(cost, vendor.cost)] as const);
      return {
        route,
        cost,
        ...(total === undefined ? {} : { total }),
        ...(cost.machine === undefined ? {} : { cheaperFrom: Object.fromEntries(from) }),
      };
    }),
  };
}

/** The costs side by side, the cheapest on top and said in words before them. */
export function costLines(
  { pictures, beside, cheapest, machine, routes }: CostsAsked,
  paint: Paint,
): string[] {
  const named = (name: string | undefined) => routes.find(({ route }) => route === name);
  const [best, timed] = [named(cheapest), named(machine)];
  const all = counted(pictures, 'picture');
  const lines: string[] = [];
  if (best?.total !== undefined)
    lines.push(paint.bold(`Cheapest for ${all}: ${best.route}, ${totalWords(best.total, best.cost)}.`));
  const from = beside === undefined ? undefined : timed?.cheaperFrom?.[beside];
  const sentence = from === undefined ? undefined : breakEvenSentence(from, beside!);
  if (sentence !== undefined) lines.push(timed === best ? sentence : `${machine}: ${sentence}`);
  const head = ['route', 'a picture', 'start and idle', 'first picture', all, `cheaper than ${beside} from`];
  const shown = beside === undefined ? head.slice(0, -1) : head;
  const cells = routes.map(({ route, cost, total, cheaperFrom }) => [
    route,
    eachWords(cost),
    onceWords(cost),
    timeWords(cost.first),
    total === undefined ? 'not known' : totalWords(total, cost),
    ...(beside === undefined
      ? []
      : [beside in (cheaperFrom ?? {}) ? breakEvenWords(cheaperFrom![beside]!) : '']),
  ]);
  lines.push(
    ...table([shown, ...cells], (text, _column, row) => {
      if (row === 0) return paint.dim(text);
      return routes[row - 1] === best ? paint.green(text) : text;
    }),
  );
  return [...lines, ...noteLines(routes.map(({ cost }) => cost))];
}

/** Routes on machines that are paid by their time, whatever is asked of them. */
export function timedLines(rows: readonly RouteRow[], paint: Paint): string[] {
  const costs = rows.flatMap(({ cost }) => cost ?? []);
  const cells = rows.flatMap(({ route, cost }) =>
    cost === undefined
      ? []
      : [[route, rateWords(cost), eachWords(cost), onceWords(cost), timeWords(cost.first)]],
  );
  const head = ['route', 'rate', 'a picture', 'start and idle', 'first picture'];
  return [
    ...table([head, ...cells], (text, _column, row) => (row === 0 ? paint.dim(text) : text)),
    ...noteLines(costs),
  ];
}

function rateWords({ paidBy, perHour, pod }: RouteCost): string {
  const at = pod === undefined ? '' : ` (pod ${pod})`;
  if (perHour === undefined) return `not known${at}`;
  if (perHour === 0) return 'your own';
  return paidBy === 'hour' ? `${money(perHour)} an hour${at}` : `$${trimmed(perHour / 3600)} a second`;
}

/** Six digits do for the price of a second. */
function trimmed(value: number): string {
  return String(Number(value.toFixed(6)));
}

function eachWords(cost: RouteCost): string {
  if (cost.each === undefined) return 'not known';
  return `${priceRange(cost.each)} (${basisWords(cost)})`;
}

function onceWords(cost: RouteCost): string {
  const { start, idle } = cost;
  if (start === undefined || idle === undefined) return '–';
  const low = start.low + idle.low;
  const isKnown = start.high !== undefined && idle.high !== undefined;
  const both: Bounds = isKnown ? { low, high: start.high! + idle.high! } : { low };
  const from = startWords(cost);
  return `${totalWords(both, cost)}${from === undefined ? '' : ` (${from})`}`;
}

function moneyBounds(bounds: Bounds): string {
  return boundsWords(bounds, money, priceRange);
}

function totalWords(total: Bounds, { machine }: RouteCost): string {
  return moneyBounds(machine === undefined ? total : inCents(total));
}

function timeWords(bounds: Bounds): string {
  return boundsWords(bounds, duration, ({ low, high }) => {
    const both = [duration(low), duration(high)];
    return [...new Set(both)].join(' to ');
  });
}

function noteLines(costs: readonly RouteCost[]): string[] {
  const machines = new Map(costs.flatMap(({ notes, machine }) => notes.map((note) => [note, machine])));
  return [...machines].map(([note, machine]) => `${machine}: ${noteWords(note)}`);
}
