import { paidPods } from '#core/pod-words';
import { ask as askPerson } from '../panels/confirm';
import { runStore } from '../stores/run-store';
import { ask } from './bridge';

/** Asks which pods are looked after; from then on it is told. */
export async function readPods(): Promise<void> {
  const pods = await ask('pods.list', {});
  if (pods !== undefined) runStore.actions.podsSeen(pods);
}

/** Stops every pod that costs, after a question. */
export async function stopPods(): Promise<void> {
  const { pods } = paidPods(runStore.getState().pods);
  if (pods.length === 0) return;
  const names = pods.map(({ name }) => name).join(', ');
  const isBusy = pods.some(({ phase }) => phase === 'busy');
  const answer = await askPerson({
    title: pods.length === 1 ? 'Stop the pod?' : `Stop ${pods.length} pods?`,
    text: isBusy
      ? `${names}: a job is under way there and is cut. What it has cost so far is spent.`
      : `${names}. A network volume, and a disk that is kept, stay; everything else on the pod is wiped.`,
    action: 'Stop',
    kind: 'danger',
  });
  if (answer !== 'yes') return;
  await Promise.all(pods.map(({ id }) => ask('pods.stop', { id })));
  await readPods();
}
