import { z } from 'zod';
import type { Comparison } from './compare/comparison';
import { savedNodeCalls, type SavedNodeAnswers } from './document/saved-node';
import { documentSchema, type WorkflowDocument } from './document/schema';
import type { ExportedRun } from './exported-run';
import type { Failure } from './failure';
import { galleryInputs, type GalleryOutputs } from './gallery';
import type { ImageHostInfo } from './image-host';
import type { Issue } from './issue';
import type { EarlierPrompt } from './earlier-prompts';
import type { KeyCheck } from './key-check';
import { loraFileSchema, type ListedLora, type LoraDetails } from './lora/lora';
import { fileCalls, type FileCallOutputs, type OpenedWorkflow } from './file-calls';
import type { FileOwner } from './file-version';
import type { FileRef } from './param';
import type { MenuCommand } from './menu-command';
import type { MoneyState } from './money-state';
import type { CostedMove } from './move-costs';
import type { Plan } from './plan/planned';
import { installFileSchema, plannedFileSchema, type InstallPlan } from './pod-install';
import { podAskSchema, podRulesSchema, type PodMarket, type PodReport } from './pod';
import type { ProviderInfo } from './provider';
import type { QueueEntry, QueueState } from './queue';
import type { RunReceipts } from './receipt';
import type { RouteComparison } from './route-comparison';
import type { RunEvent } from './run';
import type { Outcome } from './journal';
import { keptSessionSchema, tabIdSchema, type RestoredSession } from './session';
import { settingsSchema, type Settings } from './settings';
import type { CleanUpReport, StorageProgress, StorageReport, VerifyReport } from './storage';
import { taskKinds } from './task';
import type { ImageRef } from './values';

/**
 * The bridge between the window and the rest: every call with the schema of its input (parsed on the main side), one
 * stream of events the other way. No file verbs, no pixels, no secrets towards the window.
 */

const path = z.string().min(1);
const nothing = z.strictObject({});
const folder = { path: path.nullable() };
/** A workflow and where its file is (`null`: not saved yet); relative pictures are looked up beside it. */
const placed = { document: documentSchema, ...folder };
const asked = z.strictObject({
  ...placed,
  targets: z.array(z.string()).optional(),
  /** Nodes left out of this run alone: `document` has them muted already. */
  without: z.array(z.string()).optional(),
  budget: z.number().nonnegative().nullable(),
});

const pod = z.strictObject({ id: z.string().min(1) });

