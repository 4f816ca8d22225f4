import { z } from 'zod';
import { failureSchema, type MissingPart } from './failure';

/** Model files that Seedloom puts on a pod's volume: what is asked for, what is known of it, how far it is. */

/** One file. The installer on the pod checks the same again. */
export const installFileSchema = z.strictObject({
  /** One of ComfyUI's model folders: `diffusion_models`. */
  folder: z.string().regex(/^[a-z0-9_]+$/),
  name: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_+][A-Za-z0-9._+-]*\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx)$/),
  url: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[^\s"'`\\]+$/),
  /** Exactly, as the site of its address says. */
  bytes: z.number().int().positive().optional(),
  /** About, where nobody says it exactly. */
  about: z.number().int().positive().optional(),
  /** 64 small hex digits. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  licence: z.string().optional(),
});
export type InstallFile = z.infer<typeof installFileSchema>;

/** What the site of a file's address says of it. */
export interface FileFacts {
  bytes?: number;
  sha256?: string;
  licence?: string;
  /** It is given to those only who have accepted its licence at `page`; they show it by a token in `variable` on the pod. */
  gate?: { page: string; variable: string };
  /** There is no such file. */
  isGone?: true;
}

/** A file as it would be installed, and why it is not, where it is not (`there`: nothing needs to be done). */
export const plannedFileSchema = installFileSchema.extend({
  folder: z.string(),
  name: z.string(),
  url: z.string(),
  problem: failureSchema.optional(),
});
export type PlannedFile = z.infer<typeof plannedFileSchema>;

/** What is agreed to before anything is loaded. */
export interface InstallPlan {
  files: PlannedFile[];
  /** Of those that can be installed, as far as it is known. */
  bytes: number;
  /** Bytes that the volume says are free. */
  free?: number;
}

export const installStates = [
  'waits',
  'loads',
  'checks',
  'done',
  'there', // before
  'differs', // another file of that name is there
  'wrong-hash',
  'wrong-size',
  'no-space',
  'gated',
  'not-found',
  'no-folder',
  'no-tools',
  'bad-order',
  'failed',
] as const;
export type InstallState = (typeof installStates)[number];

/** What the installer on a pod has said last. */
export interface InstallerSign {
  /** Another with each word of it. */
  beat: string;
  /** `-` when it has none. */
  order: string;
  /** Bytes. */
  free?: number;
  /** `place` is the file's in the order, from 1. */
  files: readonly { place: number; state: InstallState; received: number }[];
}

const progressSchema = installFileSchema.extend({
  state: z.enum(installStates),
  /** Bytes. */
  received: z.number(),
  /** Whether ComfyUI lists it; left out until it was asked. */
  listed: z.boolean().optional(),
});
export type InstallProgress = z.infer<typeof progressSchema>;

/** An install as it is kept, and told. */
export const podInstallSchema = z.object({
  order: z.string(),
  files: z.array(progressSchema),
  free: z.number().optional(),
  beat: z.string(),
  /** When the installer was heard of last, or could not be, or the order was given; milliseconds since 1970. */
  heardAt: z.number(),
});
export type PodInstall = z.infer<typeof podInstallSchema>;

/** So long an installer may keep silent, milliseconds; then it counts as gone. */
export const installerTime = 5 * 60_000;

export function isUnderWay({ state }: Pick<InstallProgress, 'state'>): boolean {
  return state === 'waits' || state === 'loads' || state === 'checks';
}

export function isInstalled({ state }: Pick<InstallProgress, 'state'>): boolean {
  return state === 'done' || state === 'there';
}

/** A new order: what is asked for, and what was asked for before and is not done. */
export function newInstall(
  before: PodInstall | undefined,
  asked: readonly InstallFile[],
  order: string,
  at: number,
): PodInstall {
  const places = new Map<string, InstallFile>();
  for (const { state, received: _received, listed: _listed, ...file } of before?.files ?? [])
    if (isUnderWay({ state })) places.set(`${file.folder}/${file.name}`, file);
  for (const file of asked) places.set(`${file.folder}/${file.name}`, file);
  const files = [...places.values()].map((file) => ({ ...file, state: 'waits' as const, received: 0 }));
  return { order, files, beat: '', heardAt: at };
}

/** With what the installer says now. What is done stays done, whatever it says of it after a new start. */
export function foldInstall(install: PodInstall, sign: InstallerSign | undefined, at: number): PodInstall {
  if (sign === undefined || sign.beat === install.beat) return install;
  const heard = {
    ...install,
    beat: sign.beat,
    heardAt: at,
    ...(sign.free === undefined ? {} : { free: sign.free }),
  };
  if (sign.order !== install.order) return heard;
  const said = new Map(sign.files.map((file) => [file.place, file]));
  const files = install.files.map((file, index): InstallProgress => {
    const now = said.get(index + 1);
    if (now === undefined || file.state === 'done') return file;
    return { ...file, state: now.state, received: now.received };
  });
  return { ...heard, files };
}

/** Files that are still to come, of an installer that is there: work, as jobs are. */
export function filesLeft(install: PodInstall | undefined, at: number): number {
  if (install === undefined || at - install.heardAt >= installerTime) return 0;
  return install.files.filter(isUnderWay).length;
}

/** The files among what a server lacks; node classes are no files. */
export function filesAmong(parts: readonly MissingPart[]): PlannedFile[] {
  return parts
    .filter(({ kind }) => kind === 'model-file')
    .map(({ name, folder = '', url = '', bytes, licence }) => ({
      name,
      folder,
      url,
      ...(bytes === undefined ? {} : { about: bytes }),
      ...(licence === undefined ? {} : { licence }),
    }));
}
