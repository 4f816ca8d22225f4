import type { PriceRange } from '../price';
import { cacheKey } from './cache-key';
import type { Knowledge } from './knowledge';
import type { PreparedStep, ResolvedNode } from './step';

/** Nobody goes through more of them one by one. */
const mostAhead = 50;

/** Gathers from the steps of a node what its next take would cost, and how many takes after this one are there. */
export class TakesAhead {
  #ahead: number | undefined;
  #low = 0;
  #high = 0;

  constructor(private readonly known: Pick<Knowledge, 'hash' | 'result'>) {}

  /** The first step says how many takes there are; a take some of whose steps are missing pays for those alone. */
  addStep(prepared: PreparedStep): void {
    this.#ahead ??= this.#count(prepared);
    if (this.#ahead > 0 && this.#has(prepared, 1)) return;
    this.#low += prepared.forecast.price.low;
    this.#high += prepared.forecast.price.high;
  }

  /** Nothing where no step was added. */
  of({ take }: Pick<ResolvedNode, 'take'>): { known: number; next: PriceRange } | undefined {
    if (this.#ahead === undefined) return undefined;
    // Without the dust of binary fractions.
    const cents = (value: number) => Math.round(value * 1e6) / 1e6;
    return { known: take + 1 + this.#ahead, next: { low: cents(this.#low), high: cents(this.#high) } };
  }

  #count(prepared: PreparedStep): number {
    let ahead = 0;
    while (ahead < mostAhead && this.#has(prepared, ahead + 1)) ahead += 1;
    return ahead;
  }

  #has({ key }: PreparedStep, by: number): boolean {
    if (key === undefined) return false;
    const { parts } = key;
    return this.known.result(cacheKey({ ...parts, take: parts.take + by }, this.known.hash)) !== undefined;
  }
}
