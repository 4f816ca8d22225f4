import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FailureError, userFailure } from '#core/failure';
import type { ImageRef } from '#core/values';
import { mostTextBytes, withText, withoutText } from '../pictures/carried-text';
import type { WrittenFile } from '../store/store';

const extensions: Record<ImageRef['format'], string> = {
  png: '.png',
  jpeg: '.jpg',
  webp: '.webp',
  avif: '.avif',
  gif: '.gif',
  tiff: '.tif',
};

const pictureEnding = /\.(png|jpe?g|webp|avif|gif|tiff?)$/i;

/** Characters some file system does not allow, and names that would leave the folder. */
export function safeName(name: string): string {
  const safe = name
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '-')
    .replace(/^\.+|[. ]+$/g, '')
    .slice(0, 120);
  return safe === '' ? 'picture' : safe;
}

/**
 * Copies a stored picture to `folder/name.ext`, with `carried` in it where its format can carry a text. Never over another
 * file: a taken name gets a number, unless the file there has this very content, whatever text that one carries. Gives what
 * is there, to see later whether it is still so.
 */
export async function savePicture(
  image: ImageRef,
  source: string,
  folder: string,
  name: string,
  carried?: string,
): Promise<WrittenFile> {
  try {
    const bytes = carried === undefined ? undefined : withText(await readFile(source), carried);
    await mkdir(folder, { recursive: true });
    await sweepOnce(folder);
    const base = safeName(name.replace(pictureEnding, ''));
    for (let number = 1; ; number += 1) {
      const path = resolve(
        join(folder, `${base}${number === 1 ? '' : `-${number}`}${extensions[image.format]}`),
      );
      if (!(await copyWhole(bytes ?? source, path)) && !(await hasContent(path, image))) continue;
      const { size, mtimeMs } = await stat(path);
      const hash = bytes === undefined ? image.hash : hashOf(await readFile(path));
      return { path, hash, bytes: size, modified: mtimeMs };
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new FailureError(
      userFailure(
        'cannot-write',
        `The picture could not be written to "${folder}" (${reason}). Choose another folder.`,
      ),
    );
  }
}

const passingName = /^\.[0-9a-f]{24}\.part$/;
/** Folders that were looked through for copies that were cut. */
const swept = new Set<string>();
/** A copy under way is younger than this, milliseconds. */
const oldest = 3_600_000;

async function sweepOnce(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  for (const name of await readdir(folder)) {
    if (!passingName.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > oldest) await rm(path, { force: true });
  }
}

/**
 * Copies under a passing name first: a file under its final name is whole, whenever the copy is cut. False when `path` is
 * taken.
 */
async function copyWhole(source: string | Uint8Array, path: string): Promise<boolean> {
  const passing = join(dirname(path), `.${randomBytes(12).toString('hex')}.part`);
  try {
    if (typeof source === 'string') await copyFile(source, passing);
    else await writeFile(passing, source, { flag: 'wx' });
    const handle = await open(passing, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(passing, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // A drive without links (a memory card): the copy is not protected from being cut there.
      await copyFile(passing, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(passing, { force: true });
  }
}

async function hasContent(path: string, image: ImageRef): Promise<boolean> {
  const found = await stat(path);
  // A text in it makes it longer, by no more than a workflow.
  if (!found.isFile() || found.size < image.bytes || found.size > image.bytes + mostTextBytes) return false;
  return hashOf(withoutText(await readFile(path))) === image.hash;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a picture where the person said, over what is there: whole, or not at all. Throws a `FailureError`. */
export async function writePicture(path: string, bytes: Uint8Array): Promise<void> {
  const passing = join(dirname(path), `.${randomBytes(12).toString('hex')}.part`);
  try {
    await writeFile(passing, bytes, { flag: 'wx' });
    await rename(passing, path);
  } catch (error) {
    await rm(passing, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FailureError(
      userFailure('cannot-write', `The picture could not be written to "${path}" (${code ?? message}).`),
    );
  }
}
