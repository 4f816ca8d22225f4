import { queuePrice, type QueueState } from '#core/queue';
import { countSteps, type RunState } from '#core/run';
import { amount, count } from '../look/format';

/** The queue in a few letters, for the status bar; `null` when there is nothing to say. */
export function queueSign({ paused, waiting }: QueueState): string | null {
  const some = waiting.length === 0 ? null : `${waiting.length} waiting`;
  if (!paused) return some;
  return some === null ? 'Queue paused' : `Queue paused · ${some}`;
}

/** What waits and what it can cost at most. */
export function queueSum(queue: QueueState): string {
  const price = queuePrice(queue);
  return `${count(queue.waiting.length, 'run')} waiting · ${price === 0 ? 'free' : `at most ${amount(price)}`}`;
}

/** How the run under way stands; its steps are known where this window follows it. */
export function underWayWords({ paused, worker }: QueueState, run: RunState | null): string {
  const counts = run === null ? undefined : countSteps(run);
  const steps =
    counts === undefined || counts.asked === 0 ? '' : ` · ${counts.asked - counts.open} of ${counts.asked}`;
  if (paused) return `Paused${steps}`;
  if (worker === 'other') return 'Under way in another Seedloom';
  if (worker === 'none') return 'Cut; it goes on at the next start';
  return `Under way${steps}`;
}

/** Before which run one stands that was taken to the place of another; `undefined` where nothing changes. */
export function beforeAfterDrag(
  runs: readonly string[],
  moved: string,
  over: string,
): string | null | undefined {
  const [from, to] = [runs.indexOf(moved), runs.indexOf(over)];
  if (from === -1 || to === -1 || from === to) return undefined;
  return to < from ? over : (runs[to + 1] ?? null);
}
