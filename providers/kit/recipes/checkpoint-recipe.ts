import type { ModelFile } from '../comfyui-graph';
import { encodedTexts, link, loraChain, samplePictures } from './graph-parts';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';
import { trainingGraph } from './training-parts';

/**
 * A model that is one checkpoint file with its text encoder and VAE, as Stable Diffusion 1.5 and XL are: each LoRA goes through
 * model and text encoder.
 */
export function checkpointRecipe({
  file,
  model,
  settings,
}: {
  file: ModelFile;
  model: Pick<Recipe['model'], 'id' | 'label' | 'size' | 'loraBase' | 'training' | 'seconds'>;
  settings: Parameters<typeof samplePictures>[0]['settings'];
}): Recipe {
  const loaded = {
    checkpoint: { nodeClass: 'CheckpointLoaderSimple', inputs: { ckpt_name: { file } } },
  };
  const [clip, vae] = [link('checkpoint', 'CLIP'), link('checkpoint', 'VAE')];
  return {
    model: {
      ...model,
      tasks: ['generate', 'edit', 'train-lora'],
      pinned: true,
      maxReferences: 1,
      maxCount: 4,
      takes: {
        seed: true,
        negative: true,
        loras: true,
        loraClip: true,
        strength: true,
        mask: true,
        weights: true,
      },
      price: ownGpuPrice,
    },
    train: (task, given) => ({
      ...loaded,
      ...trainingGraph(task, given, { model: link('checkpoint', 'MODEL'), clip, vae }),
    }),
    build(asked, given) {
      const task = madePicture(asked);
      const loras = loraChain(task.loras, link('checkpoint', 'MODEL'), clip);
      return {
        ...loaded,
        ...loras.graph,
        ...encodedTexts(task, loras.clip ?? clip),
        ...samplePictures({
          task,
          given,
          model: loras.model,
          vae,
          positive: link('positive', 'CONDITIONING'),
          negative: link('negative', 'CONDITIONING'),
          emptyLatent: 'EmptyLatentImage',
          settings,
        }),
      };
    },
  };
}
