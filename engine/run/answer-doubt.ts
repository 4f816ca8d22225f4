import { userFailure, type Failure } from '#core/failure';
import { nodeOf } from '#core/node-of';
import { emptyRun, foldRunEvents } from '#core/run';
import { settledFact } from './keep-result';
import { Journal } from './journal';
import type { EngineParts } from './parts';
import { putOutcome } from './put-outcome';

/**
 * Both answers close the question, so that the step can be made again. `resend` is the person's word that nothing was
 * charged, so that the money is free; where the vendor knows a request by its key, it is the same request that is sent again,
 * and its money stays reserved for it. After `give-up` nobody knows: the money stays reserved and counts against the caps.
 */
export async function answerDoubt(
  parts: EngineParts,
  run: string,
  step: string,
  answer: 'resend' | 'give-up',
): Promise<Failure | undefined> {
  const { store, budget, clock, options } = parts;
  const journal = new Journal(run, store, clock, () => undefined);
  return journal.durable((add) => {
    const entries = store.entries(run);
    const { steps } = foldRunEvents(emptyRun(run), entries);
    const doubt = entries.findLast((entry) => entry.type === 'step-in-doubt' && entry.step === step);
    if (doubt?.type !== 'step-in-doubt' || steps.get(step)?.state !== 'in-doubt')
      return userFailure(
        'not-in-doubt',
        `Step ${step} of run ${run} is not in doubt; there is nothing to answer.`,
      );
    add({ type: 'doubt-answered', step, node: nodeOf(step), answer });
    const open = store.openJob(doubt.key);
    // Two runs may wait for one request: the first answer is the answer, the second only closes the question.
    if (open?.state === 'in-doubt' && open.requestId === doubt.requestId) {
      const isKnownByKey = options.providers.get(open.route.provider)?.recovery === 'idempotency-key';
      if (answer === 'resend' && isKnownByKey) store.putOpenJob(doubt.key, { ...open, state: 'to-resend' });
      else {
        store.removeOpenJob(doubt.key);
        const settled = answer === 'resend' ? budget.settle(open.requestId, 0) : undefined;
        const fact = settled === undefined ? undefined : settledFact(step, open.requestId, settled);
        if (fact !== undefined) add(fact);
      }
    }
    putOutcome(parts, run);
    return undefined;
  });
}
