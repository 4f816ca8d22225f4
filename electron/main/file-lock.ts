import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { FileOwner } from '#core/file-version';
import { sidecarFolder } from './sidecar';

/** Milliseconds between two signs of life in a lock, and after how long without one it counts for nothing. */
export const beatEvery = 20_000;
export const staleAfter = 90_000;

const lockSchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  /** Of one Seedloom, for as long as it runs. */
  id: z.string(),
  at: z.iso.datetime(),
});
type Lock = z.infer<typeof lockSchema>;

export interface FileLocks {
  /** Who else has the file open; `undefined` when nobody has. */
  owner(path: string): Promise<FileOwner | undefined>;
  /** These files are open here and no others. One that somebody else has open is left to them unless it is in `taken`. */
  hold(paths: readonly string[], taken: readonly string[]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Says beside a workflow file who has it open: `.seedloom/<file>/open.json`, with a heartbeat. It is a courtesy, not the
 * safeguard: a save compares the content of the file in any case. Where it cannot be written there is none.
 */
export function createFileLocks(options: {
  host: string;
  pid: number;
  id: string;
  now(): number;
  isAlive(pid: number): boolean;
  /** Does something again and again; gives what ends it. */
  every(milliseconds: number, work: () => void): () => void;
  /** Somebody else has taken a file that was held here. */
  onTaken(path: string, by: FileOwner): void;
}): FileLocks {
  const { host, pid, id, now } = options;
  const held = new Set<string>();
  let stop: (() => void) | undefined;
  let working: Promise<unknown> = Promise.resolve();

  const lockFile = (path: string) => join(sidecarFolder(path), 'open.json');

  async function read(path: string): Promise<Lock | undefined> {
    try {
      return lockSchema.parse(JSON.parse(await readFile(lockFile(path), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Another living Seedloom's lock. */
  async function others(path: string): Promise<Lock | undefined> {
    const lock = await read(path);
    if (lock === undefined || lock.id === id) return undefined;
    if (Math.abs(now() - Date.parse(lock.at)) > staleAfter) return undefined;
    return lock.host === host && !options.isAlive(lock.pid) ? undefined : lock;
  }

  async function write(path: string): Promise<void> {
    const lock: Lock = { host, pid, id, at: new Date(now()).toISOString() };
    await mkdir(dirname(lockFile(path)), { recursive: true });
    await writeFileAtomic(lockFile(path), `${JSON.stringify(lock)}\n`, { fsync: false });
  }

  async function drop(path: string): Promise<void> {
    held.delete(path);
    if ((await read(path))?.id === id) await rm(lockFile(path), { force: true });
  }

  async function beat(): Promise<void> {
    for (const path of held) {
      const other = await others(path);
      if (other === undefined) await write(path).catch(() => undefined);
      else {
        held.delete(path);
        options.onTaken(path, { host: other.host, at: other.at });
      }
    }
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = working.then(work);
    working = done.catch(() => undefined);
    return done;
  }

  return {
    async owner(path) {
      const lock = await others(path);
      return lock === undefined ? undefined : { host: lock.host, at: lock.at };
    },
    hold: (paths, taken) =>
      inTurn(async () => {
        for (const path of held) if (!paths.includes(path)) await drop(path).catch(() => undefined);
        for (const path of paths) {
          if (held.has(path)) continue;
          if (!taken.includes(path) && (await others(path)) !== undefined) continue;
          held.add(path);
          await write(path).catch(() => undefined);
        }
        stop?.();
        stop = held.size === 0 ? undefined : options.every(beatEvery, () => void inTurn(beat));
      }),
    release: () =>
      inTurn(async () => {
        stop?.();
        for (const path of held) await drop(path).catch(() => undefined);
      }),
  };
}
