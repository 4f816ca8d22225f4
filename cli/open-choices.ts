import type { RunEvent } from '#core/run';
import type { Engine } from '#engine/contract';
import { counted } from './print';

/** What a run waits for a person to choose: each node with its numbered pictures and where they are, and how to go on. */
export function openChoices(
  events: readonly RunEvent[],
  file: string,
  engine: Pick<Engine, 'pictureFile'>,
): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'step-waiting' || event.for !== 'choice') return [];
    const { node, pictures = [] } = event;
    return [
      `${node} waits for you to choose of ${counted(pictures.length, 'picture')}:`,
      ...pictures.map(
        ({ hash, width, height }, place) =>
          `  ${String(place + 1).padStart(2)}  ${width} × ${height}  ${engine.pictureFile(hash) ?? hash}`,
      ),
      `Go on with: seedloom run ${file} --pick ${node}=1,2   (what is made is not paid for again)`,
    ];
  });
}
