import type { PodHost, PodReport } from './pod';
import type { Machine, MachineSpec } from './route-economics';

/** A pod at the address where a provider's work is done, and what its host publishes of starts. */
export interface PodThere {
  pod: PodReport;
  startUp: PodHost['startUp'];
}

/** The machine of a provider: the pod that is there, else what the settings say. `at`: milliseconds since 1970. */
export function machineOf(id: string, spec: MachineSpec, there: PodThere | undefined, at: number): Machine {
  const { paidBy, perHour } = spec;
  if (there === undefined) return { id, paidBy, ...(perHour === undefined ? {} : { perHour }) };
  const { pod, startUp } = there;
  return {
    id,
    paidBy,
    pod: pod.name,
    // A pod that was never seen running has told no price.
    ...(pod.perHour > 0 ? { perHour: pod.perHour } : perHour === undefined ? {} : { perHour }),
    startUp: startUpOf(pod, startUp, at),
    ...(pod.rules === undefined ? {} : { idle: pod.rules.idle }),
  };
}

function startUpOf(
  { phase, startsSeen, startedAt }: PodReport,
  documented: PodHost['startUp'],
  at: number,
): NonNullable<Machine['startUp']> {
  if (phase === 'busy' || phase === 'idle' || phase === 'silent')
    return { seconds: { low: 0, high: 0 }, from: 'up' };
  const { low, high } = startsSeen ?? documented;
  const from = startsSeen === undefined ? 'documented' : 'seen';
  // Nobody can say whether it runs.
  if (phase === 'unseen') return { seconds: { low: 0, high }, from };
  const gone = phase === 'starting' && startedAt !== undefined ? Math.max(0, at - startedAt) / 1000 : 0;
  return { seconds: { low: Math.max(0, low - gone), high: Math.max(0, high - gone) }, from };
}
