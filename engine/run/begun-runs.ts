import { randomBytes } from 'node:crypto';
import type { Failure } from '#core/failure';
import type { RunSummary } from '#core/ipc';
import type { Outcome } from '#core/journal';
import { canRun } from '#core/plan/plan';
import { isRehearsal } from '#core/plan/rehearsal';
import type { RunEvent } from '#core/run';
import type { Run, RunRequest, Started } from '../contract';
import type { Planning } from '../planning';
import type { RunRow } from '../store/store';
import { cannotRun } from './closed-run';
import { Journal } from './journal';
import { keptRequest, requestOf } from './kept-request';
import type { EngineParts } from './parts';
import { RunExecution } from './run-execution';
import type { RunGate } from './run-gate';

type Claim = (row: RunRow) => Promise<boolean>;
type NewRow = Omit<RunRow, 'steps'>;

/** The runs this engine has begun or goes on with, and what is told of each in a list. */
export class BegunRuns {
  readonly #active = new Map<string, RunExecution>();
  /** Runs whose row is written and that are not active yet. */
  readonly #opening = new Set<string>();
  /** Runs that are looked up, planned and opened. */
  readonly #beginning = new Set<Promise<Started>>();

  constructor(
    private readonly parts: EngineParts,
    private readonly planning: Planning,
    /** The queue, which waits for runs to end and holds its own back. */
    private readonly queue: { gateOf(run: string): RunGate | undefined; changed(): void },
  ) {}

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  active(run: string): Run | undefined {
    return this.#active.get(run);
  }

  start(request: RunRequest): Promise<Started> {
    const openedAt = this.#now();
    return this.#counted(this.#begin(request, this.#newRow(newRunId(openedAt), request, openedAt), []));
  }

  /** Begins nothing unless `claim`, given the row to be written, says so. */
  async open(run: string, request: RunRequest, claim: Claim): Promise<Started> {
    this.#opening.add(run);
    try {
      return await this.#counted(this.#begin(request, this.#newRow(run, request, this.#now()), [], claim));
    } finally {
      this.#opening.delete(run);
    }
  }

  resume(id: string): Promise<Started> {
    return this.#counted(this.#resume(id));
  }

  async #resume(id: string): Promise<Started> {
    const { store, owner, leaving } = this.parts;
    const row = store.run(id);
    if (row === undefined) return refuse(`There is no run "${id}".`, 'unknown-run');
    if (this.#active.has(id) || this.#opening.has(id))
      return refuse(`Run ${id} is under way.`, 'run-under-way');
    this.#opening.add(id);
    try {
      const canGoOn = row.closedAt !== undefined || row.owner === owner.id || !owner.isAlive(row.owner);
      if (!canGoOn || !(await store.takeRun(id, row, owner.id)))
        return refuse(`Run ${id} is under way in another Seedloom.`, 'run-under-way');
      const taken = store.run(id)!;
      const started = await this.#begin(requestOf(taken.request), taken, store.entries(id));
      // It cannot go on as it is (a picture is gone): closed, so that it is not tried again at each start.
      if (!started.ok && !leaving.aborted) await this.#close(taken, 'failed', cannotRun(started.issues));
      return started;
    } finally {
      this.#opening.delete(id);
    }
  }

  /** Runs that were cut (their owner is gone), oldest first. */
  cut(): RunSummary[] {
    const { store, owner } = this.parts;
    const isUnderWay = ({ run, owner: of }: RunRow) =>
      this.#active.has(run) || this.#opening.has(run) || (of !== owner.id && owner.isAlive(of));
    return store
      .openRuns()
      .filter((row) => !isUnderWay(row))
      .reverse()
      .map((row) => this.#summary(row));
  }

  /** Newest first. A queued run has its id from when it was queued, so the ids are not in the order of opening. */
  all(): RunSummary[] {
    return this.parts.store
      .runs()
      .map((row) => this.#summary(row))
      .sort((left, right) => (left.openedAt < right.openedAt ? 1 : left.openedAt > right.openedAt ? -1 : 0));
  }

  /** Ends when nothing is about to begin any more. */
  async begun(): Promise<void> {
    await Promise.allSettled(this.#beginning);
  }

  /** The engine closes: what is under way stays open to be gone on with. */
  async left(): Promise<void> {
    const active = [...this.#active.values()];
    for (const run of active) run.leave();
    await Promise.all(active.map((run) => run.done));
  }

  #now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }

  #newRow(run: string, request: RunRequest, openedAt: string): NewRow {
    const { title, id: documentId } = request.document;
    return { run, title, documentId, openedAt, owner: this.parts.owner.id, request: keptRequest(request) };
  }

  /** The store is not closed before it has ended. */
  async #counted(begun: Promise<Started>): Promise<Started> {
    this.#beginning.add(begun);
    try {
      return await begun;
    } finally {
      this.#beginning.delete(begun);
    }
  }

  async #begin(request: RunRequest, row: NewRow, events: RunEvent[], claim?: Claim): Promise<Started> {
    const { leaving } = this.parts;
    // What was begun is gone on with whatever its pod does: it may only have to be collected.
    const { plan, resolved } = await (events.length === 0
      ? this.planning.toRunWithPods(request)
      : this.planning.toRun(request));
    if (leaving.aborted) return refuse('Seedloom is closing.', 'closing');
    if (!canRun(plan)) return { ok: false, issues: plan.issues };
    const full: RunRow = { ...row, steps: plan.steps.length };
    if (claim !== undefined && !(await claim(full))) return { ok: false, issues: [] };
    const run = new RunExecution(
      this.parts,
      request,
      plan,
      resolved,
      full,
      events,
      this.queue.gateOf(row.run),
    );
    this.#active.set(run.id, run);
    if (leaving.aborted) run.leave();
    const forget = () => {
      this.#active.delete(run.id);
      this.queue.changed();
    };
    void run.done.then(forget);
    return { ok: true, run };
  }

  async #close(row: RunRow, outcome: Outcome, failure: Failure): Promise<void> {
    const { store, clock, ledger } = this.parts;
    const journal = new Journal(row.run, store, clock, () => undefined);
    await journal.durable((add) => {
      add({ type: 'run-closed', outcome, spent: ledger.totals('run', row.run).billed, failure });
      store.putRun({ ...row, outcome, closedAt: journal.at() });
    });
  }

  #summary(row: RunRow): RunSummary {
    const { run, title, documentId, openedAt, closedAt, outcome, waitsFor, steps } = row;
    const { billed, reserved } = this.parts.ledger.totals('run', run);
    return {
      run,
      title,
      openedAt,
      spent: billed,
      reserved,
      steps,
      ...(isRehearsal(documentId) ? { rehearsal: true as const } : {}),
      ...(closedAt === undefined ? {} : { closedAt }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(waitsFor === undefined ? {} : { waitsFor }),
    };
  }
}

function refuse(message: string, code: string): Started {
  return { ok: false, issues: [{ code, severity: 'error', message, place: {} }] };
}

/** `20261121-041203-1a73f9c`: date, time, milliseconds in hex and four random digits. Sorts by time, can be typed. */
export function newRunId(openedAt: string): string {
  const time = openedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const milliseconds = Number(openedAt.slice(20, 23)).toString(16).padStart(3, '0');
  return `${time}-${milliseconds}${randomBytes(2).toString('hex')}`;
}
