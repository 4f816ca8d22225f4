import type { Clock } from '#engine/contract';

interface Sleeper {
  at: number;
  actor: Actor | undefined;
  wake(): void;
}

/** Somebody who lives by the simulated time: a program, a script on a pod. Time stands still while one of them is awake. */
class Actor implements Clock {
  isAwake = true;
  isFrozen = false;
  hasLeft = false;

  constructor(private readonly clock: SimulatedClock) {}

  now(): number {
    return this.clock.now();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    // Whoever was killed never wakes.
    if (this.hasLeft) return new Promise(() => undefined);
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.isAwake = false;
      const wake = () => {
        this.isAwake = true;
        resolve();
      };
      this.clock.add({ at: this.now() + milliseconds, actor: this, wake });
    });
  }

  /** Killed: it does nothing any more, not even now. */
  leave(): void {
    this.hasLeft = true;
    this.isAwake = false;
    this.clock.changed();
  }

  /** The computer it runs on sleeps, with it. */
  freeze(): void {
    this.isFrozen = true;
  }

  thaw(): void {
    this.isFrozen = false;
  }
}
export type { Actor };

/** One time for several programs: it goes on to the next moment somebody waits for, when everybody waits. */
export class SimulatedClock {
  #now: number;
  #sleepers: Sleeper[] = [];
  readonly #actors = new Set<Actor>();
  #onChange: (() => void) | undefined;

  constructor(from = Date.parse('2026-11-21T12:00:00.000Z')) {
    this.#now = from;
  }

  now(): number {
    return this.#now;
  }

  actor(): Actor {
    const actor = new Actor(this);
    this.#actors.add(actor);
    return actor;
  }

  /** Something that happens by itself. */
  after(milliseconds: number, happen: () => void): void {
    this.add({ at: this.#now + milliseconds, actor: undefined, wake: happen });
  }

  add(sleeper: Sleeper): void {
    this.#sleepers.push(sleeper);
    this.changed();
  }

  changed(): void {
    this.#onChange?.();
  }

  /** Lets `minutes` pass, or fewer when `until` comes true. */
  async pass(minutes: number, until: () => boolean = () => false): Promise<void> {
    const end = this.#now + minutes * 60_000;
    for (;;) {
      await this.#everybodyWaits();
      if (until()) return;
      const ready = this.#sleepers.filter(({ actor }) => actor?.isFrozen !== true && actor?.hasLeft !== true);
      const next = ready.sort((left, right) => left.at - right.at)[0];
      if (next === undefined || next.at > end) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = end;
  }

  async #everybodyWaits(): Promise<void> {
    while ([...this.#actors].some(({ isAwake }) => isAwake))
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
  }
}
