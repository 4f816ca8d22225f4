import { userFailure, type Failure } from '#core/failure';
import { describeIssue, type Issue } from '#core/issue';
import type { QueueEntry } from '#core/queue';
import type { RunEvent } from '#core/run';
import type { Run } from '../contract';
import type { RunRow } from '../store/store';
import { Journal } from './journal';
import type { EngineParts } from './parts';

/** Why a run did not begin: the first thing that stands in the way, and all of them for a closer look. */
export function cannotRun(issues: readonly Issue[]): Failure {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const first = errors[0]?.message ?? 'It cannot run as it is.';
  const why = errors.length > 1 ? `${first} (and ${errors.length - 1} more)` : first;
  return userFailure('cannot-run', why, errors.map(describeIssue).join('\n'));
}

/**
 * Writes a run that ends without having begun, with the reason. `claim` is asked inside the transaction; nothing is
 * written and false given when it says no. `request` is missing where it could not be read: then there is no row to list.
 */
export async function closeUnbegun(
  { store, clock, owner }: EngineParts,
  { run, title, documentId }: QueueEntry,
  request: RunRow['request'] | undefined,
  failure: Failure,
  claim: () => boolean,
): Promise<boolean> {
  const journal = new Journal(run, store, clock, () => undefined);
  return journal.durable((add) => {
    if (!claim()) return false;
    const at = journal.at();
    add({ type: 'run-opened', documentId, title, steps: [], price: 0 });
    add({ type: 'run-closed', outcome: 'failed', spent: 0, failure });
    const ended = { openedAt: at, closedAt: at, outcome: 'failed', steps: 0, owner: owner.id } as const;
    if (request !== undefined) store.putRun({ run, title, documentId, request, ...ended });
    return true;
  });
}

/** A run that is over, told from what was written down. */
export function endedRun({ store }: EngineParts, run: string): Run {
  const events: RunEvent[] = store.entries(run);
  const end = events.findLast((event) => event.type === 'run-closed');
  const spent = end?.type === 'run-closed' ? end.spent : 0;
  return {
    id: run,
    listen: (listener) => {
      for (const event of events) listener(event);
      return () => undefined;
    },
    cancel: () => undefined,
    done: Promise.resolve({ outcome: end?.type === 'run-closed' ? end.outcome : 'failed', spent }),
  };
}
