import { randomUUID } from 'node:crypto';
import { FailureError, failureOf, type Failure } from '#core/failure';
import type { Provider, RemoteJob, RemoteResult, Submitted } from '#core/provider';
import type { Task } from '#core/task';
import { storedFiles, type Outputs } from '#core/values';
import { collectPicture, collectResult } from '../network/collect';
import { providerTools, type EngineTools } from '../network/provider-tools';
import { backOff, CallError, longestWait } from '../network/retry';
import { isDiskFailure } from '../pictures/disk-failure';
import type { OpenJob } from '../store/store';
import { ArrivedPictures } from './arrived-pictures';
import { collectJob } from './collect-job';
import { doubtFailure, emptyResult, expiredResult, notSent, notSentAgain } from './job-failures';
import { cancelledOutcome, JobRecord, type JobContext, type JobOutcome } from './job-record';
import type { EngineParts, Order } from './parts';
import { comesLater, costOf, keptAnswer, keptJob, resultOf, saidPrice } from './vendor-result';

const mostAttempts = 5;
/** So often a vendor may say that it does not know a request, and milliseconds between, before that is believed. */
const mostUnknownAnswers = 3;
const unknownPause = 3_000;

/** One paid job from the request to the pictures, or from where another sitting left it. */
export class PaidJob {
  readonly #startedAt: number;
  readonly #record: JobRecord;
  /** How often the vendor did not know a request whose answer never came. */
  #unknownAnswers = 0;
  #isAdopted = false;

  constructor(
    private readonly parts: EngineParts,
    private readonly context: JobContext,
    private readonly order: Order,
    /** Only to be left out where nothing can be sent: an accepted job is only collected. */
    private readonly task?: Task,
  ) {
    this.#startedAt = parts.clock.now();
    this.#record = new JobRecord(parts, context, order);
  }

  /** Sends the task, and collects what comes of it. */
  send(): Promise<JobOutcome> {
    return this.#neverForgotten(() => this.#send(1));
  }

  /** Takes up a job that was sent before: by a run that was cut, cancelled, or gave up asking. */
  adopt(open: OpenJob): Promise<JobOutcome> {
    return this.#neverForgotten(() => this.#adopt(open));
  }

