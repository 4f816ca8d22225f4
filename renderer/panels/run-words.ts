import type { Failure } from '#core/failure';
import type { RunSummary } from '#core/ipc';
import type { StepProgress, StepState } from '#core/run';
import type { Outcome } from '#core/journal';
import type { Outputs } from '#core/values';
import { translated, words } from '../look/words';

const { outcomes: said, states: saidOf } = words.runs;

export type Tone = 'success' | 'spend' | 'danger' | 'action' | 'plain';

const outcomes: Record<Outcome, { label: string; tone: Tone }> = {
  done: { label: said.done, tone: 'success' },
  failed: { label: said.failed, tone: 'danger' },
  waiting: { label: said.waiting, tone: 'spend' },
  'over-budget': { label: said['over-budget'], tone: 'spend' },
  cancelled: { label: said.cancelled, tone: 'plain' },
};

/** How a run ended, or that it has not. */
export function outcomeWords(run: Pick<RunSummary, 'outcome' | 'waitsFor'>): { label: string; tone: Tone } {
  if (run.waitsFor === 'choice') return { label: words.choice.run, tone: 'action' };
  return run.outcome === undefined ? { label: words.runs.running, tone: 'action' } : outcomes[run.outcome];
}

const states: Record<StepState, { label: string; tone: Tone }> = {
  waiting: { label: saidOf.waiting, tone: 'plain' },
  running: { label: saidOf.running, tone: 'action' },
  collecting: { label: saidOf.collecting, tone: 'spend' },
  finished: { label: saidOf.finished, tone: 'success' },
  reused: { label: saidOf.reused, tone: 'plain' },
  failed: { label: saidOf.failed, tone: 'danger' },
  skipped: { label: saidOf.skipped, tone: 'plain' },
  'in-doubt': { label: saidOf['in-doubt'], tone: 'spend' },
  held: { label: saidOf.held, tone: 'spend' },
};

const whyHeld: Readonly<Record<string, string>> = {
  choice: words.choice.held,
  ...words.runs.heldFor,
};

/** Why a step did not run, in words: `because` as the run tells it. */
export function heldWords(because: string | undefined): string {
  return because === undefined ? words.runs.held : (whyHeld[because] ?? translated(because));
}

/** Why pictures are missing, each reason once. */
export function shortfallWords(shortfall: readonly Failure[]): string[] {
  const times = new Map<string, number>();
  for (const { message, charge } of shortfall) {
    const reason = `${translated(message)} ${words.runs.charges[charge]}`;
    times.set(reason, (times.get(reason) ?? 0) + 1);
  }
  return [...times].map(([reason, count]) => (count === 1 ? reason : words.runs.times(count, reason)));
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
