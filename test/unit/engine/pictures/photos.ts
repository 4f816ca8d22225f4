import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Photographs to run on lie beside the project, on machines that have them.
const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'photos');

export const photosThere = existsSync(folder);
if (!photosThere) console.log(`tests with photographs are skipped: there is no ${folder}`);

export function photo(name: string): Uint8Array {
  return readFileSync(join(folder, name));
}
