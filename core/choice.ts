import { z } from 'zod';
import { isImageRef, type Outputs, type PortValue } from './values';

/**
 * What a person picked of a list of pictures, as the document keeps it. `picked` and `among` hold names as `pictureNames`
 * gives them, in the order of the list; `among` is every picture the choice was made of, and is missing while it is still
 * being made. `places` (from 1) picks by place alone, whatever pictures stand there: for one run from a command line.
 */
export const picksSchema = z.union([
  z.strictObject({
    picked: z.array(z.string()).max(10_000),
    among: z.array(z.string()).max(10_000).optional(),
  }),
  z.strictObject({ places: z.array(z.number().int().positive()).max(10_000) }),
]);
export type Picks = z.infer<typeof picksSchema>;

/** How many are to be picked, `most` may be `Infinity`. `all`: everything goes on and nobody is asked. */
export interface ChoiceRule {
  all: boolean;
  fewest: number;
  most: number;
  /** A picture that was not there when the choice was made asks anew. */
  again: boolean;
}

/** How a choice stands. Places count from 0 and go up. */
export interface ChoiceState {
  /** `made`: exactly `picked` goes on. `open`: a person is waited for. `impossible`: `trouble` says why. */
  state: 'made' | 'open' | 'impossible';
  picked: number[];
  /** Not there, or not known, when the choice was made last. */
  fresh: number[];
  trouble?: string;
}

/** Names that survive another order of the list: the hash, and for the same picture again `hash:2`, `hash:3`, … */
export function pictureNames(list: readonly (PortValue | undefined)[]): (string | undefined)[] {
  const times = new Map<string, number>();
  return list.map((picture) => {
    if (!isImageRef(picture)) return undefined;
    const time = (times.get(picture.hash) ?? 0) + 1;
    times.set(picture.hash, time);
    return time === 1 ? picture.hash : `${picture.hash}:${time}`;
  });
}

/** Whether what was picked fits the list; `undefined` is a picture that is not made yet. Pure over the picks and the list. */
export function choiceState(
  rule: ChoiceRule,
  picks: Picks,
  names: readonly (string | undefined)[],
): ChoiceState {
  const every = [...names.keys()];
  if (rule.all) return { state: 'made', picked: every, fresh: [] };
  const impossible = (trouble: string): ChoiceState => ({
    state: 'impossible',
    picked: [],
    fresh: [],
    trouble,
  });
  if (names.length < rule.fewest)
    return impossible(`${rule.fewest} are to be picked, and there are only ${names.length}.`);
  const isEnough = (count: number) => count >= rule.fewest && count <= rule.most;
  if ('places' in picks) {
    const picked = [...new Set(picks.places)].map((place) => place - 1).sort((left, right) => left - right);
    const beyond = picked.find((place) => place >= names.length);
    if (beyond !== undefined)
      return impossible(`There is no picture ${beyond + 1}; there are ${names.length}.`);
    if (!isEnough(picked.length))
      return impossible(`${countWords(rule)} to be picked, and ${picked.length} are named.`);
    return { state: 'made', picked, fresh: [] };
  }
  const wanted = new Set(picks.picked);
  const picked = every.filter((place) => wanted.has(names[place] ?? ''));
  const { among } = picks;
  if (among === undefined) return { state: 'open', picked, fresh: [] };
  const seen = new Set(among);
  const fresh = every.filter((place) => !seen.has(names[place] ?? ''));
  // One that is not made yet may be one that was picked.
  const mayCome = names.includes(undefined) && picked.length < wanted.size;
  const isMade = isEnough(picked.length) && !mayCome && (fresh.length === 0 || !rule.again);
  return { state: isMade ? 'made' : 'open', picked, fresh };
}

function countWords({ fewest, most }: ChoiceRule): string {
  if (fewest === most) return fewest === 1 ? '1 is' : `${fewest} are`;
  return `At least ${fewest} ${fewest === 1 ? 'is' : 'are'}`;
}

/** Picks or unpicks one; what was made is open again. Where only one may be picked, it takes the other's place. */
export function togglePick(
  rule: ChoiceRule,
  picks: Picks,
  names: readonly (string | undefined)[],
  place: number,
): Picks {
  const name = names[place];
  if (name === undefined || rule.all) return picks;
  const before = new Set(choiceState(rule, picks, names).picked);
  if (before.has(place)) before.delete(place);
  else if (rule.most === 1) return { picked: [name] };
  else if (before.size >= rule.most) return picks;
  else before.add(place);
  return { picked: names.flatMap((other, at) => (other !== undefined && before.has(at) ? [other] : [])) };
}

/** The choice is made: what is picked goes on, of all that is there. `undefined` while it cannot be. */
export function confirmPicks(
  rule: ChoiceRule,
  picks: Picks,
  names: readonly (string | undefined)[],
): Picks | undefined {
  const among = names.filter((name) => name !== undefined);
  if (rule.all || 'places' in picks || among.length < names.length) return undefined;
  const { picked } = choiceState(rule, picks, names);
  const confirmed = { picked: picked.map((place) => names[place]!), among };
  return choiceState(rule, confirmed, names).state === 'made' ? confirmed : undefined;
}

/** What goes on of a list that is all there, or `undefined` while a person is waited for. */
export function chosen<V extends Outputs[string][number]>(
  rule: ChoiceRule,
  picks: Picks,
  list: readonly V[],
): V[] | undefined {
  const { state, picked } = choiceState(rule, picks, pictureNames(list));
  return state === 'made' ? picked.map((place) => list[place]!) : undefined;
}
