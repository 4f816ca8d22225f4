import { createHash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError, userFailure } from '#core/failure';
import { diskFailure } from './disk-failure';

/** Bytes by their sha256 (lower-case hex), each a plain file `ab/cdef….bin` under one folder. */
export interface BlobStore {
  /** Gives the hash once the bytes are on disk, also after a power cut. Throws a `FailureError` (`disk-…`). */
  put(bytes: Uint8Array): Promise<string>;
  /** The blob's file; `undefined` when it is not there or `hash` is no hash. */
  path(hash: string): string | undefined;
  /** Throws a `FailureError` (`missing-blob`) when it is not there. */
  read(hash: string): Promise<Uint8Array>;
  /** `bytes`: as large as it was when it was stored; a file that was cut off is not there. */
  has(hash: string, bytes?: number): boolean;
}

/** Whether a text from outside may be made part of a path. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

export function createBlobStore(folder: string): BlobStore {
  const writing = new Map<string, Promise<void>>();
  const place = (hash: string) => join(folder, hash.slice(0, 2), `${hash.slice(2)}.bin`);
  const path = (hash: string) => {
    if (!isHash(hash)) return undefined;
    const file = place(hash);
    return existsSync(file) ? file : undefined;
  };

  async function put(bytes: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const file = place(hash);
    let job = writing.get(hash);
    if (job === undefined) {
      // A file under its final name was whole when it was renamed; one that was cut off since is written anew.
      if (sizeOf(file) === bytes.byteLength) return hash;
      job = writeDurably(file, bytes).finally(() => writing.delete(hash));
      writing.set(hash, job);
    }
    await job;
    return hash;
  }

  async function read(hash: string): Promise<Uint8Array> {
    const file = path(hash);
    if (file === undefined) {
      const message = 'A picture is missing from the picture store. Run the node that made it again.';
      throw new FailureError(userFailure('missing-blob', message, hash));
    }
    return readFile(file).catch((error: unknown) => {
      throw diskFailure('read a picture from', error);
    });
  }

  const has = (hash: string, bytes?: number) => {
    const size = isHash(hash) ? sizeOf(place(hash)) : undefined;
    return size !== undefined && (bytes === undefined || size === bytes);
  };

  return { put, path, read, has };
}

function sizeOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size;
  } catch {
    // What the disk does not let be seen is not there; a write says why.
    return undefined;
  }
}

// Not by write-file-atomic: it takes a short write (a disk that is nearly full) for a whole one.
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const parent = dirname(file);
  const passing = join(parent, `${randomBytes(12).toString('hex')}.tmp`);
  try {
    await mkdir(parent, { recursive: true });
    const handle = await open(passing, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(passing, file);
    await syncFolder(parent);
  } catch (error) {
    await unlink(passing).catch(() => undefined);
    throw diskFailure('write a picture to', error);
  }
}

// The new name itself must survive a power cut. Windows cannot open a folder, and does without.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
