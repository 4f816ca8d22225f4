import type { ModelFile } from '../comfyui-graph';
import { link, loaders, loraChain, samplePictures, zeroed } from './graph-parts';
import { fluxDevLicence, fluxEncoders, fluxVae } from './model-files';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';
import { trainingGraph } from './training-parts';

const diffusionModel: ModelFile = {
  names: ['flux1-dev.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/black-forest-labs/FLUX.1-dev, after accepting its licence there',
  url: 'https://huggingface.co/black-forest-labs/FLUX.1-dev/resolve/main/flux1-dev.safetensors',
  bytes: 23_800_000_000,
  licence: fluxDevLicence,
};

/**
 * FLUX.1 dev. Values of ComfyUI's own template `flux_dev_full_text_to_image`: guidance 3.5 in place of cfg, so there is no
 * negative prompt; a LoRA goes through the model alone.
 */
const fluxDev: Recipe = {
  model: {
    id: 'flux-dev',
    label: 'FLUX.1 dev',
    tasks: ['generate', 'edit', 'train-lora'],
    pinned: true,
    size: { minPixels: 256 * 256, maxPixels: 2048 * 2048, multipleOf: 16 },
    maxReferences: 1,
    maxCount: 4,
    takes: { seed: true, loras: true, strength: true, mask: true },
    loraBase: 'flux-1',
    price: ownGpuPrice,
    // Its weights alone have 24 GB: a training needs a GPU with far more than that.
    training: { secondsPerStep: { low: 1, high: 10 } },
    seconds: { low: 15, high: 180 },
  },
  train: (task, given) => ({
    ...loaders(diffusionModel, fluxEncoders, fluxVae),
    ...trainingGraph(task, given, {
      model: link('model', 'MODEL'),
      clip: link('clip', 'CLIP'),
      vae: link('vae', 'VAE'),
    }),
  }),
  build(asked, given) {
    const task = madePicture(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    return {
      ...loaders(diffusionModel, fluxEncoders, fluxVae),
      ...loras.graph,
      positive: {
        nodeClass: 'CLIPTextEncodeFlux',
        inputs: { clip: link('clip', 'CLIP'), clip_l: task.prompt, t5xxl: task.prompt, guidance: 3.5 },
      },
      negative: zeroed(link('positive', 'CONDITIONING')),
      ...samplePictures({
        task,
        given,
        model: loras.model,
        vae: link('vae', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptySD3LatentImage',
        settings: { steps: 20, cfg: 1, sampler_name: 'euler', scheduler: 'simple' },
      }),
    };
  },
};

export default fluxDev;
