import { join } from 'node:path';
import { failureOf } from '#core/failure';
import type { RunEvent } from '#core/run';
import type { ImageRef } from '#core/values';
import type { Engine } from '#engine/contract';
import { savePicture } from '#engine/files/save-picture';
import { counted } from './print';

/**
 * What a run waits for a person to choose: each node with its numbered pictures, put where they can be looked at, and how to
 * go on.
 */
export async function openChoices(
  events: readonly RunEvent[],
  file: string,
  outFolder: string,
  engine: Pick<Engine, 'pictureFile'>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const event of events) {
    if (event.type !== 'step-waiting' || event.for !== 'choice') continue;
    const { node, pictures = [] } = event;
    lines.push(`${node} waits for you to choose of ${counted(pictures.length, 'picture')}:`);
    for (const [place, picture] of pictures.entries()) {
      const path = await placeOf(
        picture,
        join(outFolder, 'to choose'),
        `${node.replaceAll('/', '-')}-${place + 1}`,
        engine,
      );
      lines.push(`  ${String(place + 1).padStart(2)}  ${picture.width} × ${picture.height}  ${path}`);
    }
    lines.push(`Go on with: seedloom run ${file} --pick ${node}=1,2   (what is made is not paid for again)`);
  }
  return lines;
}

/** A copy a person can open; where none can be written, the stored picture itself. */
async function placeOf(
  picture: ImageRef,
  folder: string,
  name: string,
  engine: Pick<Engine, 'pictureFile'>,
): Promise<string> {
  const source = engine.pictureFile(picture.hash);
  if (source === undefined) return `${picture.hash} (no longer in the store)`;
  try {
    return (await savePicture(picture, source, folder, name)).path;
  } catch (error) {
    return `${source} (${failureOf(error).message})`;
  }
}
