import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { everyNode } from '#core/document/every-node';
import type { WorkflowDocument } from '#core/document/schema';
import { failureOf, userFailure, FailureError, type Failure } from '#core/failure';
import { canonicalJson } from '#core/json';
import type { NodeCatalogue } from '#core/node';
import { fileRefSchema, type FileRef } from '#core/param';
import type { ImageRef } from '#core/values';
import type { BlobStore } from '../pictures/blob-store';
import { withoutText } from '../pictures/carried-text';
import { inspectPicture } from '../pictures/inspect';
import type { Store } from '../store/store';

/** A file larger than this is not read at all. */
const mostFileBytes = 512 * 1024 * 1024;
const pictureName = /\.(png|jpe?g|webp|avif|gif|tiff?)$/i;

/** What the document's files are, looked up before planning. */
export interface Survey {
  file(ref: FileRef): ImageRef | Failure;
  folder(path: string): ImageRef[] | Failure;
}

/** Takes pictures in from disk; a file that did not change since it was last seen is not read again. */
export class PictureIntake {
  constructor(
    private readonly store: Store,
    private readonly blobs: BlobStore,
  ) {}

  /** Checks and stores bytes. Throws a `FailureError` for what is not a picture. */
  async bytes(bytes: Uint8Array): Promise<ImageRef> {
    const { format, width, height } = await inspectPicture(bytes);
    // The graph it was saved with would go out with the picture, to services and into other pictures.
    const picture = withoutText(bytes);
    const hash = await this.blobs.put(picture);
    const image: ImageRef = { hash, format, width, height, bytes: picture.byteLength };
    await this.store.together(() => this.store.putImage(image));
    return image;
  }

  /** Takes one file in. Throws a `FailureError` that names the file. */
  async file(path: string): Promise<ImageRef> {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !found.isFile())
      throw new FailureError(
        userFailure('missing-picture', `The picture "${path}" is not there. Put it back, or choose another.`),
      );
    if (found.size > mostFileBytes)
      throw new FailureError(
        userFailure('too-large', `"${path}" is larger than 512 MB. Choose a smaller picture.`),
      );
    const row = this.store.file(path);
    if (
      row !== undefined &&
      row.bytes === found.size &&
      row.modified === found.mtimeMs &&
      this.blobs.has(row.image.hash, row.image.bytes)
    )
      return row.image;
    try {
      const image = await this.bytes(await readFile(path));
      this.store.putFile(path, { bytes: found.size, modified: found.mtimeMs, image });
      return image;
    } catch (error) {
      const failure = failureOf(error);
      throw new FailureError({ ...failure, message: `"${path}": ${failure.message}` });
    }
  }

  /** Looks up every file the document names, also inside its subgraphs. `folder` is the workflow file's own. */
  async survey(document: WorkflowDocument, nodes: NodeCatalogue, folder: string | null): Promise<Survey> {
    const files = new Map<string, ImageRef | Failure>();
    const folders = new Map<string, ImageRef[] | Failure>();
    for (const node of everyNode(document)) {
      for (const [name, spec] of Object.entries(nodes.get(node.type)?.params ?? {})) {
        const { kind } = spec.field;
        if (kind !== 'image-file' && kind !== 'folder') continue;
        const value: unknown = node.params[name];
        if (kind === 'image-file') {
          const ref = fileRefSchema.safeParse(value);
          if (ref.success)
            files.set(canonicalJson(ref.data), await asData(this.#referred(ref.data as FileRef, folder)));
        } else if (typeof (value as { path?: unknown } | null)?.path === 'string') {
          const { path } = value as { path: string };
          folders.set(path, await asData(this.#folder(path, folder)));
        }
      }
    }
    const unseen = userFailure('missing-picture', 'This picture was not looked up.');
    return {
      file: (ref) => files.get(canonicalJson(ref)) ?? unseen,
      folder: (path) => folders.get(path) ?? unseen,
    };
  }

  /** The file at the path, else the content that was there when it was last seen. */
  async #referred(ref: FileRef, folder: string | null): Promise<ImageRef> {
    const stored = ref.hash === undefined ? undefined : this.store.image(ref.hash);
    const kept = stored !== undefined && this.blobs.has(stored.hash, stored.bytes) ? stored : undefined;
    const path = ref.path === undefined ? undefined : absolute(ref.path, folder);
    if (path !== undefined) {
      const exists = await stat(path).then(
        () => true,
        () => false,
      );
      if (exists || kept === undefined) return this.file(path);
    }
    if (kept !== undefined) return kept;
    throw new FailureError(
      userFailure('missing-picture', `The picture "${ref.name}" is not there any more. Choose it again.`),
    );
  }

  async #folder(path: string, folder: string | null): Promise<ImageRef[]> {
    const place = absolute(path, folder);
    const names = await readdir(place ?? path).catch(() => undefined);
    if (place === undefined || names === undefined)
      throw new FailureError(
        userFailure('missing-folder', `The folder "${path}" is not there. Choose it again.`),
      );
    const pictures = names
      .filter((name) => pictureName.test(name))
      .sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
    if (pictures.length === 0)
      throw new FailureError(
        userFailure('empty-folder', `The folder "${path}" holds no pictures Seedloom can read.`),
      );
    const images: ImageRef[] = [];
    for (const name of pictures) images.push(await this.file(join(place, name)));
    return images;
  }
}

/** A path of the document on this machine; `undefined` for a relative one of a workflow that is not saved. */
function absolute(path: string, folder: string | null): string | undefined {
  if (isAbsolute(path)) return path;
  return folder === null ? undefined : resolve(folder, path);
}

/** How a document in `folder` names a file: relative with `/` where the file is on the same drive. */
export function relativePath(file: string, folder: string | null): string | undefined {
  if (folder === null) return undefined;
  const path = relative(folder, file);
  return isAbsolute(path) ? undefined : path.split(sep).join('/');
}

async function asData<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    return failureOf(error);
  }
}
