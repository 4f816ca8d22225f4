import type { ModelFile, RecipeGraph } from '../comfyui-graph';
import { link, loadPicture, loaders, loraChain, sampleFromNoise } from './graph-parts';
import { apache, qwenEncoder, qwenVae } from './model-files';
import { editOf, ownGpuPrice, type Recipe } from './recipe';

const repository = 'https://huggingface.co/Comfy-Org/Qwen-Image-Edit_ComfyUI/resolve/main/split_files';

const diffusionModel: ModelFile = {
  names: ['qwen_image_edit_2509_fp8_e4m3fn.safetensors', 'qwen_image_edit_2509_bf16.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/Comfy-Org/Qwen-Image-Edit_ComfyUI',
  url: `${repository}/diffusion_models/qwen_image_edit_2509_fp8_e4m3fn.safetensors`,
  bytes: 20_400_000_000,
  licence: apache,
};

/**
 * Qwen-Image-Edit 2509: edits by words, with up to three pictures. Values of ComfyUI's own template
 * `image_qwen_image_edit_2509`. The encoder scales each picture itself and calls it "Picture 1", "Picture 2" in the prompt;
 * the result is drawn from noise at the size that is asked for.
 */
const qwenImageEdit: Recipe = {
  model: {
    id: 'qwen-image-edit',
    label: 'Qwen-Image-Edit 2509',
    tasks: ['edit'],
    pinned: true,
    size: { minPixels: 512 * 512, maxPixels: 2048 * 1024, multipleOf: 16 },
    maxReferences: 3,
    maxCount: 4,
    takes: { seed: true, loras: true },
    loraBase: 'qwen-image',
    price: ownGpuPrice,
    seconds: { low: 20, high: 300 },
  },
  build(asked, given) {
    const task = editOf(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    const inputs: RecipeGraph = {};
    for (const place of given.images.keys()) inputs[`input-${place + 1}`] = loadPicture(given, place);
    const pictures = Object.fromEntries(
      given.images.map((_image, place) => [`image${place + 1}`, link(`input-${place + 1}`, 'IMAGE')]),
    );
    const encoded = (prompt: string) => ({
      nodeClass: 'TextEncodeQwenImageEditPlus',
      inputs: { clip: link('clip', 'CLIP'), prompt, vae: link('vae', 'VAE'), ...pictures },
    });
    return {
      ...loaders(diffusionModel, qwenEncoder, qwenVae),
      ...loras.graph,
      shifted: { nodeClass: 'ModelSamplingAuraFlow', inputs: { model: loras.model, shift: 3 } },
      normed: { nodeClass: 'CFGNorm', inputs: { model: link('shifted', 'MODEL'), strength: 1 } },
      ...inputs,
      positive: encoded(task.prompt),
      negative: encoded(''),
      ...sampleFromNoise({
        task,
        given,
        model: link('normed', 'MODEL'),
        vae: link('vae', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptySD3LatentImage',
        settings: { steps: 20, cfg: 2.5, sampler_name: 'euler', scheduler: 'simple' },
      }),
    };
  },
};

export default qwenImageEdit;
