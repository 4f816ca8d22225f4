import { randomUUID } from 'node:crypto';
import { failureOf, type Failure } from '#core/failure';
import type { Provider, ProviderTools, RemoteJob, RemoteResult } from '#core/provider';
import type { Outputs } from '#core/values';
import { intactResult } from '../knowledge';
import { collectPictures } from '../network/collect';
import { providerTools } from '../network/provider-tools';
import { backOff, CallError, longestWait } from '../network/retry';
import type { OpenJob } from '../store/store';
import { collectJob } from './collect-job';
import type { EngineParts, ReadyStep, RunContext, StepOutcome } from './parts';

const mostAttempts = 5;
const otherEnginePoll = 500;

/**
 * Has a model make a step's pictures, paying at most once for a key: an open job for it is collected, whoever sent it;
 * otherwise it is sent, written down before and after.
 */
export async function runProviderStep(
  parts: EngineParts,
  context: RunContext,
  ready: ReadyStep,
): Promise<StepOutcome> {
  const provider = parts.options.providers.get(ready.node.provider?.id ?? '');
  if (provider === undefined) throw new Error(`no provider for step ${ready.step.id}`);
  const job = new PaidStep(parts, context, ready, provider);
  const open = await waitForOthers(parts, context, ready.key.text);
  if (open === 'made') {
    const row = intactResult(parts.store, parts.blobs, ready.key.text);
    if (row !== undefined) return { state: 'finished', outputs: row.outputs, price: 0 };
  }
  if (context.signal.aborted) return cancelledOutcome;
  context.tell({ type: 'step-started', step: ready.step.id, node: ready.step.node });
  return typeof open === 'object' ? job.adopt(open) : job.send(1);
}

export const cancelledOutcome = { state: 'skipped', because: 'cancelled' } as const satisfies StepOutcome;

/** An open job of a living engine elsewhere is that engine's to finish: wait for what becomes of it. */
async function waitForOthers(
  { store, blobs, owner, clock }: EngineParts,
  { signal }: RunContext,
  key: string,
): Promise<OpenJob | 'made' | undefined> {
  for (;;) {
    const open = store.openJob(key);
    if (open === undefined) return intactResult(store, blobs, key) === undefined ? undefined : 'made';
    if (open.owner === owner.id || open.state === 'in-doubt' || !owner.isAlive(open.owner)) return open;
    if (signal.aborted) return undefined;
    await clock.sleep(otherEnginePoll, signal);
  }
}

/** One step on its way through a provider. */
class PaidStep {
  readonly #key: string;
  readonly #worst: number;
  readonly #startedAt: number;

  constructor(
    private readonly parts: EngineParts,
    private readonly context: RunContext,
    private readonly ready: ReadyStep,
    private readonly provider: Provider,
  ) {
    this.#key = ready.key.text;
    this.#worst = ready.prepared.forecast.price.high;
    this.#startedAt = parts.clock.now();
  }

