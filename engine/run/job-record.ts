import type { Failure } from '#core/failure';
import type { RemoteJob } from '#core/provider';
import { intactResult } from '../store/intact-result';
import { backOff } from '../network/retry';
import type { OpenJob } from '../store/store';
import { laterWords } from './collect-job';
import { doubtFailure, notSentAgain, unreadableRecord } from './job-failures';
import type { AddFact } from './journal';
import { settledFact } from './keep-result';
import type { EngineParts, Order, RunContext, StepOutcome } from './parts';
import { heldBack } from './run-gate';

const mostWrites = 5;

export const cancelledOutcome = { state: 'skipped', because: 'cancelled' } as const satisfies StepOutcome;

/** `taken`: another run or engine has made the key, or is making it. */
export type JobOutcome = StepOutcome | 'taken';

export type JobContext = Pick<
  RunContext,
  'id' | 'documentId' | 'cap' | 'journal' | 'signal' | 'leaving' | 'tell' | 'gate'
>;

/**
 * What the disk knows of one paid job: the intention to send it, with its money; the vendor's ticket; its end. A process
 * that was stopped for a while may find its job taken over by another one: then it changes nothing of it any more.
 */
export class JobRecord {
  /** The order at the price it was reserved at: an adopted job has that of its own day. */
  order: Order;
  /** The request that is on record. */
  #requestId: string | undefined;

  constructor(
    private readonly parts: EngineParts,
    private readonly context: JobContext,
    private readonly asked: Order,
  ) {
    this.order = asked;
  }

  /** The id of the request that is written down and has not come to its end here. */
  get requestId(): string | undefined {
    return this.#requestId;
  }

  /** Reserves from now on what a request costs by the settings it is made with. */
  price(): void {
    const { worstPrice, worstPriceNow } = this.asked;
    this.order = { ...this.asked, worstPrice: worstPriceNow?.() ?? worstPrice };
  }

