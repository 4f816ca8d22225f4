import type { Issue } from '../issue';
import type { PriceRange } from '../price';
import type { ModelRef } from '../task';
import type { ImageRef, Outputs } from '../values';
import type { Behind } from './behind-choice';
import type { TaskNote } from './check-task';
import type { Forecast } from './forecast';
import type { Reason } from './reason';
import type { PlannedItem, StepId } from './step';

/**
 * What a run will do with a step or node. `value`: a pure value, nothing to run. `reused`: the result is there.
 * `will-run`: it will be made. `blocked`: an issue stands in its way. `muted`, `bypassed`: the person wants it so.
 * `left-out`: it needs what only a muted or bypassed node would give, or only a switch that is set otherwise would need it.
 * `waits`: a person has to choose first; it runs when the choice is made.
 */
export type Verdict =
  'value' | 'reused' | 'will-run' | 'blocked' | 'muted' | 'bypassed' | 'left-out' | 'waits';

/** What may follow when choices are made: how many steps, US dollars. */
export interface Later {
  steps: { low: number; high: number };
  price: PriceRange;
}

/** A choice as it stands. Places count from 0. */
export interface PlannedChoice {
  open: boolean;
  /** All there is to pick from; `null` is not made yet. */
  pictures: (ImageRef | null)[];
  picked: number[];
  /** New since the choice was made last. */
  fresh: number[];
  fewest: number;
  most: number;
  /** What follows for one picked picture, US dollars. */
  each?: PriceRange;
}

export interface PlannedStep {
  id: StepId;
  node: string;
  index: number;
  copy: number;
  /** For each input port its items. */
  inputs: Record<string, PlannedItem[]>;
  verdict: Extract<Verdict, 'reused' | 'will-run' | 'blocked' | 'waits'>;
  reason?: Reason;
  /** Once every input is known. */
  key?: string;
  /** When reused. */
  outputs?: Outputs;
  /** The choices it waits for; `forecast` is then from the fewest to the most. */
  behind?: Behind;
  /** Reused, and not of here: its result came with the workflow in a bundle. */
  bundled?: true;
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
  /** How many of its results came with the workflow in a bundle; left out when none did. */
  bundled?: number;
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
  /** Of a node that asks a model: how many takes there are, the one shown counted, and what the next one costs, US dollars. */
  takes?: { known: number; next: PriceRange };
  /** Of a node where a person picks. */
  choice?: PlannedChoice;
  /** What of it waits for a choice; no part of `forecast`. */
  later?: Later;
}

/** The whole answer to "what would run, why, and what would it cost". */
export interface Plan {
  /** In the order they can run. */
  nodes: PlannedNode[];
  /** In the order they can run. */
  steps: PlannedStep[];
  issues: Issue[];
  counts: { reused: number; willRun: number; blocked: number };
  /** What may follow when these nodes have been chosen at; no part of `forecast`. */
  later?: Later & { choices: string[] };
  /** The price adds up; `seconds.low` is the longest chain, `seconds.high` everything one after the other. */
  forecast: Forecast;
}
