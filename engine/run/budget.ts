import type { Clock } from '../contract';
import type { Caps, Charge, Ledger, Reservation, Settled } from '../store/ledger';

/**
 * Money before it is spent: the worst case is reserved before a paid request and what was charged is settled after. Steps
 * that only wait for what others here have reserved wait for those to settle.
 */
export class Budget {
  /** Requests of this engine that are being worked on. */
  readonly #underWay = new Set<string>();
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly caps: () => Omit<Caps, 'run'>,
  ) {}

  /** What `reserve` would say now. */
  look(charge: Omit<Charge, 'day'>, runCap: number | undefined): Reservation {
    return this.ledger.look({ ...charge, day: this.#day() }, this.#capsWith(runCap));
  }

  /** Inside a transaction. */
  reserve(charge: Omit<Charge, 'day'>, runCap: number | undefined): Reservation {
    const verdict = this.ledger.reserve({ ...charge, day: this.#day() }, this.#capsWith(runCap));
    if (verdict === 'reserved') this.#underWay.add(charge.requestId);
    return verdict;
  }

  /** Inside a transaction; once it is committed comes `leave`. `undefined` when there is nothing left to settle. */
  settle(requestId: string, billed: number, open = 0): Settled | undefined {
    return this.ledger.settle(requestId, billed, open);
  }

  /** A request of another sitting is taken up. */
  takeUp(requestId: string): void {
    this.#underWay.add(requestId);
  }

  /** Nobody works on the request any more; what it reserved and was not settled stays reserved. */
  leave(requestId: string): void {
    if (!this.#underWay.delete(requestId)) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Something reserved here may still be released. */
  get isMoving(): boolean {
    return this.#underWay.size > 0;
  }

  /** Resolves when a request under way has ended, or `signal` aborts. */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted || !this.isMoving) wake();
    });
  }

  #capsWith(run: number | undefined): Caps {
    return { ...this.caps(), ...(run === undefined ? {} : { run }) };
  }

  #day(): string {
    return dayOf(this.clock.now());
  }
}

/** The day of a time where the person is: `2026-11-21`. */
export function dayOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
