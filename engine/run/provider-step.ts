import { intactResult } from '../knowledge';
import type { OpenJob } from '../store/store';
import { noRoomToSpend } from './disk-room';
import { cancelledOutcome, PaidJob } from './paid-job';
import type { EngineParts, Order, ReadyStep, RunContext, StepOutcome } from './parts';

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
  const order = orderOf(parts, context, ready);
  let isStarted = false;
  for (;;) {
    const open = await waitForOthers(parts, context, order.key);
    if (open === 'made') {
      const row = intactResult(parts.store, parts.blobs, order.key);
      if (row !== undefined) return { state: 'finished', outputs: row.outputs };
    }
    if (context.signal.aborted) return cancelledOutcome;
    if (!isStarted) context.tell({ type: 'step-started', step: order.step, node: order.place.node });
    isStarted = true;
    const noRoom =
      typeof open === 'object' || order.worstPrice === 0 ? undefined : await noRoomToSpend(parts.options);
    if (noRoom !== undefined) return { state: 'failed', failure: noRoom };
    const job = new PaidJob(parts, context, order, ready.prepared.task);
    const outcome = await (typeof open === 'object' ? job.adopt(open) : job.send(1));
    if (outcome !== 'taken') return outcome;
  }
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
  };
}

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
