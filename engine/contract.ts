import type { Comparison } from '#core/compare/comparison';
import type { WorkflowDocument } from '#core/document/schema';
import type { EarlierPrompt } from '#core/earlier-prompts';
import type { Failure } from '#core/failure';
import type { ImageHostCatalogue } from '#core/image-host';
import type { ExportedRun } from '#core/exported-run';
import type { RunSummary } from '#core/ipc';
import type { Issue } from '#core/issue';
import type { KeyCheck } from '#core/key-check';
import type { ListedLora, LoraDetails, LoraFile } from '#core/lora/lora';
import type { NodeCatalogue } from '#core/node';
import type { FileRef } from '#core/param';
import type { MoneyState } from '#core/money-state';
import type { CostedMove } from '#core/move-costs';
import type { ModelsByKind } from '#core/plan/move-branch';
import type { Plan } from '#core/plan/planned';
import type { PodHostCatalogue } from '#core/pod';
import type { ProviderCatalogue } from '#core/provider';
import type { QueueEntry, QueueState } from '#core/queue';
import type { RunReceipts } from '#core/receipt';
import type { RouteComparison } from '#core/route-comparison';
import type { RunEvent } from '#core/run';
import type { Outcome } from '#core/journal';
import type { CleanUpReport, StorageProgress, StorageReport, VerifyReport } from '#core/storage';
import type { ModelRef } from '#core/task';
import type { ImageRef } from '#core/values';
import type { PictureWorkflow } from './history/picture-workflow';
import type { Gallery } from './history/gallery';
import type { Pods } from './pods/contract';

/** Time, so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface EngineOptions {
  /**
   * One folder holds everything: `store/` (lmdb), `blobs/`, `previews/`, and what was damaged. Made when missing.
   * `createEngine` throws a `FailureError` for one that cannot be written, is on a network drive, or is of a newer Seedloom.
   */
  dataFolder: string;
  nodes: NodeCatalogue;
  providers: ProviderCatalogue;
  /** Places that give pictures a link, for vendors that take links only; none when left out. */
  imageHosts?: ImageHostCatalogue;
  /** Places that rent pods; none when left out. */
  podHosts?: PodHostCatalogue;
  /** The id of the image host the person has chosen; `''` or `undefined` for none. */
  imageHost?(): string | undefined;
  /** A secret's value, asked for each time it is used and never kept. */
  secret(provider: string, name: string): string | undefined;
  /** A setting the person changed; its initial value counts when `undefined`. */
  setting(provider: string, name: string): string | undefined;
  /** The person's own price of one picture on a route. */
  price(route: string): number | undefined;
  /** Most that one workflow, and all of them in one day, may cost, US dollars; asked before each paid request. */
  caps?(): { workflow?: number; day?: number };
  /** Whether pictures that are saved carry the graph that made them; they do when left out. */
  carryWorkflow?(): boolean;
  clock?: Clock;
  /** Bytes that can still be written where `folder` is. */
  freeSpace?(folder: string): Promise<number>;
  /** The kind of network drive an existing folder is on; `undefined` for a disk of this computer. */
  networkDrive?(folder: string): Promise<string | undefined>;
}

export interface PlanRequest {
  document: WorkflowDocument;
  /** The folder of the workflow file, for relative paths; `null` for one that is not saved. */
  folder: string | null;
  /** Where nodes that write files write to. */
  outFolder: string;
  /** Only these nodes and what they need. */
  targets?: readonly string[];
}

/** Which nodes are to move where; `models` names those that the person has chosen. */
export interface BranchAsk {
  nodes: readonly string[];
  to: string;
  models: ModelsByKind;
}

export interface RunRequest extends PlanRequest {
  /** Most this run may cost, US dollars; no limit when left out. */
  budget?: number;
  /** Nodes left out of this run alone, for those who go on from it: `document` has them muted already. */
  without?: readonly string[];
}

export interface Run {
  id: string;
  /** Every event from the first on, then each as it comes; ends after `run-closed`. */
  listen(listener: (event: RunEvent) => void): () => void;
  /** Stops what can be stopped and collects what is paid for. */
  cancel(): void;
  /**
   * Never rejects. When nothing can be written down any more, `run-stopped` is told and the run stays open in the store.
   * `spent` in US dollars.
   */
  done: Promise<{ outcome: Outcome; spent: number }>;
}

/** A job that was handed over by a run which is closed. */
export interface LateJob {
  run: string;
  step: string;
  route: ModelRef;
  /** US dollars. */
  worstPrice: number;
  at: string;
}

