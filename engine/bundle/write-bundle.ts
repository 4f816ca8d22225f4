import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { everyNode, withEveryNode } from '#core/document/every-node';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { catalogueOf } from '#core/document/subgraph';
import { FailureError, userFailure } from '#core/failure';
import type { JsonValue } from '#core/json';
import type { NodeCatalogue } from '#core/node';
import { fileRefSchema, type FileRef } from '#core/param';
import { outputsSchema, storedFiles, type ImageRef } from '#core/values';
import type { WrittenBundle } from '../contract';
import { safeName } from '../files/save-picture';
import type { Survey } from '../files/survey';
import { withoutFullPaths } from '../history/private-paths';
import type { BlobStore } from '../pictures/blob-store';
import { manifestName, isSafeName, type Manifest } from './bundle-format';
import { mostZipBytes, ZipWriter } from './zip-writer';

interface Bundle {
  document: WorkflowDocument;
  nodes: NodeCatalogue;
  survey: Survey;
  blobs: Pick<BlobStore, 'path'>;
  /** Results that go along, by key. */
  results: Manifest['results'];
}

/**
 * Writes the workflow with every picture it names, those pinned in it and the given results into one file, whole or not
 * at all. Pictures that are not there any more are named, not a reason to refuse. Throws a `FailureError`.
 */
export async function writeBundle(given: Bundle, path: string): Promise<WrittenBundle> {
  const gathered = gather(given);
  const { manifest, sources } = gathered;
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > mostZipBytes)
    throw new FailureError(
      userFailure(
        'bundle-too-large',
        'The pictures are more than 4 GB together, and a bundle holds no more. Export it without results, or in parts.',
      ),
    );
  // Whole under its own name, or not there.
  const passing = join(dirname(path), `.${randomBytes(12).toString('hex')}.part`);
  const name = workflowName(path);
  let zip: ZipWriter | undefined;
  try {
    zip = new ZipWriter(passing);
    const text = serializeDocument(withoutFullPaths(gathered.document, given.nodes));
    await zip.addText(manifestName, `${JSON.stringify({ ...manifest, workflow: name }, null, 2)}\n`);
    await zip.addText(name, text);
    for (const file of manifest.files) await zip.addFile(file.path, sources.get(file.path)!);
    await zip.end();
    await rename(passing, path);
    return {
      path,
      pictures: manifest.files.length,
      results: manifest.results.length,
      bytes: (await stat(path)).size,
      missing: gathered.missing,
    };
  } catch (error) {
    await zip?.abandon();
    await rm(passing, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FailureError(
      userFailure(
        'cannot-write',
        `The bundle could not be written to "${path}" (${code ?? message}). Choose another folder.`,
      ),
    );
  }
}

function gather({ document, nodes, survey, blobs, results }: Bundle) {
  const files: Manifest['files'] = [];
  const sources = new Map<string, string>();
  const missing: string[] = [];

  /** Whether it is in the bundle now. */
  function add(path: string, hash: string, bytes: number): boolean {
    const source = blobs.path(hash);
    if (source === undefined) return false;
    if (!sources.has(path)) files.push({ path, hash, bytes });
    sources.set(path, source);
    return true;
  }

  function addPicture(image: ImageRef, name: string): string | undefined {
    for (let number = 1; ; number += 1) {
      const path = `pictures/${withNumber(pictureName(name, image), number)}`;
      const taken = files.find((file) => file.path === path);
      if (taken !== undefined && taken.hash !== image.hash) continue;
      return add(path, image.hash, image.bytes) ? path : undefined;
    }
  }

  function placed(value: JsonValue, kind: string): JsonValue {
    if (kind === 'image-file') {
      const ref = fileRefSchema.safeParse(value);
      const image = ref.success ? survey.file(ref.data as FileRef) : undefined;
      if (!ref.success || image === undefined) return value;
      const path = 'hash' in image ? addPicture(image, ref.data.name) : undefined;
      if (path === undefined || !('hash' in image)) {
        missing.push(ref.data.name);
        return value;
      }
      return { name: ref.data.name, path, hash: image.hash };
    }
    const folder = (value as { path?: string } | null)?.path;
    if (kind !== 'folder' || folder === undefined) return value;
    const images = survey.folder(folder);
    if (!Array.isArray(images)) {
      missing.push(folder);
      return value;
    }
    const name = safeName(basename(folder.replaceAll('\\', '/')));
    const place = `pictures/${isSafeName(name) ? name : 'folder'}`;
    images.forEach((image, index) => {
      // The order of a folder is that of its names.
      add(`${place}/${String(index + 1).padStart(4, '0')}.${image.format}`, image.hash, image.bytes);
    });
    return { path: place };
  }

  const kinds = catalogueOf(document, nodes);
  const placedDocument = withEveryNode(document, (node) => {
    const specs = kinds.get(node.type)?.params ?? {};
    const params = Object.entries(node.params).map(([name, value]) => [
      name,
      placed(value, specs[name]?.field.kind ?? ''),
    ]);
    return { ...node, params: Object.fromEntries(params) };
  });

  const pins = everyNode(document).flatMap(({ pins: own = {} }) => Object.values(own));
  for (const outputs of pins)
    for (const { hash, bytes } of storedFiles(outputsSchema.parse(outputs)))
      if (!add(`stored/${hash}`, hash, bytes)) missing.push(hash);
  const whole = results.filter(({ outputs }) =>
    storedFiles(outputs).every(({ hash, bytes }) => add(`stored/${hash}`, hash, bytes)),
  );
  const manifest: Omit<Manifest, 'workflow'> = { seedloomBundle: 1, files, results: whole };
  return { document: placedDocument, manifest, sources, missing };
}

function pictureName(name: string, { format }: ImageRef): string {
  const base = safeName(name.replace(/\.[a-z]{3,4}$/i, '')).slice(0, 100);
  return `${isSafeName(base) ? base : 'picture'}.${format === 'jpeg' ? 'jpg' : format}`;
}

function withNumber(name: string, number: number): string {
  const ending = extname(name);
  return number === 1 ? name : `${name.slice(0, -ending.length)}-${number}${ending}`;
}

/** `/a/Bottle.seedloom.zip` → `Bottle.seedloom`. */
function workflowName(path: string): string {
  const name = safeName(basename(path).replace(/(\.seedloom)?\.zip$/i, ''));
  return `${isSafeName(name) ? name : 'workflow'}.seedloom`;
}
