import type { Versions } from './versions';

/** Milliseconds between two autosaved versions of one file. */
export const autosaveEvery = 60_000;

export interface Autosave {
  /** There are unsaved edits in the file at `path`: they become a version within a minute. */
  edited(path: string, text: string): void;
  /** The file at `path` has the edits now: there is nothing to keep. */
  saved(path: string): void;
  /** Keeps at once what waits, of one file or of all: it is to be given up, or the program ends. */
  flush(path?: string): Promise<void>;
}

/**
 * Keeps unsaved edits as versions, at most one a minute for each file: the first at once when the last is a minute ago,
 * later ones at the end of their minute.
 */
export function createAutosave(options: {
  versions: Pick<Versions, 'keep'>;
  now(): number;
  /** Does something later; gives what takes it back. */
  later(milliseconds: number, work: () => void): () => void;
  failed(error: unknown): void;
}): Autosave {
  const { versions, now, later } = options;
  const files = new Map<string, { keptAt: number; waiting?: string; stop?: () => void }>();

  async function keep(path: string): Promise<void> {
    const file = files.get(path);
    if (file?.waiting === undefined) return;
    const text = file.waiting;
    file.stop?.();
    files.set(path, { keptAt: now() });
    await versions.keep(path, text, 'autosaved').catch(options.failed);
  }

  return {
    edited(path, text) {
      const file = files.get(path) ?? { keptAt: -Infinity };
      file.waiting = text;
      files.set(path, file);
      const left = file.keptAt + autosaveEvery - now();
      if (left <= 0) void keep(path);
      else file.stop ??= later(left, () => void keep(path));
    },
    saved(path) {
      files.get(path)?.stop?.();
      files.set(path, { keptAt: now() });
    },
    async flush(path) {
      await Promise.all((path === undefined ? [...files.keys()] : [path]).map(keep));
    },
  };
}
