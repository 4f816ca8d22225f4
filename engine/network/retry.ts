import type { HttpAnswer } from '#core/provider';
import { FailureError, type Failure } from '#core/failure';

/** A failure of a call, with what the answer said about when to come again (milliseconds). */
export class CallError extends FailureError {
  constructor(
    failure: Failure,
    readonly retryAfter?: number,
    /** No answer came, or one that says "not now": a free call may be repeated. */
    readonly passing = false,
  ) {
    super(failure);
  }
}

/** `Retry-After` as milliseconds from `now`: both its forms, seconds and a date. */
export function retryAfterOf(answer: Pick<HttpAnswer, 'headers'>, now: number): number | undefined {
  const header = answer.headers['retry-after'];
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Statuses that say "not now" rather than "no". */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

const first = 500;
const ceiling = 30_000;
/** A vendor that wants to be left alone longer than this is reported, not waited for within a call. */
export const longestWait = 120_000;

/** Milliseconds before try number `tried + 1`: doubling, with up to a quarter of jitter, never before `retryAfter`. */
export function backOff(tried: number, retryAfter: number | undefined, random = Math.random): number {
  const grown = Math.min(ceiling, first * 2 ** (tried - 1));
  return Math.max(retryAfter ?? 0, Math.round(grown * (1 + random() / 4)));
}
