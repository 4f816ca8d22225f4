import type { Failure } from '#core/failure';
import type { RunSummary } from '#core/ipc';
import type { Outcome, StepProgress, StepState } from '#core/run';
import type { Outputs } from '#core/values';
import { words } from '../look/words';

export type Tone = 'success' | 'spend' | 'danger' | 'action' | 'plain';

const outcomes: Record<Outcome, { label: string; tone: Tone }> = {
  done: { label: 'Done', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  waiting: { label: 'Waits for you', tone: 'spend' },
  'over-budget': { label: 'Stopped at the budget', tone: 'spend' },
  cancelled: { label: 'Cancelled', tone: 'plain' },
};

/** How a run ended, or that it has not. */
export function outcomeWords(run: Pick<RunSummary, 'outcome' | 'waitsFor'>): { label: string; tone: Tone } {
  if (run.waitsFor === 'choice') return { label: words.choice.run, tone: 'action' };
  return run.outcome === undefined ? { label: 'Running', tone: 'action' } : outcomes[run.outcome];
}

const states: Record<StepState, { label: string; tone: Tone }> = {
  waiting: { label: 'waiting', tone: 'plain' },
  running: { label: 'running', tone: 'action' },
  collecting: { label: 'paid for, being collected', tone: 'spend' },
  finished: { label: 'made', tone: 'success' },
  reused: { label: 'reused, free', tone: 'plain' },
  failed: { label: 'failed', tone: 'danger' },
  skipped: { label: 'not run', tone: 'plain' },
  'in-doubt': { label: 'in doubt: it may have been charged', tone: 'spend' },
  held: { label: 'held back', tone: 'spend' },
};

const whyHeld: Readonly<Record<string, string>> = {
  choice: words.choice.held,
  budget:
    'Not sent: it could cost more than is left of a budget (Settings, General). Raise it and run again.',
  vendor:
    'It may still finish at the service, and is asked for again by itself. It is not sent a second time.',
};

/** Why a step did not run, in words: `because` as the run tells it. */
export function heldWords(because: string | undefined): string {
  return because === undefined ? 'It was held back.' : (whyHeld[because] ?? because);
}

const chargeWords: Record<Failure['charge'], string> = {
  none: 'Not charged.',
  possible: 'May have been charged.',
  certain: 'Charged.',
};

/** Why pictures are missing, each reason once. */
export function shortfallWords(shortfall: readonly Failure[]): string[] {
  const times = new Map<string, number>();
  for (const { message, charge } of shortfall) {
    const words = `${message} ${chargeWords[charge]}`;
    times.set(words, (times.get(words) ?? 0) + 1);
  }
  return [...times].map(([words, count]) => (count === 1 ? words : `${count} pictures: ${words}`));
}

export function stepWords(state: StepState): { label: string; tone: Tone } {
  return states[state];
}

/** Texts and numbers among outputs. */
export function wordsIn(outputs: Outputs | undefined): string[] {
  return Object.values(outputs ?? {}).flatMap((items) =>
    items.flatMap((item) => (typeof item === 'object' ? [] : [String(item)])),
  );
}

/** The steps of one node in a run, in their order. */
export function stepsOfNode(steps: Iterable<StepProgress>, node: string): StepProgress[] {
  return [...steps].filter((step) => step.node === node);
}
