import type { Failure } from './failure';

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
export function keyCheckWords(check: KeyCheck): string {
  switch (check.state) {
    case 'works': {
      const { balance, credits, note } = check;
      const left = balance === undefined ? undefined : `$${balance.toFixed(2)} left.`;
      const units = credits === undefined ? undefined : `${credits} credits left.`;
      return ['Works.', left, units, note].filter(Boolean).join(' ');
    }
    case 'refused':
      return `Refused. ${check.failure.message}`;
    case 'not-set':
      return `Not set. ${check.help === undefined ? 'Set' : `Get one at ${check.help} and set`} ${check.variable}.`;
    case 'unknown':
      return check.failure === undefined
        ? 'Cannot be told without spending.'
        : `Cannot be told now. ${check.failure.message}`;
  }
}
