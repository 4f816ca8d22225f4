import { z } from 'zod';
import type { Aspect, SizeTier } from './aspect';
import type { Failure } from './failure';
import type { Fault } from './fault';
import type { HostedPicture } from './image-host';
import type { Issue } from './issue';
import type { KeyReport } from './key-check';
import type { JsonObject, JsonValue } from './json';
import type { LoraBase } from './lora/lora';
import type { LoraShelf } from './lora/lora-shelf';
import type { PictureTools } from './pictures';
import type { Price } from './price';
import type { MachineSpec } from './route-economics';
import { modelRefSchema, type ImageTask, type TaskKind, type TrainLoraTask } from './task';
import type { ImageRef, LoraRef, StoredLora } from './values';

/** What is known of a job after a crash. Shown beside the route and obeyed by the engine. */
export const recoveries = ['idempotency-key', 'own-id', 'ticket', 'none'] as const;
export type Recovery = (typeof recoveries)[number];

/**
 * One model of a provider: plain data, the same in the plan, the editor and `seedloom providers --json`. Limits that are
 * left out do not exist.
 */
export interface ModelSpec {
  /** Short and stable, the second half of a route: `seedream-4.5`. */
  id: string;
  label: string;
  tasks: readonly TaskKind[];
  /** Whether the vendor promises the same weights behind this id for ever. */
  pinned: boolean;
  /** Only for rehearsals: what goes wrong at it, or `none`. It stands in no list of routes. */
  rehearses?: Fault | 'none';
  /** Another one when the same task would mean another picture of this model alone; the provider's `revision` counts for all. */
  revision?: number;
  size?: {
    /** Product of width and height. */
    minPixels?: number;
    maxPixels?: number;
    minSide?: number;
    maxSide?: number;
    /** Longer side over shorter side. */
    maxAspect?: number;
    /** Sides must be multiples of this. */
    multipleOf?: number;
    /** The only aspects there are: the model takes no size in pixels, it is asked for one of these. */
    aspects?: readonly Aspect[];
    /** With `aspects`: the numbers of pixels it can be asked for besides, the nearest of which is. */
    tiers?: readonly [SizeTier, ...SizeTier[]];
  };
  maxReferences?: number;
  /** It paints what a mask marks, and nothing without one. */
  needsMask?: true;
  /** Most pictures of one job. */
  maxCount: number;
  /** Pictures of one job are drawn as a set that belongs together; otherwise side by side, each by itself. */
  sets?: true;
  /** References and pictures asked together. */
  maxReferencesAndCount?: number;
  maxPromptLength?: number;
  /** What may be asked beyond prompt and size; what is not named is ignored or refused, and said so. */
  takes: {
    /** `false`: how large a picture becomes, it decides. */
    size?: false;
    seed?: boolean;
    negative?: boolean;
    loras?: boolean;
    /** LoRAs change its text encoder too, by a strength of their own. */
    loraClip?: boolean;
    mask?: boolean;
    strength?: boolean;
    /** Weights in the prompt, `(word:1.3)`, count; else it reads them as plain text. */
    weights?: boolean;
  };
  factors?: readonly number[];
  /** Of enlarging. */
  enlarges?: {
    /** Most pixels of the result, and most of a side. */
    maxPixels?: number;
    maxSide?: number;
    /** It enlarges by this whatever is asked, to so many pixels at most; what it made is then scaled to the factor asked. */
    always?: { by: number; maxPixels: number };
  };
  /** The family whose LoRAs change it. */
  loraBase?: LoraBase;
  /** Of a model with the task `train-lora`; without a `loraBase` it only rehearses. */
  training?: {
    /** Usual time, seconds; no more than an order of magnitude. */
    secondsPerStep: { low: number; high: number };
  };
  /** US dollars; `perPicture: 0` is free. */
  price: Price;
  /** Usual time of one picture, seconds. */
  seconds: { low: number; high: number };
}

