import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import PQueue from 'p-queue';
import type { BlobStore } from './blob-store';
import { inWords, openPicture } from './open-picture';

export type PreviewWidth = 256 | 512 | 1024;

/** Small copies of stored pictures. Derived: the folder can be thrown away at any time. */
export interface PreviewStore {
  /**
   * The WebP file of a preview `width` pixels wide (or as wide as the picture, if that is less); made when missing,
   * `undefined` when the picture is not in the store. Throws a `FailureError`.
   */
  file(hash: string, width: PreviewWidth): Promise<string | undefined>;
}

/** WebP has at most 16,383 pixels a side; only a strip 16 times as high as wide comes near. */
const mostHeight = 16_000;

export function createPreviewStore(folder: string, blobs: BlobStore): PreviewStore {
  const queue = new PQueue({ concurrency: 2 });
  const making = new Map<string, Promise<string>>();

  async function make(source: string, width: PreviewWidth, file: string): Promise<string> {
    await mkdir(dirname(file), { recursive: true });
    const passing = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await openPicture(source)
        .resize({ width, height: mostHeight, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80, effort: 2 })
        .toFile(passing);
      await rename(passing, file);
    } catch (error) {
      await unlink(passing).catch(() => undefined);
      throw error;
    }
    return file;
  }

  return {
    async file(hash, width) {
      const source = blobs.path(hash);
      if (source === undefined) return undefined;
      const file = join(folder, String(width), hash.slice(0, 2), `${hash.slice(2)}.webp`);
      if (existsSync(file)) return file;
      let job = making.get(file);
      if (job === undefined) {
        job = queue.add(() => make(source, width, file), { throwOnTimeout: true });
        job = inWords('preview-failed', 'A preview could not be made. Check the disk.', job).finally(() =>
          making.delete(file),
        );
        making.set(file, job);
      }
      return job;
    },
  };
}
