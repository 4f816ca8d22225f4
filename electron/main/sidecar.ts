import { basename, dirname, join } from 'node:path';

/** Where what belongs to a workflow file is kept without being in it: a hidden folder beside it. */
export function sidecarFolder(path: string): string {
  return join(dirname(path), '.seedloom', basename(path));
}
