import { initialRules, type PodReport } from '#core/pod';
import { minutesWords, paidPods } from '#core/pod-words';

interface AtQuit {
  ask(question: { message: string; detail: string }): Promise<'stop' | 'leave'>;
  stop(id: string): Promise<unknown>;
}

/** Asks what becomes of pods that cost when Seedloom closes; one that cannot be stopped keeps nothing open. */
export async function endPods(reports: readonly PodReport[], { ask, stop }: AtQuit): Promise<void> {
  const { pods, perHour } = paidPods(reports);
  if (pods.length === 0) return;
  if ((await ask(quitQuestion(pods, perHour))) === 'leave') return;
  await Promise.allSettled(pods.map(({ id }) => stop(id)));
}

function quitQuestion(pods: readonly PodReport[], perHour: number): { message: string; detail: string } {
  const names = pods.map(({ name }) => name).join(', ');
  const alone = pods.filter(({ watchdog }) => watchdog !== 'there');
  const longest = Math.max(...pods.map(({ rules = initialRules }) => rules.lease));
  const jobs = pods.some(({ phase }) => phase === 'busy') ? ' Stopping cuts the job under way.' : '';
  const left =
    alone.length === 0
      ? `Left running, a pod stops itself ${minutesWords(longest)} from now, or after its last job.`
      : `Left running, ${alone.map(({ name }) => name).join(', ')} costs until it is stopped: no watchdog is heard of there.`;
  return {
    message: `Stop ${names}? $${perHour.toFixed(2)} an hour goes on.`,
    detail: `${left}${jobs}`,
  };
}
