import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { flatten, flatTargets } from '#core/document/flatten';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { failureOf } from '#core/failure';
import type { Issue } from '#core/issue';
import { targetsFrom } from '#core/plan/live-edges';
import { canRun } from '#core/plan/plan';
import type { PlanRequest } from '#engine/contract';
import { nodes } from '#nodes/catalogue';
import type { Context } from './context';
import { editDocument, nodesToTake, withTakes } from './edit-document';

/** What `run` and `plan` are told besides the file. */
export interface WorkflowOptions {
  set?: readonly string[];
  target?: readonly string[];
  from?: readonly string[];
  mute?: readonly string[];
  bypass?: readonly string[];
  route?: string;
  out?: string;
  takeNext?: boolean;
  pick?: readonly string[];
  pod?: string;
}

export type Asked = { ok: true; request: PlanRequest; warnings: Issue[] } | { ok: false; issues: Issue[] };

/** Reads a workflow file. It is never written. */
export async function readWorkflow(
  path: string,
): Promise<{ ok: true; document: WorkflowDocument } | { ok: false; issues: Issue[] }> {
  try {
    return parseDocument(await readFile(path, 'utf8'), nodes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'There is no such file.',
      EISDIR: 'This is a folder, not a workflow file.',
      EACCES: 'This file may not be read.',
    };
    const reason = reasons[code ?? ''] ?? `This file cannot be read (${message}).`;
    return {
      ok: false,
      issues: [{ code: 'unreadable-file', severity: 'error', message: reason, place: { path } }],
    };
  }
}

/** Where pictures go that name no folder: `cats pictures` beside `cats.seedloom`. */
export function defaultOutFolder(path: string): string {
  const name = basename(path).replace(/\.zip$/i, '');
  return join(dirname(path), `${basename(name, extname(name))} pictures`);
}

export function isBundle(path: string): boolean {
  return /\.zip$/i.test(path);
}

/** The workflow of a bundle, unpacked into the data folder, or why it cannot be. */
async function unpacked(file: string, engine: Context['engine']): Promise<string | Issue> {
  try {
    return (await engine.unpackBundle(file, null)).path;
  } catch (error) {
    const { code, message } = failureOf(error);
    return { code, severity: 'error', message, place: { path: file } };
  }
}

/** Makes a file and the command line's changes into what the engine is asked. */
export async function askedOf(file: string, options: WorkflowOptions, context: Context): Promise<Asked> {
  const { engine, providers, directory } = context;
  const given = resolve(directory, file);
  const opened = isBundle(given) ? await unpacked(given, engine) : given;
  if (typeof opened !== 'string') return { ok: false, issues: [opened] };
  const path = opened;
  const read = await readWorkflow(path);
  if (!read.ok) return read;
  const { set = [], route, target = [], from = [], mute = [], bypass = [], pick = [] } = options;
  const edits = { set, route, mute, bypass, from, pick };
  const edited = editDocument(read.document, edits, { nodes, providers, directory });
  const flat = flatten(edited.document, nodes);
  const begin = flatTargets(flat, from);
  const targets = [...new Set([...target, ...targetsFrom(flat.document, flat.catalogue, begin)])];
  const request: PlanRequest = {
    document: edited.document,
    folder: dirname(path),
    outFolder: options.out === undefined ? defaultOutFolder(given) : resolve(directory, options.out),
    ...(targets.length === 0 ? {} : { targets }),
  };
  if (edited.issues.some(({ severity }) => severity === 'error')) {
    // Everything that is wrong is said at once, not one thing after the other.
    const { issues } = await engine.plan(request);
    return { ok: false, issues: [...edited.issues, ...issues] };
  }
  if (options.takeNext !== true) return { ok: true, request, warnings: edited.issues };
  const named = target.length === 0 ? undefined : flatTargets(flat, target);
  const ids = nodesToTake(flat.document, named, flat.catalogue, begin);
  const taken = ids.length === 0 ? undefined : await firstUnmadeTake(request, ids, context);
  if (taken === undefined) {
    const message =
      ids.length === 0
        ? 'Nothing that is asked for here asks a model, so there is no new picture to take.'
        : 'Nothing that is asked for here can give a new picture: it is pinned, or what it needs is muted or bypassed.';
    return {
      ok: false,
      issues: [{ code: 'nothing-to-take', severity: 'error', message, place: { path: '--take-next' } }],
    };
  }
  return { ok: true, request: { ...request, document: taken }, warnings: edited.issues };
}

/**
 * The first take that is not wholly made yet: the file keeps its take, so the next one is found by what is in the store.
 * One that was begun and not finished is gone on with, not paid for anew. `undefined`: no take would ever be new.
 */
async function firstUnmadeTake(
  request: PlanRequest,
  ids: readonly string[],
  { engine }: Pick<Context, 'engine'>,
): Promise<WorkflowDocument | undefined> {
  const isTaken = new Set(ids);
  for (let by = 1; ; by += 1) {
    const document = withTakes(request.document, ids, by);
    const plan = await engine.plan({ ...request, document });
    const isNew = plan.nodes.some(({ id, steps }) => isTaken.has(id) && steps.willRun > 0);
    if (isNew || !canRun(plan)) return document;
    const canBeNew = plan.nodes.some(({ id, steps, pinned = 0 }) => isTaken.has(id) && steps.reused > pinned);
    if (!canBeNew) return undefined;
  }
}
