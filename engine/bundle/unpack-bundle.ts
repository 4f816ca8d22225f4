import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { NodeCatalogue } from '#core/node';
import { isImageRef, storedFiles, type ImageRef } from '#core/values';
import type { UnpackedBundle } from '../contract';
import { safeName } from '../files/save-picture';
import { inspectPicture } from '../pictures/inspect';
import type { BlobStore } from '../pictures/blob-store';
import type { EngineParts } from '../run/parts';
import { bundledId, bundledKey } from './bundled-results';
import { isSafeName, manifestName, manifestSchema, safePath, type Manifest } from './bundle-format';
import { damaged, zipContent, zipEntries, type ZipEntry } from './zip-reader';

/** Unpacked bytes of the list, of a workflow and of one picture. */
const mostTextBytes = 64 * 1024 * 1024;
const mostPictureBytes = 512 * 1024 * 1024;
/** Pictures do not shrink by packing: what unpacks to far more than it is was made to fill a disk. */
const mostGrowth = 20;

type Parts = Pick<EngineParts, 'blobs' | 'store' | 'clock' | 'options'>;

/**
 * Unpacks a bundle into a new folder in `folder`, takes what it brings for the store into the store, and gives the path of
 * its workflow. What is in the archive decides nothing but its own names: each file has to be listed, of the size and the
 * content the list says, and lead nowhere else. Throws a `FailureError`; then nothing is left behind.
 */
export async function unpackBundle(
  parts: Parts,
  file: string,
  folder: string,
  name?: string,
): Promise<UnpackedBundle> {
  let passing: string | undefined;
  try {
    const { entries, manifest, text } = await readLists(file);
    await mkdir(folder, { recursive: true });
    passing = await mkdtemp(join(folder, '.bundle-'));
    for (const { path, hash, bytes } of manifest.files) {
      const target = join(passing, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await unpackFile(file, entries.get(path), target, { hash, bytes });
    }
    const document = ownDocument(text, manifest, parts.options.nodes);
    await takeIn(parts, manifest, passing, document?.id);
    await rm(join(passing, 'stored'), { recursive: true, force: true });
    await pipeline(
      [Buffer.from(document === undefined ? text : serializeDocument(document), 'utf8')],
      createWriteStream(join(passing, manifest.workflow)),
    );
    const place = await moveInto(passing, folder, name ?? nameOf(manifest.workflow));
    return {
      path: join(place, manifest.workflow),
      pictures: manifest.files.length,
      results: manifest.results.length,
    };
  } catch (error) {
    if (passing !== undefined) await rm(passing, { recursive: true, force: true });
    if (error instanceof FailureError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FailureError(
      userFailure('cannot-unpack', `"${basename(file)}" could not be unpacked (${code ?? message}).`),
    );
  }
}

/** Into a folder named by the bundle's content: unpacked again only where it is another one. */
export async function unpackOnce(parts: Parts, file: string, folder: string): Promise<UnpackedBundle> {
  const sum = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) sum.update(piece as Buffer);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FailureError(userFailure('cannot-unpack', `"${file}" could not be read (${code ?? message}).`));
  }
  const name = sum.digest('hex').slice(0, 24);
  const { manifest } = await readLists(file);
  const path = join(folder, name, manifest.workflow);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return unpackBundle(parts, file, folder, name);
  return { path, pictures: manifest.files.length, results: manifest.results.length };
}

async function readLists(file: string) {
  const size = (await stat(file)).size;
  // Other programs write folders down too; they are made where a file needs one.
  const list = (await zipEntries(file)).filter(({ name, bytes }) => !(name.endsWith('/') && bytes === 0));
  const entries = new Map(list.map((entry) => [entry.name, entry]));
  if (entries.size < list.length) throw damaged('it has two files of one name');
  const unpacked = list.reduce((sum, { bytes }) => sum + bytes, 0);
  if (unpacked > Math.max(mostTextBytes, size * mostGrowth))
    throw damaged('it would unpack to far more than it is');
  for (const { name, bytes } of list) {
    if (!safePath.safeParse(name).success) throw damaged(`the name "${name.slice(0, 80)}" leads out of it`);
    if (bytes > mostPictureBytes) throw damaged(`"${name}" is larger than 512 MB`);
  }
  const listed = entries.get(manifestName);
  if (listed === undefined) throw damaged(`it has no ${manifestName}`);
  const manifest = manifestSchema.safeParse(jsonOf(await textIn(file, listed)));
  if (!manifest.success) throw damaged(`its ${manifestName} is not as it should be`);
  const { workflow, files } = manifest.data;
  const known = new Set([manifestName, workflow, ...files.map(({ path }) => path)]);
  const stranger = list.find(({ name }) => !known.has(name));
  if (stranger !== undefined) throw damaged(`"${stranger.name}" is not in its list`);
  const document = entries.get(workflow);
  if (document === undefined) throw damaged('its workflow is missing');
  return { entries, manifest: manifest.data, text: await textIn(file, document) };
}

