import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file';

const most = 10;

export interface RecentFiles {
  /** Newest first. */
  list(): string[];
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  forget(): Promise<void>;
}

/** The workflow files opened or saved last, in `recent.json` of the data folder. A damaged list is simply begun anew. */
export async function openRecentFiles(
  dataFolder: string,
  onChange: (recent: string[]) => void,
): Promise<RecentFiles> {
  const path = join(dataFolder, 'recent.json');
  const content = await readJsonFile(path, z.array(z.string()));
  let recent = content.state === 'read' ? content.value.slice(0, most) : [];
  async function change(next: string[]): Promise<void> {
    recent = next;
    onChange(recent);
    await writeJsonFile(path, recent);
  }
  return {
    list: () => recent,
    add: (added) => change([added, ...recent.filter((file) => file !== added)].slice(0, most)),
    remove: (removed) =>
      recent.includes(removed) ? change(recent.filter((file) => file !== removed)) : Promise.resolve(),
    forget: () => change([]),
  };
}
