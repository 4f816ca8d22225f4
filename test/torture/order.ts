import type { Recovery } from '#core/provider';
import type { Outcome } from '#core/journal';
import type { WorkflowName } from './workflows';

/** What one process of a torture story is told to do, as JSON in its first argument. */
export interface Order {
  dataFolder: string;
  outFolder: string;
  shop: string;
  recovery: Recovery;
  workflow: WorkflowName;
  /** `go-on`: take up what was cut, start the workflow when it never ran. `again`: start it whatever there is. */
  task: 'go-on' | 'again';
  /** The name of the moment at which it kills itself. */
  killAt?: string;
}

/** What it says, a line of JSON each, written before it goes on. */
export type Word =
  | { type: 'point'; point: string }
  /** An entry of a journal, told once it is written: it may never be missing. */
  | { type: 'told'; run: string; seq: number; event: string }
  | { type: 'did'; did: string }
  | { type: 'ended'; run: string; outcome: Outcome };
