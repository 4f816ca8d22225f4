import type { RunEvent } from '#core/run';
import type { JournalEntry, JournalFact } from '#core/journal';
import type { Clock } from '../contract';
import type { Store } from '../store/store';

/** Adds a fact to what is being written. Gives it as it is written. */
export type AddFact = (fact: JournalFact) => JournalEntry;

/**
 * The record of one run: numbered, dated, told to whoever listens once it is written. Numbers are given inside the
 * transaction, so that a run's numbers have no gaps whatever is cut, and whoever writes.
 */
export class Journal {
  /** Writes that are on their way. */
  #pending: Promise<unknown> = Promise.resolve();
  /** Entries are told in the order of their numbers: what is in waits here for what has to reach the disk before it. */
  #told: Promise<unknown> = Promise.resolve();

  constructor(
    readonly run: string,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly tell: (event: RunEvent) => void,
  ) {}

  at(): string {
    return new Date(this.clock.now()).toISOString();
  }

  /**
   * Writes facts with the changes that belong to them, all or none; told when committed. `after` is called then, and also
   * when the write failed, which is met where `settled` is awaited.
   */
  write(build: (add: AddFact) => void, after?: () => void): void {
    const committed = this.#commit(build);
    const written = this.#tellInTurn(committed).finally(after);
    this.#pending = Promise.all([this.#pending, written]);
    this.#pending.catch(() => undefined);
  }

  /** As `write`; resolves with what `build` gave once all of it is on the disk itself. Only then is it told. */
  async durable<T>(build: (add: AddFact) => T): Promise<T> {
    const onDisk = this.#commit(build).then(async (committed) => {
      if (committed.entries.length > 0) await this.store.flushed();
      return committed;
    });
    await this.#tellInTurn(onDisk);
    return (await onDisk).result;
  }

  /** Tells the entries of a write when it is done and all before it are told. */
  async #tellInTurn(write: Promise<{ entries: JournalEntry[] }>): Promise<void> {
    const before = this.#told;
    const tell = async () => {
      const { entries } = await write;
      await before;
      for (const entry of entries) this.tell(entry);
    };
    const told = tell();
    this.#told = Promise.allSettled([before, told]);
    return told;
  }

  /** Everything written so far is committed. */
  async settled(): Promise<void> {
    await this.#pending;
  }

  async #commit<T>(build: (add: AddFact) => T): Promise<{ entries: JournalEntry[]; result: T }> {
    const entries: JournalEntry[] = [];
    const result = await this.store.together(() => {
      let seq = this.store.nextEntry(this.run);
      return build((fact) => {
        const entry = { ...fact, run: this.run, seq, at: this.at() };
        seq += 1;
        this.store.putEntry(entry);
        entries.push(entry);
        return entry;
      });
    });
    return { entries, result };
  }
}
