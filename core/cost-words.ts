import { en } from './words/en/en';
import type { Words } from './words/words';
import type { Bounds, BreakEven, CostNote, FromCount, RouteCost } from './route-economics';

/** What is said of costs, the same in the window and in the terminal. */

/** From how many pictures on it is cheaper: "9", "6–9", "6 at best", "never". */
export function breakEvenWords({ atBest, atWorst }: BreakEven, words: Words = en): string {
  const { costs } = words;
  if (atBest === 'unknown') return costs.notKnown;
  if (atBest === 'never') return costs.never;
  const from = numberWords(atBest, words);
  if (atWorst === 'unknown' || atWorst === 'never') return costs.atBest(from);
  return atBest === atWorst ? from : `${from}–${numberWords(atWorst, words)}`;
}

function numberWords(first: Exclude<FromCount, string>, { formats }: Words): string {
  return first.toLocaleString(formats.numbers);
}

/** The same as a sentence, with the reason. `other` is the route beside it. */
export function breakEvenSentence(
  { atBest, atWorst }: BreakEven,
  other: string,
  words: Words = en,
): string | undefined {
  const { costs, counts } = words;
  if (atBest === 'unknown') return undefined;
  if (atBest === 'never') return costs.neverCheaper(other);
  const pictures = (first: number) =>
    `${numberWords(first, words)} ${first === 1 ? counts.picture.one : counts.picture.more}`;
  const best = pictures(atBest);
  if (atWorst === 'never') return costs.from.neverAtWorst(other, best);
  if (atWorst === 'unknown') return costs.from.atBest(other, best);
  return atBest === atWorst
    ? costs.from.certain(other, best)
    : costs.from.between(other, best, pictures(atWorst));
}

export function noteWords(note: CostNote, words: Words = en): string {
  return words.costs.notes[note];
}

/** Where a cost comes from: "12 jobs here", "usual time". */
export function basisWords(
  { from, receipts = 0 }: Pick<RouteCost, 'from' | 'receipts'>,
  words: Words = en,
): string {
  const { basis } = words.costs;
  switch (from) {
    case 'prices':
      return basis.prices;
    case 'own-price':
      return basis.ownPrice;
    case 'receipts':
      return basis.receipts(receipts);
    case 'usual-time':
      return basis.usualTime;
  }
}

/** How long a pod's start takes is known from: nothing for what is no pod. */
export function startWords({ startUp }: Pick<RouteCost, 'startUp'>, words: Words = en): string | undefined {
  if (startUp === undefined) return undefined;
  const said = words.costs.startUp;
  if (startUp === 'up') return said.up;
  return startUp === 'seen' ? said.seen : said.said;
}

/** Time is not known to the hundredth of a cent: from ten cents on, what is reckoned by it is said in whole cents. */
export function inCents(bounds: Bounds): Bounds {
  const cents = (usd: number) => (usd < 0.1 ? usd : Math.round(usd * 100) / 100);
  const low = cents(bounds.low);
  return bounds.high === undefined ? { low } : { low, high: cents(bounds.high) };
}

/** Bounds by their words: "up to 3", "3 or more", "2–3". */
export function boundsWords(
  { low, high }: Bounds,
  one: (value: number) => string,
  range: (both: { low: number; high: number }) => string,
  { formats }: Words = en,
): string {
  if (high === undefined) return low === 0 ? formats.notKnown : formats.orMore(one(low));
  if (low === 0 && high > 0) return formats.upTo(one(high));
  return range({ low, high });
}
