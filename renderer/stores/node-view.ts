import type { Failure } from '#core/failure';
import type { StepProgress, StepState } from '#core/run';
import { isImageRef, type ImageRef, type Outputs } from '#core/values';

/** How a node stands in the newest run that had it: all its steps in one. */
export interface NodeProgress {
  state: StepState;
  /** The run goes on, or what came of it is in no plan yet. */
  live: boolean;
  /** 0 to 1 over all its steps, when anything is known of it. */
  fraction?: number;
  /** Place in the vendor's queue. */
  place?: number;
  /** What its jobs wait for at the vendor. */
  words?: string;
  /** sha256 of the newest preview. */
  preview?: string;
  /** Pictures of a set that is being made: sha256 in the order they came, of so many asked for. */
  arrived?: { hashes: readonly string[]; of: number };
  failure?: Failure;
  /** Why other pictures that were asked for are not there. */
  shortfall?: readonly Failure[];
  /** Its steps in doubt, and what sending them again may cost, US dollars. */
  doubts?: { steps: readonly string[]; worstPrice: number };
  because?: string;
  /** Steps at their end, of `steps`. */
  ended: number;
  steps: number;
  /** US dollars charged. */
  price: number;
  startedAt?: string;
  endedAt?: string;
}

/** The first of these that any step is in is the state of the node: what is wrong, then what goes on, then what is done. */
const byUrgency: readonly StepState[] = [
  'in-doubt',
  'failed',
  'held',
  'collecting',
  'running',
  'waiting',
  'finished',
  'reused',
  'skipped',
];
const going: ReadonlySet<StepState> = new Set(['running', 'collecting']);
const ended: ReadonlySet<StepState> = new Set([
  'finished',
  'reused',
  'failed',
  'skipped',
  'in-doubt',
  'held',
]);

/** The steps of one node (at least one) in one. */
export function nodeProgress(steps: readonly StepProgress[], live: boolean): NodeProgress {
  const has = (state: StepState) => steps.some((step) => step.state === state);
  const isGoing = steps.some((step) => going.has(step.state));
  const urgent = byUrgency.find(has) ?? 'waiting';
  // While others are still at work the node is at work; trouble of one item shows at the end, or at once as its failure.
  const state = isGoing
    ? has('running')
      ? 'running'
      : 'collecting'
    : urgent === 'waiting' && has('finished') && live
      ? 'running'
      : urgent;
  const endedSteps = steps.filter((step) => ended.has(step.state)).length;
  const progress: NodeProgress = {
    state,
    live,
    ended: endedSteps,
    steps: steps.length,
    price: steps.reduce((sum, step) => sum + step.price, 0),
  };
  const known = steps.some((step) => step.fraction !== undefined);
  if (known || (steps.length > 1 && endedSteps > 0))
    progress.fraction =
      steps.reduce((sum, step) => sum + (ended.has(step.state) ? 1 : (step.fraction ?? 0)), 0) / steps.length;
  const troubled = steps.find((step) => step.failure !== undefined);
  if (troubled?.failure !== undefined) progress.failure = troubled.failure;
  const doubtful = steps.filter((step) => step.state === 'in-doubt');
  if (doubtful.length > 0)
    progress.doubts = {
      steps: doubtful.map(({ step }) => step),
      worstPrice: doubtful.reduce((sum, { worstPrice = 0 }) => sum + worstPrice, 0),
    };
  const because = steps.find((step) => step.because !== undefined)?.because;
  if (because !== undefined) progress.because = because;
  const place = steps.find((step) => going.has(step.state) && step.place !== undefined)?.place;
  if (place !== undefined) progress.place = place;
  // One that is being made says more than others that wait.
  const underWay = steps.filter((step) => going.has(step.state));
  const words = underWay.every((step) => step.words !== undefined) ? underWay[0]?.words : undefined;
  if (words !== undefined) progress.words = words;
  const preview = steps.findLast((step) => step.preview !== undefined)?.preview;
  if (preview !== undefined) progress.preview = preview;
  const arrived = steps.findLast((step) => step.arrived !== undefined)?.arrived;
  if (arrived !== undefined) progress.arrived = arrived;
  const shortfall = steps.flatMap((step) => step.shortfall ?? []);
  if (shortfall.length > 0) progress.shortfall = shortfall;
  const started = steps.flatMap((step) => step.startedAt ?? []).sort()[0];
  if (started !== undefined) progress.startedAt = started;
  const last = steps
    .flatMap((step) => step.endedAt ?? [])
    .sort()
    .at(-1);
  if (last !== undefined && endedSteps === steps.length) progress.endedAt = last;
  return progress;
}

/** The outputs of several steps of a node, item after item. */
export function joinedOutputs(parts: readonly Outputs[]): Outputs {
  const joined: Outputs = {};
  for (const part of parts)
    for (const [port, items] of Object.entries(part)) joined[port] = [...(joined[port] ?? []), ...items];
  return joined;
}

/** All pictures among outputs, in order. */
export function picturesOf(outputs: Outputs | undefined): ImageRef[] {
  return Object.values(outputs ?? {}).flatMap((items) => items.filter(isImageRef));
}
