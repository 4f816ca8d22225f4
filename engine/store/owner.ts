import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Store } from './store';

const beatEvery = 2_000;
const deadAfter = 15_000;

/**
 * This engine's name among the processes that share a data folder, with a heartbeat. An owner is dead when its process is
 * gone from this computer or its heart has stood still for 15 seconds.
 */
export class Owner {
  readonly id = `${hostname()}:${process.pid}:${randomUUID()}`;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly store: Store) {
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), beatEvery);
    this.#timer.unref();
  }

  #beat(): void {
    this.store.putOwner(this.id, { pid: process.pid, beat: Date.now() });
  }

  isAlive(id: string): boolean {
    if (id === this.id) return true;
    const row = this.store.owner(id);
    if (row === undefined || Date.now() - row.beat > deadAfter) return false;
    const isHere = id.startsWith(`${hostname()}:`);
    return !isHere || isProcessAlive(row.pid);
  }

  close(): void {
    clearInterval(this.#timer);
    this.store.removeOwner(this.id);
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
