import type { ModelFile } from '../comfyui-graph';
import { encodedTexts, link, loraChain, samplePictures } from './graph-parts';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';
import { trainingGraph } from './training-parts';

const checkpoint: ModelFile = {
  names: ['sd_xl_base_1.0.safetensors'],
  folder: 'checkpoints',
  from: 'huggingface.co/stabilityai/stable-diffusion-xl-base-1.0',
  url: 'https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/resolve/main/sd_xl_base_1.0.safetensors',
  bytes: 6_940_000_000,
  licence: 'CreativeML Open RAIL++-M',
};

const loaded = {
  checkpoint: { nodeClass: 'CheckpointLoaderSimple', inputs: { ckpt_name: { file: checkpoint } } },
};

/** Stable Diffusion XL base 1.0; each LoRA goes through model and text encoder. */
const sdxl: Recipe = {
  model: {
    id: 'sdxl',
    label: 'SDXL',
    tasks: ['generate', 'edit', 'train-lora'],
    pinned: true,
    // The latent's own step is 8; far from a million pixels SDXL repeats its motif.
    size: { minPixels: 512 * 512, maxPixels: 2048 * 2048, multipleOf: 8 },
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
    loraBase: 'sdxl',
    price: ownGpuPrice,
    training: { secondsPerStep: { low: 0.3, high: 3 } },
    seconds: { low: 5, high: 60 },
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
        settings: { steps: 25, cfg: 7, sampler_name: 'dpmpp_2m', scheduler: 'karras' },
      }),
    };
  },
};

export default sdxl;
