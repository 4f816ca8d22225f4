import { z } from 'zod';
import { FailureError, userFailure, type Failure, type MissingPart } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';
import type { HttpAnswer, HttpRequest, ProviderTools } from '#core/provider';
import { toBase64 } from './base64';
import {
  completeGraph,
  type Lacks,
  type ModelFile,
  type NodeClasses,
  type RecipeGraph,
} from './comfyui-graph';
import { baseName } from './comfyui-inputs';
import { missingFile } from './missing-file';
import { httpFailure, type VendorName } from './vendor-answer';

/** Calls to one ComfyUI server, by its routes (ComfyUI 0.8 `server.py`). */

export const comfyui: VendorName = {
  name: 'ComfyUI',
  keys: 'only a gateway before ComfyUI asks for one',
  billing: "your GPU host's page",
};

type Tools = Pick<ProviderTools, 'settings' | 'secret'>;

/** Where this ComfyUI is, without a slash at its end; what a browser's address has behind the page is left out. */
export function addressOf(tools: Pick<Tools, 'settings'>): string {
  return (tools.settings['baseUrl'] ?? '')
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
}

/** ComfyUI itself asks for nothing; a gateway before it may ask for a token, or for a name and password. */
export function authorization(tools: Tools): Record<string, string> {
  const key = tools.secret('key').trim();
  if (key === '') return {};
  // A bearer token has no colon (RFC 6750).
  const isPassword = key.includes(':');
  const value = isPassword ? `Basic ${toBase64(new TextEncoder().encode(key))}` : `Bearer ${key}`;
  return { authorization: value };
}

export function getRequest(tools: Tools, path: string): HttpRequest {
  return { method: 'GET', url: `${addressOf(tools)}${path}`, headers: authorization(tools) };
}

export function postRequest(tools: Tools, path: string, json: JsonValue): HttpRequest {
  return { method: 'POST', url: `${addressOf(tools)}${path}`, headers: authorization(tools), json };
}

export function socketUrl(tools: Tools, clientId: string): string {
  return `${addressOf(tools).replace(/^http/, 'ws')}/ws?clientId=${encodeURIComponent(clientId)}`;
}

export interface ComfyuiFile {
  filename: string;
  subfolder: string;
  type: string;
}

export function viewRequest(tools: Tools, file: ComfyuiFile): HttpRequest {
  return getRequest(tools, `/view?${new URLSearchParams({ ...file }).toString()}`);
}

/** Puts a file into one of ComfyUI's folders, over one of that name. Whatever its name says, any file is taken. */
export function uploadRequest(
  tools: Tools,
  file: { name: string; data: Uint8Array; type: string },
  to: { type: 'input' | 'output'; subfolder: string },
  timeout?: number,
): HttpRequest {
  return {
    method: 'POST',
    url: `${addressOf(tools)}/upload/image`,
    headers: authorization(tools),
    form: [
      { name: 'image', file },
      { name: 'type', value: to.type },
      { name: 'subfolder', value: to.subfolder },
      { name: 'overwrite', value: 'true' },
    ],
    ...(timeout === undefined ? {} : { timeout }),
  };
}

/** The value of `LoadImage.image` for a file: a path in the input folder, or one with the name of its folder behind it. */
export function loadValue({ filename, subfolder, type }: ComfyuiFile): string {
  const path = subfolder === '' ? filename : `${subfolder}/${filename}`;
  return type === 'input' ? path : `${path} [${type}]`;
}

/** The file such a value names. */
export function loadedFile(value: string): ComfyuiFile {
  const [, path = value, type = 'input'] = /^(.*) \[(input|output|temp)\]$/.exec(value) ?? [];
  const filename = baseName(path);
  return { filename, subfolder: path.slice(0, -filename.length).replace(/[/\\]$/, ''), type };
}

/** A recipe as this server takes it. Throws one failure that names everything that is lacking. */
export function fitRecipe(graph: RecipeGraph, classes: NodeClasses, tools: Tools): JsonObject {
  const completed = completeGraph(graph, classes);
  if (!completed.ok) throw new FailureError(lacking(completed.lacks, addressOf(tools)));
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
    ...files.map(missingFile),
  ];
  return { ...userFailure('comfyui-lacks', message, told.join('\n')), missing };
}

function pathOf(file: ModelFile): string {
  const { name, folder = '' } = missingFile(file);
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
  if (answer.status === 401) return { ...failure, message: wantsKey };
  if (![502, 503, 504, 521, 522, 523, 524, 530].includes(answer.status)) return failure;
  const message = `The pod does not answer (HTTP ${answer.status}): it is starting, stopped or overloaded. Start it, then run again.`;
  return { ...failure, code: 'pod-away', message };
}

const wantsKey =
  'What stands before ComfyUI lets nobody in with this key. Enter the one it wants: a token, or "name:password".';