  /** What is billed already leaves no room for it: there is nothing to prepare. */
  isOverBudget(requestId: string): boolean {
    return this.parts.budget.look(this.#charge(requestId), this.context.cap) === 'over';
  }

  /**
   * Writes the intention down, with the key, the money and the route's traffic, all or none; or says what comes instead.
   * With the id that is on record already the same request is sent again.
   */
  async claim(attempt: number, requestId: string): Promise<JobOutcome | undefined> {
    const { parts, context, order } = this;
    const { store, budget, traffic, clock } = parts;
    const { provider, step, key, route, worstPrice } = order;
    const isResent = this.#requestId === requestId;
    for (;;) {
      if (isResent && context.leaving.aborted) return this.leave(requestId, notSentAgain);
      if (!isResent && context.signal.aborted) return cancelledOutcome;
      const verdict = await this.#written(requestId, isResent, (add) => {
        if (store.hasUnreadableJob(key)) return 'unreadable';
        const open = store.openJob(key);
        if (open?.requestId !== this.#requestId) return 'taken';
        if (open === undefined && intactResult(store, parts.blobs, key) !== undefined) return 'taken';
        if (open === undefined && context.gate?.isShut() === true) return 'paused';
        const wait = traffic.wait(provider, clock.now());
        if (wait > 0) return { wait };
        const reservation = budget.reserve(this.#charge(requestId), context.cap);
        if (reservation !== 'reserved') return reservation;
        traffic.send(provider, clock.now());
        store.putOpenJob(key, this.#row('intended', requestId));
        add({ type: 'job-intended', step, key, attempt, requestId, route, worstPrice });
        return 'go';
      });
      if (verdict === 'go') {
        this.#requestId = requestId;
        // Another process takes over what belongs to one that seems dead, as this one does if it was stopped for a while.
        if (this.#isMine(requestId)) return undefined;
      }
      if (verdict === 'go' || verdict === 'taken') {
        budget.leave(requestId);
        return 'taken';
      }
      if (verdict === 'unreadable') return { state: 'failed', failure: unreadableRecord };
      if (verdict === 'paused') return heldBack;
      const patience = isResent ? context.leaving : context.signal;
      if (typeof verdict === 'object') await clock.sleep(verdict.wait, patience);
      else if (verdict === 'full' && budget.isMoving) await budget.change(patience);
      // The last one that moved may have settled since.
      else if (verdict === 'over' || budget.look(this.#charge(requestId), context.cap) !== 'reserved') {
        if (isResent) await this.#release(requestId, (open) => this.#abandon(open));
        return { state: 'held', for: 'budget' };
      }
    }
  }

  /** Makes an open job this engine's; false when somebody else was faster. */
  async takeUp(open: OpenJob): Promise<boolean> {
    const { store, owner, budget } = this.parts;
    const { requestId, worstPrice } = open;
    const isMine = await store.together(() => {
      const now = store.openJob(this.asked.key);
      if (now?.requestId !== requestId || now.owner !== open.owner || now.state !== open.state) return false;
      store.putOpenJob(this.asked.key, { ...now, owner: owner.id });
      return true;
    });
    if (!isMine) return false;
    budget.takeUp(requestId);
    this.#requestId = requestId;
    this.order = { ...this.asked, worstPrice };
    return true;
  }

  /** What the vendor gave is all that is known of the job: a write that fails is tried again before it is given up. */
  async accepted(
    job: RemoteJob,
    requestId: string,
    more: Pick<OpenJob, 'job' | 'answer'> = { job },
  ): Promise<void> {
    const { store, clock } = this.parts;
    for (let tried = 1; ; tried += 1)
      try {
        await this.context.journal.durable((add) => {
          const isTakenOver = store.openJob(this.order.key)?.requestId !== requestId;
          // A provider that never spends has claimed nothing.
          if (isTakenOver && this.#requestId !== undefined) return;
          add({ type: 'job-accepted', step: this.order.step, job });
          store.putOpenJob(this.order.key, { ...this.#row('accepted', requestId), ...more });
        });
        this.#requestId = requestId;
        return;
      } catch (error) {
        if (tried === mostWrites) throw error;
        await clock.sleep(backOff(tried, undefined));
      }
  }

  /** What a request that is still answered has come to, on the disk itself. */
  async arrived(requestId: string, answer: NonNullable<OpenJob['answer']>): Promise<void> {
    const { store } = this.parts;
    await store.together(() => {
      const open = store.openJob(this.order.key);
      if (open?.requestId === requestId) store.putOpenJob(this.order.key, { ...open, answer });
    });
    await store.flushed();
  }

  async inDoubt(failure: Failure, requestId: string): Promise<StepOutcome> {
    const { key, provider } = this.order;
    const row: OpenJob = { ...this.#row('in-doubt', requestId), owner: '' };
    await this.#release(requestId, () => this.parts.store.putOpenJob(key, row));
    return { state: 'in-doubt', key, requestId, failure: doubtFailure(provider, this.#clean(failure)) };
  }

  /** Nobody works on the job any more; it stays open, and its money reserved. */
  async leave(requestId: string, failure: Failure): Promise<StepOutcome> {
    await this.#release(requestId, (open) => this.#abandon(open));
    const message = failure.message.includes(laterWords)
      ? failure.message
      : `${failure.message} ${laterWords}`;
    return { state: 'held', for: 'vendor', failure: this.#clean({ ...failure, message }) };
  }

  /** The job is over without a result: it is closed and its money settled, all or none. `billed`, `open`: US dollars. */
  async drop(requestId: string, billed: number, open = 0): Promise<void> {
    const { store, budget } = this.parts;
    const { step, key } = this.order;
    await this.context.journal.durable((add) => {
      if (store.openJob(key)?.requestId === requestId) store.removeOpenJob(key);
      const settled = budget.settle(requestId, billed, open);
      const fact = settled === undefined ? undefined : settledFact(step, requestId, settled);
      if (fact !== undefined) add(fact);
    });
    budget.leave(requestId);
    this.#requestId = undefined;
    this.order = this.asked;
  }

  /** As `journal.durable`; a write that failed must not leave its reservation in the way of others. */
  async #written<T>(requestId: string, isResent: boolean, build: (add: AddFact) => T): Promise<T> {
    try {
      return await this.context.journal.durable(build);
    } catch (error) {
      // It may be in, and only not have reached the disk itself. Nothing was sent, so that nothing need be kept of it.
      if (!isResent) await this.drop(requestId, 0).catch(() => undefined);
      this.parts.budget.leave(requestId);
      throw error;
    }
  }

  async #release(requestId: string, change: (open: OpenJob) => void): Promise<void> {
    const { store, budget } = this.parts;
    try {
      await store.together(() => {
        const open = store.openJob(this.order.key);
        if (open?.requestId === requestId) change(open);
      });
    } finally {
      budget.leave(requestId);
    }
  }

  #abandon(open: OpenJob): void {
    this.parts.store.putOpenJob(this.order.key, { ...open, owner: '' });
  }

  #isMine(requestId: string): boolean {
    const { store, owner } = this.parts;
    const open = store.openJob(this.order.key);
    return open?.requestId === requestId && open.owner === owner.id;
  }

  #charge(requestId: string) {
    const { context, order } = this;
    return { requestId, run: context.id, documentId: context.documentId, worst: order.worstPrice };
  }

  #row(state: OpenJob['state'], requestId: string): OpenJob {
    const { context, order, parts } = this;
    const { step, route, worstPrice, place } = order;
    const at = context.journal.at();
    return { state, run: context.id, step, owner: parts.owner.id, requestId, route, worstPrice, place, at };
  }

  #clean(failure: Failure): Failure {
    return this.parts.redactor.failure(failure);
  }
}