export interface SecretSpec {
  /** `key` is read from `SEEDLOOM_<PROVIDER>_KEY`. */
  name: string;
  label: string;
  required: boolean;
  /** Where to get one. */
  help?: string;
}

export interface SettingSpec {
  /** `baseUrl` is read from `SEEDLOOM_<PROVIDER>_URL`; every provider has it. */
  name: string;
  label: string;
  initial: string;
  hint?: string;
  /** There is nothing it could be at first, and nothing works without it. */
  required?: true;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD';
  /** Absolute. Its origin is replaced by the `baseUrl` setting when it is one of the provider's `hosts`. */
  url: string;
  headers?: Record<string, string>;
  /** One of the three bodies at most. */
  json?: JsonValue;
  bytes?: { data: Uint8Array; type: string };
  form?: readonly (
    { name: string; value: string } | { name: string; file: { name: string; data: Uint8Array; type: string } }
  )[];
  /** Milliseconds for the whole answer; 60,000 when left out. */
  timeout?: number;
  /** Milliseconds without a byte after which an answer that comes as events counts as cut; `timeout` when left out. */
  silence?: number;
}

/** One event of a `text/event-stream`; `event` is `message` where the stream names none. */
export interface ServerSentEvent {
  event: string;
  data: string;
}

/** Reads the events of an answer one after the other; after `last` nothing more is waited for. */
export type OnEvent = (event: ServerSentEvent) => Promise<'more' | 'last'>;

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** The body as JSON, or `undefined` when it is not. */
  json: unknown;
  text: string;
}

