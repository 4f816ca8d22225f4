import { z } from 'zod';
import { failureSchema, type Failure } from './failure';
import { podInstallSchema, type FileFacts, type InstallFile, type InstallerSign } from './pod-install';
import type { FreeTools, HttpAnswer, HttpRequest, Service } from './provider';

/** Rented computers with a GPU on which ComfyUI runs: what is known of them, what may be asked, and of whom. */

/** Where a pod is, as its host says it. `unsure`: a word this version does not know. */
const podStatuses = ['starting', 'running', 'stopped', 'broken', 'gone', 'unsure'] as const;

/** A pod as its host shows it. */
export const podSeenSchema = z.object({
  /** The host's id. */
  id: z.string(),
  name: z.string(),
  status: z.enum(podStatuses),
  /** US dollars an hour now; 0 while it is stopped. */
  perHour: z.number(),
  gpu: z.object({ id: z.string(), count: z.number() }).optional(),
  cloud: z.enum(['secure', 'community']).optional(),
  image: z.string().optional(),
  dataCenter: z.string().optional(),
  /** GB of disk that stay, and are paid for, while it is stopped. */
  keptDisk: z.number().optional(),
  networkVolume: z.string().optional(),
  /** `8188/http` */
  ports: z.array(z.string()),
  /** Cannot be stopped until it is unlocked in the host's console. */
  locked: z.boolean(),
  /** Since when it is paid for; milliseconds since 1970. */
  startedAt: z.number().optional(),
  /** Our own mark in its environment, of a pod that Seedloom has made on any computer. */
  mark: z.string().optional(),
});
export type PodSeen = z.infer<typeof podSeenSchema>;

/** When a pod is stopped without being asked for. Minutes; `null` for never. */
export const podRulesSchema = z.object({
  /** Without work for so long. */
  idle: z.number().int().min(1).nullable(),
  /** Running for so long; a job under way is finished first. */
  maxAge: z.number().int().min(1).nullable(),
  /** The pod's own watchdog stops it when no Seedloom has been heard of for so long; a job under way is finished first. */
  lease: z.number().int().min(2),
  /** No job ends for so long: what hangs is no work any more. */
  job: z.number().int().min(1),
  /** It has so long until ComfyUI answers for the first time. */
  start: z.number().int().min(1),
});
export type PodRules = z.infer<typeof podRulesSchema>;

/** The first start of RunPod's own ComfyUI image may take 30 minutes (docs.runpod.io/tutorials/pods/comfyui). */
export const initialRules: PodRules = { idle: 15, maxAge: 720, lease: 15, job: 240, start: 45 };

/** What is to be made. */
export interface PodOrder {
  name: string;
  /** Our own mark: who finds it in a pod's environment knows which order made it. */
  mark: string;
  gpu: { id: string; count: number };
  cloud: 'secure' | 'community';
  /** One of the two; with a template the image is the template's unless it is named. */
  image?: string;
  template?: string;
  /** GB of disk that is wiped with every stop. */
  disk: number;
  /** GB that survive a stop, on the pod's own machine; not together with a network volume. */
  keptDisk?: number;
  networkVolume?: { id: string; path: string };
  dataCenters?: readonly string[];
  ports: readonly string[];
  /** May hold keys: it is sent, and written down nowhere. */
  env: Readonly<Record<string, string>>;
  /** The watchdog that stops the pod when no Seedloom is heard of; none when left out. */
  watchdog?: { lease: PodLease; rules: PodRules; start: string };
}

/** An order as the window sends it: everything said, `''` and `null` for what is left out. */
export const podAskSchema = z.strictObject({
  name: z.string().max(100),
  gpu: z.strictObject({ id: z.string().min(1), count: z.number().int().min(1).max(16) }),
  cloud: z.enum(['secure', 'community']),
  image: z.string(),
  /** The id of one of the host's templates. */
  template: z.string(),
  disk: z.number().int().min(1),
  volume: z.strictObject({ id: z.string(), dataCenter: z.string() }).nullable(),
  /** ComfyUI's. */
  port: z.number().int().min(1).max(65_535),
  /** Further ones: `22/tcp` */
  ports: z.array(z.string().regex(/^\d{1,5}\/(http|tcp)$/)).max(9),
  env: z.record(z.string().regex(/^(?!SEEDLOOM_)[A-Za-z_]\w*$/), z.string()),
  /** What the image begins with, for the watchdog to go on with; `null` for no watchdog. */
  start: z.string().min(1).nullable(),
  rules: podRulesSchema,
});
export type PodAsk = z.infer<typeof podAskSchema>;

