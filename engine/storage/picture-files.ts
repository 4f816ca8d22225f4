import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageUse } from '#core/storage';
import { isHash } from '../pictures/blob-store';

export interface StoredFile {
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
}
export interface PictureFile extends StoredFile {
  hash: string;
}

export interface PictureFiles {
  pictures: PictureFile[];
  /** By the hash of their picture. */
  previews: Map<string, PictureFile[]>;
  /** Written under a passing name and never finished, or passing previews of a process. */
  leftOver: StoredFile[];
}

/** Every file of the picture folders. */
export async function pictureFiles(dataFolder: string): Promise<PictureFiles> {
  const leftOver: StoredFile[] = [];
  const pictures: PictureFile[] = [];
  const previews = new Map<string, PictureFile[]>();
  for (const file of await filesBelow(join(dataFolder, 'blobs'))) {
    const hash = hashOf(file.path, '.bin');
    if (hash !== undefined) pictures.push({ ...file, hash });
    else if (file.path.endsWith('.tmp')) leftOver.push(file);
  }
  for (const file of await filesBelow(join(dataFolder, 'previews'))) {
    const hash = hashOf(file.path, '.webp');
    if (file.path.endsWith('.tmp')) leftOver.push(file);
    else if (hash !== undefined) previews.set(hash, [...(previews.get(hash) ?? []), { ...file, hash }]);
  }
  leftOver.push(...(await filesBelow(join(dataFolder, 'passing'))));
  return { pictures, previews, leftOver };
}

/** `…/ab/cdef….bin` → `abcdef…`. */
function hashOf(path: string, ending: string): string | undefined {
  const [folder = '', name = ''] = path.split(/[\\/]/).slice(-2);
  const hash = folder + name.slice(0, -ending.length);
  return name.endsWith(ending) && isHash(hash) ? hash : undefined;
}

/** All files below a folder, one folder at a time; what goes away meanwhile is left out. */
export async function filesBelow(folder: string): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  const open = [folder];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const parent = place;
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isDirectory()) open.push(join(parent, entry.name));
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(
      files.map(async ({ name }) => {
        const path = join(parent, name);
        const { size, mtimeMs } = await stat(path).catch(() => ({ size: -1, mtimeMs: 0 }));
        return { path, bytes: size, modified: mtimeMs };
      }),
    );
    found.push(...sizes.filter(({ bytes }) => bytes >= 0));
  }
  return found;
}

export function useOf(files: Iterable<StoredFile>): StorageUse {
  const use = { count: 0, bytes: 0 };
  for (const { bytes } of files) {
    use.count += 1;
    use.bytes += bytes;
  }
  return use;
}
