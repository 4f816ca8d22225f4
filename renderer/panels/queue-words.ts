import { queuePrice, type QueueState } from '#core/queue';
import { countSteps, type RunState } from '#core/run';
import { amount, count, money } from '../look/format';
import { words } from '../look/words';

const said = words.queue;

/** The queue in a few letters, for the status bar; `null` when there is nothing to say. */
export function queueSign({ paused, waiting }: QueueState): string | null {
  const some = waiting.length === 0 ? null : said.waiting(waiting.length);
  if (!paused) return some;
  return some === null ? said.isPaused : `${said.isPaused} · ${some}`;
}

/** What waits and what it can cost at most. */
export function queueSum(queue: QueueState): string {
  const price = queuePrice(queue);
  return `${said.waiting(count(queue.waiting.length, 'run'))} · ${price === 0 ? money(0) : said.most(amount(price))}`;
}

/** How the run under way stands; its steps are known where this window follows it. */
export function underWayWords({ paused, worker }: QueueState, run: RunState | null): string {
  const counts = run === null ? undefined : countSteps(run);
  const steps =
    counts === undefined || counts.asked === 0
      ? ''
      : ` · ${said.steps(counts.asked - counts.open, counts.asked)}`;
  if (paused) return `${said.paused}${steps}`;
  if (worker === 'other') return said.elsewhere;
  if (worker === 'none') return said.cut;
  return `${said.underWay}${steps}`;
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
