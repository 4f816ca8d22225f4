import { failureOf, userFailure, type Failure } from '#core/failure';
import type { QueueEntry } from '#core/queue';
import { nextSeq } from '#core/next-seq';
import type { QueueWork, QueueWorker, Run, Started } from '../contract';
import type { QueueRows } from '../store/queue-rows';
import type { RunRow } from '../store/store';
import { cannotRun, closeUnbegun, endedRun } from './closed-run';
import { requestOf } from './kept-request';
import type { EngineParts } from './parts';
import type { Queue, QueueHost } from './queue';

type WorkEnd = Awaited<QueueWork['done']>;

/** Takes the queue's lease and runs what waits, one after the other. */
export class WorkOnQueue implements QueueWork {
  readonly done: Promise<WorkEnd>;
  #stopped: boolean;

  constructor(
    private readonly parts: EngineParts,
    private readonly host: QueueHost,
    private readonly rows: QueueRows,
    private readonly queue: Pick<Queue, 'rest' | 'changed' | 'isClosed' | 'isWorkedOnBesides'>,
    private readonly worker: QueueWorker,
  ) {
    this.#stopped = queue.isClosed();
    this.done = this.#loop();
  }

  stop(): void {
    this.#stopped = true;
    this.queue.changed();
  }

  async #loop(): Promise<WorkEnd> {
    try {
      for (;;) {
        if (this.#stopped) return 'stopped';
        if (!(await this.#takeLease())) {
          if (this.worker.untilEmpty) return 'elsewhere';
          await this.queue.rest();
          continue;
        }
        const earlier = this.rows.underWay();
        if (earlier !== undefined) {
          await this.#finishEarlier(earlier);
          continue;
        }
        const next = this.rows.entries()[0];
        if (next === undefined && this.worker.untilEmpty) return 'empty';
        if (next === undefined || this.#mustWait()) await this.queue.rest();
        else await this.#begin(next);
      }
    } finally {
      if (!this.queue.isWorkedOnBesides(this)) await this.#leaveLease();
    }
  }

  async #begin(next: QueueEntry): Promise<void> {
    const kept = this.rows.request(next.run);
    if (kept === undefined) {
      const why = 'What was asked for cannot be read any more. Queue the workflow again.';
      await this.#refuse(next, userFailure('cannot-run', why));
      return;
    }
    const request = requestOf(kept);
    // What went wrong before the run was opened is this entry's alone, unless the store fails: then refusing fails too.
    const started = await this.host.open(next.run, request, (row) => this.#claim(next, row)).catch(refusedBy);
    if (started.ok) await this.#follow(started.run, 0);
    else if (started.issues.length > 0) await this.#refuse(next, cannotRun(started.issues));
  }

  /** The entry goes and the run is opened, at once or not at all; false when it is not this engine's turn any more. */
  async #claim(next: QueueEntry, row: RunRow): Promise<boolean> {
    return this.parts.store.together(() => {
      if (this.#stopped || this.#mustWait() || !this.#isNext(next.run)) return false;
      this.rows.remove(next.run);
      this.rows.putUnderWay(next);
      this.parts.store.putRun(row);
      return true;
    });
  }

  #mustWait(): boolean {
    return this.rows.isPaused() || this.host.isBusy();
  }

  #isNext(run: string): boolean {
    return (
      this.rows.lease() === this.parts.owner.id &&
      this.rows.underWay() === undefined &&
      this.rows.entries()[0]?.run === run
    );
  }

  /** An entry that cannot run any more is closed as a failed run that says why. */
  async #refuse(next: QueueEntry, failure: Failure): Promise<void> {
    const request = this.rows.request(next.run);
    const isClosed = await closeUnbegun(this.parts, next, request, failure, () => {
      if (!this.#isNext(next.run)) return false;
      this.rows.remove(next.run);
      return true;
    });
    if (!isClosed) return;
    this.queue.changed();
    await this.worker.started(endedRun(this.parts, next.run), 0);
  }

  /** A run that was begun before and did not end: cut by a crash, or gone on with by somebody else already. */
  async #finishEarlier(entry: QueueEntry): Promise<void> {
    const { store, owner } = this.parts;
    const row = store.run(entry.run);
    if (row === undefined || row.closedAt !== undefined) {
      await this.#ended(entry.run);
      return;
    }
    const from = nextSeq(store.entries(entry.run));
    const active = this.host.active(entry.run);
    if (active !== undefined) {
      await this.#follow(active, from);
      return;
    }
    if (row.owner !== owner.id && owner.isAlive(row.owner)) {
      await this.queue.rest();
      return;
    }
    const started = await this.host.resume(entry.run);
    if (started.ok) {
      await this.#follow(started.run, from);
    } else if (started.issues.some(({ code }) => code === 'run-under-way')) {
      await this.queue.rest();
    } else {
      // It is closed now, and its end says why.
      await this.#ended(entry.run);
      await this.worker.started(endedRun(this.parts, entry.run), from);
    }
  }

  async #follow(run: Run, from: number): Promise<void> {
    this.queue.changed();
    await Promise.all([run.done, this.worker.started(run, from)]);
    // Nothing can be written any more: beginning it again and again would not help.
    if (!(await this.#ended(run.id))) this.#stopped = true;
  }

  /** False when the run is still open: it was cut. */
  async #ended(run: string): Promise<boolean> {
    const isOver = await this.parts.store.together(() => {
      const row = this.parts.store.run(run);
      const over = row === undefined || row.closedAt !== undefined;
      if (over && this.rows.underWay()?.run === run) this.rows.removeUnderWay();
      return over;
    });
    this.queue.changed();
    return isOver;
  }

  /** Exactly one engine works on the queue; a dead one's place is taken. */
  async #takeLease(): Promise<boolean> {
    const { owner, store } = this.parts;
    const isMine = () => this.rows.lease() === owner.id;
    const isFree = () => {
      const lease = this.rows.lease();
      return lease === undefined || !owner.isAlive(lease);
    };
    if (isMine()) return true;
    if (!isFree()) return false;
    await store.together(() => {
      if (isFree()) this.rows.putLease(owner.id);
    });
    this.queue.changed();
    return isMine();
  }

  async #leaveLease(): Promise<void> {
    await this.parts.store.together(() => {
      if (this.rows.lease() === this.parts.owner.id) this.rows.removeLease();
    });
    this.queue.changed();
  }
}

function refusedBy(error: unknown): Started {
  const { code, message } = failureOf(error);
  return { ok: false, issues: [{ code, severity: 'error', message, place: {} }] };
}
