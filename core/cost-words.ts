import type { Bounds, BreakEven, CostNote, FromCount, RouteCost } from './route-economics';

/** What is said of costs, the same in the window and in the terminal. */

/** From how many pictures on it is cheaper: "9", "6–9", "6 at best", "never". */
export function breakEvenWords({ atBest, atWorst }: BreakEven): string {
  if (atBest === 'unknown') return 'not known';
  if (atBest === 'never') return 'never';
  const from = numberWords(atBest);
  if (atWorst === 'unknown' || atWorst === 'never') return `${from} at best`;
  return atBest === atWorst ? from : `${from}–${numberWords(atWorst)}`;
}

function numberWords(first: Exclude<FromCount, string>): string {
  return first.toLocaleString('en-US');
}

/** The same as a sentence, with the reason. `other` is the route beside it. */
export function breakEvenSentence({ atBest, atWorst }: BreakEven, other: string): string | undefined {
  if (atBest === 'unknown') return undefined;
  if (atBest === 'never') return `Never cheaper than ${other}: its time for a picture costs as much or more.`;
  const pictures = (first: number) => `${numberWords(first)} ${first === 1 ? 'picture' : 'pictures'}`;
  const best = `Cheaper than ${other} from ${pictures(atBest)}`;
  if (atWorst === 'never') return `${best} at best; at worst never.`;
  if (atWorst === 'unknown') return `${best} at best.`;
  return atBest === atWorst ? `${best}.` : `${best} at best, for certain from ${pictures(atWorst)}.`;
}

const notes: Readonly<Record<CostNote, string>> = {
  'no-price': 'What its computer costs an hour is not known: say so in the settings, 0 for your own.',
  'not-known-pod': 'Its start and its idle time come on top: no pod known here has this address.',
  'never-idle': 'It does not stop by itself: the time it stands idle comes on top.',
  'worker-start': 'A worker’s start and idle seconds come on top; how many is not known.',
};

export function noteWords(note: CostNote): string {
  return notes[note];
}

/** Where a cost comes from: "12 jobs here", "usual time". */
export function basisWords({ from, receipts = 0 }: Pick<RouteCost, 'from' | 'receipts'>): string {
  switch (from) {
    case 'prices':
      return 'by the picture';
    case 'own-price':
      return 'your price';
    case 'receipts':
      return `by ${receipts} ${receipts === 1 ? 'job' : 'jobs'} here`;
    case 'usual-time':
      return 'by its usual time';
  }
}

/** How long a pod's start takes is known from: nothing for what is no pod. */
export function startWords({ startUp }: Pick<RouteCost, 'startUp'>): string | undefined {
  if (startUp === undefined) return undefined;
  if (startUp === 'up') return 'it runs';
  return startUp === 'seen' ? 'as its starts took here' : 'as its host says';
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
): string {
  if (high === undefined) return low === 0 ? 'not known' : `${one(low)} or more`;
  if (low === 0 && high > 0) return `up to ${one(high)}`;
  return range({ low, high });
}
