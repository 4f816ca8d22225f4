import { z } from 'zod';
import { FailureError, userFailure, type Failure, type MissingPart } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';
import type { HttpAnswer, HttpRequest, ProviderTools } from '#core/provider';
import type { ImageRef } from '#core/values';
import {
  completeGraph,
  nodeClassSchema,
  type Lacks,
  type ModelFile,
  type NodeClass,
  type NodeClasses,
  type RecipeGraph,
} from './comfyui-graph';
import { referencePicture, type ReferenceLimits } from './reference-picture';
import { answered, httpFailure, readAnswer, type VendorName } from './vendor-answer';

/** Calls to one ComfyUI server, by its routes (ComfyUI 0.8 `server.py`). */

export const comfyui: VendorName = {
  name: 'ComfyUI',
  keys: 'only a gateway before ComfyUI asks for one',
  billing: "your GPU host's page",
};

type Tools = Pick<ProviderTools, 'settings' | 'secret'>;

function base(tools: Tools): string {
  return (tools.settings['baseUrl'] ?? '').trim().replace(/\/+$/, '');
}

/** ComfyUI itself asks for no key; a gateway before it may. */
export function authorization(tools: Tools): Record<string, string> {
  const key = tools.secret('key');
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}

export function getRequest(tools: Tools, path: string): HttpRequest {
  return { method: 'GET', url: `${base(tools)}${path}`, headers: authorization(tools) };
}

export function postRequest(tools: Tools, path: string, json: JsonValue): HttpRequest {
  return { method: 'POST', url: `${base(tools)}${path}`, headers: authorization(tools), json };
}

export function socketUrl(tools: Tools, clientId: string): string {
  return `${base(tools).replace(/^http/, 'ws')}/ws?clientId=${encodeURIComponent(clientId)}`;
}

export interface ComfyuiFile {
  filename: string;
  subfolder: string;
  type: string;
}

export function viewRequest(tools: Tools, file: ComfyuiFile): HttpRequest {
  return getRequest(tools, `/view?${new URLSearchParams({ ...file }).toString()}`);
}

const uploadedSchema = z.object({ name: z.string(), subfolder: z.string().nullish().catch(null) });
const loadable: ReferenceLimits = { formats: ['png', 'jpeg', 'webp', 'gif', 'tiff'], maxBytes: 100_000_000 };

/**
 * Puts a picture into ComfyUI's input folder, named by its content, so that doing it again changes nothing. `place` is its
 * number among the task's pictures, from 1. Gives the value for `LoadImage.image`.
 */
export async function uploadPicture(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  const { bytes, format, name } = await referencePicture(image, place, loadable, tools);
  const answer = await tools.ask({
    method: 'POST',
    url: `${base(tools)}/upload/image`,
    headers: authorization(tools),
    form: [
      { name: 'image', file: { name, data: bytes, type: `image/${format}` } },
      { name: 'type', value: 'input' },
      { name: 'subfolder', value: 'seedloom' },
      { name: 'overwrite', value: 'true' },
    ],
  });
  const stored = readAnswer(uploadedSchema, answer, comfyui, 'the upload of a picture');
  return stored.subfolder ? `${stored.subfolder}/${stored.name}` : stored.name;
}

const classesSchema = z.record(z.string(), nodeClassSchema);

/** A recipe's node classes as the server has them: one small question each, for the whole list has megabytes. */
export async function recipeClasses(graph: RecipeGraph, tools: ProviderTools): Promise<NodeClasses> {
  const wanted = [...new Set(Object.values(graph).map(({ nodeClass }) => nodeClass))];
  const found = new Map<string, NodeClass>();
  const read = (answer: HttpAnswer) => {
    const listed = readAnswer(classesSchema, answer, comfyui, 'the question for its nodes');
    for (const name of wanted) if (listed[name] !== undefined) found.set(name, listed[name]);
  };
  const asked = await Promise.all(
    wanted.map((name) => answered(tools.ask(getRequest(tools, `/object_info/${encodeURIComponent(name)}`)))),
  );
  for (const one of asked) {
    if (one.ok) read(one.answer);
    else if (one.failure.code !== 'not-found') throw new FailureError(one.failure);
  }
  // A server or gateway that does not know the question by class.
  if (asked.every((one) => !one.ok)) read(await tools.ask(getRequest(tools, '/object_info')));
  return found;
}

