import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BridgeEvent } from '#core/ipc';
import { createAutosave, type Autosave } from './autosave';
import { createFileLocks, type FileLocks } from './file-lock';
import { createFileWatch } from './file-watch';
import { createOpenFiles, type OpenFiles } from './open-files';
import { createVersions, type Versions } from './versions';

export interface FileKeeping {
  versions: Versions;
  autosave: Autosave;
  locks: FileLocks;
  openFiles: OpenFiles;
  close(): Promise<void>;
}

/** What is done for workflow files besides reading and writing them, put together for the real clock and system. */
export function createFileKeeping(dataFolder: string, send: (event: BridgeEvent) => void): FileKeeping {
  const versions = createVersions({ dataFolder, now: Date.now });
  const autosave = createAutosave({
    versions,
    now: Date.now,
    later(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    failed: (error) => console.error('no version was kept:', error),
  });
  const locks = createFileLocks({
    host: hostname(),
    pid: process.pid,
    id: randomUUID(),
    now: Date.now,
    isAlive,
    every(milliseconds, work) {
      const timer = setInterval(work, milliseconds);
      return () => clearInterval(timer);
    },
    onTaken: (path, by) => send({ type: 'file-taken', path, by }),
  });
  const watch = createFileWatch((path) => send({ type: 'file-changed', path }));
  const openFiles = createOpenFiles({ locks, watch });
  return {
    versions,
    autosave,
    locks,
    openFiles,
    async close() {
      await autosave.flush();
      await openFiles.close();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
