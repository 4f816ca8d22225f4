import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure, type Failure } from '#core/failure';
import { isImageRef } from '#core/values';
import { pngTextNames, textOf, withoutText, withText } from '../pictures/carried-text';
import type { EngineParts } from '../run/parts';
import { withoutFullPaths, withoutPlaces } from './private-paths';

/** What a picture that was saved carries. */
const carriedSchema = z.strictObject({
  seedloomPicture: z.literal(1),
  run: z.string().max(100),
  workflow: z.looseObject({ seedloom: z.number(), id: z.string(), title: z.string() }),
});

/** The graph that made a picture. */
export interface PictureWorkflow {
  document: WorkflowDocument;
  /** Where it was found: in the picture, or among what was made on this computer. */
  from: 'picture' | 'history';
}

/** A picture larger than this is not read. */
const mostBytes = 512 * 1024 * 1024;

type Parts = Pick<EngineParts, 'store' | 'keyRows' | 'options' | 'redactor'>;

/** What pictures of a run carry: its id and its graph, without keys and without places of this computer. */
export function carriedText(
  { options, redactor }: Pick<Parts, 'options' | 'redactor'>,
  run: string,
  document: WorkflowDocument,
): string {
  const workflow = JSON.parse(serializeDocument(withoutFullPaths(document, options.nodes))) as unknown;
  const places = [{ path: options.dataFolder, words: '(data folder)' }];
  return redactor.text(withoutPlaces(JSON.stringify({ seedloomPicture: 1, run, workflow }), places));
}

/**
 * The graph that made a picture file: what the file carries, else what is known here of a picture of this content. Throws
 * a `FailureError`: `comfyui-picture`, `no-workflow`, `damaged-workflow`, `cannot-read`.
 */
export async function pictureWorkflow(parts: Parts, file: string): Promise<PictureWorkflow> {
  const name = basename(file);
  const bytes = await readPicture(file);
  const text = textOf(bytes);
  if (text !== undefined) return { document: documentIn(text, parts, name), from: 'picture' };
  const hash = createHash('sha256').update(withoutText(bytes)).digest('hex');
  const run = runOf(parts, hash);
  const row = run === undefined ? undefined : parts.store.run(run);
  if (row !== undefined) return { document: row.request.document as WorkflowDocument, from: 'history' };
  const isComfyUi = pngTextNames(bytes).some((each) => each === 'workflow' || each === 'prompt');
  throw new FailureError(isComfyUi ? comfyUi(name) : none(name));
}

/** A stored picture with the graph that made it in it; as it is stored when that is not known. */
export function withWorkflow(parts: Parts, hash: string, bytes: Uint8Array): Uint8Array {
  if (parts.options.carryWorkflow?.() === false) return bytes;
  const run = runOf(parts, hash);
  const row = run === undefined ? undefined : parts.store.run(run);
  if (row === undefined) return bytes;
  return withText(bytes, carriedText(parts, row.run, row.request.document as WorkflowDocument));
}

function documentIn(text: string, { options }: Parts, name: string): WorkflowDocument {
  const carried = carriedSchema.safeParse(jsonOf(text));
  if (!carried.success)
    throw new FailureError(
      userFailure(
        'damaged-workflow',
        `"${name}" carries a workflow this Seedloom cannot read. Use it as a picture, or update Seedloom.`,
      ),
    );
  const parsed = parseDocument(JSON.stringify(carried.data.workflow), options.nodes);
  if (parsed.ok) return parsed.document;
  const message = `The workflow in "${name}" cannot be opened. ${parsed.issues[0]?.message ?? ''}`;
  throw new FailureError(userFailure('damaged-workflow', message));
}

/** The run that made a picture, as far as the store still knows. */
function runOf({ store, keyRows }: Parts, hash: string): string | undefined {
  const page = 500;
  for (let after = ''; ;) {
    const rows = store.resultsAfter(after, page);
    for (const { key, row } of rows) {
      const isIt = Object.values(row?.outputs ?? {}).some((items) =>
        items.some((item) => isImageRef(item) && item.hash === hash),
      );
      const maker = isIt ? keyRows.maker(key) : undefined;
      if (maker !== undefined && store.run(maker.run) !== undefined) return maker.run;
    }
    if (rows.length < page) return undefined;
    after = rows.at(-1)!.key;
  }
}

async function readPicture(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > mostBytes) throw new Error('it is larger than 512 MB');
    return await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FailureError(userFailure('cannot-read', `"${file}" could not be read (${code ?? message}).`));
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function comfyUi(name: string): Failure {
  return userFailure(
    'comfyui-picture',
    `"${name}" carries a graph of ComfyUI, which is another kind. Export it there with "Save (API format)" and give that file to a ComfyUI workflow node, or add the picture itself with an Image node.`,
  );
}

function none(name: string): Failure {
  return userFailure(
    'no-workflow',
    `"${name}" carries no workflow: it was not saved by Seedloom, or another program has taken it out. It can be added as a picture.`,
  );
}
