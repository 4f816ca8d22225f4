import type { ModelFile } from '../comfyui-graph';
import { encodedTexts, link, loaders, loraChain, samplePictures } from './graph-parts';
import { apache, qwenEncoder, qwenVae } from './model-files';
import { madePicture, ownGpuPrice, type Recipe } from './recipe';

const repository = 'https://huggingface.co/Comfy-Org/Qwen-Image_ComfyUI/resolve/main/split_files';

const diffusionModel: ModelFile = {
  names: ['qwen_image_fp8_e4m3fn.safetensors', 'qwen_image_bf16.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/Comfy-Org/Qwen-Image_ComfyUI',
  url: `${repository}/diffusion_models/qwen_image_fp8_e4m3fn.safetensors`,
  bytes: 20_400_000_000,
  licence: apache,
};

/** Qwen-Image, at home at 1328 × 1328. Values of ComfyUI's own template `image_qwen_image`. */
const qwenImage: Recipe = {
  model: {
    id: 'qwen-image',
    label: 'Qwen-Image',
    tasks: ['generate', 'edit'],
    pinned: true,
    size: { minPixels: 512 * 512, maxPixels: 2048 * 2048, multipleOf: 16 },
    maxReferences: 1,
    maxCount: 4,
    takes: { seed: true, negative: true, loras: true, strength: true, mask: true },
    loraBase: 'qwen-image',
    price: ownGpuPrice,
    seconds: { low: 20, high: 240 },
  },
  build(asked, given) {
    const task = madePicture(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    return {
      ...loaders(diffusionModel, qwenEncoder, qwenVae),
      ...loras.graph,
      shifted: { nodeClass: 'ModelSamplingAuraFlow', inputs: { model: loras.model, shift: 3.5 } },
      ...encodedTexts(task, link('clip', 'CLIP')),
      ...samplePictures({
        task,
        given,
        model: link('shifted', 'MODEL'),
        vae: link('vae', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptySD3LatentImage',
        settings: { steps: 20, cfg: 4, sampler_name: 'euler', scheduler: 'simple' },
      }),
    };
  },
};

export default qwenImage;
