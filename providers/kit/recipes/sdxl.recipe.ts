import { checkpointRecipe } from './checkpoint-recipe';

/** Stable Diffusion XL base 1.0. */
export default checkpointRecipe({
  file: {
    names: ['sd_xl_base_1.0.safetensors'],
    folder: 'checkpoints',
    from: 'huggingface.co/stabilityai/stable-diffusion-xl-base-1.0',
    url: 'https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/resolve/main/sd_xl_base_1.0.safetensors',
    bytes: 6_940_000_000,
    licence: 'CreativeML Open RAIL++-M',
  },
  model: {
    id: 'sdxl',
    label: 'SDXL',
    // The latent's own step is 8; far from a million pixels SDXL repeats its motif.
    size: { minPixels: 512 * 512, maxPixels: 2048 * 2048, multipleOf: 8 },
    loraBase: 'sdxl',
    training: { secondsPerStep: { low: 0.3, high: 3 } },
    seconds: { low: 5, high: 60 },
  },
  settings: { steps: 25, cfg: 7, sampler_name: 'dpmpp_2m', scheduler: 'karras' },
});
