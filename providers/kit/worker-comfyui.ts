import { z } from 'zod';
import { FailureError, userFailure, type Failure, type MissingPart } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';
import type { ProviderTools, RemotePicture } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { fromBase64, toBase64 } from './base64';
import { completeGraph, type RecipeGraph } from './comfyui-graph';
import { isFileName } from './comfyui-inputs';
import { picturesOf, seedOf } from './comfyui-submit';
import { assumedClasses } from './core-node-classes';
import { readChosenFiles, withChosenFiles } from './recipes/chosen-files';
import type { Recipe } from './recipes/recipe';
import { referenceLink, referencePicture, type ReferenceLimits } from './reference-picture';

/**
 * RunPod's worker-comfyui: ComfyUI behind a queue of jobs. Source: runpod-workers/worker-comfyui, `handler.py` and README (5.x).
 * It tells nothing of its node classes and files, so recipes are completed by what ComfyUI itself has; what is not there it
 * says when it has begun.
 */

const loadable: ReferenceLimits = { formats: ['png', 'jpeg', 'webp', 'gif', 'tiff'] };

export interface WorkerInput {
  /** `input` of the job. */
  input: JsonObject;
  /** What is taken for granted to be there. */
  files: MissingPart[];
}

export interface WorkerChoices {
  /** The person's list of model files. */
  files: string;
  /** `CLASS.input` of a node that loads a picture by its link, or nothing. */
  linkNode: string;
  /** Most bytes of the whole input as JSON. */
  mostBytes: number;
}

/** A task as the worker takes it. Throws a `FailureError` before anything is sent. */
export async function workerInput(
  recipes: readonly Recipe[],
  task: ImageTask,
  choices: WorkerChoices,
  tools: ProviderTools,
): Promise<WorkerInput> {
  const recipe = recipes.find(({ model }) => model.id === task.model.model);
  if (recipe === undefined) throw new Error(`there is no recipe ${task.model.model}`);
  const pictures = picturesOf(task);
  const all = [...pictures.images, ...(pictures.mask === undefined ? [] : [pictures.mask])];
  const graph = recipe.build(task, {
    images: pictures.images.map(nameOf),
    ...(pictures.mask === undefined ? {} : { mask: nameOf(pictures.mask) }),
    seed: ('seed' in task ? task.seed : undefined) ?? seedOf(tools.requestId),
    prefix: `seedloom/${tools.requestId}`,
  });
  const { workflow, files } = assumedPrompt(graph, choices.files);
  const input = await withPictures(workflow, all, choices, tools);
  return { input: { ...task.extra, ...input }, files };
}

/** By its content, whatever its format: ComfyUI looks at the bytes. */
function nameOf({ hash }: ImageRef): string {
  return `${hash}.png`;
}

function assumedPrompt(built: RecipeGraph, chosen: string): { workflow: JsonObject; files: MissingPart[] } {
  const { graph, files } = withChosenFiles(built, readChosenFiles(chosen));
  const completed = completeGraph(graph, assumedClasses(graph));
  if (!completed.ok) throw new Error('assumed classes lack nothing');
  return { workflow: completed.prompt, files };
}

/** The pictures inside the input while it stays below the limit, else by link, else written anew with less detail. */
async function withPictures(
  workflow: JsonObject,
  all: readonly ImageRef[],
  { linkNode, mostBytes }: WorkerChoices,
  tools: ProviderTools,
): Promise<JsonObject> {
  const images = [...new Map(all.map((image, index) => [image.hash, { image, place: index + 1 }])).values()];
  const inside = async (maxBytes: number): Promise<JsonObject> => {
    const uploads = images.map(async ({ image, place }) => {
      const { bytes } = await referencePicture(image, place, { ...loadable, maxBytes }, tools);
      return { name: nameOf(image), image: toBase64(bytes) };
    });
    return images.length === 0 ? { workflow } : { workflow, images: await Promise.all(uploads) };
  };
  const rest = byteLength({ workflow }) + 200 * images.length;
  const heavy = images.reduce((sum, { image }) => sum + Math.ceil(image.bytes / 3) * 4, 0);
  if (rest + heavy <= mostBytes) return inside(Infinity);
  const [, nodeClass, name] = /^\s*(.+)\.([^.\s]+)\s*$/.exec(linkNode) ?? [];
  if (nodeClass !== undefined && name !== undefined) {
    const links = images.map(async ({ image, place }) => {
      return [nameOf(image), await referenceLink(image, place, loadable, tools)] as const;
    });
    return { workflow: loadedByLink(workflow, new Map(await Promise.all(links)), nodeClass, name) };
  }
  const room = Math.floor((((mostBytes - rest) / images.length) * 3) / 4);
  if (images.length === 0 || room <= 0) throw new FailureError(tooMuch(rest + heavy, mostBytes));
  try {
    return await inside(room);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'reference-size')
      throw new FailureError(tooMuch(rest + heavy, mostBytes));
    throw error;
  }
}

function tooMuch(bytes: number, most: number): Failure {
  const inMegabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
  return userFailure(
    'payload-too-large',
    `This job has ${inMegabytes(bytes)} with its pictures, and RunPod takes ${inMegabytes(most)} in one request; nothing was sent. Put a Resize node before it, or give the worker a node that loads pictures by link and name it in the settings.`,
  );
}

