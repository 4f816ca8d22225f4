import type { Failure } from './failure';
import { en } from './words/en/en';
import type { Words } from './words/words';

/** What a vendor says of a key that works. */
export interface KeyReport {
  /** What is left to spend, US dollars, where the vendor tells. */
  balance?: number;
  /** The same in the vendor's own units. */
  credits?: number;
  /** Whatever else is worth a short sentence. No keys. */
  note?: string;
}

/** What can be told of a provider's key without spending. */
export type KeyCheck = { provider: string } & (
  | ({ state: 'works' } & KeyReport)
  /** The vendor does not take it, or nothing is left on the account. */
  | { state: 'refused'; failure: Failure }
  /** `variable` is where the command line reads it from, `help` where to get one. */
  | { state: 'not-set'; variable: string; help?: string }
  /** With a failure: nobody could be asked just now. Without: the vendor has no free question that would tell. */
  | { state: 'unknown'; failure?: Failure }
);

/** A check in one line: "Works. $4.90 left." */
export function keyCheckWords(check: KeyCheck, words: Words = en): string {
  const said = words.providers.keys.checked;
  switch (check.state) {
    case 'works': {
      const { balance, credits, note } = check;
      const left = balance === undefined ? undefined : said.left(balance);
      const units = credits === undefined ? undefined : said.creditsLeft(credits);
      return [said.works, left, units, note].filter(Boolean).join(' ');
    }
    case 'refused':
      return said.refused(check.failure.message);
    case 'not-set':
      return said.notSet(check.variable, check.help);
    case 'unknown':
      return check.failure === undefined ? said.cannotTell : said.cannotTellNow(check.failure.message);
  }
}