export const bridgeInputs = {
  /** What the window needs to draw itself the first time. */
  'app.start': nothing,
  /** The window's title and its unsaved-change mark. */
  'window.describe': z.strictObject({ title: z.string(), edited: z.boolean(), ...folder }),
  /** Everything is kept: the window may close. */
  'window.close': nothing,
  /** Something could not be kept, and the person was told so: the window stays. */
  'window.stay': nothing,
  /** Opens a web page of a provider (https only) in the person's browser. */
  'link.open': z.strictObject({ url: z.url({ protocol: /^https$/ }) }),

  /** Opens a file: a path, an example's name, or a dialog. */
  'workflow.open': z.strictObject({ path: path.optional(), example: z.string().optional() }),
  /**
   * Writes a file, whole or not at all. `path: null` asks where. `seen` is the hash the file had when it was read or
   * last written here; another content on disk is reported, not overwritten, unless `overwrite`.
   */
  'workflow.save': z.strictObject({
    ...placed,
    suggestedName: z.string(),
    seen: z.string().nullable(),
    overwrite: z.boolean(),
  }),
  /**
   * Keeps what is in no file where a crash cannot take it, a draft for each tab; `document: null` forgets it. `edited`:
   * it is not what the file holds; `seen` as for `workflow.save`.
   */
  'workflow.keepDraft': z.strictObject({
    tab: tabIdSchema,
    document: documentSchema.nullable(),
    ...folder,
    name: z.string(),
    seen: z.string().nullable(),
    edited: z.boolean(),
  }),
  /** Which tabs are open, and how the window is arranged, for the next start. */
  'session.keep': keptSessionSchema,
  'workflow.forgetRecent': nothing,
  ...fileCalls,
  ...savedNodeCalls,

  /** Every route side by side; for a node also what each would make of what it asks. */
  'routes.compare': z.strictObject({ asked: z.strictObject({ ...placed, node: z.string() }).nullable() }),
  /** What moving nodes to another provider would change; `models` names those chosen for a kind of task. */
  'routes.move': z.strictObject({
    ...placed,
    nodes: z.array(z.string()),
    to: z.string(),
    models: z.partialRecord(z.enum(taskKinds), z.string()),
  }),
  /** The LoRAs where a provider's models run. */
  'loras.list': z.strictObject({ provider: z.string() }),
  /** What some of them say of themselves, each with a preview. */
  'loras.read': z.strictObject({ provider: z.string(), files: z.array(loraFileSchema).max(100) }),
  'plan.make': z.strictObject({ ...placed, targets: z.array(z.string()).optional() }),
  'run.start': asked,
  'run.cancel': z.strictObject({ run: z.string() }),
  'run.list': nothing,
  'run.show': z.strictObject({ run: z.string() }),
  'run.receipts': z.strictObject({ run: z.string() }),
  'run.compare': z.strictObject({ a: z.string(), b: z.string() }),
  /** The graph as it was run. */
  'run.document': z.strictObject({ run: z.string() }),
  /** The prompts of earlier runs, those of this workflow first. */
  'run.prompts': z.strictObject({ document: z.string() }),
  /** Asks for a folder and writes the run into a new one there. */
  'run.export': z.strictObject({ run: z.string() }),
  /** Decides what becomes of steps in doubt. */
  'run.answer': z.strictObject({
    run: z.string(),
    steps: z.array(z.string()).min(1),
    answer: z.enum(['resend', 'give-up']),
  }),

  /** What the caps of the budget are used for: of a run, of all runs of a workflow, of the day. */
  'money.state': z.strictObject({ run: z.string().nullable(), workflow: z.string() }),

  /** Puts a run at the end of the queue. */
  'queue.add': asked,
  /** Puts a waiting run before another; `before: null` at the end. */
  'queue.move': z.strictObject({ run: z.string(), before: z.string().nullable() }),
  'queue.remove': z.strictObject({ run: z.string() }),
  /** Begins nothing new until `queue.resume`; what was sent is collected. */
  'queue.pause': nothing,
  'queue.resume': nothing,
  'queue.state': nothing,

  /** Pods that are looked after, as they were last seen. */
  'pods.list': nothing,
  /** All pods of the account, asked for now. */
  'pods.look': nothing,
  'pods.market': z.strictObject({ cloud: z.enum(['secure', 'community']) }),
  /** What a pod costs an hour once it is started. */
  'pods.price': pod,
  'pods.create': podAskSchema,
  'pods.start': pod,
  'pods.stop': pod,
  'pods.terminate': pod,
  /** Also takes a running pod on that was made elsewhere. */
  'pods.rules': z.strictObject({ id: z.string(), rules: podRulesSchema }),

  /** What installing files on a pod comes to; loads nothing. */
  'pods.planInstall': z.strictObject({ id: z.string().min(1), files: z.array(plannedFileSchema).max(50) }),
  'pods.install': z.strictObject({ id: z.string().min(1), files: z.array(installFileSchema).max(50) }),

  /** Asks for picture files. */
  'picture.choose': z.strictObject({ ...folder, several: z.boolean() }),
  /** Takes in files dropped on the window. */
  'picture.import': z.strictObject({ ...folder, files: z.array(path) }),
  /** Takes in the picture on the clipboard. */
  'picture.paste': nothing,
  'picture.chooseFolder': z.strictObject(folder),
  'picture.saveAs': z.strictObject({ hash: z.string(), suggestedName: z.string() }),
  'picture.copy': z.strictObject({ hash: z.string() }),
  /** Shows the folder of pictures in the system's file manager. */
  'picture.showOutFolder': nothing,

  ...galleryInputs,

  /** What uses the data folder. */
  'storage.report': nothing,
  /** Reads every stored picture; progress is told as `storage` events. */
  'storage.verify': nothing,
  'storage.stopVerify': nothing,
  /** Removes results, never what the open workflows need; `dryRun` only says what would go. */
  'storage.cleanUp': z.strictObject({
    open: z.array(z.strictObject(placed)),
    /** Results last used longer ago than so many days; `null` whatever their age. */
    olderThanDays: z.number().nonnegative().nullable(),
    /** Until pictures and previews have at most so many bytes. */
    keepBytes: z.number().nonnegative().nullable(),
    dryRun: z.boolean(),
  }),

  'settings.change': settingsSchema.partial(),
  /** Whether a provider's key works, asked without spending. */
  'secret.check': z.strictObject({ provider: z.string() }),
  /** `value: null` forgets the secret. Nothing ever reads one back. */
  'secret.set': z.strictObject({
    provider: z.string(),
    name: z.string(),
    value: z.string().min(1).nullable(),
  }),
} satisfies Record<string, z.ZodType>;

export type BridgeCall = keyof typeof bridgeInputs;
export type BridgeInput<C extends BridgeCall> = z.infer<(typeof bridgeInputs)[C]>;

/** Where a secret is, never what it is. */
export type SecretPlace = 'none' | 'kept' | 'this-start' | 'environment';

export interface AppStart {
  version: string;
  platform: 'darwin' | 'linux' | 'win32';
  settings: Settings;
  providers: ProviderInfo[];
  imageHosts: ImageHostInfo[];
  /** `provider.name` → where it is. */
  secrets: Record<string, SecretPlace>;
  /** Whether the system can encrypt keys; if not they are kept for this start only. */
  canKeepSecrets: boolean;
  examples: { name: string; title: string }[];
  recent: string[];
  /** Where Save nodes write by default. */
  outFolder: string;
  /** What was open before, with unsaved work. */
  session?: RestoredSession;
  /** A file to show beside it. */
  open?: OpenedWorkflow;
  /** Shown when there is nothing else to show. */
  example?: OpenedWorkflow;
}

