import { randomUUID } from 'node:crypto';
import { FailureError, failureOf, type Failure } from '#core/failure';
import type { RemoteJob, RemoteResult, Submitted } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { Outputs } from '#core/values';
import { intactResult } from '../knowledge';
import { collectPictures } from '../network/collect';
import { providerTools, type EngineTools } from '../network/provider-tools';
import { backOff, CallError, longestWait } from '../network/retry';
import { isDiskFailure } from '../pictures/disk-failure';
import type { OpenJob } from '../store/store';
import { collectJob, laterWords } from './collect-job';
import { doubtFailure, emptyResult, expiredResult, notSent } from './job-failures';
import type { AddFact } from './journal';
import { settledFact } from './keep-result';
import type { EngineParts, Order, RunContext, StepOutcome } from './parts';
import { comesLater, linksOnly, resultOf, saidPrice } from './vendor-result';
import { heldBack } from './run-gate';

const mostAttempts = 5;
/** So often a vendor may say that it does not know a request, and milliseconds between, before that is believed. */
const mostUnknownAnswers = 3;
const unknownPause = 3_000;

export const cancelledOutcome = { state: 'skipped', because: 'cancelled' } as const satisfies StepOutcome;

/** `taken`: somebody else was faster with this key; nothing was sent. */
export type JobOutcome = StepOutcome | 'taken';

type JobContext = Pick<RunContext, 'id' | 'documentId' | 'cap' | 'journal' | 'signal' | 'gate' | 'tell'>;

/** One paid job from the request to the pictures, or from where another sitting left it. */
export class PaidJob {
  readonly #startedAt: number;
  /** The order at today's price; an adopted job has that of its own day. */
  readonly #asked: Order;
  /** How often the vendor did not know a request whose answer never came. */
  #unknownAnswers = 0;
  /** The request whose open job the next one takes the place of. */
  #replaces: string | undefined;

  constructor(
    private readonly parts: EngineParts,
    private readonly context: JobContext,
    private order: Order,
    /** Only to be left out where nothing can be sent: an accepted job is only collected. */
    private readonly task?: ImageTask,
  ) {
    this.#startedAt = parts.clock.now();
    this.#asked = order;
  }

