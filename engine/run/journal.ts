import type { JournalEntry, JournalFact, RunEvent } from '#core/run';
import type { Clock } from '../contract';
import type { Store } from '../store/store';

/** The record of one run: numbered, dated, told to whoever listens once it is written. */
export class Journal {
  #next: number;
  /** Writes that are on their way. */
  #pending: Promise<unknown> = Promise.resolve();

  constructor(
    readonly run: string,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly tell: (event: RunEvent) => void,
    firstNumber: number,
  ) {
    this.#next = firstNumber;
  }

  at(): string {
    return new Date(this.clock.now()).toISOString();
  }

  /** Writes a fact with the other changes that belong to it, all or none; told at once, on its way to the disk. */
  write(fact: JournalFact, changes?: () => void): void {
    const entry = this.#entry(fact);
    this.#pending = Promise.all([this.#pending, this.#commit(entry, changes)]);
    // A write that fails is met where `settled` is awaited.
    this.#pending.catch(() => undefined);
    this.tell(entry);
  }

  /** Resolves once the fact is on the disk itself; only then is it told. */
  async durable(fact: JournalFact, changes?: () => void): Promise<void> {
    const entry = this.#entry(fact);
    await this.#commit(entry, changes);
    await this.store.flushed();
    this.tell(entry);
  }

  /** Everything written so far is committed. */
  async settled(): Promise<void> {
    await this.#pending;
  }

  #entry(fact: JournalFact): JournalEntry {
    const entry = { ...fact, run: this.run, seq: this.#next, at: this.at() };
    this.#next += 1;
    return entry;
  }

  #commit(entry: JournalEntry, changes?: () => void): Promise<void> {
    return this.store.together(() => {
      this.store.putEntry(entry);
      changes?.();
    });
  }
}
