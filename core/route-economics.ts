import type { PriceRange } from './price';

/**
 * What a route costs where its machine is paid by its time, beside one that is paid by the picture. Pure. US dollars and
 * seconds; a `high` that is left out is not known, and nothing is put in its place.
 */

export interface Bounds {
  low: number;
  high?: number;
}

/** A machine that does a provider's work and is paid by its time, as the settings tell. */
export interface MachineSpec {
  /** `hour`: from its start to its stop, also while it does nothing. `second`: while it works. */
  paidBy: 'hour' | 'second';
  /** US dollars; left out where the settings do not say. */
  perHour?: number;
  /** Where it is reached: what is known of a pod there counts before the settings. */
  address?: string;
}

/** The machine with all that is known of it now. */
export interface Machine {
  /** The provider's id: its routes share one machine. */
  id: string;
  /** `hour`: from its start to its stop, also while it does nothing. `second`: while it works. */
  paidBy: 'hour' | 'second';
  /** A pod's name. */
  pod?: string;
  perHour?: number;
  /** Of a pod: seconds until ComfyUI answers, were it asked for now; 0 while it does. */
  startUp?: { seconds: PriceRange; from: 'up' | 'seen' | 'documented' };
  /** Of a pod: minutes without work after which it stops by itself, `null` for never. */
  idle?: number | null;
}

/** What the receipts of a route's own jobs say. */
export interface WorkSeen {
  /** Median time of one picture that its machine was at work, seconds. */
  seconds: number;
  /** Median price of one picture as the vendor said, US dollars; left out where it said none. */
  price?: number;
  receipts: number;
}

/** What is not in a cost, because nobody knows it. */
export type CostNote = 'no-price' | 'not-known-pod' | 'never-idle' | 'worker-start';

/** What a route costs and how long it takes to begin. */
export interface RouteCost {
  paidBy: 'picture' | 'hour' | 'second';
  /** The provider's id, where its routes share a machine. */
  machine?: string;
  pod?: string;
  /** US dollars an hour of that machine. */
  perHour?: number;
  /** One picture; left out while it cannot be known. */
  each?: PriceRange;
  /** Where `each` comes from. */
  from: 'prices' | 'own-price' | 'receipts' | 'usual-time';
  /** How many receipts, with `from: 'receipts'`. */
  receipts?: number;
  /** Once, however many pictures: the start, and the idle time until it stops by itself. */
  start?: Bounds;
  idle?: Bounds;
  startUp?: NonNullable<Machine['startUp']>['from'];
  /** Until the first picture is there, seconds. */
  first: Bounds;
  notes: CostNote[];
}

const hour = 3600;

/** A route as the price lists have it. */
export interface Listed {
  /** US dollars for one picture of what is asked, else of any size. */
  price: PriceRange;
  ownPrice?: number;
  /** Of one picture; the median of the own jobs where there are any, else the usual time. */
  seconds: PriceRange;
}

/** The cost of a route; with `machine` by the time of that, which counts `seen` before the usual time. */
export function costOf(route: Listed, machine?: Machine, seen?: WorkSeen): RouteCost {
  if (machine === undefined) {
    const from = route.ownPrice === undefined ? 'prices' : 'own-price';
    return { paidBy: 'picture', each: route.price, from, first: route.seconds, notes: [] };
  }
  const isTimed = seen !== undefined && machine.paidBy === 'hour';
  const time = isTimed ? { low: seen.seconds, high: seen.seconds } : route.seconds;
  const { id, paidBy, pod, perHour, startUp } = machine;
  const once = onceOf(machine);
  const wait: Bounds = paidBy === 'second' ? { low: 0 } : (startUp?.seconds ?? { low: 0, high: 0 });
  return {
    paidBy,
    machine: id,
    ...(pod === undefined ? {} : { pod }),
    ...(perHour === undefined ? {} : { perHour }),
    ...eachOf(route, machine, seen, time),
    start: once.start,
    idle: once.idle,
    ...(startUp === undefined ? {} : { startUp: startUp.from }),
    first: sum([wait, time]),
    notes: once.notes,
  };
}

function eachOf(
  { ownPrice }: Listed,
  { perHour, paidBy }: Machine,
  seen: WorkSeen | undefined,
  time: PriceRange,
): Pick<RouteCost, 'each' | 'from' | 'receipts'> {
  if (ownPrice !== undefined) return { each: { low: ownPrice, high: ownPrice }, from: 'own-price' };
  // What a worker was paid for is on its bill; how long one waited for it is not.
  const said = paidBy === 'second' ? seen?.price : undefined;
  if (said !== undefined)
    return { each: { low: said, high: said }, from: 'receipts', receipts: seen!.receipts };
  const isSeen = paidBy === 'hour' && seen !== undefined;
  return {
    ...(perHour === undefined ? {} : { each: by(time, perHour / hour) }),
    ...(isSeen ? { from: 'receipts', receipts: seen.receipts } : { from: 'usual-time' }),
  };
}