  /** Sends the task. Only a refusal that proves nothing was taken leads to another attempt. */
  async send(attempt: number, requestId: string = randomUUID()): Promise<JobOutcome> {
    const { context, order, parts, task } = this;
    const { provider } = order;
    if (task === undefined) throw new Error(`step ${order.step} has no task to send`);
    if (parts.budget.look(this.#charge(requestId), context.cap) === 'over')
      return { state: 'held', for: 'budget' };
    let claimed = false;
    let refused: JobOutcome | undefined;
    const isResent = this.#replaces === requestId;
    const tools = providerTools(provider, this.parts, {
      requestId,
      // What may have been taken is sent again even when the run is cancelled: to know it, and to stop it there.
      signal: isResent ? new AbortController().signal : context.signal,
      beforeSpend: async () => {
        if (claimed) throw new Error(`${provider.id} tried to pay twice in one submit`);
        refused = await this.#claim(attempt, requestId);
        if (refused === undefined && context.signal.aborted && !isResent) {
          // Cancelled while the intention was being written: nothing has left yet.
          await this.#drop(requestId, 0);
          refused = cancelledOutcome;
        }
        if (refused !== undefined) throw new FailureError(notSent);
        claimed = true;
      },
    });
    let submitted: Submitted;
    try {
      submitted = await provider.submit(task, tools);
    } catch (error) {
      if (refused !== undefined) return refused;
      const failure = this.#clean(failureOf(error));
      if (!claimed) {
        if (isResent) return this.#leave(requestId, failure);
        return context.signal.aborted
          ? cancelledOutcome
          : { state: 'failed', failure: { ...failure, charge: 'none' } };
      }
      // An answer that was accepted but cannot be read, like one that never came, proves nothing.
      if (!(error instanceof CallError && failure.charge === 'none'))
        return this.#unknown(failure, requestId, attempt);
      const wait = backOff(attempt, error.retryAfter);
      const mayTryAgain = error.passing && attempt < mostAttempts && wait <= longestWait;
      if (error.retryAfter !== undefined && error.passing)
        await parts.traffic.keepQuiet(provider.id, parts.clock.now() + error.retryAfter);
      if (isResent) {
        // This refusal says nothing about the request before it, which had the same id and may have been taken.
        if (!mayTryAgain) return this.#inDoubt({ ...failure, charge: 'possible' }, requestId);
        await parts.clock.sleep(wait, context.signal);
        return this.send(attempt + 1, requestId);
      }
      await this.#drop(requestId, 0);
      if (!mayTryAgain) return { state: 'failed', failure };
      await parts.clock.sleep(wait, context.signal);
      return context.signal.aborted ? cancelledOutcome : this.send(attempt + 1);
    }
    // The pictures are paid for: they are fetched also when the run is cancelled.
    if (submitted.state === 'done')
      return this.#answered(submitted.result, this.#toolsFor(requestId), requestId);
    // An id that is a number at a vendor that promised a text must be found again.
    const job = { ...submitted.job, id: String(submitted.job.id) };
    await this.#accepted(job, requestId);
    return this.#collect(job, requestId);
  }

  /** Takes up a job that was sent before: by a run that was cut, cancelled, or gave up asking. */
  async adopt(open: OpenJob): Promise<JobOutcome> {
    const { order, parts } = this;
    const { requestId } = open;
    if (open.state === 'in-doubt')
      return { state: 'in-doubt', key: order.key, requestId, failure: doubtFailure(order.provider) };
    const isMine = await parts.store.together(() => {
      const now = parts.store.openJob(order.key);
      if (now?.requestId !== requestId || now.owner !== open.owner || now.state !== open.state) return false;
      parts.store.putOpenJob(order.key, { ...now, owner: parts.owner.id });
      return true;
    });
    if (!isMine) return 'taken';
    parts.budget.takeUp(requestId);
    this.#replaces = requestId;
    this.order = { ...order, worstPrice: open.worstPrice };
    if (open.job !== undefined) {
      const { job } = open;
      this.context.journal.write((add) => add({ type: 'job-accepted', step: order.step, job }));
      return this.#collect(job, requestId);
    }
    if (open.answer !== undefined)
      return this.#finish(resultOf(open.answer), this.#toolsFor(requestId), requestId);
    return this.#unknown(doubtFailure(order.provider), requestId, 1);
  }

  /** Writes the intention down, with the key, the money and the route's traffic, all or none; or says what comes instead. */
  async #claim(attempt: number, requestId: string): Promise<JobOutcome | undefined> {
    const { parts, context, order } = this;
    const { store, budget, traffic, clock } = parts;
    const { provider, step, key, route, worstPrice } = order;
    for (;;) {
      if (context.signal.aborted && this.#replaces !== requestId) return cancelledOutcome;
      const verdict = await this.#written(requestId, (add) => {
        const open = store.openJob(key);
        if (open?.requestId !== this.#replaces) return 'taken';
        if (open === undefined && intactResult(store, parts.blobs, key) !== undefined) return 'taken';
        if (open === undefined && context.gate?.isShut() === true) return 'paused';
        const wait = traffic.wait(provider, clock.now());
        if (wait > 0) return { wait };
        const reservation = budget.reserve(this.#charge(requestId), context.cap);
        if (reservation !== 'reserved') return reservation;
        traffic.send(provider, clock.now());
        store.putOpenJob(key, this.#openJob('intended', requestId));
        add({ type: 'job-intended', step, key, attempt, requestId, route, worstPrice });
        return 'go';
      });
      if (verdict === 'go') {
        this.#replaces = requestId;
        return undefined;
      }
      if (verdict === 'taken') return 'taken';
      if (verdict === 'paused') return heldBack;
      if (verdict === 'over') return { state: 'held', for: 'budget' };
      if (verdict !== 'full') await clock.sleep(verdict.wait, context.signal);
      else if (budget.isMoving) await budget.change(context.signal);
      // The last one that moved may have settled since.
      else if (budget.look(this.#charge(requestId), context.cap) !== 'reserved')
        return { state: 'held', for: 'budget' };
    }
  }

  /** As `journal.durable`; a write that failed must not leave its reservation in the way of others. */
  async #written<T>(requestId: string, build: (add: AddFact) => T): Promise<T> {
    try {
      return await this.context.journal.durable(build);
    } catch (error) {
      this.parts.budget.leave(requestId);
      throw error;
    }
  }

  /** The request left and it is not known whether it was taken. What can be asked is asked; else a person decides. */
  async #unknown(failure: Failure, requestId: string, attempt: number): Promise<JobOutcome> {
    const { provider, route } = this.order;
    if (provider.recovery === 'own-id')
      return this.#collect({ ...route, id: requestId, ticket: null }, requestId, attempt);
    if (provider.recovery === 'idempotency-key' && attempt < mostAttempts && this.task !== undefined) {
      await this.parts.clock.sleep(backOff(attempt, undefined), this.context.signal);
      return this.send(attempt + 1, requestId);
    }
    return this.#inDoubt({ ...failure, charge: 'possible' }, requestId);
  }

  /** `unconfirmed`: the number of the attempt whose answer never came. */
  async #collect(job: RemoteJob, requestId: string, unconfirmed?: number): Promise<JobOutcome> {
    const { parts, context, order } = this;
    // Collecting goes on when the run is cancelled: what is paid for is taken if it is there.
    const asking = this.#toolsFor(requestId);
    let isKnown = unconfirmed === undefined;
    const known = async () => {
      if (isKnown) return;
      isKnown = true;
      await this.#accepted(job, requestId);
    };
    const end = await collectJob(parts, context, order, job, asking, known);
    switch (end.end) {
      case 'done':
        return this.#finish(end.result, asking, requestId, job);
      case 'left':
        return this.#leave(requestId, end.failure);
      case 'failed':
        await this.#drop(requestId, this.#billedFor(end.failure.charge));
        if (context.signal.aborted && end.failure.charge === 'none') return cancelledOutcome;
        return { state: 'failed', failure: this.#clean(end.failure) };
      case 'lost': {
        // Asked by our own id, and the vendor never knew of it: it was never taken, so it may be sent again.
        const neverTaken = !isKnown;
        // A job that was stopped before it began is often simply not there any more.
        const isStopped = context.signal.aborted;
        // It may have been taken and not be listed yet: one "not known" is not enough to send it again.
        if (neverTaken && !isStopped && !parts.leaving.aborted && this.#unknownAnswers < mostUnknownAnswers) {
          this.#unknownAnswers += 1;
          await parts.clock.sleep(unknownPause, context.signal);
          return this.#collect(job, requestId, unconfirmed);
        }
        const isFree = neverTaken || (isStopped && end.failure.charge !== 'certain');
        await this.#drop(requestId, isFree ? 0 : this.#billedFor(end.failure.charge));
        if (isStopped) return cancelledOutcome;
        if (neverTaken && unconfirmed! < mostAttempts && this.task !== undefined)
          return this.send(unconfirmed! + 1);
        const charge = neverTaken ? 'none' : end.failure.charge;
        return { state: 'failed', failure: this.#clean({ ...end.failure, charge }) };
      }
    }
  }

  /** The vendor gave the whole result at once: where it is links, they are written down before they are followed. */
  async #answered(result: RemoteResult, tools: EngineTools, requestId: string): Promise<JobOutcome> {
    const answer = linksOnly(result);
    if (answer !== undefined) {
      const job = { ...this.order.route, id: result.vendorId ?? requestId, ticket: null };
      await this.#accepted(job, requestId, { answer });
    }
    return this.#finish(result, tools, requestId);
  }

  async #finish(
    result: RemoteResult,
    tools: EngineTools,
    requestId: string,
    job?: RemoteJob,
  ): Promise<JobOutcome> {
    const { order, parts } = this;
    const { work } = order.definition;
    if (work.on !== 'provider') throw new Error(`${order.definition.type} asks no model`);
    const said = saidPrice(result.price);
    const billed = said ?? order.worstPrice;
    let { pictures, failures } = await collectPictures(result, tools);
    const isGone = failures.some(({ act, code }) => act !== 'wait' && !comesLater.has(code));
    if (pictures.length === 0 && job !== undefined && isGone)
      ({ pictures, failures } = await this.#collectAgain(job, tools, failures));
    if (pictures.length === 0) {
      const failure: Failure = failures[0] ?? emptyResult(order.provider);
      // Paid for and not to be had just now: the job stays open, and is asked for again.
      const mayComeLater = failure.act === 'wait' || isDiskFailure(failure) || comesLater.has(failure.code);
      if (mayComeLater && failure.charge !== 'none') return this.#leave(requestId, failure);
      await this.#drop(requestId, failure.charge === 'none' ? 0 : billed);
      const told = failure.charge === 'certain' ? expiredResult(order.provider, failure) : failure;
      return { state: 'failed', failure: this.#clean(billed === 0 ? { ...told, charge: 'none' } : told) };
    }
    return {
      state: 'finished',
      outputs: work.toOutputs(pictures) as Outputs,
      charge: { requestId, billed },
      receipt: {
        provider: order.provider.id,
        model: order.route.model,
        requestId,
        ...(result.vendorId === undefined ? {} : { vendorId: result.vendorId }),
        price: order.worstPrice,
        ...(said === undefined ? {} : { vendorPrice: said }),
        pictures: pictures.map(({ hash }) => hash),
        seconds: (parts.clock.now() - this.#startedAt) / 1000,
      },
    };
  }

  /** Links run out; a vendor that still knows the job may give fresh ones. */
  async #collectAgain(job: RemoteJob, tools: EngineTools, failures: Failure[]) {
    try {
      const state = await this.order.provider.check?.(job, tools);
      if (state?.state === 'done') return await collectPictures(state.result, tools);
    } catch {
      // The first failure says what matters.
    }
    return { pictures: [], failures };
  }

  /** What the vendor gave is all that is known of the job: a write that fails is tried again before it is given up. */
  async #accepted(
    job: RemoteJob,
    requestId: string,
    more: Pick<OpenJob, 'job' | 'answer'> = { job },
  ): Promise<void> {
    for (let tried = 1; ; tried += 1)
      try {
        await this.context.journal.durable((add) => {
          add({ type: 'job-accepted', step: this.order.step, job });
          this.parts.store.putOpenJob(this.order.key, { ...this.#openJob('accepted', requestId), ...more });
        });
        return;
      } catch (error) {
        if (tried === mostAttempts) throw error;
        await this.parts.clock.sleep(backOff(tried, undefined));
      }
  }

  async #inDoubt(failure: Failure, requestId: string): Promise<StepOutcome> {
    const { store, budget } = this.parts;
    const { key, provider } = this.order;
    await store.together(() => store.putOpenJob(key, { ...this.#openJob('in-doubt', requestId), owner: '' }));
    budget.leave(requestId);
    return { state: 'in-doubt', key, requestId, failure: doubtFailure(provider, this.#clean(failure)) };
  }

  /** Nobody works on the job any more; it stays open, and its money reserved. */
  async #leave(requestId: string, failure: Failure): Promise<StepOutcome> {
    const { store, budget } = this.parts;
    await store.together(() => {
      const open = store.openJob(this.order.key);
      if (open?.requestId === requestId) store.putOpenJob(this.order.key, { ...open, owner: '' });
    });
    budget.leave(requestId);
    const message = failure.message.includes(laterWords)
      ? failure.message
      : `${failure.message} ${laterWords}`;
    return { state: 'held', for: 'vendor', failure: this.#clean({ ...failure, message }) };
  }

  /** The job is over without a result: it is closed and its money settled, all or none. */
  async #drop(requestId: string, billed: number): Promise<void> {
    const { step, key } = this.order;
    await this.context.journal.durable((add) => {
      this.parts.store.removeOpenJob(key);
      const settled = this.parts.budget.settle(requestId, billed);
      const fact = settled === undefined ? undefined : settledFact(step, requestId, settled);
      if (fact !== undefined) add(fact);
    });
    this.parts.budget.leave(requestId);
    this.#replaces = undefined;
    this.order = this.#asked;
    this.#unknownAnswers = 0;
  }

  #billedFor(charge: Failure['charge']): number {
    return charge === 'none' ? 0 : this.order.worstPrice;
  }

  #charge(requestId: string) {
    const { context, order } = this;
    return { requestId, run: context.id, documentId: context.documentId, worst: order.worstPrice };
  }

  #openJob(state: OpenJob['state'], requestId: string): OpenJob {
    const { context, order, parts } = this;
    const { step, route, worstPrice, place } = order;
    const at = context.journal.at();
    return { state, run: context.id, step, owner: parts.owner.id, requestId, route, worstPrice, place, at };
  }

  #clean(failure: Failure): Failure {
    return this.parts.redactor.failure(failure);
  }

  /** Tools that only ask, and go on asking when the run is cancelled. */
  #toolsFor(requestId: string): EngineTools {
    const { provider } = this.order;
    return providerTools(provider, this.parts, {
      requestId,
      signal: new AbortController().signal,
      beforeSpend: () => Promise.reject(new Error(`${provider.id} tried to pay while asking`)),
    });
  }
}
