import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunFacts, StepFacts } from '#core/compare/comparison';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { ExportedRun } from '#core/exported-run';
import type { NodeCatalogue } from '#core/node';
import type { RunReceipts } from '#core/receipt';
import { isImageRef, type ImageRef } from '#core/values';
import { safeName, savePicture } from '../files/save-picture';
import type { BlobStore } from '../pictures/blob-store';
import { writeLoras } from './export-loras';
import { paramsWithoutFullPaths, withoutFullPaths, withoutPlaces, type PrivatePlace } from './private-paths';

interface Export {
  facts: RunFacts;
  receipts: RunReceipts;
  nodes: NodeCatalogue;
  blobs: Pick<BlobStore, 'path'>;
  /** What must not be read in what is written. */
  places: readonly PrivatePlace[];
}

/**
 * Writes `folder/<title> <run>/`: the pictures (`node-number.ext`), the LoRAs, the workflow as it was, the receipts, and what each
 * step did. Never into a folder that is there. What was begun is taken away again when it cannot be finished.
 */
export async function exportRun(given: Export, folder: string): Promise<ExportedRun> {
  const { facts, receipts, nodes, places } = given;
  let made: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    made = await newFolder(folder, safeName(`${facts.title.trim()} ${facts.run}`.trim()));
    const { files, missing } = await writePictures(given, made);
    const loras = await writeLoras(facts, given.blobs, made);
    const write = (name: string, text: string) =>
      writeFile(join(made!, name), withoutPlaces(text, places), { flag: 'wx' });
    await write('workflow.seedloom', serializeDocument(withoutFullPaths(facts.document, nodes)));
    await write('receipts.json', jsonText(receipts));
    await write('run.json', jsonText(runRecord(facts, nodes, files)));
    return { path: made, pictures: new Set(files.values()).size, missing: [...missing, ...loras.missing] };
  } catch (error) {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    if (error instanceof FailureError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new FailureError(
      userFailure(
        'cannot-write',
        `The run could not be written to "${folder}" (${reason}). Choose another folder.`,
      ),
    );
  }
}

async function newFolder(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${name} (${number})`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Each picture once, under the name of the first node that has it. `files`: hash → file name. */
async function writePictures(
  { facts, blobs }: Export,
  folder: string,
): Promise<{ files: Map<string, string>; missing: string[] }> {
  const files = new Map<string, string>();
  const missing = new Set<string>();
  const numbers = new Map<string, number>();
  for (const { node, outputs } of facts.steps)
    for (const image of Object.values(outputs ?? {})
      .flat()
      .filter((item): item is ImageRef => isImageRef(item))) {
      if (files.has(image.hash)) continue;
      const source = blobs.path(image.hash);
      if (source === undefined) {
        missing.add(image.hash);
        continue;
      }
      const number = (numbers.get(node) ?? 0) + 1;
      numbers.set(node, number);
      const { path } = await savePicture(image, source, folder, `${node}-${number}`);
      files.set(image.hash, basename(path));
    }
  return { files, missing: [...missing] };
}

function runRecord(facts: RunFacts, nodes: NodeCatalogue, files: ReadonlyMap<string, string>) {
  const { document, steps, ...run } = facts;
  return { ...run, documentId: document.id, steps: steps.map((step) => stepRecord(step, nodes, files)) };
}

/** A vendor's own words and the folder that was written to stay here. */
function stepRecord(
  { parts, failure, ...step }: StepFacts,
  nodes: NodeCatalogue,
  files: ReadonlyMap<string, string>,
) {
  const pictures = Object.values(step.outputs ?? {})
    .flat()
    .flatMap((item) => (isImageRef(item) ? [{ hash: item.hash, file: files.get(item.hash) ?? null }] : []));
  const madeOf = () => {
    const { files: _files, ...rest } = parts!;
    return { ...rest, params: paramsWithoutFullPaths(rest.params, nodes.get(rest.node)) };
  };
  const why = () => {
    const { detail: _detail, ...rest } = failure!;
    return rest;
  };
  return {
    ...step,
    ...(parts === undefined ? {} : { parts: madeOf() }),
    ...(failure === undefined ? {} : { failure: why() }),
    ...(pictures.length === 0 ? {} : { pictures }),
  };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
