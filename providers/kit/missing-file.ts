import type { MissingPart } from '#core/failure';
import type { ModelFile } from './comfyui-graph';

/** A file that is lacking, under the name by which it can be had. */
export function missingFile({ names, offered, folder, bytes, licence, url }: ModelFile): MissingPart {
  return {
    kind: 'model-file',
    name: offered ?? names[0] ?? '',
    folder,
    ...(bytes === undefined ? {} : { bytes }),
    ...(licence === undefined ? {} : { licence }),
    ...(url === undefined ? {} : { url }),
  };
}
