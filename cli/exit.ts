import type { Outcome } from '#core/journal';

/** What the process ends with. `unusable`: bad usage, or a file that cannot be read or run. */
export const exit = {
  done: 0,
  failed: 1,
  unusable: 2,
  overBudget: 3,
  waiting: 4,
  cancelled: 130,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

const ofOutcome: Readonly<Record<Outcome, ExitCode>> = {
  done: exit.done,
  failed: exit.failed,
  waiting: exit.waiting,
  'over-budget': exit.overBudget,
  cancelled: exit.cancelled,
};

/** A run that was interrupted and did not get to its end counts as cancelled, whatever its steps came to. */
export function exitOf(outcome: Outcome, interrupted = false): ExitCode {
  return interrupted && outcome !== 'done' ? exit.cancelled : ofOutcome[outcome];
}
