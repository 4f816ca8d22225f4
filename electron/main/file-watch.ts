import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Milliseconds of quiet after which a change is told: a program may write a file in several pieces. */
const quiet = 300;

export interface FileWatch {
  /** Watches these files and no others. */
  only(paths: readonly string[]): void;
  close(): void;
}

/**
 * Tells of changes of files as far as the system does: a network drive may tell nothing, so the window looks by itself
 * too when it comes to the front. Folders are watched, not files, for a file that is replaced is another one.
 */
export function createFileWatch(onChange: (path: string) => void): FileWatch {
  const watched = new Map<string, () => void>();

  function begin(path: string): () => void {
    let timer: NodeJS.Timeout | undefined;
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
        if (name !== null && name !== basename(path)) return;
        clearTimeout(timer);
        timer = setTimeout(() => onChange(path), quiet);
      });
      // The folder was removed, or the drive is gone: there is nothing to tell any more.
      watcher.on('error', () => watcher.close());
      return () => {
        clearTimeout(timer);
        watcher.close();
      };
    } catch {
      return () => undefined;
    }
  }

  function only(paths: readonly string[]): void {
    for (const [path, end] of watched) {
      if (paths.includes(path)) continue;
      end();
      watched.delete(path);
    }
    for (const path of paths) if (!watched.has(path)) watched.set(path, begin(path));
  }

  return { only, close: () => only([]) };
}