export interface ChosenPicture {
  file: FileRef;
  image: ImageRef;
}

export interface RunSummary {
  run: string;
  title: string;
  openedAt: string;
  closedAt?: string;
  outcome?: Outcome;
  /** A closed run that waits does so for a choice, made in the workflow. */
  waitsFor?: 'choice';
  /** US dollars. */
  spent: number;
  /** May still be charged: on its way, in doubt, or given up without knowing. */
  reserved: number;
  steps: number;
  /** On the sandbox, to see what would happen. */
  rehearsal?: true;
}

/** What each call gives. `null`: the person closed the dialog. */
export interface BridgeOutputs extends FileCallOutputs, GalleryOutputs, SavedNodeAnswers {
  'app.start': AppStart;
  'window.describe': null;
  'window.close': null;
  'window.stay': null;
  'link.open': null;
  'workflow.open': OpenedWorkflow | null;
  'workflow.save':
    | { path: string; seen: string }
    | {
        /** sha256 of what is in the file now. */
        changedOnDisk: string;
      }
    | null;
  'workflow.keepDraft': null;
  'session.keep': null;
  'workflow.forgetRecent': null;
  'routes.compare': RouteComparison;
  'routes.move': CostedMove;
  'loras.list': ListedLora[];
  'loras.read': LoraDetails[];
  'plan.make': Plan;
  'run.start': { run: string } | { issues: Issue[] };
  'run.cancel': null;
  'run.list': RunSummary[];
  'run.show': RunEvent[];
  'run.receipts': RunReceipts;
  'run.compare': Comparison;
  'run.document': WorkflowDocument;
  'run.prompts': EarlierPrompt[];
  'run.export': ExportedRun | null;
  'run.answer': null;
  'money.state': MoneyState;
  'queue.add': { entry: QueueEntry } | { issues: Issue[] };
  'queue.move': null;
  'queue.remove': null;
  'queue.pause': null;
  'queue.resume': null;
  'queue.state': QueueState;
  'pods.list': PodReport[];
  'pods.look': PodReport[];
  'pods.market': PodMarket;
  'pods.price': number | null;
  'pods.create': PodReport;
  'pods.start': PodReport;
  'pods.stop': PodReport;
  'pods.terminate': null;
  'pods.rules': PodReport;
  'pods.planInstall': InstallPlan;
  'pods.install': PodReport;
  'picture.choose': ChosenPicture[] | null;
  'picture.import': ChosenPicture[];
  'picture.paste': ChosenPicture | null;
  'picture.chooseFolder': { path: string } | null;
  'picture.saveAs': { path: string } | null;
  'picture.copy': null;
  'picture.showOutFolder': null;
  'storage.report': StorageReport;
  'storage.verify': VerifyReport;
  'storage.stopVerify': null;
  'storage.cleanUp': CleanUpReport;
  'settings.change': Settings;
  'secret.check': KeyCheck;
  'secret.set': Record<string, SecretPlace>;
}

export type BridgeAnswer<C extends BridgeCall> =
  { ok: true; value: BridgeOutputs[C] } | { ok: false; failure: Failure };

export type BridgeEvent =
  | { type: 'run'; events: RunEvent[] }
  | { type: 'queue'; state: QueueState }
  /** All pods that are looked after, whenever they were looked at. */
  | { type: 'pods'; pods: PodReport[] }
  | { type: 'command'; command: MenuCommand }
  | { type: 'open'; workflow: OpenedWorkflow }
  /** The window is to close: keep what is not kept yet, then call `window.close`. */
  | { type: 'keep-and-close' }
  | { type: 'recent'; recent: string[] }
  /** Something happened to a file that is open here, or another Seedloom has taken it. */
  | { type: 'file-changed'; path: string }
  | { type: 'file-taken'; path: string; by: FileOwner }
  | { type: 'storage'; progress: StorageProgress }
  /** Something went wrong outside any call. */
  | { type: 'trouble'; failure: Failure };

/** What the preload script puts on `window.seedloom`. */
export interface Bridge {
  call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeAnswer<C>>;
  /** Gives a function that stops listening. */
  listen(listener: (event: BridgeEvent) => void): () => void;
  /** The path of a file dropped on the window, `''` when it has none. */
  pathOfFile(file: unknown): string;
}

/** Address of a stored picture; `width` in pixels asks for a preview at least that wide (256, 512, 1024). */
export function pictureAddress(hash: string, width?: 256 | 512 | 1024): string {
  return `seedloom://blob/${hash}${width === undefined ? '' : `?w=${width}`}`;
}
