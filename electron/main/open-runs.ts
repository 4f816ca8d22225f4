import type { RunEvent } from '#core/run';
import type { Outcome } from '#core/journal';

export interface OpenRun {
  title: string;
  steps: number;
  /** Steps that are over, whatever became of them. */
  ended: number;
}

export interface EndedRun {
  title: string;
  outcome: Outcome;
  /** US dollars. */
  spent: number;
}

export interface OpenRuns {
  /** Takes in what the engine tells; gives the runs that ended by it. */
  see(events: readonly RunEvent[]): EndedRun[];
  list(): OpenRun[];
}

const endings = new Set<RunEvent['type']>(['step-finished', 'step-failed', 'step-skipped', 'step-in-doubt']);

/** Which runs go on, by what the engine tells of them. A run that is told again from its beginning counts once. */
export function openRuns(): OpenRuns {
  const runs = new Map<string, { title: string; steps: number; over: Set<string> }>();
  return {
    see: (events) =>
      events.flatMap((event): EndedRun[] => {
        if (event.type === 'run-opened')
          runs.set(event.run, { title: event.title, steps: event.steps.length, over: new Set() });
        const run = runs.get(event.run);
        if (run === undefined) return [];
        if (endings.has(event.type) && 'step' in event) run.over.add(event.step);
        if (event.type !== 'run-closed' && event.type !== 'run-stopped') return [];
        runs.delete(event.run);
        const { title } = run;
        return event.type === 'run-closed'
          ? [{ title, outcome: event.outcome, spent: event.spent }]
          : [{ title, outcome: 'failed', spent: 0 }];
      }),
    list: () => [...runs.values()].map(({ title, steps, over }) => ({ title, steps, ended: over.size })),
  };
}
