import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';

type JsonFileContent<T> =
  | { state: 'read'; value: T }
  | { state: 'missing' }
  /** It could not be understood and was renamed to `keptAs`, so that nothing in it is lost. */
  | { state: 'damaged'; keptAs: string };

/** Reads a small file of our own. Throws only when the disk refuses. */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<JsonFileContent<T>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'missing' };
    throw error;
  }
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return { state: 'read', value: parsed.data };
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const keptAs = path.replace(/\.json$/, '') + `.damaged-${stamp}.json`;
  await rename(path, keptAs);
  return { state: 'damaged', keptAs };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const underWay = new Set<Promise<void>>();

/** Writes it whole or not at all: synced to disk under another name, then renamed. */
export function writeJsonFile(path: string, value: unknown, mode?: number): Promise<void> {
  const written = write(path, `${JSON.stringify(value, null, 2)}\n`, mode);
  underWay.add(written);
  return written.finally(() => underWay.delete(written));
}

async function write(path: string, text: string, mode: number | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, text, mode === undefined ? {} : { mode });
}

/** Resolves when nothing is being written: the program may end. */
export async function writesEnded(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}
