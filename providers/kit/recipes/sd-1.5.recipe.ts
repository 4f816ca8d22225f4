import type { ModelFile } from '../comfyui-graph';
import { encodedTexts, link, loraChain, samplePictures } from './graph-parts';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';
import { trainingGraph } from './training-parts';

const checkpoint: ModelFile = {
  names: ['v1-5-pruned-emaonly-fp16.safetensors', 'v1-5-pruned-emaonly.safetensors'],
  folder: 'checkpoints',
  from: 'huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive',
  url: 'https://huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive/resolve/main/v1-5-pruned-emaonly-fp16.safetensors',
  bytes: 2_130_000_000,
  licence: 'CreativeML Open RAIL-M',
};

const loaded = {
  checkpoint: { nodeClass: 'CheckpointLoaderSimple', inputs: { ckpt_name: { file: checkpoint } } },
};

/** Stable Diffusion 1.5, with the values of ComfyUI's first workflow; each LoRA goes through model and text encoder. */
const sd15: Recipe = {
  model: {
    id: 'sd-1.5',
    label: 'Stable Diffusion 1.5',
    tasks: ['generate', 'edit', 'train-lora'],
    pinned: true,
    // It learned at 512 × 512; far above that it repeats its motif.
    size: { minPixels: 256 * 256, maxPixels: 1024 * 1024, multipleOf: 8 },
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
    loraBase: 'sd-1',
    price: ownGpuPrice,
    training: { secondsPerStep: { low: 0.1, high: 1 } },
    seconds: { low: 2, high: 30 },
  },
  train: (task, given) => ({
    ...loaded,
    ...trainingGraph(task, given, {
      model: link('checkpoint', 'MODEL'),
      clip: link('checkpoint', 'CLIP'),
      vae: link('checkpoint', 'VAE'),
    }),
  }),
  build(asked, given) {
    const task = madePicture(asked);
    const clip = link('checkpoint', 'CLIP');
    const loras = loraChain(task.loras, link('checkpoint', 'MODEL'), clip);
    return {
      ...loaded,
      ...loras.graph,
      ...encodedTexts(task, loras.clip ?? clip),
      ...samplePictures({
        task,
        given,
        model: loras.model,
        vae: link('checkpoint', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptyLatentImage',
        settings: { steps: 20, cfg: 8, sampler_name: 'euler', scheduler: 'normal' },
      }),
    };
  },
};

export default sd15;
