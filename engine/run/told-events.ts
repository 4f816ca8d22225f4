import type { RunEvent } from '#core/run';

/** What a run tells: whoever listens later hears from the first event on. */
export class ToldEvents {
  readonly #events: RunEvent[];
  readonly #listeners = new Set<(event: RunEvent) => void>();

  constructor(earlier: readonly RunEvent[]) {
    this.#events = [...earlier];
  }

  /** Gives a function that stops listening. */
  listen(listener: (event: RunEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Progress and previews matter only while they are new; the rest is kept for later listeners. */
  tell(event: RunEvent): void {
    if (event.type !== 'job-progressed' && event.type !== 'preview-arrived') this.#events.push(event);
    for (const listener of this.#listeners)
      try {
        listener(event);
      } catch {
        // Whoever listens must not be able to end what is paid for.
      }
  }
}
