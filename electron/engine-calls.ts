import type { Comparison } from '#core/compare/comparison';
import type { WorkflowDocument } from '#core/document/schema';
import type { EarlierPrompt } from '#core/earlier-prompts';
import type { Failure } from '#core/failure';
import type { PictureDetails, PictureFacets, PicturePage, PictureQuery, Rating } from '#core/gallery';
import type { ExportedRun } from '#core/exported-run';
import type { ChosenPicture, RunSummary } from '#core/ipc';
import type { Settings } from '#core/settings';
import type { Issue } from '#core/issue';
import type { KeyCheck } from '#core/key-check';
import type { ListedLora, LoraDetails, LoraFile } from '#core/lora/lora';
import type { MoneyState } from '#core/money-state';
import type { CostedMove } from '#core/move-costs';
import type { Plan } from '#core/plan/planned';
import type { PodAsk, PodMarket, PodReport, PodRules } from '#core/pod';
import type { InstallFile, InstallPlan, PlannedFile } from '#core/pod-install';
import type { QueueEntry, QueueState } from '#core/queue';
import type { RunReceipts } from '#core/receipt';
import type { RouteComparison } from '#core/route-comparison';
import type { RunEvent } from '#core/run';
import type { CleanUpReport, StorageProgress, StorageReport, VerifyReport } from '#core/storage';
import type {
  BranchAsk,
  CleanUpRequest,
  PlanRequest,
  RunRequest,
  UnpackedBundle,
  WrittenBundle,
} from '#engine/contract';

/** What the main process asks of the engine host: for each call its input and its answer. */
export interface EngineCalls {
  plan: { input: PlanRequest; output: Plan };
  checkKey: { input: { provider: string }; output: KeyCheck };
  listLoras: { input: { provider: string }; output: ListedLora[] };
  readLoras: { input: { provider: string; files: LoraFile[] }; output: LoraDetails[] };
  compareRoutes: { input: (PlanRequest & { node: string }) | null; output: RouteComparison };
  moveBranch: { input: PlanRequest & BranchAsk; output: CostedMove };
  start: { input: RunRequest; output: { run: string } | { issues: Issue[] } };
  cancel: { input: { run: string }; output: null };
  runs: { input: null; output: RunSummary[] };
  show: { input: { run: string }; output: RunEvent[] };
  receipts: { input: { run: string }; output: RunReceipts };
  compare: { input: { a: string; b: string }; output: Comparison };
  earlierPrompts: { input: { document: string }; output: EarlierPrompt[] };
  documentOf: { input: { run: string }; output: WorkflowDocument };
  exportRun: { input: { run: string; folder: string }; output: ExportedRun };
  workflowOf: { input: { file: string }; output: { document: WorkflowDocument } };
  savePictureAs: { input: { hash: string; path: string }; output: null };
  writeBundle: { input: PlanRequest & { path: string; results: boolean }; output: WrittenBundle };
  unpackBundle: { input: { file: string; folder: string }; output: UnpackedBundle };
  answer: { input: { run: string; steps: string[]; answer: 'resend' | 'give-up' }; output: null };
  money: { input: { run: string | null; workflow: string }; output: MoneyState };
  queueAdd: { input: RunRequest; output: { entry: QueueEntry } | { issues: Issue[] } };
  queueMove: { input: { run: string; before: string | null }; output: null };
  queueRemove: { input: { run: string }; output: null };
  queuePause: { input: { paused: boolean }; output: null };
  queueState: { input: null; output: QueueState };
  pods: { input: null; output: PodReport[] };
  lookAtPods: { input: null; output: PodReport[] };
  podMarket: { input: { cloud: PodAsk['cloud'] }; output: PodMarket };
  podPrice: { input: { id: string }; output: number | null };
  createPod: { input: PodAsk; output: PodReport };
  startPod: { input: { id: string }; output: PodReport };
  stopPod: { input: { id: string }; output: PodReport };
  terminatePod: { input: { id: string }; output: null };
  planInstall: { input: { id: string; files: PlannedFile[] }; output: InstallPlan };
  installOnPod: { input: { id: string; files: InstallFile[] }; output: PodReport };
  setPodRules: { input: { id: string; rules: PodRules }; output: PodReport };
  storageReport: { input: null; output: StorageReport };
  verifyStorage: { input: null; output: VerifyReport };
  stopVerify: { input: null; output: null };
  cleanUp: { input: CleanUpRequest; output: CleanUpReport };
  importFile: { input: { file: string; folder: string | null }; output: ChosenPicture };
  importBytes: { input: { bytes: Uint8Array; name: string }; output: ChosenPicture };
  /** The path of a stored picture, `null` when it is not there. */
  pictureFile: { input: { hash: string }; output: string | null };
  previewFile: { input: { hash: string; width: 256 | 512 | 1024 }; output: string | null };
  listPictures: { input: PictureQuery; output: PicturePage };
  pictureFacets: { input: null; output: PictureFacets };
  pictureDetails: { input: { hash: string }; output: PictureDetails };
  ratePictures: { input: { hashes: string[]; change: Partial<Rating> }; output: null };
  takeInPicture: { input: { hash: string; name: string }; output: ChosenPicture };
  /** A small PNG of a stored picture, for what hangs at the pointer. */
  pictureIcon: { input: { hash: string }; output: Uint8Array };
  /** A stored picture as the bytes of a PNG, for the clipboard. */
  picturePng: { input: { hash: string }; output: Uint8Array };
}
export type EngineCall = keyof EngineCalls;

/** What the engine may need to know of this machine. Secrets travel over the private port of the process only. */
export interface EngineValues {
  settings: Settings;
  /** `provider.name` → value. */
  secrets: Record<string, string>;
}

export type ToEngine =
  | { kind: 'start'; dataFolder: string; values: EngineValues }
  | { kind: 'values'; values: EngineValues }
  | {
      [C in EngineCall]: { kind: 'call'; id: number; name: C; input: EngineCalls[C]['input'] };
    }[EngineCall]
  | { kind: 'close' };

export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; answer: { ok: true; value: unknown } | { ok: false; failure: Failure } }
  | { kind: 'run'; events: RunEvent[] }
  | { kind: 'queue'; state: QueueState }
  | { kind: 'pods'; pods: PodReport[] }
  | { kind: 'trouble'; failure: Failure }
  | { kind: 'storage'; progress: StorageProgress }
  | { kind: 'closed' };
