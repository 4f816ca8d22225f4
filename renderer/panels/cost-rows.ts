import type { ComparedCosts, CostRow } from '#core/compared-costs';
import { boundsWords, breakEvenSentence, inCents } from '#core/cost-words';
import { breakEven, totalOf, type Bounds } from '#core/route-economics';
import { amount, count, duration, durationRange, moneyRange } from '../look/format';
import { words } from '../look/words';

export function routeName({ model, provider }: Pick<CostRow, 'model' | 'provider'>): string {
  return `${model}, ${provider}`;
}

/** "$0.31", "$0.31–0.52", "$0.31 or more", "up to $0.52", "free". */
export function moneyBounds(bounds: Bounds): string {
  return boundsWords(bounds, amount, moneyRange, words);
}

/** The same of all pictures on a route; what is reckoned by time in whole cents. */
export function totalWords(total: Bounds, isTimed: boolean): string {
  return moneyBounds(isTimed ? inCents(total) : total);
}

/** "20–40 s", "up to 30 min 20 s", "20 s or more". */
export function timeBounds(bounds: Bounds): string {
  return boundsWords(bounds, duration, durationRange, words);
}

/** The answer in two sentences: what is cheapest, and when the machine pays. */
export function headline(
  { best, machine }: ComparedCosts,
  pictures: number,
  beside: CostRow | undefined,
): string[] {
  const total = best === undefined ? undefined : totalOf([{ cost: best.cost, pictures }]);
  if (best === undefined || total === undefined) return [];
  const lead = total.high === undefined ? words.costs.mayBeCheapest : words.costs.isCheapest;
  const lines = [
    lead(routeName(best), count(pictures, 'picture'), totalWords(total, best.cost.machine !== undefined)),
  ];
  if (machine === undefined || beside === undefined) return lines;
  const from = breakEvenSentence(breakEven(machine.cost, beside.cost), routeName(beside), words);
  if (from !== undefined) lines.push(machine === best ? from : `${routeName(machine)}: ${from}`);
  return lines;
}
