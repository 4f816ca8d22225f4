import type { ModelFile, RecipeGraph } from '../comfyui-graph';
import { loraFile, madePicture, modelFile, ownGpuPrice, samplePictures, type Recipe } from './recipe';

const encoders = 'huggingface.co/comfyanonymous/flux_text_encoders';
const diffusionModel = modelFile(
  'flux1-dev.safetensors',
  'diffusion_models',
  'huggingface.co/black-forest-labs/FLUX.1-dev, after accepting its licence there',
);
const clip = modelFile('clip_l.safetensors', 'text_encoders', encoders);
const t5: ModelFile = {
  names: ['t5xxl_fp16.safetensors', 't5xxl_fp8_e4m3fn_scaled.safetensors', 't5xxl_fp8_e4m3fn.safetensors'],
  folder: 'text_encoders',
  from: encoders,
};
const vae = modelFile('ae.safetensors', 'vae', 'huggingface.co/black-forest-labs/FLUX.1-dev');

/**
 * FLUX.1 dev. Values of ComfyUI's own template `flux_dev_full_text_to_image`: guidance 3.5 in place of cfg, so there is no
 * negative prompt; a LoRA goes through the model alone.
 */
export const fluxDev: Recipe = {
  model: {
    id: 'flux-dev',
    label: 'FLUX.1 dev',
    tasks: ['generate', 'edit'],
    pinned: true,
    size: { minPixels: 256 * 256, maxPixels: 2048 * 2048, multipleOf: 16 },
    maxReferences: 1,
    maxCount: 4,
    takes: { seed: true, loras: true, strength: true },
    price: ownGpuPrice,
    seconds: { low: 15, high: 180 },
  },
  build(asked, given) {
    const task = madePicture(asked);
    const graph: RecipeGraph = {
      model: {
        nodeClass: 'UNETLoader',
        inputs: { unet_name: { file: diffusionModel }, weight_dtype: 'default' },
      },
      clip: {
        nodeClass: 'DualCLIPLoader',
        inputs: { clip_name1: { file: clip }, clip_name2: { file: t5 }, type: 'flux' },
      },
      vae: { nodeClass: 'VAELoader', inputs: { vae_name: { file: vae } } },
      positive: {
        nodeClass: 'CLIPTextEncodeFlux',
        inputs: {
          clip: { node: 'clip', output: 'CLIP' },
          clip_l: task.prompt,
          t5xxl: task.prompt,
          guidance: 3.5,
        },
      },
      negative: {
        nodeClass: 'ConditioningZeroOut',
        inputs: { conditioning: { node: 'positive', output: 'CONDITIONING' } },
      },
    };
    let last = 'model';
    for (const [index, { name, strength }] of task.loras.entries()) {
      const id = `lora-${index + 1}`;
      graph[id] = {
        nodeClass: 'LoraLoaderModelOnly',
        inputs: {
          model: { node: last, output: 'MODEL' },
          lora_name: { file: loraFile(name) },
          strength_model: strength,
        },
      };
      last = id;
    }
    const sampled = samplePictures({
      task,
      given,
      model: { node: last, output: 'MODEL' },
      vae: { node: 'vae', output: 'VAE' },
      positive: { node: 'positive', output: 'CONDITIONING' },
      negative: { node: 'negative', output: 'CONDITIONING' },
      emptyLatent: 'EmptySD3LatentImage',
      settings: { steps: 20, cfg: 1, sampler_name: 'euler', scheduler: 'simple' },
    });
    return { ...graph, ...sampled };
  },
};