  /** Sends the task. Only a refusal that proves nothing was taken leads to another attempt. */
  async send(attempt: number, requestId: string = randomUUID()): Promise<StepOutcome> {
    const { context, ready, provider, parts } = this;
    if (!context.budget.reserve(this.#worst)) return { state: 'held', for: 'budget' };
    let sent = false;
    const tools = providerTools(provider, this.#network(), {
      requestId,
      signal: context.signal,
      beforeSpend: () => {
        if (sent) throw new Error(`${provider.id} tried to pay twice in one submit`);
        sent = true;
        return this.#intend(attempt, requestId);
      },
    });
    try {
      const submitted = await provider.submit(ready.prepared.task!, tools);
      if (submitted.state === 'done') return await this.#finish(submitted.result, tools, requestId);
      await this.#accepted(submitted.job, requestId);
      return await this.#collect(submitted.job, requestId);
    } catch (error) {
      const failure = this.#clean(failureOf(error));
      if (!sent) {
        context.budget.settle(this.#worst, 0);
        return context.signal.aborted
          ? cancelledOutcome
          : { state: 'failed', failure: { ...failure, charge: 'none' } };
      }
      // An answer that was accepted but cannot be read, like one that never came, proves nothing.
      const refused = error instanceof CallError && failure.charge === 'none';
      if (!refused) return this.#unknown(failure, requestId, attempt);
      await this.#forget();
      context.budget.settle(this.#worst, 0);
      const wait = backOff(attempt, error.retryAfter);
      if (!error.passing || attempt >= mostAttempts || wait > longestWait)
        return { state: 'failed', failure };
      await parts.clock.sleep(wait, context.signal);
      return context.signal.aborted ? cancelledOutcome : this.send(attempt + 1);
    }
  }

  /** Takes up a job that was sent before: by a run that was cut, cancelled, or gave up asking. */
  async adopt(open: OpenJob): Promise<StepOutcome> {
    const { provider, context } = this;
    if (open.state === 'in-doubt') return this.#inDoubt(doubtFailure(provider), open.requestId);
    if (!context.budget.reserve(this.#worst)) return { state: 'held', for: 'budget' };
    if (open.job !== undefined) {
      await this.#accepted(open.job, open.requestId);
      return this.#collect(open.job, open.requestId);
    }
    return this.#unknown(doubtFailure(provider), open.requestId, 1);
  }

  /** The request left and it is not known whether it was taken. What can be asked is asked; else a person decides. */
  async #unknown(failure: Failure, requestId: string, attempt: number): Promise<StepOutcome> {
    const { provider, ready } = this;
    if (provider.recovery === 'own-id') {
      const model = ready.node.model!.id;
      return this.#collect({ provider: provider.id, model, id: requestId, ticket: null }, requestId, attempt);
    }
    this.context.budget.settle(this.#worst, 0);
    if (provider.recovery === 'idempotency-key' && attempt < mostAttempts)
      return this.send(attempt + 1, requestId);
    return this.#inDoubt({ ...failure, charge: 'possible' }, requestId);
  }

  /** `unconfirmed`: the number of the attempt whose answer never came. */
  async #collect(job: RemoteJob, requestId: string, unconfirmed?: number): Promise<StepOutcome> {
    const { parts, context, ready, provider } = this;
    // Collecting goes on when the run is cancelled: what is paid for is taken if it is there.
    const asking = this.#toolsFor(requestId);
    const end = await collectJob(parts, context, ready, provider, job, asking);
    switch (end.end) {
      case 'done':
        return this.#finish(end.result, asking, requestId);
      case 'left':
        context.budget.settle(this.#worst, this.#worst);
        return { state: 'failed', failure: this.#clean(end.failure) };
      case 'failed':
        await this.#forget();
        context.budget.settle(this.#worst, end.failure.charge === 'certain' ? this.#worst : 0);
        if (context.signal.aborted && end.failure.charge === 'none') return cancelledOutcome;
        return { state: 'failed', failure: this.#clean(end.failure) };
      case 'lost':
        await this.#forget();
        context.budget.settle(this.#worst, 0);
        // A job that was stopped before it began is often simply not there any more.
        if (context.signal.aborted) return cancelledOutcome;
        // Asked by our own id and never confirmed: it was never taken, so it may be sent again.
        if (unconfirmed !== undefined && unconfirmed < mostAttempts && !context.signal.aborted)
          return this.send(unconfirmed + 1);
        return { state: 'failed', failure: this.#clean(end.failure) };
    }
  }

  async #finish(result: RemoteResult, tools: ProviderTools, requestId: string): Promise<StepOutcome> {
    const { context, ready, provider, parts } = this;
    const { pictures, failures } = await collectPictures(result, tools);
    const work = ready.definition.work;
    if (work.on !== 'provider') throw new Error(`${ready.definition.type} asks no model`);
    const price = result.price ?? this.#worst;
    const firstFailure = failures[0];
    if (pictures.length === 0) {
      await this.#forgetUnlessLater(firstFailure);
      const charged = firstFailure?.charge === 'none' ? 0 : price;
      context.budget.settle(this.#worst, charged);
      const failure: Failure = firstFailure ?? emptyResult(provider);
      if (price === 0) failure.charge = 'none';
      return { state: 'failed', failure: this.#clean(failure) };
    }
    context.budget.settle(this.#worst, price);
    return {
      state: 'finished',
      outputs: work.toOutputs(pictures) as Outputs,
      price,
      receipt: {
        provider: provider.id,
        model: ready.node.model!.id,
        requestId,
        ...(result.vendorId === undefined ? {} : { vendorId: result.vendorId }),
        price: this.#worst,
        ...(result.price === undefined ? {} : { vendorPrice: result.price }),
        pictures: pictures.map(({ hash }) => hash),
        seconds: (parts.clock.now() - this.#startedAt) / 1000,
      },
    };
  }

  /** A download that may work later leaves the job open, so that the paid result is asked for again. */
  async #forgetUnlessLater(failure: Failure | undefined): Promise<void> {
    if (failure?.act !== 'wait') await this.#forget();
  }

  async #intend(attempt: number, requestId: string): Promise<void> {
    const { context, ready } = this;
    const route = { provider: ready.node.provider!.id, model: ready.node.model!.id };
    await context.journal.durable(
      {
        type: 'job-intended',
        step: ready.step.id,
        key: this.#key,
        attempt,
        requestId,
        route,
        worstPrice: this.#worst,
      },
      () => this.parts.store.putOpenJob(this.#key, this.#openJob('intended', requestId)),
    );
  }

  async #accepted(job: RemoteJob, requestId: string): Promise<void> {
    await this.context.journal.durable({ type: 'job-accepted', step: this.ready.step.id, job }, () =>
      this.parts.store.putOpenJob(this.#key, { ...this.#openJob('accepted', requestId), job }),
    );
  }

  async #inDoubt(failure: Failure, requestId: string): Promise<StepOutcome> {
    await this.parts.store.together(() =>
      this.parts.store.putOpenJob(this.#key, this.#openJob('in-doubt', requestId)),
    );
    return { state: 'in-doubt', requestId, failure: doubtFailure(this.provider, failure) };
  }

  #openJob(state: OpenJob['state'], requestId: string): OpenJob {
    const { context, ready, parts } = this;
    return {
      state,
      run: context.id,
      step: ready.step.id,
      owner: parts.owner.id,
      requestId,
      route: { provider: ready.node.provider!.id, model: ready.node.model!.id },
      worstPrice: this.#worst,
      at: context.journal.at(),
    };
  }

  #forget(): Promise<void> {
    return this.parts.store.together(() => this.parts.store.removeOpenJob(this.#key));
  }

  #clean(failure: Failure): Failure {
    return this.parts.redactor.failure(failure);
  }

  #network() {
    const { clock, redactor, pictures, options } = this.parts;
    return { clock, redactor, pictures, options };
  }

  /** Tools that only ask, and go on asking when the run is cancelled. */
  #toolsFor(requestId: string): ProviderTools {
    return providerTools(this.provider, this.#network(), {
      requestId,
      signal: new AbortController().signal,
      beforeSpend: () => Promise.reject(new Error(`${this.provider.id} tried to pay while asking`)),
    });
  }
}

function emptyResult(provider: Provider): Failure {
  return {
    code: 'no-pictures',
    act: 'vendor',
    charge: 'possible',
    message: `${provider.label} said it was done and gave no pictures. Look at your usage there before running again.`,
  };
}

function doubtFailure(provider: Provider, cause?: Failure): Failure {
  return {
    code: 'in-doubt',
    act: 'user',
    charge: 'possible',
    message:
      `The request to ${provider.label} was cut, and it cannot be asked whether it was taken. ` +
      `Look at your usage at ${provider.homepage}, then choose: send again, or give up.`,
    ...(cause === undefined ? {} : { detail: [cause.message, cause.detail].filter(Boolean).join('\n') }),
  };
}
