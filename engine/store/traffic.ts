import { z } from 'zod';
import type { Provider } from '#core/provider';
import { parsed, type Store } from './store';

const minute = 60_000;

const rowSchema = z.object({
  /** Owner → jobs under way. */
  holders: z.record(z.string(), z.number().int()),
  /** When paid requests were sent in the last minute, milliseconds since 1970. */
  sent: z.array(z.number()),
  /** The vendor asked to be left alone until then. */
  quietUntil: z.number().optional(),
});

/**
 * How busy each provider is, over all runs and processes that share a data folder. Changed inside transactions of the
 * store (`together`).
 */
export class Traffic {
  readonly #rows;

  constructor(
    private readonly store: Store,
    private readonly isAlive: (owner: string) => boolean,
  ) {
    this.#rows = store.table<unknown, string>('traffic');
  }

  /** Takes one of the provider's places; false when all are taken. Places of dead owners are free. */
  enter({ id, limits }: Pick<Provider, 'id' | 'limits'>, owner: string): Promise<boolean> {
    return this.store.together(() => {
      const row = this.#row(id);
      const living = Object.entries(row.holders).filter(([holder]) => this.isAlive(holder));
      const taken = living.reduce((sum, [, count]) => sum + count, 0);
      if (taken >= limits.together) return false;
      const holders = Object.fromEntries(living);
      void this.#rows.put(id, { ...row, holders: { ...holders, [owner]: (holders[owner] ?? 0) + 1 } });
      return true;
    });
  }

  leave(provider: string, owner: string): Promise<void> {
    return this.store.together(() => {
      const row = this.#row(provider);
      const { [owner]: own = 0, ...others } = row.holders;
      void this.#rows.put(provider, {
        ...row,
        holders: own > 1 ? { ...others, [owner]: own - 1 } : others,
      });
    });
  }

  /** Milliseconds until a paid request may be sent, 0 for now. Inside a transaction. */
  wait({ id, limits }: Pick<Provider, 'id' | 'limits'>, now: number): number {
    const { sent, quietUntil = 0 } = this.#row(id);
    // A clock that was set back must not hold anything up for longer than was asked.
    const quiet = Math.min(Math.max(0, quietUntil - now), longestQuiet);
    const recent = sent.filter((at) => at > now - minute && at <= now);
    if (limits.perMinute === undefined || recent.length < limits.perMinute) return quiet;
    return Math.max(quiet, recent[recent.length - limits.perMinute]! + minute - now);
  }

  /** Counts a paid request that is about to be sent. Inside a transaction. */
  send({ id, limits }: Pick<Provider, 'id' | 'limits'>, now: number): void {
    if (limits.perMinute === undefined) return;
    const row = this.#row(id);
    const recent = row.sent.filter((at) => at > now - minute && at <= now);
    void this.#rows.put(id, { ...row, sent: [...recent, now] });
  }

  /** The vendor said "not now" (429): nobody asks it for work before `until`. */
  keepQuiet(provider: string, until: number): Promise<void> {
    return this.store.together(() => {
      const row = this.#row(provider);
      void this.#rows.put(provider, { ...row, quietUntil: Math.max(until, row.quietUntil ?? 0) });
    });
  }

  #row(provider: string): z.infer<typeof rowSchema> {
    return parsed(rowSchema, this.#rows.get(provider)) ?? { holders: {}, sent: [] };
  }
}

/** Milliseconds. */
const longestQuiet = 120_000;
