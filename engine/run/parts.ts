import type { NodeDefinition } from '#core/node';
import type { Failure } from '#core/failure';
import type { CacheKeyParts } from '#core/plan/cache-key';
import type { PlannedStep } from '#core/plan/planned';
import type { PreparedStep, ResolvedNode } from '#core/plan/step';
import type { RunEvent } from '#core/run';
import type { Outputs } from '#core/values';
import type { PictureTools } from '#core/pictures';
import type { Clock, EngineOptions } from '../contract';
import type { Redactor } from '../network/redact';
import type { BlobStore } from '../pictures/blob-store';
import type { Owner } from '../store/owner';
import type { Receipt, Store, WrittenFile } from '../store/store';
import type { Budget } from './budget';
import type { Gates } from './gates';
import type { Journal } from './journal';

/** What all runs of an engine share. */
export interface EngineParts {
  options: EngineOptions;
  clock: Clock;
  store: Store;
  owner: Owner;
  blobs: BlobStore;
  /** Previews of jobs under way; thrown away at the next start. */
  passing: BlobStore;
  pictures: PictureTools;
  redactor: Redactor;
  gates: Gates;
  /** Work under way by key: identical steps share it, in one run or several. */
  underWay: Map<string, Promise<StepOutcome>>;
}

/** What one run's steps share. */
export interface RunContext {
  id: string;
  documentId: string;
  outFolder: string;
  journal: Journal;
  budget: Budget;
  signal: AbortSignal;
  /** Tells something that is not written down. */
  tell(event: PassingFact): void;
}

type WithoutStamp<E> = E extends unknown ? Omit<E, 'run' | 'at'> : never;
export type PassingFact = WithoutStamp<
  Extract<RunEvent, { type: 'step-started' | 'job-progressed' | 'preview-arrived' }>
>;

/** A step whose inputs are all there. */
export interface ReadyStep {
  step: PlannedStep;
  node: ResolvedNode;
  definition: NodeDefinition;
  prepared: PreparedStep;
  key: { text: string; parts: CacheKeyParts };
}

/** How a step ended. */
export type StepOutcome =
  | {
      state: 'finished';
      outputs: Outputs;
      price: number;
      files?: WrittenFile[];
      receipt?: Omit<Receipt, 'run' | 'step' | 'key' | 'at'>;
    }
  | { state: 'failed'; failure: Failure }
  | { state: 'skipped'; because: string }
  | { state: 'in-doubt'; requestId: string; failure: Failure }
  | { state: 'held'; for: 'budget' };
