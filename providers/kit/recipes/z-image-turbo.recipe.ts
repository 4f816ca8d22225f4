import type { ModelFile } from '../comfyui-graph';
import { link, loaders, loraChain, samplePictures, zeroed } from './graph-parts';
import { apache, fluxVae } from './model-files';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';

const repository = 'https://huggingface.co/Comfy-Org/z_image_turbo/resolve/main/split_files';

const diffusionModel: ModelFile = {
  names: ['z_image_turbo_bf16.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/Comfy-Org/z_image_turbo',
  url: `${repository}/diffusion_models/z_image_turbo_bf16.safetensors`,
  bytes: 12_300_000_000,
  licence: apache,
};
const encoderFile: ModelFile = {
  names: ['qwen_3_4b.safetensors'],
  folder: 'text_encoders',
  from: 'huggingface.co/Comfy-Org/z_image_turbo',
  url: `${repository}/text_encoders/qwen_3_4b.safetensors`,
  bytes: 8_040_000_000,
  licence: apache,
};

const encoder = {
  nodeClass: 'CLIPLoader',
  inputs: { clip_name: { file: encoderFile }, type: 'lumina2' },
};

/** Z-Image-Turbo. Values of ComfyUI's own template `image_z_image_turbo`: eight steps without cfg, so no negative prompt. */
const zImageTurbo: Recipe = {
  model: {
    id: 'z-image-turbo',
    label: 'Z-Image-Turbo',
    tasks: ['generate', 'edit'],
    pinned: true,
    size: { minPixels: 512 * 512, maxPixels: 2048 * 2048, multipleOf: 16 },
    maxReferences: 1,
    maxCount: 4,
    takes: { seed: true, loras: true, strength: true, mask: true },
    loraBase: 'z-image',
    price: ownGpuPrice,
    seconds: { low: 2, high: 60 },
  },
  build(asked, given) {
    const task = madePicture(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    return {
      ...loaders(diffusionModel, encoder, fluxVae),
      ...loras.graph,
      shifted: { nodeClass: 'ModelSamplingAuraFlow', inputs: { model: loras.model, shift: 3 } },
      positive: {
        nodeClass: 'CLIPTextEncode',
        inputs: { text: task.prompt, clip: link('clip', 'CLIP') },
      },
      negative: zeroed(link('positive', 'CONDITIONING')),
      ...samplePictures({
        task,
        given,
        model: link('shifted', 'MODEL'),
        vae: link('vae', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptySD3LatentImage',
        settings: { steps: 8, cfg: 1, sampler_name: 'res_multistep', scheduler: 'simple' },
      }),
    };
  },
};

export default zImageTurbo;
