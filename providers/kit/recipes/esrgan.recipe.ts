import type { ModelFile } from '../comfyui-graph';
import { link, loadPicture } from './graph-parts';
import { ownGpuPrice, type Recipe } from './recipe';

const upscaler: ModelFile = {
  names: ['4x-ESRGAN.pth', 'RealESRGAN_x4plus.pth', 'RealESRGAN_x4plus.safetensors', '4x-UltraSharp.pth'],
  folder: 'upscale_models',
  from: 'openmodeldb.info, or huggingface.co/Comfy-Org/Real-ESRGAN_repackaged',
  offered: 'RealESRGAN_x4plus.safetensors',
  url: 'https://huggingface.co/Comfy-Org/Real-ESRGAN_repackaged/resolve/main/RealESRGAN_x4plus.safetensors',
  licence: 'BSD 3-Clause',
  bytes: 67_000_000,
};
/** The most `ImageScale` makes of a side. */
const longestSide = 16_384;
/** What Seedloom reads back. */
const mostPixels = 100_000_000;
/** Of the picture four times as large, which the pod's main memory holds several times as 32-bit numbers: about 20 GB then. */
const mostEnlarged = 400_000_000;

/**
 * Four times by an ESRGAN model, then with Lanczos to exactly the factor asked for. ComfyUI's node works in tiles of 512 pixels,
 * and of half that again and again where the GPU's memory is full, so the GPU sets no limit to the size; see
 * docs/decisions/0050-comfyui-makes-the-tiles.md.
 */
const esrgan: Recipe = {
  model: {
    id: 'esrgan',
    label: 'ESRGAN 4×',
    tasks: ['upscale'],
    pinned: true,
    maxCount: 1,
    enlarges: { maxPixels: mostPixels, maxSide: longestSide, always: { by: 4, maxPixels: mostEnlarged } },
    takes: {},
    price: ownGpuPrice,
    seconds: { low: 2, high: 60 },
  },
  build(task, given) {
    if (task.kind !== 'upscale') throw new Error('esrgan only upscales');
    const width = Math.round(task.image.width * task.factor);
    const height = Math.round(task.image.height * task.factor);
    return {
      input: loadPicture(given, 0),
      upscaler: { nodeClass: 'UpscaleModelLoader', inputs: { model_name: { file: upscaler } } },
      upscaled: {
        nodeClass: 'ImageUpscaleWithModel',
        inputs: {
          upscale_model: link('upscaler', 'UPSCALE_MODEL'),
          image: link('input', 'IMAGE'),
        },
      },
      scaled: {
        nodeClass: 'ImageScale',
        inputs: {
          image: link('upscaled', 'IMAGE'),
          upscale_method: 'lanczos',
          width,
          height,
          crop: 'disabled',
        },
      },
      save: {
        nodeClass: 'SaveImage',
        inputs: { images: link('scaled', 'IMAGE'), filename_prefix: given.prefix },
      },
    };
  },
};

export default esrgan;
