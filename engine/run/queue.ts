import { userFailure, type Failure } from '#core/failure';
import { sameJson } from '#core/json';
import type { Plan } from '#core/plan/planned';
import type { QueueEntry, QueueState } from '#core/queue';
import type { QueueWork, QueueWorker, Run, RunQueue, RunRequest, Started } from '../contract';
import { QueueRows } from '../store/queue-rows';
import type { RunRow } from '../store/store';
import { keptRequest } from './kept-request';
import type { EngineParts } from './parts';
import { WorkOnQueue } from './queue-work';
import type { RunGate } from './run-gate';

/** How often another process's changes are looked for, milliseconds. */
const lookEvery = 1_000;

/** What the queue needs of the engine it belongs to. */
export interface QueueHost {
  plan(request: RunRequest): Promise<Plan>;
  newRunId(at: string): string;
  /** Plans and opens a run; begins nothing unless `claim`, given the row to be written, says so. */
  open(run: string, request: RunRequest, claim: (row: RunRow) => Promise<boolean>): Promise<Started>;
  resume(run: string): Promise<Started>;
  /** Any run is under way in this engine: the queue's next one waits for it. */
  isBusy(): boolean;
  /** A run that is under way in this engine. */
  active(run: string): Run | undefined;
}

/**
 * Runs in order, one after the other. What is queued, the order, the pause and who works on it are rows of the store, so
 * all processes on a data folder see the same queue; each change is one transaction that reads the newest state first.
 */
export class Queue implements RunQueue {
  readonly #rows: QueueRows;
  readonly #listeners = new Set<(state: QueueState) => void>();
  readonly #sleepers = new Set<AbortController>();
  readonly #works = new Set<WorkOnQueue>();
  #told: QueueState | undefined;
  #watching = false;
  #closed = false;

  constructor(
    private readonly parts: EngineParts,
    private readonly host: QueueHost,
  ) {
    this.#rows = new QueueRows(parts.store);
  }

  async add(request: RunRequest): ReturnType<RunQueue['add']> {
    const plan = await this.host.plan(request);
    const issues = plan.issues.filter(({ severity }) => severity === 'error');
    if (issues.length > 0) return { ok: false, issues: plan.issues };
    const { title, id: documentId } = request.document;
    const price = plan.forecast.price.high;
    const entry = await this.parts.store.together(() => {
      const queuedAt = this.#now();
      const made: QueueEntry = { run: this.#freeRunId(queuedAt), title, documentId, queuedAt, price };
      this.#rows.add(made, keptRequest(request));
      return made;
    });
    this.changed();
    return { ok: true, entry };
  }

  move(run: string, before: string | null): Promise<Failure | undefined> {
    return this.#change(() => {
      for (const id of before === null ? [run] : [run, before])
        if (this.#rows.entry(id) === undefined) return this.#notWaiting(id);
      if (run !== before) this.#rows.move(run, before);
      return undefined;
    });
  }

  remove(run: string): Promise<Failure | undefined> {
    return this.#change(() => {
      if (this.#rows.entry(run) === undefined) return this.#notWaiting(run);
      this.#rows.remove(run);
      return undefined;
    });
  }

  pause(): Promise<void> {
    return this.#change(() => this.#rows.putPaused(true));
  }

  resume(): Promise<void> {
    return this.#change(() => this.#rows.putPaused(false));
  }

  state(): QueueState {
    const underWay = this.#rows.underWay();
    const row = underWay === undefined ? undefined : this.parts.store.run(underWay.run);
    const lease = this.#rows.lease();
    const { owner } = this.parts;
    return {
      paused: this.#rows.isPaused(),
      underWay: underWay === undefined || row === undefined || row.closedAt !== undefined ? null : underWay,
      waiting: this.#rows.entries(),
      worker: lease === owner.id ? 'this' : lease !== undefined && owner.isAlive(lease) ? 'other' : 'none',
    };
  }

  listen(listener: (state: QueueState) => void): () => void {
    this.#listeners.add(listener);
    this.#told ??= this.state();
    listener(this.#told);
    if (!this.#watching) void this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#wake();
    };
  }

  work(worker: QueueWorker): QueueWork {
    const work = new WorkOnQueue(this.parts, this.host, this.#rows, this, worker);
    this.#works.add(work);
    const forget = () => this.#works.delete(work);
    void work.done.then(forget, forget);
    return work;
  }

  /** Holds back new steps of the queue's run while the queue is paused; no gate for any other run. */
  gateOf(run: string): RunGate | undefined {
    if (this.#rows.underWay()?.run !== run) return undefined;
    const isShut = () => !this.#closed && this.#rows.isPaused();
    let opening: Promise<void> | undefined;
    return {
      isShut,
      opened: (signal) => {
        opening ??= this.#until(() => !isShut(), signal).finally(() => {
          opening = undefined;
        });
        return opening;
      },
    };
  }

  isClosed(): boolean {
    return this.#closed;
  }

  isWorkedOnBesides(work: QueueWork): boolean {
    return [...this.#works].some((other) => other !== work);
  }

  /** Begins nothing from now on. What waits stays, and the run under way is gone on with by whoever works next. */
  stop(): void {
    this.#closed = true;
    for (const work of this.#works) work.stop();
    this.#wake();
  }

  /** After `stop`, when the runs have ended: nothing of the queue touches the store any more. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.#works].map(({ done }) => done));
  }

  /** Tells listeners what other processes changed. */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#listeners.size > 0 && !this.#closed) {
      this.#tell();
      await this.rest();
    }
    this.#watching = false;
    this.#told = undefined;
  }

  async #change<T>(change: () => T): Promise<T> {
    const result = await this.parts.store.together(change);
    this.changed();
    return result;
  }

  /** Something changed here: listeners are told, and whoever waits looks again. */
  changed(): void {
    this.#tell();
    this.#wake();
  }

  #tell(): void {
    if (this.#listeners.size === 0 || this.#closed) return;
    const state = this.state();
    if (sameJson(state, this.#told)) return;
    this.#told = state;
    for (const listener of this.#listeners) listener(state);
  }

  async #until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
    while (!isSo() && !signal.aborted) await this.rest(signal);
  }

  /** Until something changes here, or it is time to look at what others changed. */
  async rest(signal?: AbortSignal): Promise<void> {
    const sleeper = new AbortController();
    const wake = () => sleeper.abort();
    this.#sleepers.add(sleeper);
    signal?.addEventListener('abort', wake);
    await this.parts.clock.sleep(lookEvery, sleeper.signal);
    signal?.removeEventListener('abort', wake);
    this.#sleepers.delete(sleeper);
  }

  #wake(): void {
    for (const sleeper of this.#sleepers) sleeper.abort();
  }

  #notWaiting(run: string): Failure {
    if (this.#rows.underWay()?.run === run)
      return userFailure('run-under-way', `Run ${run} is under way; it can only be cancelled.`);
    return userFailure('not-queued', `No run "${run}" waits in the queue.`);
  }

  #freeRunId(at: string): string {
    for (;;) {
      const run = this.host.newRunId(at);
      if (this.parts.store.run(run) === undefined && this.#rows.entry(run) === undefined) return run;
    }
  }

  #now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }
}
