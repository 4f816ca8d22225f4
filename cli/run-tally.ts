import { isRehearsal } from '#core/plan/rehearsal';
import {
  countSteps,
  emptyRun,
  foldRun,
  type RunCounts,
  type RunEvent,
  type RunState,
  type StepProgress,
} from '#core/run';

/**
 * Keeps a run's state while its events come. Each step is folded by itself, so that an event costs the same in a run of ten
 * thousand steps as in a run of ten.
 */
export class RunTally {
  #run: RunState;
  #ended = 0;
  #spent = 0;
  #isRehearsal = false;
  readonly #steps = new Map<string, RunState>();

  constructor(run: string) {
    this.#run = emptyRun(run);
  }

  take(event: RunEvent): void {
    if (event.type === 'run-opened') {
      this.#isRehearsal = isRehearsal(event.documentId);
      this.#run = foldRun(this.#run, { ...event, steps: [] });
      for (const step of event.steps)
        this.#steps.set(step.step, foldRun(emptyRun(event.run), { ...event, steps: [step] }));
      return;
    }
    if (event.type === 'run-closed') {
      this.#run = foldRun(this.#run, event);
      this.#spent = event.spent;
      return;
    }
    if (event.type === 'run-stopped' || event.type === 'cancel-asked') {
      this.#run = foldRun(this.#run, event);
      return;
    }
    this.#steps.set(event.step, foldRun(this.#steps.get(event.step) ?? emptyRun(event.run), event));
    if (isEnd(event)) this.#ended += 1;
    if (event.type === 'job-settled' && event.payer === event.run) this.#spent += event.billed;
  }

  get ended(): number {
    return this.#ended;
  }

  get isRehearsal(): boolean {
    return this.#isRehearsal;
  }

  get asked(): number {
    return this.#steps.size;
  }

  /** US dollars. */
  get spent(): number {
    return this.#spent;
  }

  /** In the order they were planned. */
  steps(): StepProgress[] {
    return [...this.#steps.values()].flatMap(({ steps }) => [...steps.values()]);
  }

  counts(): RunCounts {
    return countSteps({ ...this.#run, steps: new Map(this.steps().map((step) => [step.step, step])) });
  }
}

/** Whether an event is the last one of its step in this run. */
export function isEnd(
  event: RunEvent,
): event is Extract<
  RunEvent,
  { type: 'step-finished' | 'step-failed' | 'step-skipped' | 'step-in-doubt' | 'step-waiting' }
> {
  return (
    event.type === 'step-finished' ||
    event.type === 'step-failed' ||
    event.type === 'step-skipped' ||
    event.type === 'step-in-doubt' ||
    event.type === 'step-waiting'
  );
}
