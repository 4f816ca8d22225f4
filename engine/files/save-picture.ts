import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FailureError, userFailure } from '#core/failure';
import type { ImageRef } from '#core/values';
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
 * Copies a stored picture to `folder/name.ext`. Never over another file: a taken name gets a number, unless the file there
 * has this very content. Gives what was written, to see later whether it is still so.
 */
export async function savePicture(
  image: ImageRef,
  source: string,
  folder: string,
  name: string,
): Promise<WrittenFile> {
  try {
    await mkdir(folder, { recursive: true });
    await sweepOnce(folder);
    const base = safeName(name.replace(pictureEnding, ''));
    for (let number = 1; ; number += 1) {
      const path = resolve(
        join(folder, `${base}${number === 1 ? '' : `-${number}`}${extensions[image.format]}`),
      );
      if (!(await copyWhole(source, path)) && !(await hasContent(path, image))) continue;
      const { size, mtimeMs } = await stat(path);
      return { path, hash: image.hash, bytes: size, modified: mtimeMs };
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
async function copyWhole(source: string, path: string): Promise<boolean> {
  const passing = join(dirname(path), `.${randomBytes(12).toString('hex')}.part`);
  try {
    await copyFile(source, passing);
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
  if (!found.isFile() || found.size !== image.bytes) return false;
  return (
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex') === image.hash
  );
}
