import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Store } from './store';

const beatEvery = 2_000;
/** So many of our own beats without one of theirs. */
const stillBeats = 8;

/** Owners of engines in this very process. */
const livingHere = new Set<string>();

/**
 * This engine's name among the processes that share a data folder, with a heartbeat. An owner is dead when its process is
 * gone from this computer, or when its heart stood still while this one's beat eight times (16 seconds): counting beats,
 * not the time of day, holds when the computer sleeps or its clock is set.
 */
export class Owner {
  readonly id = `${hostname()}:${process.pid}:${randomUUID()}`;
  readonly #timer: NodeJS.Timeout;
  #beats = 0;
  /** For each other owner its last known beat, and which of our own beats saw it first. */
  readonly #watched = new Map<string, { beat: number; since: number }>();

  constructor(private readonly store: Store) {
    livingHere.add(this.id);
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), beatEvery);
    this.#timer.unref();
  }

  #beat(): void {
    this.#beats += 1;
    this.store.putOwner(this.id, { pid: process.pid, beat: this.#beats });
    for (const { id, row } of this.store.owners()) {
      if (id === this.id) continue;
      if (this.#watched.get(id)?.beat !== row.beat)
        this.#watched.set(id, { beat: row.beat, since: this.#beats });
    }
  }

  isAlive(id: string): boolean {
    if (livingHere.has(id)) return true;
    const row = this.store.owner(id);
    if (row === undefined || row.pid === process.pid) return false;
    const isHere = id.startsWith(`${hostname()}:`);
    if (isHere && !isProcessAlive(row.pid)) return false;
    const watched = this.#watched.get(id);
    return watched === undefined || watched.beat !== row.beat || this.#beats - watched.since < stillBeats;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    livingHere.delete(this.id);
    // An owner that could not be removed is one whose process is gone.
    await this.store.removeOwner(this.id).catch(() => undefined);
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