/** A recipe as this server takes it. Throws one failure that names everything that is lacking. */
export function fitRecipe(graph: RecipeGraph, classes: NodeClasses, tools: Tools): JsonObject {
  const completed = completeGraph(graph, classes);
  if (!completed.ok) throw new FailureError(lacking(completed.lacks, base(tools)));
  return completed.prompt;
}

function lacking({ classes, files }: Lacks, where: string): Failure {
  const named = [
    ...classes.map((name) => `the node ${name}`),
    ...files.map((file) => `${pathOf(file)}${file.bytes === undefined ? '' : ` (${sizeWords(file.bytes)})`}`),
  ];
  const told = [
    ...classes.map(
      (name) => `Node ${name}: part of ComfyUI itself, or of an extension; update or install it.`,
    ),
    ...files.map(fileWords),
  ];
  const message = `ComfyUI at ${where} lacks ${named.join(', ')}. Put them there and run again; nothing was sent.`;
  const missing: MissingPart[] = [
    ...classes.map((name) => ({ kind: 'node-class' as const, name })),
    ...files.map(({ names, folder, bytes, licence, url }) => ({
      kind: 'model-file' as const,
      name: names[0] ?? '',
      folder,
      ...(bytes === undefined ? {} : { bytes }),
      ...(licence === undefined ? {} : { licence }),
      ...(url === undefined ? {} : { url }),
    })),
  ];
  return { ...userFailure('comfyui-lacks', message, told.join('\n')), missing };
}

function pathOf({ names: [name = ''], folder }: ModelFile): string {
  return folder === '' ? name : `models/${folder}/${name}`;
}

function fileWords(file: ModelFile): string {
  const { names, folder, from, url, bytes, licence } = file;
  const where = folder === '' ? '' : ` in the folder models/${folder}`;
  const facts = [
    bytes === undefined ? undefined : `about ${sizeWords(bytes)}`,
    licence === undefined ? undefined : `licence ${licence}`,
    url,
  ].filter((fact) => fact !== undefined);
  return [`File ${names.join(' or ')}${where}: ${from}`, ...facts].join('; ');
}

function sizeWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const problemSchema = z.object({
  message: z.string().nullish().catch(null),
  details: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
});
export const nodeErrorsSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string().nullish().catch(null),
    errors: z.array(problemSchema).catch([]),
  }),
);
const refusalSchema = z.object({
  error: problemSchema,
  node_errors: nodeErrorsSchema.nullish().catch(null),
});

/** Why ComfyUI does not run a prompt: its error and that of every node. */
export function promptRefused(
  nodeErrors: z.infer<typeof nodeErrorsSchema>,
  error?: z.infer<typeof problemSchema>,
): Failure {
  const word = ({ message, details }: z.infer<typeof problemSchema>) =>
    [message, details].filter(Boolean).join(': ');
  const lines = Object.entries(nodeErrors).flatMap(([id, { class_type: nodeClass, errors }]) =>
    errors.map((problem) => `${nodeClass ?? 'Node'} (${id}): ${word(problem)}`),
  );
  if (error !== undefined) lines.unshift(word(error));
  return userFailure(
    'prompt-refused',
    `ComfyUI does not run this: ${lines[0] ?? 'it gave no reason'}. Nothing was made.`,
    lines.join('\n'),
  );
}

/** 524 and 530 are Cloudflare's, which stands before RunPod's proxy: the pod is not ready, stopped or busy for 100 s. */
export function comfyuiError(answer: HttpAnswer): Failure {
  const refusal = refusalSchema.safeParse(answer.json);
  if (answer.status === 400 && refusal.success)
    return promptRefused(refusal.data.node_errors ?? {}, refusal.data.error);
  const failure = httpFailure(answer, comfyui);
  if (![502, 503, 504, 521, 522, 523, 524, 530].includes(answer.status)) return failure;
  const message = `The pod does not answer (HTTP ${answer.status}): it is starting, stopped or overloaded. Start it, then run again.`;
  return { ...failure, code: 'pod-away', message };
}
