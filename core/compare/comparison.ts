import type { WorkflowDocument } from '../document/schema';
import type { Failure } from '../failure';
import type { CacheKeyParts } from '../plan/cache-key';
import type { StepId } from '../plan/step';
import type { StepState } from '../run';
import type { Outcome } from '../journal';
import type { Outputs } from '../values';

/** One step of a run, as far as it is known. */
export interface StepFacts {
  step: StepId;
  node: string;
  state: StepState;
  /** Left out for pure values, and for steps that did not get as far. */
  key?: string;
  /** What the key was made of; left out when the result was never made. */
  parts?: CacheKeyParts;
  outputs?: Outputs;
  /** What the run was charged for it, US dollars. */
  price: number;
  /** It came with the workflow in a bundle. */
  bundled?: true;
  failure?: Failure;
}

/** What one run was and did. */
export interface RunFacts {
  run: string;
  title: string;
  openedAt: string;
  outcome?: Outcome;
  /** US dollars. */
  spent: number;
  document: WorkflowDocument;
  /** The nodes it was asked for; all when left out. */
  targets?: readonly string[];
  /** In the order they were planned. */
  steps: readonly StepFacts[];
}

export type Side = 'a' | 'b';

/** One thing that is other in run B than in run A. Values are short texts for people. */
export type Change =
  | { kind: 'param'; name: string; before: string; after: string }
  /** Other wires into a port. */
  | { kind: 'wires'; name: string; before: string; after: string }
  /** Other content through the same wires from nodes that are as they were: a file on disk changed. */
  | { kind: 'input'; name: string; before: string; after: string }
  /** Anything else a node has of its own. */
  | { kind: 'setting'; name: string; before: string; after: string }
  | { kind: 'type' | 'take' | 'price'; before: string; after: string }
  /** `task`: the workflow's own route for a kind of task. */
  | { kind: 'route' | 'model'; task?: string; before: string; after: string }
  /** The program's part: the provider's or node's code makes other pictures now. */
  | { kind: 'revision' | 'version'; before: string; after: string }
  | { kind: 'asked'; before: string; after: string }
  | { kind: 'node' | 'step'; in: Side }
  | { kind: 'out-folder' }
  /** Made from the same, and ended otherwise. */
  | { kind: 'ended'; before: StepState; after: StepState; words?: string }
  /** Made from the same, and came out otherwise. */
  | { kind: 'result' }
  /** Made from something else, of which nothing was kept. */
  | { kind: 'unknown' };

/** A first cause, with all the steps that differ by it. */
export interface Cause {
  /** Left out for the workflow as a whole. */
  node?: string;
  change: Change;
  steps: StepId[];
}

export interface StepDifference {
  step: StepId;
  node: string;
  /** How it ended in each; left out where it is not. */
  states: { a?: StepState; b?: StepState };
  /** Place of its first cause in `causes`. */
  cause: number;
  /** The step or node before it that it differs by; left out when the cause is its own. */
  through?: { node: string; step?: StepId };
  /** sha256 of its pictures in each run. */
  pictures: { a: string[]; b: string[] };
}

type Head = Pick<RunFacts, 'run' | 'title' | 'openedAt' | 'outcome' | 'spent'>;

export interface Comparison {
  a: Head;
  b: Head;
  /** The steps both have, made from the same and ended the same. */
  same: StepId[];
  /** First causes in the order of the graph; those that changed no step come last. */
  causes: Cause[];
  /** In the order of the graph. */
  steps: StepDifference[];
  /** The nodes named above, as B has them, else as A had them: their type, and their own name where they have one. */
  nodes: Record<string, { type: string; title?: string }>;
}
