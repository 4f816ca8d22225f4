import { statfs } from 'node:fs/promises';
import type { Failure } from '#core/failure';
import type { EngineOptions } from '../contract';

/** Bytes that must be free where the data folder is before anything is paid for: room for what comes back. */
const leastFree = 256 * 1024 * 1024;

/** Why nothing may be paid for just now; `undefined` when there is room. A disk that does not tell is taken to have some. */
export async function noRoomToSpend({
  dataFolder,
  freeSpace = freeOnDisk,
}: Pick<EngineOptions, 'dataFolder' | 'freeSpace'>): Promise<Failure | undefined> {
  const free = await freeSpace(dataFolder).catch(() => Infinity);
  if (free >= leastFree) return undefined;
  return {
    code: 'disk-full',
    act: 'user',
    charge: 'none',
    message:
      `Only ${Math.floor(free / 1e6)} MB are free where "${dataFolder}" is, and what is paid for must find room. Nothing ` +
      'was sent. Free some space and run again.',
  };
}

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
