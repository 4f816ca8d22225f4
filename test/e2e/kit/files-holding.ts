import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder and of those in it whose bytes hold `text` or match it; those that go meanwhile hold nothing. */
export async function filesHolding(folder: string, text: string | RegExp): Promise<string[]> {
  const holding: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.path, entry.name);
    // A file that is being written has another name for a moment.
    const bytes = await readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    if (typeof text === 'string' ? bytes.includes(text) : text.test(bytes)) holding.push(path);
  }
  return holding;
}
