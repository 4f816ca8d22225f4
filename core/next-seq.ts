import type { RunEvent } from './run';

/** The number a run's next entry has. */
export function nextSeq(events: readonly RunEvent[]): number {
  const last = events.findLast((event) => 'seq' in event);
  return last === undefined || !('seq' in last) ? 0 : last.seq + 1;
}
