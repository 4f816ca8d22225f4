import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFacts } from '#core/compare/comparison';
import { isLoraRef } from '#core/values';
import { safeName } from '../files/save-picture';
import type { BlobStore } from '../pictures/blob-store';

/** Writes the LoRAs a run has trained or reused into a new folder, each once and under the name ComfyUI knows it by. */
export async function writeLoras(
  { steps }: Pick<RunFacts, 'steps'>,
  blobs: Pick<BlobStore, 'path'>,
  folder: string,
): Promise<{ missing: string[] }> {
  const missing = new Set<string>();
  const written = new Set<string>();
  for (const item of steps.flatMap(({ outputs }) => Object.values(outputs ?? {}).flat())) {
    if (!isLoraRef(item) || item.file === undefined || written.has(item.file.hash)) continue;
    const { hash } = item.file;
    const source = blobs.path(hash);
    if (source === undefined) missing.add(hash);
    else {
      written.add(hash);
      // Names hold the id of their training; one that is taken all the same keeps the file apart by its content.
      const name = safeName(item.name.replace(/\.safetensors$/, ''));
      const place = (end: string) => join(folder, `${name}${end}.safetensors`);
      await copyFile(source, place(''), constants.COPYFILE_EXCL).catch(() =>
        copyFile(source, place(`-${hash.slice(0, 8)}`), constants.COPYFILE_EXCL),
      );
    }
  }
  return { missing: [...missing] };
}
