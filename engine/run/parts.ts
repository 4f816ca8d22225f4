import type { NodeDefinition } from '#core/node';
import type { Failure } from '#core/failure';
import type { CacheKeyParts } from '#core/plan/cache-key';
import type { PlannedStep } from '#core/plan/planned';
import type { PreparedStep, ResolvedNode } from '#core/plan/step';
import type { RunEvent } from '#core/run';
import type { ModelRef } from '#core/task';
import type { ImageRef, Outputs } from '#core/values';
import type { PictureTools } from '#core/pictures';
import type { Provider } from '#core/provider';
import type { Receipt } from '#core/receipt';
import type { Clock, EngineOptions } from '../contract';
import type { MadePictures } from '../history/made-pictures';
import type { Redactor } from '../network/redact';
import type { LoraFiles } from '../loras/lora-files';
import type { BlobStore } from '../pictures/blob-store';
import type { Ledger } from '../store/ledger';
import type { Owner } from '../store/owner';
import type { KeyRows } from '../store/key-rows';
import type { OpenJob, Store, WrittenFile } from '../store/store';
import type { UploadRows } from '../store/upload-rows';
import type { Traffic } from '../store/traffic';
import type { Budget } from './budget';
import type { Gates } from './gates';
import type { Journal } from './journal';
import type { RunGate } from './run-gate';

/** What all runs of an engine share. */
export interface EngineParts {
  options: EngineOptions;
  clock: Clock;
  store: Store;
  keyRows: KeyRows;
  madePictures: MadePictures;
  owner: Owner;
  blobs: BlobStore;
  /** Previews of jobs under way; thrown away at the next start. */
  passing: BlobStore;
  pictures: PictureTools;
  loras: LoraFiles;
  redactor: Redactor;
  gates: Gates;
  traffic: Traffic;
  budget: Budget;
  ledger: Ledger;
  uploads: UploadRows;
  /** The engine closes: nothing is begun or asked for any more, and nothing is stopped at a vendor. */
  leaving: AbortSignal;
  /** Work under way by key: identical steps share it, in one run or several. */
  underWay: Map<string, Promise<StepOutcome>>;
}

/** What one run's steps share. */
export interface RunContext {
  id: string;
  documentId: string;
  outFolder: string;
  /** What pictures that are saved carry: the graph; `undefined` when they are to carry nothing. */
  carried(): string | undefined;
  /** Most this run may cost, US dollars. */
  cap: number | undefined;
  journal: Journal;
  /** The run is cancelled: nothing new is begun, what is at a vendor is stopped there. */
  signal: AbortSignal;
  /** This sitting ends (the engine closes, the disk is full): what is at a vendor is left there, to be asked for again. */
  leaving: AbortSignal;
  gate?: RunGate;
  /** Tells something that is not written down. */
  tell(event: PassingFact): void;
}

type WithoutStamp<E> = E extends unknown ? Omit<E, 'run' | 'at'> : never;
export type PassingFact = WithoutStamp<
  Extract<RunEvent, { type: 'step-started' | 'job-progressed' | 'preview-arrived' | 'picture-arrived' }>
>;

/** A step whose inputs are all there. */
export interface ReadyStep {
  step: PlannedStep;
  node: ResolvedNode;
  definition: NodeDefinition;
  prepared: PreparedStep;
  key: { text: string; parts: CacheKeyParts };
}

/** A result in the making at a provider: what has to be known to collect it, with or without a plan. */
export interface Order {
  step: string;
  key: string;
  place: OpenJob['place'];
  route: ModelRef;
  provider: Provider;
  definition: NodeDefinition;
  /** US dollars. */
  worstPrice: number;
  /** The same by the settings of the moment; for what may still be sent. */
  worstPriceNow?: () => number;
}

/** How a step ended. */
export type StepOutcome =
  | {
      state: 'finished';
      outputs: Outputs;
      /** Why other pictures that were asked for are not there. */
      shortfall?: Failure[];
      /** What a model was paid for it, and what it may have been paid besides, US dollars. */
      charge?: { requestId: string; billed: number; open?: number };
      files?: WrittenFile[];
      receipt?: Omit<Receipt, 'run' | 'step' | 'key' | 'at'>;
    }
  | { state: 'failed'; failure: Failure }
  | { state: 'skipped'; because: string }
  | { state: 'in-doubt'; key: string; requestId: string; failure: Failure }
  | { state: 'held'; for: 'budget' }
  /** A person has to pick of these first. */
  | { state: 'held'; for: 'choice'; pictures: ImageRef[] }
  /** It may still finish at the vendor: the job stays open and is asked for again later. */
  | { state: 'held'; for: 'vendor'; failure: Failure };