export type Started = { ok: true; run: Run } | { ok: false; issues: Issue[] };

/** Who works on the queue, and how. */
export interface QueueWorker {
  /** Ends when nothing waits or another engine works on the queue; otherwise it goes on until it is stopped. */
  untilEmpty: boolean;
  /**
   * A run has its turn. One that cannot run any more is given too: it has ended already, failed, and its `run-closed` says
   * why. Entries before number `from` were told by an earlier engine. The next run begins when the promise resolves.
   */
  started(run: Run, from: number): void | Promise<void>;
}

export interface QueueWork {
  /** Why it ended. Rejects when the store cannot be written any more. */
  done: Promise<'empty' | 'elsewhere' | 'stopped'>;
  /** Begins no further run; the one under way is not touched. */
  stop(): void;
}

/**
 * Runs that wait for their turn and run one after the other. It is kept in the data folder: it survives a restart, and all
 * processes there see the same one. What is waiting costs nothing and can be taken back.
 */
export interface RunQueue {
  /** Plans first; refuses with the plan's issues as `start` does. */
  add(request: RunRequest): Promise<{ ok: true; entry: QueueEntry } | { ok: false; issues: Issue[] }>;
  /** Puts a waiting run before another, with `null` at the end. A `Failure` when one of them does not wait. */
  move(run: string, before: string | null): Promise<Failure | undefined>;
  /** A `Failure` when it does not wait; one that is under way is cancelled instead. */
  remove(run: string): Promise<Failure | undefined>;
  /** No run begins, and no step of the queue's run under way, until `resume`. What was sent is collected. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  state(): QueueState;
  /** The state now and whenever it changes, in whatever process. Gives a function that stops listening. */
  listen(listener: (state: QueueState) => void): () => void;
  /**
   * Runs what waits, one after the other and after any run this engine has under way; each is planned anew when its turn
   * comes. Exactly one engine of a data folder
   * does so at a time; the place of a dead one is taken, and the run it left is finished first.
   */
  work(worker: QueueWorker): QueueWork;
}

export interface CleanUpLimits {
  /** Results last used before then go. */
  olderThan?: Date;
  /** Results go, those unused for longest first, until pictures and previews have at most so many bytes. */
  keepBytes?: number;
}

export interface CleanUpRequest extends CleanUpLimits {
  /** Only say what would go. */
  dryRun: boolean;
  /** The workflows that are open: what they name and what they would reuse stays. */
  open: readonly PlanRequest[];
}

/** Looks after the data folder. */
export interface Storage {
  report(): Promise<StorageReport>;
  /** Reads every picture and sets aside what is damaged. Throws `FailureError`. */
  verify(onProgress: (progress: StorageProgress) => void, signal: AbortSignal): Promise<VerifyReport>;
  /**
   * Removes results with their pictures, and what cut writes have left. Never what a run that is open or queued needs, an
   * open job, an open workflow, or a picture that was taken in.
   */
  cleanUp(request: CleanUpRequest): Promise<CleanUpReport>;
}

/** What was written into a bundle. */
export interface WrittenBundle {
  path: string;
  /** Pictures and LoRAs, those of results too. */
  pictures: number;
  results: number;
  bytes: number;
  /** What the workflow names and what is not there any more. */
  missing: string[];
}

export interface UnpackedBundle {
  /** Of the workflow file. */
  path: string;
  pictures: number;
  results: number;
}

