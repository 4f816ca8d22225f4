import { forecastTask } from '#core/plan/forecast';
import { type Provider } from '#core/provider';
import { providerInfo } from '#core/provider-info';
import { intactResult } from '../store/intact-result';
import type { OpenJob } from '../store/store';
import { noRoomToSpend } from './disk-room';
import { cancelledOutcome, type JobOutcome } from './job-record';
import { PaidJob } from './paid-job';
import type { EngineParts, Order, ReadyStep, RunContext, StepOutcome } from './parts';

const otherEnginePoll = 500;

/**
 * Has a model make a step's pictures, paying at most once for a key: an open job for it is collected, whoever sent it;
 * otherwise it is sent, written down before and after. `taken`: another engine was faster, and is to be waited for.
 */
export async function runProviderStep(
  parts: EngineParts,
  context: RunContext,
  ready: ReadyStep,
): Promise<JobOutcome> {
  const order = orderOf(parts, context, ready);
  const open = parts.store.openJob(order.key);
  if (open !== undefined && isOfOthers(parts, open)) return 'taken';
  context.tell({ type: 'step-started', step: order.step, node: order.place.node });
  const job = new PaidJob(parts, context, order, ready.prepared.task);
  if (open !== undefined) return job.adopt(open);
  const noRoom = order.worstPrice === 0 ? undefined : await noRoomToSpend(parts.options);
  return noRoom === undefined ? job.send() : { state: 'failed', failure: noRoom };
}

/** Waits while a living engine elsewhere works on the key; gives its result, or `undefined` when the key is free. */
export async function madeByOthers(
  parts: EngineParts,
  { signal }: Pick<RunContext, 'signal'>,
  key: string,
): Promise<StepOutcome | undefined> {
  const { store, blobs, clock } = parts;
  for (;;) {
    const open = store.openJob(key);
    if (open === undefined) {
      const row = intactResult(store, blobs, key);
      return row === undefined ? undefined : { state: 'finished', outputs: row.outputs };
    }
    if (!isOfOthers(parts, open)) return undefined;
    if (signal.aborted) return cancelledOutcome;
    await clock.sleep(otherEnginePoll, signal);
  }
}

/** An open job of a living engine elsewhere is that engine's to finish. */
function isOfOthers({ owner }: EngineParts, open: OpenJob): boolean {
  return open.owner !== owner.id && open.state !== 'in-doubt' && owner.isAlive(open.owner);
}

function orderOf(parts: EngineParts, context: RunContext, ready: ReadyStep): Order {
  const { step, node, definition, prepared, key } = ready;
  const provider = parts.options.providers.get(node.provider?.id ?? '');
  if (provider === undefined || node.model === undefined) throw new Error(`no provider for step ${step.id}`);
  return {
    step: step.id,
    key: key.text,
    place: {
      documentId: context.documentId,
      node: step.node,
      type: definition.type,
      index: step.index,
      copy: step.copy,
      parts: key.parts,
    },
    route: { provider: provider.id, model: node.model.id },
    provider,
    definition,
    worstPrice: prepared.forecast.price.high,
    worstPriceNow: () => worstPriceNow(parts, ready, provider),
  };
}

/**
 * By the settings the request is sent with: the person may have changed them since the plan, while the step waited for its
 * turn, and what is reserved has to cover what is sent.
 */
function worstPriceNow({ options }: EngineParts, { node, prepared }: ReadyStep, provider: Provider): number {
  const { task, forecast } = prepared;
  const { models } = providerInfo(provider, options.setting);
  const model = models.find(({ id }) => id === node.model?.id);
  if (task === undefined || model === undefined) return forecast.price.high;
  return forecastTask(task, model, options.price(`${provider.id}/${model.id}`)).price.high;
}
