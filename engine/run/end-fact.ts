import type { PlannedStep } from '#core/plan/planned';
import type { JournalFact } from '#core/journal';
import type { StepOutcome } from './parts';

/** What is written of a step that did not finish. */
export function endFact(
  step: PlannedStep,
  outcome: Exclude<StepOutcome, { state: 'finished' }>,
): JournalFact {
  const place = { step: step.id, node: step.node };
  switch (outcome.state) {
    case 'failed':
      return { type: 'step-failed', ...place, failure: outcome.failure };
    case 'skipped':
      return { type: 'step-skipped', ...place, because: outcome.because };
    case 'in-doubt': {
      const { key, requestId, failure } = outcome;
      return { type: 'step-in-doubt', ...place, key, requestId, failure };
    }
    case 'held':
      if (outcome.for === 'budget') return { type: 'step-waiting', ...place, for: 'budget' };
      return outcome.for === 'choice'
        ? { type: 'step-waiting', ...place, for: 'choice', pictures: outcome.pictures }
        : { type: 'step-waiting', ...place, for: 'vendor', failure: outcome.failure };
  }
}