/** What can be rented now. */
export interface PodMarket {
  offers: GpuOffer[];
  volumes: PodVolume[];
}

/** How a pod's watchdog and Seedloom know each other. `token` names the files they pass through ComfyUI. */
export interface PodLease {
  token: string;
  /** ComfyUI's port on the pod. */
  port: number;
  /** Where on the pod what survives a stop is mounted: the installer beside the watchdog puts model files there. */
  volume?: string | undefined;
}

/** A kind of GPU that can be rented. US dollars an hour for one. */
export interface GpuOffer {
  id: string;
  name: string;
  /** GB */
  memory: number;
  secure?: number;
  community?: number;
  /** Whether there are any just now, in the cloud that was asked for; left out when the host does not say. */
  stock?: 'none' | 'low' | 'medium' | 'high';
}

export interface PodVolume {
  id: string;
  name: string;
  /** GB */
  size: number;
  dataCenter: string;
}

/** What ComfyUI on the pod says of itself. */
export interface PodProbe {
  answers: boolean;
  /** Jobs that run or wait there, whoever has sent them. */
  remaining?: number;
  /** What the watchdog has said last; left out when it was not asked or says nothing. */
  watchdog?: { canStop: boolean };
  /** What the installer has said last; the same. */
  installer?: InstallerSign;
}

export type PodAction = 'start' | 'stop' | 'terminate';

/** `spend` sends once what may cost money; `ask` may be repeated and costs nothing. Both throw a `FailureError`. */
export interface PodTools extends FreeTools {
  spend(request: HttpRequest): Promise<HttpAnswer>;
}

/** Where pods are rented. One file a host; it never loops, sleeps, stores or retries: the engine does. */
export interface PodHost extends Service {
  /** Ids of other services whose key is the same account's, used where this one's own is not set. */
  sharesKeyWith: readonly string[];
  /** From the start until ComfyUI answers, seconds, as somebody has published it. */
  startUp: { low: number; high: number; source: string };
  /** All pods of the account. */
  list(tools: PodTools): Promise<PodSeen[]>;
  /** Throws `not-your-pod` for one that is not there, or is another account's. */
  get(id: string, tools: PodTools): Promise<PodSeen>;
  offers(cloud: PodOrder['cloud'], tools: PodTools): Promise<GpuOffer[]>;
  volumes(tools: PodTools): Promise<PodVolume[]>;
  /** Costs from now on. Sent once. */
  create(order: PodOrder, tools: PodTools): Promise<PodSeen>;
  /** `start` costs from now on and is sent once; the others may be repeated. */
  act(id: string, action: PodAction, tools: PodTools): Promise<void>;
  /** Where ComfyUI on the pod is reached; no slash at the end. */
  address(id: string, port: number, tools: Pick<PodTools, 'settings'>): string;
  /** The id of the pod that `address` gives, whatever its port; `undefined` for any other address. */
  podAt(address: string, tools: Pick<PodTools, 'settings'>): string | undefined;
  /** Never throws for a ComfyUI that does not answer. */
  probe(address: string, lease: PodLease | undefined, tools: PodTools): Promise<PodProbe>;
  /** Tells the watchdog that Seedloom is there for `minutes` more. `beat` is another with each renewal. */
  renew(address: string, lease: PodLease, beat: string, minutes: number, tools: PodTools): Promise<void>;
  /** What the site of a model file's address says of it; nothing where it says nothing. Never throws. */
  lookUp(url: string, tools: PodTools): Promise<FileFacts | undefined>;
  /** Tells the installer which files to load; the same again changes nothing. */
  install(
    address: string,
    lease: PodLease,
    order: string,
    files: readonly InstallFile[],
    tools: PodTools,
  ): Promise<void>;
  /** The files that ComfyUI lists in one of its model folders; nothing when it does not answer. */
  models(address: string, folder: string, tools: PodTools): Promise<string[] | undefined>;
}

