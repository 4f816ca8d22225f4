import type { Issue } from '../issue';
import type { ModelRef } from '../task';
import type { Outputs } from '../values';
import type { TaskNote } from './check-task';
import type { Forecast } from './forecast';
import type { Reason } from './reason';
import type { PlannedItem, StepId } from './step';

/**
 * What a run will do with a step or node. `value`: a pure value, nothing to run. `reused`: the result is there.
 * `will-run`: it will be made. `blocked`: an issue stands in its way. `muted`, `bypassed`: the person wants it so.
 * `left-out`: it needs what only a muted or bypassed node would give.
 */
export type Verdict = 'value' | 'reused' | 'will-run' | 'blocked' | 'muted' | 'bypassed' | 'left-out';

export interface PlannedStep {
  id: StepId;
  node: string;
  index: number;
  copy: number;
  /** For each input port its items. */
  inputs: Record<string, PlannedItem[]>;
  verdict: Extract<Verdict, 'reused' | 'will-run' | 'blocked'>;
  reason?: Reason;
  /** Once every input is known. */
  key?: string;
  /** When reused. */
  outputs?: Outputs;
  /** Its outputs stand in the document; its inputs don't count, so it has none and may have no key. */
  pinned?: true;
  forecast: Forecast;
}

export interface PlannedNode {
  id: string;
  verdict: Verdict;
  steps: { reused: number; willRun: number; blocked: number };
  /** How many of its steps are pinned; left out when none is. */
  pinned?: number;
  /** Different ones, at most a few. */
  reasons: Reason[];
  /** What the route ignores or refuses. */
  notes: TaskNote[];
  route?: ModelRef;
  /** How many items each output gives. */
  items: Record<string, number>;
  /** What a pure node gives, or what a wholly reused one gave. */
  outputs?: Outputs;
  /** Of what will run. */
  forecast: Forecast;
  /** The person's own price of one picture, US dollars, where the forecast goes by it. */
  ownPrice?: number;
}

/** The whole answer to "what would run, why, and what would it cost". */
export interface Plan {
  /** In the order they can run. */
  nodes: PlannedNode[];
  /** In the order they can run. */
  steps: PlannedStep[];
  issues: Issue[];
  counts: { reused: number; willRun: number; blocked: number };
  /** The price adds up; `seconds.low` is the longest chain, `seconds.high` everything one after the other. */
  forecast: Forecast;
}
