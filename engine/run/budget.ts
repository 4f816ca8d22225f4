/**
 * Money before it is spent, US dollars. The worst case is reserved before a paid step and the real price settled after, so
 * the cap cannot be passed by steps that run side by side.
 */
export class Budget {
  #spent: number;
  #reserved = 0;

  constructor(
    private readonly cap: number,
    alreadySpent = 0,
  ) {
    this.#spent = alreadySpent;
  }

  get spent(): number {
    return Math.round(this.#spent * 1e6) / 1e6;
  }

  /** False when the worst case could pass the cap; nothing is reserved then. */
  reserve(worst: number): boolean {
    if (this.#spent + this.#reserved + worst > this.cap + 1e-9) return false;
    this.#reserved += worst;
    return true;
  }

  /** Takes a reservation back and counts what was charged. */
  settle(worst: number, charged: number): void {
    this.#reserved = Math.max(0, this.#reserved - worst);
    this.#spent += charged;
  }
}
