import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { StorageProgress, VerifyReport } from '#core/storage';
import { diskFailure } from '../pictures/disk-failure';
import { databaseState } from '../store/database-file';
import type { Store } from '../store/store';
import { knownPictures } from './known-pictures';
import { pictureFiles, type PictureFile } from './picture-files';

/**
 * Reads every stored picture and compares it with its hash. One that is another is set aside, never deleted: it counts as
 * gone from then on, so that it is made or read in again. Throws a `FailureError` when the disk refuses.
 */
export async function verifyPictures(
  store: Store,
  dataFolder: string,
  onProgress: (progress: StorageProgress) => void,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const { pictures, previews } = await pictureFiles(dataFolder);
  const known = await knownPictures(store);
  const folder = join(dataFolder, 'damaged');
  const checked = { count: 0, bytes: 0 };
  const damaged: VerifyReport['damaged'] = [];
  for (const picture of pictures) {
    if (signal.aborted) break;
    const found = await contentOf(picture);
    if (found === 'damaged') {
      await setAside(picture, folder);
      for (const preview of previews.get(picture.hash) ?? [])
        await unlink(preview.path).catch(() => undefined);
      const { hash } = picture;
      const use = known.results.has(hash) ? 'result' : known.takenIn.has(hash) ? 'taken-in' : 'other';
      damaged.push({ hash, use });
    }
    checked.count += 1;
    checked.bytes += picture.bytes;
    onProgress({ checked: checked.count, of: pictures.length });
  }
  const state = databaseState(join(dataFolder, 'store', 'data.mdb'), { whole: true });
  return {
    checked,
    damaged,
    folder,
    database: state === 'damaged' ? 'damaged' : 'sound',
    isStopped: checked.count < pictures.length,
  };
}

async function contentOf({ path, hash }: PictureFile): Promise<'sound' | 'damaged' | 'gone'> {
  const found = createHash('sha256');
  try {
    await pipeline(createReadStream(path), found);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'gone';
    // What the disk cannot read any more is damaged as well.
    if (code === 'EIO') return 'damaged';
    throw diskFailure('read a picture from', error);
  }
  return found.digest('hex') === hash ? 'sound' : 'damaged';
}

async function setAside({ path, hash }: PictureFile, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    let place = join(folder, `${hash}.bin`);
    for (let number = 2; existsSync(place); number += 1) place = join(folder, `${hash}-${number}.bin`);
    await rename(path, place);
  } catch (error) {
    throw diskFailure('set a damaged picture aside in', error);
  }
}
