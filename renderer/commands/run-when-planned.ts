import type { Plan } from '#core/plan/planned';
import { moneyRange } from '../look/format';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runOnPod, runStore, type RunStoreState } from '../stores/run-store';
import { showFailure, showNote } from './notices';
import { planSoon, plansAlike } from './planning';
import { startOrQueue } from './pod-runs';

/** What a press of Run was made in sight of, US dollars; where no plan was shown, nothing but what is free. */
function seenPrice({ plan }: RunStoreState): { most: number; onPod: boolean } {
  return plan === null
    ? { most: 0, onPod: false }
    : { most: plan.forecast.price.high, onPod: runOnPod(plan.nodes)(runStore.getState()) };
}

/** The plan of what is shown now; `undefined` when another tab is shown or the workflow is changed before it is there. */
function nextPlan(): Promise<Plan | null | undefined> {
  const asked = documentStore.getState();
  return new Promise((resolve) => {
    const stop = [
      runStore.subscribe(({ tab, planning, plan, planFailure }, before) => {
        if (tab !== before.tab) end(undefined);
        else if (!planning) end(planFailure === null ? plan : null);
      }),
      documentStore.subscribe((now) => {
        if (now.tab !== asked.tab || !plansAlike(now, asked)) end(undefined);
      }),
    ];
    function end(found: Plan | null | undefined): void {
      for (const one of stop) one();
      resolve(found);
    }
  });
}

/**
 * Does `start` by a plan of the workflow as it is shown: nothing is run whose price was not seen. While the plan is being made
 * it waits; if the plan then costs more than what was shown at the press, it says so and waits for another press.
 */
export async function whenPlanned(start: () => void | Promise<void>): Promise<void> {
  documentStore.actions.settle();
  const state = runStore.getState();
  if (state.pressed) return;
  if (!state.planning && state.planFailure === null) {
    await start();
    return;
  }
  const seen = seenPrice(state);
  const { tab } = state;
  runStore.actions.runPressed(true, tab);
  if (!state.planning) planSoon();
  const plan = await nextPlan();
  runStore.actions.runPressed(false, tab);
  if (plan === undefined) return;
  const now = runStore.getState();
  if (plan === null) {
    if (now.planFailure !== null) showFailure(now.planFailure);
    return;
  }
  const onPod = runOnPod(plan.nodes)(now);
  if (plan.forecast.price.high <= seen.most && (seen.onPod || !onPod)) await start();
  else showNote(words.frame.run.otherPrice, words.frame.run.otherPriceText(moneyRange(plan.forecast.price)));
}

/** Runs what these nodes need. */
export function runNodes(nodes: Iterable<string>): Promise<void> {
  const targets = [...nodes];
  return whenPlanned(() => startOrQueue(targets));
}
