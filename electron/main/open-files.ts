import type { FileLocks } from './file-lock';
import type { FileWatch } from './file-watch';

export interface OpenFiles {
  /** The window has these files open and no others; those in `taken` are held although somebody else has them open. */
  own(paths: readonly string[], taken: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The workflow files the window has open: each says so beside itself, and its changes by others are told. */
export function createOpenFiles(parts: { locks: FileLocks; watch: FileWatch }): OpenFiles {
  const { locks, watch } = parts;
  return {
    own: (paths, taken) => {
      watch.only(paths);
      return locks.hold(paths, taken);
    },
    async close() {
      watch.close();
      await locks.release();
    },
  };
}
