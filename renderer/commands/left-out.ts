import { nodeAt } from '#core/document/own-subgraph';
import { nodeOf } from '#core/node-of';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';

/** What the person left out of the newest run of this tab, as far as it is still there. */
export function leftOut(): string[] {
  const { whole } = documentStore.getState();
  return (runStore.getState().run?.without ?? []).filter((id) => nodeAt(whole, id) !== undefined);
}

/** The same where that run has come to a choice at this node and waits for it: what follows goes on with that run. */
export function leftOutBefore(choice: string): string[] {
  const steps = [...(runStore.getState().run?.steps.values() ?? [])];
  const isWaiting = steps.some(({ step, state }) => state === 'held' && nodeOf(step) === choice);
  return isWaiting ? leftOut() : [];
}