function byteLength(value: JsonValue): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function loadedByLink(
  workflow: JsonObject,
  links: ReadonlyMap<string, string>,
  nodeClass: string,
  name: string,
): JsonObject {
  const nodes = Object.entries(workflow).map(([id, node]) => {
    const { class_type: type, inputs } = node as { class_type: string; inputs: JsonObject };
    const link = type === 'LoadImage' ? links.get(String(inputs['image'])) : undefined;
    return [id, link === undefined ? node : { class_type: nodeClass, inputs: { [name]: link } }];
  });
  return Object.fromEntries(nodes) as JsonObject;
}

const words = z.string().nullish().catch(null);
const texts = z.array(z.unknown()).nullish().catch(null);
const outputSchema = z.object({
  images: z
    .array(z.object({ filename: words, type: words, data: z.string().min(1) }))
    .nullish()
    .catch(null),
  // Workers before 5.0: one picture, as base64 or as a link.
  message: words,
  error: words,
  errors: texts,
  details: texts,
});

export interface WorkerOutput {
  pictures: RemotePicture[];
  /** What the worker says went wrong; there may be pictures all the same. */
  problems: string;
}

/** What a job has given, of new workers and old ones. */
export function readOutput(output: unknown): WorkerOutput {
  const read = outputSchema.safeParse(output).data;
  if (read === undefined) return { pictures: [], problems: typeof output === 'string' ? output : '' };
  const { images, message, error, errors, details } = read;
  const found = (images ?? []).toSorted((left, right) =>
    (left.filename ?? '').localeCompare(right.filename ?? '', 'en', { numeric: true }),
  );
  const pictures = found.flatMap(({ data }) => pictureOf(data));
  const problems = [error, ...(errors ?? []), ...(details ?? [])].filter(Boolean).map(textOf).join('\n');
  if (pictures.length > 0 || !message) return { pictures, problems };
  const old = pictureOf(message);
  return {
    pictures: old,
    problems: old.length > 0 ? problems : [problems, message].filter(Boolean).join('\n'),
  };
}

function pictureOf(data: string): RemotePicture[] {
  if (/^https?:\/\//.test(data)) return [{ from: 'url', request: { method: 'GET', url: data } }];
  // Shorter than any picture: words of an old worker.
  const bytes = data.length < 64 ? undefined : fromBase64(data);
  return bytes === undefined ? [] : [{ from: 'bytes', bytes }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const raisedSchema = z.object({ error_message: z.string().min(1) });

/** Why a job failed, in our words. `files`: what was taken for granted when it was sent. */
export function workerFailure(text: string, files: readonly MissingPart[]): Failure {
  const said = raisedText(text);
  const missing = missingIn(said, files);
  if (missing.length > 0) {
    const names = missing.map(({ kind, name, folder }) =>
      kind === 'node-class' ? `the node ${name}` : folder ? `models/${folder}/${name}` : name,
    );
    const message = `The worker lacks ${names.join(', ')}. Add it to the worker's image or network volume; or, where it has the file by another name, name it in the settings under "Model files".`;
    return { ...userFailure('comfyui-lacks', message, said), missing };
  }
  if (/out of memory|OutOfMemory|Allocation on device/i.test(said))
    return userFailure(
      'out-of-memory',
      "The worker's GPU memory is full. Choose a smaller size or fewer pictures, or an endpoint with a larger GPU.",
      said,
    );
  if (/validation failed|Cannot execute|prompt_no_outputs/i.test(said))
    return userFailure('prompt-refused', `The worker does not run this: ${firstLines(said)}`, said);
  if (/Failed to upload/i.test(said))
    return userFailure('reference-refused', `The worker could not take a picture: ${firstLines(said)}`, said);
  const because =
    said === '' ? ' It gave no reason; look at its log on RunPod.' : ` It said: ${firstLines(said)}`;
  return {
    code: 'job-failed',
    act: 'vendor',
    charge: 'possible',
    message: `The worker could not make the picture.${because}`,
    ...(said === '' ? {} : { detail: said }),
  };
}

/** What a handler raised comes as JSON in the text. */
function raisedText(text: string): string {
  try {
    return raisedSchema.safeParse(JSON.parse(text)).data?.error_message ?? text;
  } catch {
    return text;
  }
}

function firstLines(text: string): string {
  const short = text.trim().replaceAll(/\s*\n\s*/g, ' ');
  return short.length > 240 ? `${short.slice(0, 240)}…` : short;
}

/** ComfyUI's own words, inside the worker's: "unet_name: 'x' not in […]", "node X does not exist". */
function missingIn(said: string, files: readonly MissingPart[]): MissingPart[] {
  const missing = new Map<string, MissingPart>();
  for (const [, name = ''] of said.matchAll(/\w+: \\*['"]([^'"\\]+)\\*['"] not in/g))
    if (isFileName(name) && !/\.(png|jpe?g|webp)$/i.test(name))
      missing.set(name, files.find((file) => file.name === name) ?? { kind: 'model-file', name });
  for (const [, name = ''] of said.matchAll(
    /node (?:type )?\\*['"]?([\w. +()-]+?)\\*['"]? (?:does not exist|not found)/gi,
  ))
    missing.set(name, { kind: 'node-class', name });
  return [...missing.values()];
}
