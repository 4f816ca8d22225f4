import type { Fault } from '#core/fault';
import type { Plan } from '#core/plan/planned';
import { foldRunEvents, type RunEvent, type RunState } from '#core/run';

export interface Rehearsal {
  /** By node. */
  faults: Readonly<Record<string, Fault>>;
  /** What the real run would do, as it stood when the rehearsal began. */
  plan: Plan;
  run: RunState;
}

/** The events of a tab's rehearsal folded into it; `undefined` when none of them is its own. */
export function withRehearsed(
  { rehearsal }: { rehearsal: Rehearsal | null },
  events: readonly RunEvent[],
): { rehearsal: Rehearsal } | undefined {
  // Once it is over it is kept as it ended: what is given up afterwards is no part of what was found.
  if (rehearsal === null || rehearsal.run.closedAt !== undefined) return undefined;
  const own = events.filter(({ run }) => run === rehearsal.run.run);
  return own.length === 0
    ? undefined
    : { rehearsal: { ...rehearsal, run: foldRunEvents(rehearsal.run, own) } };
}