  /** Whatever goes wrong on our side, what was handed over stays on record and is asked for again. */
  async #neverForgotten(work: () => Promise<JobOutcome>): Promise<JobOutcome> {
    try {
      return await work();
    } catch (error) {
      const { requestId } = this.#record;
      if (requestId === undefined) throw error;
      return this.#record.leave(requestId, failureOf(error));
    }
  }

  /** Only a refusal that proves nothing was taken leads to another attempt. */
  async #send(attempt: number, requestId: string = randomUUID()): Promise<JobOutcome> {
    const { context, order, parts, task } = this;
    const { provider } = order;
    if (task === undefined) throw new Error(`step ${order.step} has no task to send`);
    const isResent = this.#record.requestId === requestId;
    if (!isResent) this.#record.price();
    if (!isResent && this.#record.isOverBudget(requestId)) return { state: 'held', for: 'budget' };
    let claimed = false;
    let refused: JobOutcome | undefined;
    const arrived = this.#arrivedPictures(requestId);
    const tools = providerTools(provider, this.parts, {
      requestId,
      // What may have been taken is sent again even when the run is cancelled: to know it, and to stop it there.
      signal: isResent ? new AbortController().signal : context.signal,
      beforeSpend: async () => {
        if (claimed) throw new Error(`${provider.id} tried to pay twice in one submit`);
        refused = await this.#record.claim(attempt, requestId);
        if (refused === undefined && context.signal.aborted && !isResent) {
          // Cancelled while the intention was being written: nothing has left yet.
          await this.#record.drop(requestId, 0);
          refused = cancelledOutcome;
        }
        if (refused !== undefined) throw new FailureError(notSent);
        claimed = true;
      },
      arrived: (soFar) => arrived.take(soFar),
    });
    let submitted: Submitted;
    try {
      submitted = await handedOver(provider, task, tools);
    } catch (error) {
      if (refused !== undefined) return refused;
      const failure = this.#clean(failureOf(error));
      if (!claimed) {
        if (isResent) return this.#record.leave(requestId, failure);
        return context.signal.aborted
          ? cancelledOutcome
          : { state: 'failed', failure: { ...failure, charge: 'none' } };
      }
      // Cut after some had come: they are the result, which says itself what may be charged besides.
      if (arrived.soFar !== undefined)
        return this.#finish(await arrived.atHome(arrived.soFar), this.#toolsFor(requestId), requestId);
      // An answer that was accepted but cannot be read, like one that never came, proves nothing.
      if (!(error instanceof CallError && failure.charge === 'none'))
        return this.#unknown(failure, requestId, attempt);
      const wait = backOff(attempt, error.retryAfter);
      const mayTryAgain = error.passing && attempt < mostAttempts && wait <= longestWait;
      if (error.retryAfter !== undefined && error.passing)
        await parts.traffic.keepQuiet(provider.id, parts.clock.now() + error.retryAfter);
      if (isResent) {
        // This refusal says nothing about the request before it, which had the same id and may have been taken.
        if (!mayTryAgain) return this.#record.inDoubt({ ...failure, charge: 'possible' }, requestId);
        await parts.clock.sleep(wait, context.leaving);
        return this.#send(attempt + 1, requestId);
      }
      await this.#record.drop(requestId, 0);
      if (!mayTryAgain) return { state: 'failed', failure };
      await parts.clock.sleep(wait, context.signal);
      return context.signal.aborted ? cancelledOutcome : this.#send(attempt + 1);
    }
    // The pictures are paid for: they are fetched also when the run is cancelled.
    if (submitted.state === 'done')
      return this.#answered(await arrived.atHome(submitted.result), this.#toolsFor(requestId), requestId);
    const job = keptJob(submitted.job);
    await this.#record.accepted(job, requestId);
    return this.#collect(job, requestId);
  }

  async #adopt(open: OpenJob): Promise<JobOutcome> {
    const { order } = this;
    const { requestId, job, answer } = open;
    if (open.state === 'in-doubt')
      return { state: 'in-doubt', key: order.key, requestId, failure: doubtFailure(order.provider) };
    if (!(await this.#record.takeUp(open))) return 'taken';
    this.#isAdopted = true;
    if (job !== undefined) {
      // A job that is collected for a run that is over is in that run's journal already.
      if (this.task !== undefined)
        this.context.journal.write((add) => add({ type: 'job-accepted', step: order.step, job }));
      return this.#collect(job, requestId);
    }
    if (answer !== undefined) return this.#finish(resultOf(answer), this.#toolsFor(requestId), requestId);
    return this.#unknown(doubtFailure(order.provider), requestId, 1);
  }

  /** The request left and it is not known whether it was taken. What can be asked is asked; else a person decides. */
  async #unknown(failure: Failure, requestId: string, attempt: number): Promise<JobOutcome> {
    const { provider, route } = this.order;
    if (provider.recovery === 'own-id')
      return this.#collect({ ...route, id: requestId, ticket: null }, requestId, attempt);
    if (provider.recovery === 'idempotency-key' && attempt < mostAttempts && this.task !== undefined) {
      await this.parts.clock.sleep(backOff(attempt, undefined), this.context.leaving);
      return this.#send(attempt + 1, requestId);
    }
    return this.#record.inDoubt({ ...failure, charge: 'possible' }, requestId);
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
      await this.#record.accepted(job, requestId);
    };
    const end = await collectJob(parts, context, order, job, asking, known);
    switch (end.end) {
      case 'done':
        return this.#finish(end.result, asking, requestId, job);
      case 'left':
        return this.#record.leave(requestId, end.failure);
      case 'in-doubt':
        return this.#record.inDoubt({ ...end.failure, charge: 'possible' }, requestId);
      case 'failed':
        await this.#record.drop(requestId, saidPrice(end.price) ?? this.#billedFor(end.failure.charge));
        if (context.signal.aborted && (end.failure.charge === 'none' || end.failure.code === 'cancelled'))
          return cancelledOutcome;
        return { state: 'failed', failure: this.#clean(end.failure) };
      case 'lost': {
        // Asked by our own id, and the vendor never knew of it: it was never taken, so it may be sent again.
        const neverTaken = !isKnown;
        // A job that was stopped before it began is often simply not there any more.
        const isStopped = context.signal.aborted;
        // It may have been taken and not be listed yet: one "not known" is not enough to send it again.
        if (neverTaken && !isStopped && this.#unknownAnswers < mostUnknownAnswers) {
          if (context.leaving.aborted) return this.#record.leave(requestId, notSentAgain);
          this.#unknownAnswers += 1;
          await parts.clock.sleep(unknownPause, context.signal);
          return this.#collect(job, requestId, unconfirmed);
        }
        this.#unknownAnswers = 0;
        const isFree = neverTaken || (isStopped && end.failure.charge !== 'certain');
        await this.#record.drop(requestId, isFree ? 0 : this.#billedFor(end.failure.charge));
        if (isStopped) return cancelledOutcome;
        if (neverTaken && unconfirmed! < mostAttempts && this.task !== undefined)
          return this.#send(unconfirmed! + 1);
        const charge = neverTaken ? 'none' : end.failure.charge;
        return { state: 'failed', failure: this.#clean({ ...end.failure, charge }) };
      }
    }
  }

  /** Pictures of a set, as they come. */
  #arrivedPictures(requestId: string): ArrivedPictures {
    const { step, place } = this.order;
    return new ArrivedPictures({
      fetch: (picture) => collectPicture(picture, this.#toolsFor(requestId)),
      keep: async (soFar) => {
        const answer = keptAnswer(soFar, (failure) => this.#clean(failure));
        if (answer !== undefined) await this.#record.arrived(requestId, answer);
      },
      tell: ({ hash }, number, of) =>
        this.context.tell({ type: 'picture-arrived', step, node: place.node, hash, number, of }),
    });
  }

  /** The vendor gave the whole result at once: where it is links, they are written down before they are followed. */
  async #answered(result: RemoteResult, tools: EngineTools, requestId: string): Promise<JobOutcome> {
    const answer = keptAnswer(result, (failure) => this.#clean(failure));
    if (answer !== undefined && answer.links.length > 0) {
      const job = keptJob({ ...this.#record.order.route, id: answer.vendorId ?? requestId, ticket: null });
      await this.#record.accepted(job, requestId, { answer });
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
    const { worstPrice } = this.#record.order;
    const { said, ours, billed, open } = costOf(result, worstPrice);
    let { made, failures } = await collectResult(result, tools);
    const isGone = failures.some((failure) => !mayComeLater(failure));
    if (made.length === 0 && job !== undefined && isGone)
      ({ made, failures } = await this.#collectAgain(job, tools, failures));
    // Paid for and not to be had just now: the job stays open, and is asked for again. What a vendor fails to give a second
    // time is given up, where there are others to go on with.
    const later = failures.find((failure) => mayComeLater(failure) && failure.charge !== 'none');
    const isGivenUp = this.#isAdopted && made.length > 0 && later !== undefined && !isOurTrouble(later);
    if (later !== undefined && !isGivenUp) return this.#record.leave(requestId, later);
    if (made.length === 0) {
      const failure: Failure = failures[0] ?? emptyResult(order.provider);
      if (failure.charge === 'none') await this.#record.drop(requestId, 0);
      else await this.#record.drop(requestId, billed, open);
      const told = failure.charge === 'certain' ? expiredResult(order.provider, failure) : failure;
      return { state: 'failed', failure: this.#clean(billed === 0 ? { ...told, charge: 'none' } : told) };
    }
    return {
      state: 'finished',
      outputs: work.toOutputs(made as never) as Outputs,
      shortfall: failures.map((failure) => this.#clean(failure)),
      charge: { requestId, billed, open },
      receipt: {
        provider: order.provider.id,
        model: order.route.model,
        requestId,
        ...(result.vendorId === undefined ? {} : { vendorId: result.vendorId }),
        price: ours,
        ...(said === undefined ? {} : { vendorPrice: said }),
        pictures: storedFiles({ made }).map(({ hash }) => hash),
        seconds: (parts.clock.now() - this.#startedAt) / 1000,
      },
    };
  }

  /** Links run out; a vendor that still knows the job may give fresh ones. */
  async #collectAgain(job: RemoteJob, tools: EngineTools, failures: Failure[]) {
    try {
      const state = await this.order.provider.check?.(job, tools);
      if (state?.state === 'done') return await collectResult(state.result, tools);
    } catch {
      // The first failure says what matters.
    }
    return { made: [], failures };
  }

  #billedFor(charge: Failure['charge']): number {
    return charge === 'none' ? 0 : this.#record.order.worstPrice;
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
      impatient: this.context.leaving,
      beforeSpend: () => Promise.reject(new Error(`${provider.id} tried to pay while asking`)),
    });
  }
}

function handedOver(provider: Provider, task: Task, tools: EngineTools): Promise<Submitted> {
  if (task.kind !== 'train-lora') return provider.submit(task, tools);
  if (provider.train === undefined)
    throw new Error(`${provider.id} offers a training and has no code for it`);
  return provider.train(task, tools);
}

/** Whether it may be had another time. */
function mayComeLater(failure: Failure): boolean {
  return failure.act === 'wait' || isOurTrouble(failure);
}

/** The vendor was not even asked, or there was no room for what it gave. */
function isOurTrouble(failure: Failure): boolean {
  return isDiskFailure(failure) || comesLater.has(failure.code);
}
