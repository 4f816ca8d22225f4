import { checkpointRecipe } from './checkpoint-recipe';

/** Stable Diffusion 1.5, with the values of ComfyUI's first workflow. */
export default checkpointRecipe({
  file: {
    names: ['v1-5-pruned-emaonly-fp16.safetensors', 'v1-5-pruned-emaonly.safetensors'],
    folder: 'checkpoints',
    from: 'huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive',
    url: 'https://huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive/resolve/main/v1-5-pruned-emaonly-fp16.safetensors',
    bytes: 2_130_000_000,
    licence: 'CreativeML Open RAIL-M',
  },
  model: {
    id: 'sd-1.5',
    label: 'Stable Diffusion 1.5',
    // It learned at 512 × 512; far above that it repeats its motif.
    size: { minPixels: 256 * 256, maxPixels: 1024 * 1024, multipleOf: 8 },
    loraBase: 'sd-1',
    training: { secondsPerStep: { low: 0.1, high: 1 } },
    seconds: { low: 2, high: 30 },
  },
  settings: { steps: 20, cfg: 8, sampler_name: 'euler', scheduler: 'normal' },
});