export interface SocketHandlers {
  /** Each time it is joined: the engine joins it anew when it is cut. What was said in between is lost. */
  onOpen?(): void;
  onText(text: string): void;
  onBinary?(data: Uint8Array): void;
  /** Each time it is cut. */
  onClose(): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a provider's code may use. It never sleeps, loops, stores or retries: the engine does. */
export interface ProviderTools {
  /** Every setting of the provider, resolved. */
  settings: Readonly<Record<string, string>>;
  /** A secret's value, `''` when an optional one is not set; throws a `FailureError` (`no-key`) for a required one. */
  secret(name: string): string;
  /** A call that costs nothing: may be repeated. Throws a `FailureError` (`readError`'s for a status that is not 2xx). */
  ask(request: HttpRequest): Promise<HttpAnswer>;
  /**
   * The one call that may cost: written down first, sent once. Throws as `ask`. With `onEvent` an answer that is an event
   * stream is read as it comes, and the answer it resolves with has no body; an answer in JSON comes as ever.
   */
  spend(request: HttpRequest, onEvent?: OnEvent): Promise<HttpAnswer>;
  /**
   * What the paid request has come to so far, as it would stand if nothing more came: written down at once, so that it
   * survives a crash, its pictures shown and fetched while the rest is made. When `submit` throws after this, the last of
   * these is the result.
   */
  arrived(soFar: RemoteResult): Promise<void>;
  /** Our own id for this attempt: unguessable, kept over a restart. */
  requestId: string;
  pictures: PictureTools;
  /** Of a LoRA that was trained here. Throws a `FailureError` when its file is gone. */
  readLora(file: StoredLora): Promise<Uint8Array>;
  /**
   * The link of a picture (by its content's hash) that was uploaded to this vendor before, while it lives; else `upload`
   * brings it there. `until`: when the vendor lets the link die, milliseconds since 1970.
   */
  uploaded(hash: string, upload: () => Promise<{ link: string; until: number }>): Promise<string>;
  /**
   * A link to a picture of this computer, by the image host the person has chosen: for a vendor that takes links only
   * (`picturesIn: 'links'`). Uploaded once for a content, host and place there, and used again while it lives; free, so it
   * belongs before `spend`. `hash` is the sha256 of `data` in hex, `type` its media type (`image/png`). The link lives
   * ten minutes at least, most often days. Throws a `FailureError` with `charge: 'none'`: `no-image-host`, `no-key`, or what the host has refused.
   */
  hosted(picture: HostedPicture): Promise<string>;
  /** A websocket for progress; it may fail at any time without harm. `url` is ws: or wss:, rewritten as for `ask`. */
  socket(url: string, handlers: SocketHandlers, headers?: Record<string, string>): Socket;
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The tools that cost nothing: nothing can be bought with them. */
export type FreeTools = Pick<ProviderTools, 'settings' | 'secret' | 'ask' | 'signal' | 'now'>;

/** A job at the vendor: plain JSON, written down before anything else happens with it. */
export const remoteJobSchema = modelRefSchema.extend({ id: z.string(), ticket: z.json() });
export interface RemoteJob {
  provider: string;
  model: string;
  /** The vendor's id, or ours where the recovery is `own-id`. */
  id: string;
  /** Whatever `check` and `cancel` need besides; `null` must do for `own-id`. */
  ticket: JsonValue;
}

/** One picture of a result: where it is to be had, or why there is none. */
export type RemotePicture =
  /** `again`: under which link, and until when, the vendor takes this very picture as a reference (as of `uploaded`). */
  | { from: 'url'; request: HttpRequest; again?: { link: string; until: number } }
  | { from: 'bytes'; bytes: Uint8Array }
  | { from: 'store'; image: ImageRef }
  /** The result of a training, before its samples: a safetensors file, to be fetched or here already, and what it is. */
  | { from: 'training'; lora: Pick<LoraRef, 'name' | 'trained'>; file: HttpRequest | Uint8Array }
  | { from: 'nowhere'; failure: Failure };

export interface RemoteResult {
  pictures: RemotePicture[];
  /** US dollars as the vendor says it charged, where it says so. */
  price?: number;
  /** Of the pictures asked for (`of`), so many are charged for, and so many may be; all of them when left out. */
  charged?: { certain: number; possible: number; of: number };
  /** The vendor's request id, for a claim. */
  vendorId?: string;
  /** What the vendor says besides (seed, real size). No keys, no paths. */
  notes?: JsonObject;
}

export type RemoteState =
  /** `words`: what it waits for, where there is more to say than its place: "a worker is starting". */
  | { state: 'waiting' | 'running'; fraction?: number; place?: number; words?: string }
  | { state: 'done'; result: RemoteResult }
  /** `price`: US dollars it cost all the same, where the vendor says so; else the failure's `charge` counts alone. */
  | { state: 'failed'; failure: Failure; price?: number }
  /** The vendor knows nothing of this job. */
  | { state: 'lost'; failure: Failure }
  /** It cannot be known any more what became of it: a person decides. */
  | { state: 'in-doubt'; failure: Failure };

export type Submitted = { state: 'accepted'; job: RemoteJob } | { state: 'done'; result: RemoteResult };

/** A text file of the person, for models of their own. */
export interface OwnFile {
  /** Without its folders. */
  name: string;
  text: string;
}

/** Models that the person adds as files. */
export interface OwnModels {
  /** In the data folder. */
  folder: string;
  /** Of the files that are meant: `.recipe.json`. */
  ending: string;
  /** The provider with the models that can be used, and what is wrong with the other files (`place.path` is the file's name). */
  read(files: readonly OwnFile[]): { provider: Provider; issues: Issue[] };
}

/** What a provider may tell while a job runs. `wake` asks the engine to `check` at once. */
export interface WatchTools {
  report(fraction: number): void;
  preview(bytes: Uint8Array, type: 'image/jpeg' | 'image/png' | 'image/webp'): void;
  wake(): void;
}

/** Somewhere the person has an account: what settings, keys and calls need to know of it. */
export interface Service {
  id: string;
  label: string;
  homepage: string;
  /** One line for the person who chooses it. */
  summary: string;
  /** Origins the service's own interface has; calls to them go to `baseUrl` when that is set. */
  hosts: readonly string[];
  secrets: readonly SecretSpec[];
  settings: readonly SettingSpec[];
  /** The status an answer stands for, where one that refuses may say 200. The engine goes by it in all it does. */
  statusOf?(answer: HttpAnswer): number;
  /** An answer that is not 2xx, in our words. */
  readError(answer: HttpAnswer): Failure;
}

/**
 * Where model nodes run. One file a vendor; `revision` goes up when the same task would mean another picture.
 *
 * `submit` makes its free calls by `tools.ask`, then at most one `tools.spend`, and reads the answer. `check` is one
 * question, repeatable for ever, also after a restart. Everything may throw a `FailureError`.
 */
export interface Provider extends Service {
  revision: number;
  limits: { together: number; perMinute?: number };
  /** `links`: the vendor takes pictures by link only and has no upload, so `submit` gets them one by `tools.hosted`. */
  picturesIn?: 'links';
  models: readonly ModelSpec[];
  /**
   * Where the person's settings make other limits and prices, those: an endpoint of their own, priced by the second. Pure,
   * asked before every plan with every setting resolved; bad text counts as if it were not set (`submit` says what is wrong).
   */
  withSettings?(settings: Readonly<Record<string, string>>): Pick<Provider, 'limits' | 'models'>;
  /** Its address may be that of a rented pod. */
  onPods?: true;
  /** Where its work is paid by a machine's time; every setting is resolved, and bad text counts as if it were not set. */
  machine?(settings: Readonly<Record<string, string>>): MachineSpec;
  /** Where the person may add models to these; they are read once, when Seedloom starts. */
  ownModels?: OwnModels;
  /** Where its LoRAs can be listed. */
  loras?: LoraShelf;
  recovery: Recovery;
  submit(task: ImageTask, tools: ProviderTools): Promise<Submitted>;
  /** The same for a LoRA; for a provider whose models have the task `train-lora`. */
  train?(task: TrainLoraTask, tools: ProviderTools): Promise<Submitted>;
  check?(job: RemoteJob, tools: ProviderTools): Promise<RemoteState>;
  /** Asks the vendor to stop; what comes of it is seen by `check`. */
  cancel?(job: RemoteJob, tools: ProviderTools): Promise<void>;
  /**
   * Whether the key works, by a question that costs nothing; left out where the vendor has none. Throws a `FailureError`
   * (`bad-key`, `forbidden`, `no-balance`) for one that does not.
   */
  checkKey?(tools: FreeTools): Promise<KeyReport>;
  /** Follows a job's progress; gives a function that stops following. */
  watch?(job: RemoteJob, tools: ProviderTools, watch: WatchTools): () => void;
}

export type ProviderCatalogue = ReadonlyMap<string, Provider>;

export function providerCatalogue(modules: Record<string, unknown>): ProviderCatalogue {
  const catalogue = new Map<string, Provider>();
  for (const path of Object.keys(modules).sort()) {
    const provider = (modules[path] as { default: Provider }).default;
    if (catalogue.has(provider.id)) throw new Error(`${path}: provider id ${provider.id} is taken`);
    catalogue.set(provider.id, provider);
  }
  return catalogue;
}

/** What the plan, the editor and the command line need of a provider: its data without its code. */
export type ProviderInfo = Pick<
  Provider,
  | 'id'
  | 'label'
  | 'homepage'
  | 'revision'
  | 'summary'
  | 'secrets'
  | 'settings'
  | 'limits'
  | 'models'
  | 'recovery'
  | 'picturesIn'
  | 'onPods'
> & {
  /** Its key can be checked without spending. */
  checksKey?: true;
  /** Its LoRAs can be listed. */
  listsLoras?: true;
  /** Its work is paid by a machine's time. */
  paidByTime?: true;
  /** Whether a job under way can be stopped. */
  cancels: boolean;
};
