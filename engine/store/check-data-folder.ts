import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, statSync } from 'node:fs';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError, type Failure } from '#core/failure';
import {
  damageSetAside,
  lockedDamage,
  networkFolder,
  newerStore,
  unwritableFolder,
} from './data-folder-failures';
import { databaseState, type DatabaseState } from './database-file';
import { networkDrive } from './file-system';

export interface FolderChecks {
  /** Milliseconds since 1970. */
  now(): number;
  /** The kind of network drive an existing folder is on, `undefined` for a disk of this computer. */
  networkDrive?(folder: string): Promise<string | undefined>;
}

/**
 * Looks at a data folder before lmdb does: it can be written, it is on a disk of this computer, and its database is sound. A
 * damaged database is set aside beside the new one, never deleted. Gives what the person must know. Throws `FailureError`.
 */
export async function checkDataFolder(folder: string, checks: FolderChecks): Promise<Failure[]> {
  try {
    await mkdir(folder, { recursive: true });
    const trial = join(folder, `.write-${randomBytes(6).toString('hex')}`);
    await writeFile(trial, 'Seedloom');
    await unlink(trial);
  } catch (error) {
    throw new FailureError(unwritableFolder(folder, error));
  }
  const kind = await (checks.networkDrive ?? networkDrive)(folder);
  if (kind !== undefined) throw new FailureError(networkFolder(folder, kind));

  const store = join(folder, 'store');
  const state = storeState(folder, store);
  if (state === 'other-version') throw new FailureError(newerStore(folder));
  if (state !== 'damaged') return [];
  const aside = join(folder, `store.damaged-${dateName(checks.now())}-${randomBytes(2).toString('hex')}`);
  try {
    return setAside(folder, store, aside) ? [damageSetAside(aside, join(folder, 'blobs'))] : [];
  } catch (error) {
    throw new FailureError(lockedDamage(store, error));
  }
}

function storeState(folder: string, store: string): DatabaseState {
  if (!existsSync(store)) return 'missing';
  if (!statSync(store).isDirectory()) return 'damaged';
  const file = join(store, 'data.mdb');
  // Nothing was ever in it when nothing was ever made: a start that was cut, or a full disk.
  if (statSync(file, { throwIfNoEntry: false })?.size === 0)
    return existsSync(join(folder, 'blobs')) ? 'damaged' : 'missing';
  return databaseState(file);
}

/** False when another process was faster. */
function setAside(folder: string, store: string, aside: string): boolean {
  try {
    renameSync(store, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  // Between the look and the move another process may have begun a new one.
  if (storeState(folder, aside) !== 'sound') return true;
  renameSync(aside, store);
  return false;
}

/** `2026-11-21T07-28-12`: a file name everywhere. */
function dateName(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');
}
