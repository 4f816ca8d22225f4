import { z } from 'zod';
import { queueEntrySchema, type QueueEntry } from '#core/queue';
import { parsed, runRowSchema, type RunRow, type Store } from './store';

const requestSchema = runRowSchema.shape.request;
const orderSchema = z.array(z.string());

/**
 * The queue's rows. What is asked for stands apart from the entry, so that a list of a hundred runs reads no workflow. The
 * methods that change something are called inside the store's `together`.
 */
export class QueueRows {
  readonly #entries;
  readonly #requests;
  /** `order`, `paused`, `lease` and `under-way`. */
  readonly #facts;

  constructor(store: Store) {
    this.#entries = store.table<unknown, string>('queue');
    this.#requests = store.table<unknown, string>('queue-requests');
    this.#facts = store.table<unknown, string>('queue-facts');
  }

  entry(run: string): QueueEntry | undefined {
    return parsed(queueEntrySchema, this.#entries.get(run));
  }

  /** In order; one the order does not name (its row was lost) comes last. */
  entries(): QueueEntry[] {
    const found = new Map<string, QueueEntry>();
    for (const { key, value } of this.#entries.getRange({})) {
      const entry = parsed(queueEntrySchema, value);
      if (entry !== undefined) found.set(key, entry);
    }
    const named = (parsed(orderSchema, this.#facts.get('order')) ?? []).filter((run) => found.has(run));
    return [...new Set([...named, ...found.keys()])].map((run) => found.get(run)!);
  }

  /** What is asked for; `undefined` when it cannot be read. */
  request(run: string): RunRow['request'] | undefined {
    return parsed(requestSchema, this.#requests.get(run));
  }

  add(entry: QueueEntry, request: RunRow['request']): void {
    const order = this.#order();
    void this.#entries.put(entry.run, entry);
    void this.#requests.put(entry.run, request);
    this.#putOrder([...order, entry.run]);
  }

  remove(run: string): void {
    const order = this.#order();
    void this.#entries.remove(run);
    void this.#requests.remove(run);
    this.#putOrder(order.filter((id) => id !== run));
  }

  /** Before another, or with `null` to the end. */
  move(run: string, before: string | null): void {
    const others = this.#order().filter((id) => id !== run);
    const place = before === null ? others.length : others.indexOf(before);
    this.#putOrder([...others.slice(0, place), run, ...others.slice(place)]);
  }

  isPaused(): boolean {
    return this.#facts.get('paused') === true;
  }
  putPaused(paused: boolean): void {
    void this.#facts.put('paused', paused);
  }

  /** The id of the engine that works on the queue, alive or not. */
  lease(): string | undefined {
    return parsed(z.string(), this.#facts.get('lease'));
  }
  putLease(owner: string): void {
    void this.#facts.put('lease', owner);
  }
  removeLease(): void {
    void this.#facts.remove('lease');
  }

  /** The entry whose run was begun last, until it is known to have ended. */
  underWay(): QueueEntry | undefined {
    return parsed(queueEntrySchema, this.#facts.get('under-way'));
  }
  putUnderWay(entry: QueueEntry): void {
    void this.#facts.put('under-way', entry);
  }
  removeUnderWay(): void {
    void this.#facts.remove('under-way');
  }

  #order(): string[] {
    return this.entries().map(({ run }) => run);
  }

  #putOrder(order: string[]): void {
    void this.#facts.put('order', order);
  }
}
