import type { NodeMode } from '#core/document/modes';
import type { DocumentNode, WorkflowDocument } from '#core/document/schema';
import type { Issue } from '#core/issue';
import type { JsonValue } from '#core/json';
import type { NodeCatalogue, NodeDefinition } from '#core/node';
import type { PlannedNode } from '#core/plan/planned';
import type { PodReport } from '#core/pod';
import type { ProviderInfo } from '#core/provider';
import type { SecretPlace } from '#core/ipc';
import type { Settings } from '#core/settings';
import type { StepProgress } from '#core/run';
import type { TaskKind } from '#core/task';
import type { Outputs } from '#core/values';

/** What the inspector can do; each is one undoable edit or one command. */
export interface InspectorActions {
  setParam: (node: string, name: string, value: JsonValue) => void;
  /** The edit going on is at its end. */
  endEdit: () => void;
  setTitle: (node: string, title: string) => void;
  /** `undefined` goes back to the workflow's default. */
  setRoute: (nodes: readonly string[], route: string | undefined) => void;
  setDefaultRoute: (kind: TaskKind, route: string) => void;
  setWorkflowTitle: (title: string) => void;
  setBudget: (budget: number | null) => void;
  takeNext: (nodes: readonly string[]) => void;
  takeBefore: (nodes: readonly string[]) => void;
  disconnect: (from: string, to: string) => void;
  show: (node: string) => void;
  run: (nodes: readonly string[]) => void;
  /** These nodes and all that comes after them. */
  runFrom: (nodes: readonly string[]) => void;
  /** A new take, made at once. */
  runAgain: (nodes: readonly string[]) => void;
  /** Gives the mode, or takes it away when all of them have it. */
  toggleMode: (nodes: readonly string[], mode: NodeMode) => void;
  /** Pins every result, or none. */
  togglePins: (nodes: readonly string[]) => void;
  duplicate: (nodes: readonly string[]) => void;
  remove: (nodes: readonly string[]) => void;
  look: (node: string, place: number) => void;
  answer: (step: string, answer: 'resend' | 'give-up') => void;
  /** The routes side by side for a node; in general without one. */
  compareRoutes: (node?: string) => void;
  /** Offers to move these nodes, or a branch from them, to another provider. */
  moveBranch: (nodes: readonly string[]) => void;
  /** What of the node each route would leave out or refuse, in a few words; routes that lose nothing are not in it. */
  routeLosses: (node: string) => Promise<ReadonlyMap<string, string>>;
  openKeys: () => void;
  openIssues: () => void;
  openPods: () => void;
}

/** What all parts of the inspector look at. */
export interface InspectorContext {
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
  providers: readonly ProviderInfo[];
  settings: Settings;
  secrets: Readonly<Record<string, SecretPlace>>;
  /** The rented pod whose address a provider has. */
  podOf: (provider: string) => PodReport | undefined;
  planned: (node: string) => PlannedNode | undefined;
  /** What a node gave last, from the plan or the last run. */
  outputsOf: (node: string) => Outputs | undefined;
  actions: InspectorActions;
}

/** One node under the inspector. */
export interface InspectedNode extends InspectorContext {
  id: string;
  node: DocumentNode;
  definition: NodeDefinition;
  issues: readonly Issue[];
  /** The node's steps in the newest run that had it. */
  steps: readonly StepProgress[];
  now: Date;
}
