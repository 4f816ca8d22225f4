import type { RecipeGraph } from '../comfyui-graph';
import { loraFile, madePicture, modelFile, ownGpuPrice, samplePictures, type Recipe } from './recipe';

const checkpoint = modelFile(
  'sd_xl_base_1.0.safetensors',
  'checkpoints',
  'huggingface.co/stabilityai/stable-diffusion-xl-base-1.0',
);

/** Stable Diffusion XL base 1.0; each LoRA goes through model and text encoder. */
export const sdxl: Recipe = {
  model: {
    id: 'sdxl',
    label: 'SDXL',
    tasks: ['generate', 'edit'],
    pinned: true,
    // The latent's own step is 8; far from a million pixels SDXL repeats its motif.
    size: { minPixels: 512 * 512, maxPixels: 2048 * 2048, multipleOf: 8 },
    maxReferences: 1,
    maxCount: 4,
    takes: { seed: true, negative: true, loras: true, strength: true },
    price: ownGpuPrice,
    seconds: { low: 5, high: 60 },
  },
  build(asked, given) {
    const task = madePicture(asked);
    const graph: RecipeGraph = {
      checkpoint: { nodeClass: 'CheckpointLoaderSimple', inputs: { ckpt_name: { file: checkpoint } } },
    };
    let last = 'checkpoint';
    for (const [index, { name, strength }] of task.loras.entries()) {
      const id = `lora-${index + 1}`;
      graph[id] = {
        nodeClass: 'LoraLoader',
        inputs: {
          model: { node: last, output: 'MODEL' },
          clip: { node: last, output: 'CLIP' },
          lora_name: { file: loraFile(name) },
          strength_model: strength,
          strength_clip: strength,
        },
      };
      last = id;
    }
    const words = { positive: task.prompt, negative: (task.kind === 'generate' && task.negative) || '' };
    for (const [id, text] of Object.entries(words))
      graph[id] = { nodeClass: 'CLIPTextEncode', inputs: { text, clip: { node: last, output: 'CLIP' } } };
    const sampled = samplePictures({
      task,
      given,
      model: { node: last, output: 'MODEL' },
      vae: { node: 'checkpoint', output: 'VAE' },
      positive: { node: 'positive', output: 'CONDITIONING' },
      negative: { node: 'negative', output: 'CONDITIONING' },
      emptyLatent: 'EmptyLatentImage',
      settings: { steps: 25, cfg: 7, sampler_name: 'dpmpp_2m', scheduler: 'karras' },
    });
    return { ...graph, ...sampled };
  },
};
