import type { Outcome } from '#core/journal';
import type { RunDoubts } from './run-doubts';

/** What a run came to, by what its steps came to: `states` are all there were, held ones with what they are held for. */
export function outcomeOf(
  states: ReadonlySet<string>,
  doubts: Pick<RunDoubts, 'open' | 'any'>,
  isAborted: boolean,
): Outcome {
  const isCancelled = isAborted && (states.has('skipped') || states.has('held for vendor'));
  if (doubts.open || (states.has('held for vendor') && !isCancelled)) return 'waiting';
  if (states.has('held for budget')) return 'over-budget';
  if (states.has('failed') || doubts.any) return 'failed';
  if (isCancelled) return 'cancelled';
  return states.has('held for choice') ? 'waiting' : 'done';
}
