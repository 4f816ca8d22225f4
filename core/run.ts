import { givenUp, type Failure } from './failure';
import type { JournalEntry, Outcome } from './journal';
import { nodeOf } from './node-of';
import type { StepId } from './plan/step';
import type { Outputs } from './values';

/** What is only told, not written down. */
export type PassingEvent = { run: string; at: string } & (
  | { type: 'step-started'; step: StepId; node: string }
  | { type: 'job-progressed'; step: StepId; node: string; fraction?: number; place?: number; words?: string }
  | { type: 'preview-arrived'; step: StepId; node: string; hash: string }
  /** A picture of several that are made by one request: it is kept. `number` counts those that are here, of `of` asked for. */
  | { type: 'picture-arrived'; step: StepId; node: string; hash: string; number: number; of: number }
  /** Nothing can be written down any more, so nothing more is sent; the run is cut and can be gone on with. */
  | { type: 'run-stopped'; failure: Failure }
);

export type RunEvent = JournalEntry | PassingEvent;

export type StepState =
  | 'waiting'
  | 'running'
  /** Paid for or handed over; the result is being collected. */
  | 'collecting'
  | 'finished'
  | 'reused'
  | 'failed'
  | 'skipped'
  | 'in-doubt'
  /** Held back: over budget, or for a person. */
  | 'held';

export interface StepProgress {
  step: StepId;
  node: string;
  state: StepState;
  /** 0 to 1, when it is known. */
  fraction?: number;
  /** Place in the vendor's queue. */
  place?: number;
  /** What it waits for at the vendor. */
  words?: string;
  /** sha256 of the newest preview. */
  preview?: string;
  /** Pictures of the request under way that are here: sha256 in the order they came, of so many asked for. */
  arrived?: { hashes: readonly string[]; of: number };
  outputs?: Outputs;
  /** Why other pictures that were asked for are not there. */
  shortfall?: readonly Failure[];
  failure?: Failure;
  because?: string;
  price: number;
  /** Its result came with the workflow in a bundle: neither made nor paid for here. */
  bundled?: true;
  /** What its newest request may cost, US dollars. */
  worstPrice?: number;
  startedAt?: string;
  endedAt?: string;
}

export interface RunState {
  run: string;
  title: string;
  documentId: string;
  openedAt: string;
  closedAt?: string;
  outcome?: Outcome;
  /** Why it stopped in the middle, or did not begin. */
  stopped?: Failure;
  /** In the order they were planned. */
  steps: ReadonlyMap<StepId, StepProgress>;
  /** US dollars charged so far, as far as is known. */
  spent: number;
  /** Nodes the person left out of this run alone. */
  without?: readonly string[];
}

export function emptyRun(run: string): RunState {
  return { run, title: '', documentId: '', openedAt: '', steps: new Map(), spent: 0 };
}

/**
 * The one reading of a run's events: recovery, the editor and the command line all fold with it. Events of other runs are
 * left alone; an event about a step that was never planned is taken all the same.
 */
export function foldRun(state: RunState, event: RunEvent): RunState {
  if (event.run !== state.run) return state;
  const next = folded(state, event);
  return state.outcome === 'waiting' && next.outcome === 'waiting' ? withLateEnd(next) : next;
}

