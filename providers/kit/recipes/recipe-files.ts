import type { MissingPart } from '#core/failure';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { missingFile } from '../missing-file';
import type { Recipe } from './recipe';

const picture: ImageRef = {
  hash: '0'.repeat(64),
  width: 1024,
  height: 1024,
  format: 'png',
  bytes: 1,
};

/** A task of each kind a recipe takes, with nothing of the person's in it. */
function taskOf(kind: ImageTask['kind'], model: string): ImageTask {
  const asked = { model: { provider: '', model }, prompt: '', size: { width: 1024, height: 1024 }, count: 1 };
  if (kind === 'upscale') return { kind, model: asked.model, image: picture, factor: 2 };
  if (kind === 'edit') return { kind, ...asked, images: [picture], mask: picture, loras: [] };
  return { kind, ...asked, loras: [] };
}

/** The model files a recipe needs before anything is added to it: its own, no LoRAs. */
export function recipeFiles({ model, build }: Recipe): MissingPart[] {
  const files = model.tasks.flatMap((kind) => {
    // A training begins with the files that its model's pictures need.
    if (kind === 'train-lora') return [];
    const graph = build(taskOf(kind, model.id), {
      images: ['picture.png'],
      mask: 'mask.png',
      seed: 0,
      prefix: '',
    });
    const inputs = Object.values(graph).flatMap((node) => Object.values(node.inputs));
    return inputs.flatMap((input) =>
      typeof input === 'object' && 'file' in input ? [missingFile(input.file)] : [],
    );
  });
  return [...new Map(files.map((file) => [`${file.folder}/${file.name}`, file])).values()];
}
