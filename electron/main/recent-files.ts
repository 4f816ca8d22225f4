import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentFile } from '#core/file-calls';
import { readJsonFile, writeJsonFile } from './json-file';

const most = 10;

export interface RecentFiles {
  /** Newest first. */
  list(): string[];
  /** The same with when they were used, and whether they are there. */
  look(): Promise<RecentFile[]>;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  forget(): Promise<void>;
}

/** A bare path was written by a Seedloom that kept no times. */
const fileSchema = z.array(z.union([z.string(), z.strictObject({ path: z.string(), at: z.iso.datetime() })]));

/** The workflow files opened or saved last, in `recent.json` of the data folder. A damaged list is simply begun anew. */
export async function openRecentFiles(
  dataFolder: string,
  onChange: (recent: string[]) => void,
  now: () => number = Date.now,
): Promise<RecentFiles> {
  const path = join(dataFolder, 'recent.json');
  const content = await readJsonFile(path, fileSchema);
  let recent = content.state === 'read' ? content.value.slice(0, most) : [];
  const list = () => recent.map((file) => (typeof file === 'string' ? file : file.path));
  async function change(next: typeof recent): Promise<void> {
    recent = next;
    onChange(list());
    await writeJsonFile(path, recent);
  }
  const without = (left: string) =>
    recent.filter((file) => (typeof file === 'string' ? file : file.path) !== left);
  return {
    list,
    look: () =>
      Promise.all(
        recent.map(async (file) => {
          const entry = typeof file === 'string' ? { path: file, at: null } : file;
          const there = await stat(entry.path).then(
            () => true,
            () => false,
          );
          return { ...entry, there };
        }),
      ),
    add: (added) =>
      change([{ path: added, at: new Date(now()).toISOString() }, ...without(added)].slice(0, most)),
    remove: (removed) => (list().includes(removed) ? change(without(removed)) : Promise.resolve()),
    forget: () => change([]),
  };
}
