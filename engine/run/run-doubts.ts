import type { PlannedStep } from '#core/plan/planned';
import type { JournalFact } from '#core/journal';
import type { Store } from '../store/store';
import type { StepOutcome } from './parts';

/** The steps of a run that ended in doubt. A person may answer while the run still goes on. */
export class RunDoubts {
  readonly #doubts: { step: PlannedStep; key: string; requestId: string }[] = [];

  constructor(
    private readonly store: Store,
    private readonly run: string,
  ) {}

  note(step: PlannedStep, { key, requestId }: Extract<StepOutcome, { state: 'in-doubt' }>): void {
    this.#doubts.push({ step, key, requestId });
  }

  get any(): boolean {
    return this.#doubts.length > 0;
  }

  /** Whether an answer is still missing. */
  get open(): boolean {
    return this.#doubts.some(({ key, requestId }) => {
      const job = this.store.openJob(key);
      return job?.state === 'in-doubt' && job.requestId === requestId;
    });
  }

  /** For the end of the run: steps that are to be sent again are not sent by a run that has passed them. */
  passed(): JournalFact[] {
    if (!this.any) return [];
    const entries = this.store.entries(this.run);
    return this.#doubts.flatMap(({ step: { id: step, node } }): JournalFact[] => {
      const answer = entries.findLast((entry) => entry.type === 'doubt-answered' && entry.step === step);
      if (answer?.type !== 'doubt-answered' || answer.answer !== 'resend') return [];
      return [{ type: 'step-skipped', step, node, because: 'answered too late for this run; run it again' }];
    });
  }
}
