import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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
function safeName(name: string): string {
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
    const base = safeName(name.replace(pictureEnding, ''));
    for (let number = 1; ; number += 1) {
      const path = resolve(
        join(folder, `${base}${number === 1 ? '' : `-${number}`}${extensions[image.format]}`),
      );
      try {
        await copyFile(source, path, constants.COPYFILE_EXCL);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (!(await hasContent(path, image))) continue;
      }
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

async function hasContent(path: string, image: ImageRef): Promise<boolean> {
  const found = await stat(path);
  if (!found.isFile() || found.size !== image.bytes) return false;
  return (
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex') === image.hash
  );
}
