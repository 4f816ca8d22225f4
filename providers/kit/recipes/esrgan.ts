import { FailureError, userFailure } from '#core/failure';
import type { ModelFile } from '../comfyui-graph';
import { loadImage, ownGpuPrice, type Recipe } from './recipe';

const upscaler: ModelFile = {
  names: ['4x-ESRGAN.pth', 'RealESRGAN_x4plus.pth', 'RealESRGAN_x4plus.safetensors', '4x-UltraSharp.pth'],
  folder: 'upscale_models',
  from: 'openmodeldb.info, or huggingface.co/Comfy-Org/Real-ESRGAN_repackaged',
};
/** The most `ImageScale` makes of a side. */
const longestSide = 16_384;

/** Four times by an ESRGAN model, then with Lanczos to exactly the factor asked for. */
export const esrgan: Recipe = {
  model: {
    id: 'esrgan',
    label: 'ESRGAN 4×',
    tasks: ['upscale'],
    pinned: true,
    maxCount: 1,
    takes: {},
    price: ownGpuPrice,
    seconds: { low: 2, high: 60 },
  },
  build(task, given) {
    if (task.kind !== 'upscale') throw new Error('esrgan only upscales');
    const width = Math.round(task.image.width * task.factor);
    const height = Math.round(task.image.height * task.factor);
    if (Math.max(width, height) > longestSide) {
      const message = `${width} × ${height} is more than ComfyUI makes (${longestSide} a side). Choose a smaller factor.`;
      throw new FailureError(userFailure('too-large', message));
    }
    return {
      input: loadImage(given),
      upscaler: { nodeClass: 'UpscaleModelLoader', inputs: { model_name: { file: upscaler } } },
      upscaled: {
        nodeClass: 'ImageUpscaleWithModel',
        inputs: {
          upscale_model: { node: 'upscaler', output: 'UPSCALE_MODEL' },
          image: { node: 'input', output: 'IMAGE' },
        },
      },
      scaled: {
        nodeClass: 'ImageScale',
        inputs: {
          image: { node: 'upscaled', output: 'IMAGE' },
          upscale_method: 'lanczos',
          width,
          height,
          crop: 'disabled',
        },
      },
      save: {
        nodeClass: 'SaveImage',
        inputs: { images: { node: 'scaled', output: 'IMAGE' }, filename_prefix: given.prefix },
      },
    };
  },
};