export interface Engine {
  /** What the person must know about the data folder since it was opened: a damaged database that was set aside. */
  readonly notices: readonly Failure[];
  /** What would run, why, and what it would cost. Spends nothing, changes nothing but the picture store. */
  plan(request: PlanRequest): Promise<Plan>;
  /** The same as a run would have it: LoRAs are asked what they were made for, as far as their servers answer soon. */
  planToRun(request: PlanRequest): Promise<Plan>;
  /** Plans and runs at once, beside the queue; refuses when an issue stands in the way, before anything is sent. */
  start(request: RunRequest): Promise<Started>;
  /**
   * Every route side by side with how fast it has been here; for a node of a workflow also what each route would make of
   * what the node asks now. Spends nothing.
   */
  compareRoutes(asked?: PlanRequest & { node: string }): Promise<RouteComparison>;
  /** What moving some nodes to a provider would change, and cost. Spends nothing, changes nothing. */
  moveBranch(asked: PlanRequest & BranchAsk): Promise<CostedMove>;
  queue: RunQueue;
  /** Runs that were cut (their owner is gone), oldest first. */
  cutRuns(): RunSummary[];
  /** Goes on with a cut run: asks for what was handed over, finishes the rest. */
  resume(run: string): Promise<Started>;
  /** Jobs of closed runs that may still finish at their vendors, and that nobody asks for. */
  lateJobs(): LateJob[];
  /**
   * Asks for all of them until the vendors have given their verdicts, and keeps what comes. `listener` gets the events,
   * those of several runs. Gives how many there were.
   */
  collectLate(listener: (event: RunEvent) => void): Promise<number>;
  /** What becomes of a step in doubt; a `Failure` when there is no such step. */
  answer(run: string, step: string, answer: 'resend' | 'give-up'): Promise<Failure | undefined>;
  /** What is spent and reserved of a run, of all runs of a workflow, and of today. */
  money(of: { run: string | null; workflow: string }): MoneyState;
  /** Newest first. */
  runs(): RunSummary[];
  /** All that was written down of a run; `undefined` for one that is not there. */
  show(run: string): RunEvent[] | undefined;

  /** What can be told of a provider's key without spending. Throws `FailureError` (`unknown-provider`). */
  checkKey(provider: string): Promise<KeyCheck>;

  /** The LoRAs where a provider's models run. Throws `FailureError` (`unknown-provider`, `no-lora-list`, its server's). */
  listLoras(provider: string): Promise<ListedLora[]>;
  /** What listed LoRAs say of themselves, each with the hash of a preview where there is one. Throws as `listLoras`. */
  readLoras(provider: string, files: readonly LoraFile[]): Promise<LoraDetails[]>;

  /** The prompts of earlier runs, each once, newest first; those of the workflow of this id before all others. */
  earlierPrompts(document: string): EarlierPrompt[];
  /** The receipts of the pictures a run has. Throws `FailureError` (`unknown-run`), as the three below. */
  receipts(run: string): RunReceipts;
  /** What run B has in common with run A, and the first cause of each difference. */
  compare(a: string, b: string): Comparison;
  /** The graph as it was run. */
  documentOf(run: string): WorkflowDocument;
  /** Writes a new folder into `folder` with the pictures, the graph, the receipts and the facts; no keys, no private paths. */
  exportRun(run: string, folder: string): Promise<ExportedRun>;

  /**
   * Writes a workflow with all pictures it names into one file (`.seedloom.zip`) at `path`, over what is there; with the
   * results it would reuse where `results` is set. Throws `FailureError`.
   */
  writeBundle(request: PlanRequest, path: string, options: { results: boolean }): Promise<WrittenBundle>;
  /** Unpacks a bundle into a new folder in `folder`, or into the data folder. Throws `FailureError` (`damaged-bundle`). */
  unpackBundle(file: string, folder: string | null): Promise<UnpackedBundle>;
  /** Takes a picture file in. `folder` as in `PlanRequest`: the reference is relative to it. Throws `FailureError`. */
  importFile(file: string, folder: string | null): Promise<{ file: FileRef; image: ImageRef }>;
  /** Takes bytes in (a pasted picture). Throws `FailureError`. */
  importBytes(bytes: Uint8Array, name: string): Promise<{ file: FileRef; image: ImageRef }>;
  /** The graph that made a picture file. Throws `FailureError` (`no-workflow`, `comfyui-picture`, `damaged-workflow`). */
  workflowOf(file: string): Promise<PictureWorkflow>;
  /** Writes a stored picture to `path`, over what is there, with the graph that made it. Throws `FailureError`. */
  savePictureAs(hash: string, path: string): Promise<void>;
  /** The file of a stored picture, `undefined` when it is not there. */
  pictureFile(hash: string): string | undefined;
  /** The file of a preview that is at least `width` wide (or as wide as the picture); made when missing. */
  previewFile(hash: string, width: 256 | 512 | 1024): Promise<string | undefined>;
  /** All pictures of all runs. */
  readonly gallery: Gallery;
  /** Rented GPUs. */
  readonly pods: Pods;
  /** What the data folder holds, and its upkeep. */
  readonly storage: Storage;
  /**
   * Leaves runs and jobs as they are, to be gone on with at the next start, and what waits in the queue; lets go of the
   * store.
   */
  close(): Promise<void>;
  /** Writes nothing more and waits for nothing, so that the process may exit in the middle of runs: they are cut. */
  leaveAtOnce(): Promise<void>;
}