function folded(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run-opened': {
      const steps = new Map<StepId, StepProgress>();
      for (const { step: id, node } of event.steps)
        steps.set(id, { step: id, node, state: 'waiting', price: 0 });
      // Opened again when it is gone on with after a stop: then it is not closed any more.
      const { closedAt: _closedAt, outcome: _outcome, stopped: _stopped, ...rest } = state;
      return {
        ...rest,
        title: event.title,
        documentId: event.documentId,
        openedAt: event.at,
        steps,
        ...(event.without === undefined ? {} : { without: event.without }),
      };
    }
    case 'run-closed':
      return {
        ...state,
        outcome: event.outcome,
        closedAt: event.at,
        spent: event.spent,
        ...(event.failure === undefined ? {} : { stopped: event.failure }),
      };
    case 'cancel-asked':
      return state;
    case 'run-stopped':
      return { ...state, stopped: event.failure };
    case 'job-settled':
      return event.payer === state.run ? { ...state, spent: cents(state.spent + event.billed) } : state;
    case 'step-finished':
      return withStep(state, event.step, event.node, (old) => ({
        ...ended(old, event.at),
        state: event.reused ? 'reused' : 'finished',
        outputs: event.outputs,
        price: event.price,
        ...(event.shortfall === undefined ? {} : { shortfall: event.shortfall }),
        ...(event.bundled === undefined ? {} : { bundled: event.bundled }),
      }));
    case 'step-failed':
      return withStep(state, event.step, event.node, (old) => ({
        ...ended(old, event.at),
        state: 'failed',
        failure: event.failure,
      }));
    case 'step-skipped':
      return withStep(state, event.step, event.node, (old) => ({
        ...ended(old, event.at),
        state: 'skipped',
        because: event.because,
      }));
    case 'step-in-doubt':
      return withStep(state, event.step, event.node, (old) => ({
        ...ended(old, event.at),
        state: 'in-doubt',
        failure: event.failure,
      }));
    case 'doubt-answered':
      return withStep(state, event.step, event.node, (old) =>
        event.answer === 'give-up'
          ? { ...old, state: 'failed', failure: givenUp(old.failure) }
          : { ...old, state: 'waiting' },
      );
    case 'step-waiting':
      return withStep(state, event.step, event.node, (old) => ({
        ...ended(old, event.at),
        state: 'held',
        because: event.for,
        ...(event.failure === undefined ? {} : { failure: event.failure }),
      }));
    case 'job-intended':
      return withStep(state, event.step, nodeOf(event.step), (old) => ({
        ...old,
        state: 'running',
        worstPrice: event.worstPrice,
      }));
    case 'job-accepted':
      return withStep(state, event.step, nodeOf(event.step), (old) => ({ ...old, state: 'collecting' }));
    case 'step-started':
      return withStep(state, event.step, event.node, (old) => ({
        ...old,
        state: 'running',
        startedAt: event.at,
      }));
    case 'job-progressed':
      return withStep(state, event.step, event.node, (old) => {
        const { fraction: _fraction, place: _place, words: _words, ...rest } = old;
        return {
          ...rest,
          ...(event.fraction === undefined ? {} : { fraction: event.fraction }),
          ...(event.place === undefined ? {} : { place: event.place }),
          ...(event.words === undefined ? {} : { words: event.words }),
        };
      });
    case 'preview-arrived':
      return withStep(state, event.step, event.node, (old) => ({ ...old, preview: event.hash }));
    case 'picture-arrived':
      return withStep(state, event.step, event.node, (old) => ({
        ...old,
        fraction: Math.min(1, event.number / event.of),
        arrived: { hashes: [...(old.arrived?.hashes ?? []), event.hash], of: event.of },
      }));
  }
}

/** Step maps that only the fold under way knows: it may write into them. */
const drafts = new WeakSet<ReadonlyMap<StepId, StepProgress>>();

/** `foldRun` over many events, in a time that grows with the events alone and not with the steps of the run as well. */
export function foldRunEvents(state: RunState, events: Iterable<RunEvent>): RunState {
  let next = { ...state, steps: new Map(state.steps) };
  drafts.add(next.steps);
  for (const event of events) {
    const before = next.steps;
    next = { ...foldRun(next, event) } as typeof next;
    // A run that is opened again begins with a map of its own.
    if (next.steps !== before) drafts.add(next.steps);
  }
  drafts.delete(next.steps);
  return next;
}

/** A closed run that waits for nobody any more, because its doubts were answered and its late jobs have come. */
function withLateEnd(state: RunState): RunState {
  const { inDoubt, open, failed, skipped } = countSteps(state);
  const held = [...state.steps.values()].filter((step) => step.state === 'held');
  if (inDoubt + open > 0 || held.some(({ because }) => because === 'vendor')) return state;
  const isHeldFor = (reason: string) => held.some(({ because }) => because === reason);
  if (isHeldFor('budget')) return { ...state, outcome: 'over-budget' };
  if (isHeldFor('choice')) return state;
  return { ...state, outcome: failed + skipped > 0 ? 'failed' : 'done' };
}

/** Sums of prices without the dust of binary fractions. */
function cents(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function ended(step: StepProgress, at: string): StepProgress {
  const {
    fraction: _fraction,
    place: _place,
    words: _words,
    preview: _preview,
    arrived: _arrived,
    because: _because,
    failure: _failure,
    shortfall: _shortfall,
    bundled: _bundled,
    ...rest
  } = step;
  return { ...rest, endedAt: at };
}

function withStep(
  state: RunState,
  id: StepId,
  node: string,
  change: (old: StepProgress) => StepProgress,
): RunState {
  const old = state.steps.get(id) ?? { step: id, node, state: 'waiting', price: 0 };
  const steps = drafts.has(state.steps) ? (state.steps as Map<StepId, StepProgress>) : new Map(state.steps);
  steps.set(id, change(old));
  return { ...state, steps };
}

const endStates: ReadonlySet<StepState> = new Set([
  'finished',
  'reused',
  'failed',
  'skipped',
  'in-doubt',
  'held',
]);

export interface RunCounts {
  asked: number;
  finished: number;
  reused: number;
  failed: number;
  skipped: number;
  inDoubt: number;
  held: number;
  /** Not at an end yet. */
  open: number;
}

/** `asked` is always the sum of the others. */
export function countSteps(state: RunState): RunCounts {
  const counts: RunCounts = {
    asked: state.steps.size,
    finished: 0,
    reused: 0,
    failed: 0,
    skipped: 0,
    inDoubt: 0,
    held: 0,
    open: 0,
  };
  for (const { state: stepState } of state.steps.values()) {
    if (stepState === 'in-doubt') counts.inDoubt += 1;
    else if (endStates.has(stepState))
      counts[stepState as 'finished' | 'reused' | 'failed' | 'skipped' | 'held'] += 1;
    else counts.open += 1;
  }
  return counts;
}
