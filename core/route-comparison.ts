import type { TaskNote } from './plan/check-task';
import { pictureForecast } from './plan/forecast';
import { routeText } from './plan/route';
import type { PriceRange } from './price';
import type { ModelSpec, ProviderInfo, Recovery } from './provider';
import { costOf, type Machine, type RouteCost, type WorkSeen } from './route-economics';
import type { TaskKind } from './task';
import type { Size } from './values';
import { en } from './words/en/en';
import type { Words } from './words/words';

/** How long a route's own jobs took here, as the receipts say. */
export interface SpeedSeen {
  /** Median of them, from the request to the pictures. */
  seconds: number;
  /** How many there are. */
  receipts: number;
}

/** What a route makes of what a node asks. */
export interface RouteAnswer {
  /** The model does not do this kind of task. */
  cannot?: string;
  /** What of the node it leaves out (`ignored`), and what it would not run with (`refused`). */
  notes: TaskNote[];
  /** Where it refuses a size: the nearest it makes of the same aspect. */
  nearest?: Size;
  /** All pictures of the node, made anew, US dollars. `each`: one of them. Left out while the task is not known. */
  price?: PriceRange;
  each?: PriceRange;
}

/** A route as it stands beside the others: plain data for the window, the terminal and `--json`. */
export interface RouteRow {
  /** `provider/model`. */
  route: string;
  provider: string;
  model: string;
  tasks: readonly TaskKind[];
  /** US dollars for one picture of any size it makes; the person's own where one is set. */
  price: PriceRange;
  /** The person's own price of one picture. */
  ownPrice?: number;
  asOf: string;
  source: string;
  /** Most pictures handed in; `null` for no limit, 0 where it takes none. */
  references: number | null;
  size?: NonNullable<ModelSpec['size']>;
  seed: boolean;
  negative: boolean;
  /** Most pictures of one job. */
  batch: number;
  /** Whether a job under way can be stopped. */
  cancels: boolean;
  recovery: Recovery;
  pinned: boolean;
  /** Usual time of one picture, seconds, as the vendor or others say. */
  seconds: { low: number; high: number };
  /** `undefined`: not used yet. */
  seen?: SpeedSeen;
  /** Only where a node asks. */
  answer?: RouteAnswer;
  /** What so many pictures would cost there, and when they would begin to come. */
  cost?: RouteCost;
}

export interface RouteComparison {
  rows: RouteRow[];
  /** For which node, where it is for one. */
  asked?: {
    node: string;
    kind: TaskKind;
    /** The route it has now, where there is such a one. */
    chosen?: string;
    /** How many it asks for in all; 0 while that is not known. */
    pictures: number;
  };
}

/** Every route there is, provider by provider. `ownPrice` and `seen` by route. */
export function routeRows(
  providers: Iterable<ProviderInfo>,
  ownPrice: (route: string) => number | undefined,
  seen: (route: string) => SpeedSeen | undefined,
): RouteRow[] {
  return [...providers].flatMap((provider) =>
    provider.models
      .filter(({ rehearses }) => rehearses === undefined)
      .map((model): RouteRow => {
        const route = routeText({ provider: provider.id, model: model.id });
        const [own, speed] = [ownPrice(route), seen(route)];
        return {
          route,
          provider: provider.label,
          model: model.label,
          tasks: model.tasks,
          price: pictureForecast(model, own),
          ...(own === undefined ? {} : { ownPrice: own }),
          asOf: model.price.asOf,
          source: model.price.source,
          references: model.tasks.includes('edit') ? (model.maxReferences ?? null) : 0,
          ...(model.size === undefined ? {} : { size: model.size }),
          seed: model.takes.seed === true,
          negative: model.takes.negative === true,
          batch: model.maxCount,
          cancels: provider.cancels,
          recovery: provider.recovery,
          pinned: model.pinned,
          seconds: model.seconds,
          ...(speed === undefined ? {} : { seen: speed }),
        };
      }),
  );
}

/** The same with what each costs, by what is known of the machines. `machine` by provider, `work` by route. */
export function withCosts(
  { rows, asked }: RouteComparison,
  machine: (provider: string) => Machine | undefined,
  work: (route: string) => WorkSeen | undefined,
): RouteComparison {
  const pictures = asked?.pictures ?? 0;
  const costed = rows.map((row) => {
    const all = row.answer?.price;
    const isAsked = all !== undefined && pictures > 0;
    const price = isAsked ? { low: all.low / pictures, high: all.high / pictures } : row.price;
    const { seen, ownPrice } = row;
    const seconds = seen === undefined ? row.seconds : { low: seen.seconds, high: seen.seconds };
    const paid = machine(row.route.slice(0, row.route.indexOf('/')));
    const listed = {
      price,
      seconds: paid === undefined ? seconds : row.seconds,
      ...(ownPrice === undefined ? {} : { ownPrice }),
    };
    return { ...row, cost: costOf(listed, paid, work(row.route)) };
  });
  return { rows: costed, ...(asked === undefined ? {} : { asked }) };
}

/** "3.7–16.8 MP", "up to 36 MP", "2K, 4K", "any size"; and what besides: "to 16:1", "8 aspects". */
export function sizeWords(
  size: ModelSpec['size'] = {},
  { routes: { sizes }, formats }: Words = en,
): { pixels: string; shape: string } {
  const { minPixels, maxPixels, maxAspect, aspects, tiers } = size;
  const millions = (pixels: number) =>
    (pixels / 1e6).toLocaleString(formats.numbers, { maximumFractionDigits: 1, useGrouping: false });
  const most = maxPixels === undefined ? undefined : millions(maxPixels);
  const least = minPixels === undefined ? undefined : millions(minPixels);
  const pixels =
    most === undefined
      ? least === undefined
        ? sizes.any
        : sizes.from(least)
      : least === undefined
        ? sizes.upTo(most)
        : sizes.between(least, most);
  const shape =
    aspects === undefined
      ? maxAspect === undefined
        ? ''
        : sizes.shapeUpTo(maxAspect)
      : aspects.length === 1
        ? sizes.only(aspects[0]!)
        : sizes.aspects(aspects.length);
  if (tiers !== undefined) return { pixels: tiers.map(({ name }) => name).join(', '), shape };
  return { pixels: aspects !== undefined && most === undefined ? sizes.own : pixels, shape };
}

/** The middle one; of an even number the mean of the two in the middle. `undefined` of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}