function onceOf({ paidBy, perHour, pod, startUp, idle }: Machine): {
  start: Bounds;
  idle: Bounds;
  notes: CostNote[];
} {
  const nothing = { low: 0, high: 0 };
  const unknown = { low: 0 };
  if (paidBy === 'second') return { start: unknown, idle: unknown, notes: ['worker-start'] };
  if (perHour === undefined) return { start: unknown, idle: unknown, notes: ['no-price'] };
  if (perHour === 0) return { start: nothing, idle: nothing, notes: [] };
  if (pod === undefined) return { start: unknown, idle: unknown, notes: ['not-known-pod'] };
  const rate = perHour / hour;
  const stops = idle === undefined || idle === null ? undefined : idle * 60 * rate;
  return {
    start: startUp === undefined ? unknown : by(startUp.seconds, rate),
    idle: stops === undefined ? unknown : { low: stops, high: stops },
    notes: stops === undefined ? ['never-idle'] : [],
  };
}

/** So many pictures on a route. */
export interface Share {
  cost: RouteCost;
  pictures: number;
}

/** All of them together; routes of one machine start it once. `undefined` while one of them cannot be known. */
export function totalOf(shares: readonly Share[]): Bounds | undefined {
  const begun = new Set<string>();
  const parts: Bounds[] = [];
  for (const { cost, pictures } of shares) {
    if (pictures === 0) continue;
    if (cost.each === undefined) return undefined;
    parts.push(by(cost.each, pictures));
    if (cost.machine === undefined || begun.has(cost.machine)) continue;
    begun.add(cost.machine);
    parts.push(...[cost.start, cost.idle].filter((part) => part !== undefined));
  }
  return sum(parts);
}

/** From how many pictures on something is cheaper. `never`: however many there are. */
export type FromCount = number | 'never' | 'unknown';

/** `atBest`: it costs what it least can and the other what it most can; `atWorst`: the other way round. */
export interface BreakEven {
  atBest: FromCount;
  atWorst: FromCount;
}

/** From how many pictures on `machine` costs less than a route that is paid by the picture. */
export function breakEven(machine: RouteCost, vendor: RouteCost): BreakEven {
  const [own, other] = [machine.each, vendor.each];
  if (own === undefined || other === undefined || vendor.machine !== undefined)
    return { atBest: 'unknown', atWorst: 'unknown' };
  const once = sum([machine.start ?? { low: 0, high: 0 }, machine.idle ?? { low: 0, high: 0 }]);
  const atWorst =
    once.high === undefined
      ? own.high >= other.low
        ? 'never'
        : 'unknown'
      : firstBelow(once.high, own.high, other.low);
  return { atBest: firstBelow(once.low, own.low, other.high), atWorst };
}

/** Nobody makes more. */
const mostPictures = 10_000_000;

/** The smallest n from 1 with `once + n × each < n × other`; one above ten million counts as none. */
function firstBelow(once: number, each: number, other: number): number | 'never' {
  if (each >= other) return 'never';
  const isBelow = (pictures: number) => once + pictures * each < pictures * other;
  let first = Math.max(1, Math.floor(once / (other - each)) + 1);
  if (first > mostPictures) return 'never';
  // A quotient is rounded; what counts is what the sums say.
  while (first > 1 && isBelow(first - 1)) first -= 1;
  while (!isBelow(first)) first += 1;
  return first;
}

/** Routes that can be chosen, cheapest first for so many pictures: by the most they can cost, then by the least. */
export function byTotal<T extends { cost?: RouteCost }>(rows: readonly T[], pictures: number): T[] {
  const worth = ({ cost }: T) => {
    const total = cost === undefined ? undefined : totalOf([{ cost, pictures }]);
    return { high: total?.high ?? Infinity, low: total?.low ?? Infinity };
  };
  return rows.toSorted((left, right) => {
    const [one, other] = [worth(left), worth(right)];
    return one.high === other.high ? compare(one.low, other.low) : compare(one.high, other.high);
  });
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function by({ low, high }: PriceRange, factor: number): PriceRange {
  return { low: low * factor, high: high * factor };
}

function sum(parts: readonly Bounds[]): Bounds {
  const low = parts.reduce((total, part) => total + part.low, 0);
  const isKnown = parts.every(({ high }) => high !== undefined);
  return isKnown ? { low, high: parts.reduce((total, { high = 0 }) => total + high, 0) } : { low };
}