export type PodHostCatalogue = ReadonlyMap<string, PodHost>;

export function podHostCatalogue(modules: Record<string, unknown>): PodHostCatalogue {
  const hosts = Object.keys(modules)
    .sort()
    .map((path) => (modules[path] as { default: PodHost }).default);
  return new Map(hosts.map((host) => [host.id, host]));
}

/** Where a pod is in its life, in Seedloom's words. */
export const podPhases = [
  'ordered', // written down, not seen yet
  'starting', // paid for, ComfyUI does not answer yet
  'busy', // jobs run or wait
  'idle', // ComfyUI answers and has nothing to do
  'silent', // ComfyUI answered before and does not now
  'stopping', // asked to stop, still running
  'stopped',
  'broken', // its host says that it failed
  'no-gpu', // started without the GPU it is for
  'unseen', // its host cannot be asked
  'gone',
] as const;
export type PodPhase = (typeof podPhases)[number];

/** A pod as it is told to the person. */
export const podReportSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The host's: `runpod`. */
  host: z.string(),
  phase: z.enum(podPhases),
  /** US dollars. */
  perHour: z.number(),
  /** US dollars since it was last started: its price by the time; disks and taxes are the host's to say. */
  sinceStart: z.number(),
  /** Milliseconds since 1970. */
  startedAt: z.number().optional(),
  gpu: z.string().optional(),
  /** Where ComfyUI is reached while it runs; left out until its host has given it an id. */
  address: z.string().optional(),
  /** Ids of the providers whose address this is; left out when there are none. */
  usedBy: z.array(z.string()).optional(),
  /** GB that are paid for while it is stopped. */
  keptDisk: z.number().optional(),
  /** `none`: nothing on the pod stops it. `expected`: not heard of yet. `cannot-stop`: it runs and may not be allowed to. */
  watchdog: z.enum(['none', 'expected', 'there', 'cannot-stop']),
  /** Seedloom looks after it: it was made or started here and has rules. */
  kept: z.boolean(),
  rules: podRulesSchema.optional(),
  /** When it will be stopped if nothing happens; milliseconds since 1970. */
  stopsAt: z.number().optional(),
  /** Jobs that run or wait on it. */
  remaining: z.number().optional(),
  /** How long ComfyUI took to answer in the newest starts that were watched, seconds. */
  startsSeen: z.object({ low: z.number(), high: z.number(), starts: z.number() }).optional(),
  /** What is wrong with it. */
  trouble: failureSchema.optional(),
  /** Seedloom can put model files on its volume. */
  installs: z.boolean().optional(),
  /** The files that were asked for last. */
  install: podInstallSchema.optional(),
});
export type PodReport = z.infer<typeof podReportSchema>;

/** Whether it costs by the hour just now. */
export function isPaidFor(phase: PodPhase): boolean {
  return !['ordered', 'stopped', 'gone'].includes(phase);
}

/** What can be done about a failure with pods, as the next step to offer. */
export type PodStep =
  'wait-and-start' | 'redeploy' | 'other-gpu' | 'top-up' | 'set-key' | 'list' | 'unlock' | 'stop-here';

const steps: Readonly<Record<string, readonly PodStep[]>> = {
  'no-gpu': ['wait-and-start', 'redeploy'],
  'no-stock': ['other-gpu'],
  'no-balance': ['top-up'],
  'bad-key': ['set-key'],
  'no-key': ['set-key'],
  forbidden: ['set-key'],
  'not-your-pod': ['list'],
  'not-now': ['list'],
  'pod-locked': ['unlock'],
  'no-watchdog': ['stop-here'],
  'no-installer': ['list'],
  'pod-in-doubt': ['list'],
};

/** What to offer after a failure; empty where only its words help. */
export function stepsAfter({ code }: Pick<Failure, 'code'>): readonly PodStep[] {
  return steps[code] ?? [];
}
