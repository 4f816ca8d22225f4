import { userFailure, type Failure } from '#core/failure';
import { emptyRun, foldRunEvents, nodeOf } from '#core/run';
import { settledFact } from './keep-result';
import { Journal } from './journal';
import type { EngineParts } from './parts';

/**
 * Both answers close the question, so that the step can be made again. `resend` is the person's word that nothing was
 * charged; after `give-up` nobody knows, so that the money stays reserved and counts against the caps.
 */
export async function answerDoubt(
  parts: EngineParts,
  run: string,
  step: string,
  answer: 'resend' | 'give-up',
): Promise<Failure | undefined> {
  const { store, budget, clock } = parts;
  const journal = new Journal(run, store, clock, () => undefined);
  return journal.durable((add) => {
    const doubt = store
      .entries(run)
      .findLast((entry) => entry.type === 'step-in-doubt' && entry.step === step);
    const open = doubt?.type === 'step-in-doubt' ? store.openJob(doubt.key) : undefined;
    if (doubt?.type !== 'step-in-doubt' || open?.state !== 'in-doubt' || open.requestId !== doubt.requestId)
      return userFailure(
        'not-in-doubt',
        `Step ${step} of run ${run} is not in doubt; there is nothing to answer.`,
      );
    store.removeOpenJob(doubt.key);
    add({ type: 'doubt-answered', step, node: nodeOf(step), answer });
    const settled = answer === 'resend' ? budget.settle(open.requestId, 0) : undefined;
    const fact = settled === undefined ? undefined : settledFact(step, open.requestId, settled);
    if (fact !== undefined) add(fact);
    const row = store.run(run);
    const { outcome } = foldRunEvents(emptyRun(run), store.entries(run));
    if (row?.outcome !== undefined && outcome !== undefined) store.putRun({ ...row, outcome });
    return undefined;
  });
}