async function textIn(file: string, entry: ZipEntry): Promise<string> {
  if (entry.bytes > mostTextBytes) throw damaged(`"${entry.name}" is too large`);
  const pieces: Buffer[] = [];
  for await (const piece of await zipContent(file, entry)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

async function unpackFile(
  file: string,
  entry: ZipEntry | undefined,
  target: string,
  said: { hash: string; bytes: number },
): Promise<void> {
  if (entry === undefined || entry.bytes !== said.bytes) throw damaged('a picture is missing');
  const sum = createHash('sha256');
  const summed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(await zipContent(file, entry), summed, createWriteStream(target, { flags: 'wx' }));
  if (sum.digest('hex') !== said.hash) throw damaged(`"${entry.name}" is not the picture it should be`);
}

/**
 * The workflow as one of its own: with an id nothing else has, so that what the bundle brings for it is used nowhere else.
 * `undefined` for a text that is no workflow, which whoever opens it is told.
 */
function ownDocument(text: string, manifest: Manifest, nodes: NodeCatalogue): WorkflowDocument | undefined {
  const parsed = parseDocument(text, nodes);
  return parsed.ok ? { ...parsed.document, id: bundledId(JSON.stringify(manifest), text) } : undefined;
}

/** What is named by content alone goes into the store; results count for this workflow, where none is known of their key. */
async function takeIn(
  { blobs, store, clock }: Parts,
  manifest: Manifest,
  folder: string,
  documentId: string | undefined,
): Promise<void> {
  for (const { path, hash, bytes } of manifest.files)
    if (path.startsWith('stored/') && !blobs.has(hash, bytes))
      await blobs.put(await readFile(join(folder, ...path.split('/'))));
  if (documentId === undefined) return;
  const whole: Manifest['results'] = [];
  const seen = new Map<string, boolean>();
  for (const result of manifest.results) {
    const isThere = storedFiles(result.outputs).every(({ hash, bytes }) => blobs.has(hash, bytes));
    if (isThere && (await areAsSaid(blobs, result, seen))) whole.push(result);
  }
  const at = new Date(clock.now()).toISOString();
  await store.together(() => {
    for (const { key, outputs } of whole) {
      const kept = bundledKey(documentId, key);
      if (kept !== undefined && store.result(kept) === undefined)
        store.putResult(kept, { outputs, price: 0, at });
    }
  });
}

/** What a bundle says of a picture decides what comes after it costs: a size that is not so, and the result is left out. */
async function areAsSaid(
  blobs: BlobStore,
  { outputs }: Manifest['results'][number],
  seen: Map<string, boolean>,
): Promise<boolean> {
  for (const image of Object.values(outputs).flat().filter(isImageRef)) {
    const said = JSON.stringify(image);
    const isSo = seen.get(said) ?? (await isAsSaid(blobs, image));
    seen.set(said, isSo);
    if (!isSo) return false;
  }
  return true;
}

async function isAsSaid(blobs: BlobStore, image: ImageRef): Promise<boolean> {
  const path = blobs.path(image.hash);
  if (path === undefined) return false;
  try {
    const { format, width, height } = await inspectPicture(await readFile(path));
    return format === image.format && width === image.width && height === image.height;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

async function moveInto(passing: string, folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const place = join(folder, number === 1 ? name : `${name} (${number})`);
    const isFree = await stat(place).then(
      () => false,
      () => true,
    );
    if (!isFree) continue;
    await rename(passing, place);
    return place;
  }
}

function nameOf(workflow: string): string {
  const name = safeName(workflow.replace(/\.seedloom$/, ''));
  return isSafeName(name) ? name : 'workflow';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
