import type { ModelFile } from '../comfyui-graph';
import { link, loaders, loraChain, sampledEach, scaledPicture, zeroed } from './graph-parts';
import { fluxDevLicence, fluxEncoders, fluxVae } from './model-files';
import { editOf, ownGpuPrice, type Recipe } from './recipe';

const diffusionModel: ModelFile = {
  names: ['flux1-fill-dev.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/black-forest-labs/FLUX.1-Fill-dev, after accepting its licence there',
  url: 'https://huggingface.co/black-forest-labs/FLUX.1-Fill-dev/resolve/main/flux1-fill-dev.safetensors',
  bytes: 23_800_000_000,
  licence: fluxDevLicence,
};

/** FLUX.1 Fill dev: paints what the mask marks. Values of ComfyUI's own template `flux_fill_inpaint_example`. */
const fluxFill: Recipe = {
  model: {
    id: 'flux-fill',
    label: 'FLUX.1 Fill dev',
    tasks: ['edit'],
    pinned: true,
    size: { minPixels: 256 * 256, maxPixels: 2048 * 2048, multipleOf: 16 },
    maxReferences: 1,
    maxCount: 4,
    needsMask: true,
    takes: { seed: true, loras: true, mask: true },
    loraBase: 'flux-1',
    price: ownGpuPrice,
    seconds: { low: 20, high: 240 },
  },
  build(asked, given) {
    const task = editOf(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    const sampling = {
      task,
      given,
      model: link('differential', 'MODEL'),
      vae: link('vae', 'VAE'),
      positive: link('inpaint', 'positive'),
      negative: link('inpaint', 'negative'),
      emptyLatent: 'EmptySD3LatentImage',
      settings: { steps: 20, cfg: 1, sampler_name: 'euler', scheduler: 'normal' },
    };
    return {
      ...loaders(diffusionModel, fluxEncoders, fluxVae),
      ...loras.graph,
      differential: { nodeClass: 'DifferentialDiffusion', inputs: { model: loras.model } },
      text: { nodeClass: 'CLIPTextEncode', inputs: { text: task.prompt, clip: link('clip', 'CLIP') } },
      guided: {
        nodeClass: 'FluxGuidance',
        inputs: { conditioning: link('text', 'CONDITIONING'), guidance: 30 },
      },
      empty: zeroed(link('text', 'CONDITIONING')),
      ...scaledPicture(sampling),
      inpaint: {
        nodeClass: 'InpaintModelConditioning',
        inputs: {
          positive: link('guided', 'CONDITIONING'),
          negative: link('empty', 'CONDITIONING'),
          vae: link('vae', 'VAE'),
          pixels: link('scaled', 'IMAGE'),
          mask: link('mask', 'MASK'),
          noise_mask: true,
        },
      },
      ...sampledEach(sampling, link('inpaint', 'latent'), 1),
    };
  },
};

export default fluxFill;
