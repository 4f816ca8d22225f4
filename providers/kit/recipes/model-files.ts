import type { ModelFile, RecipeGraph } from '../comfyui-graph';

/**
 * Model files that several recipes need. Sizes and addresses as the repositories of Hugging Face list them (2026-11); where
 * several names do, they are those of the first.
 */

const fluxEncoderFiles = 'https://huggingface.co/comfyanonymous/flux_text_encoders/resolve/main';

/** Of the FLUX.1 [dev] family: may not be used to earn money without a licence of Black Forest Labs. */
export const fluxDevLicence = 'FLUX.1 [dev] Non-Commercial License';
export const apache = 'Apache 2.0';

const clipL: ModelFile = {
  names: ['clip_l.safetensors'],
  folder: 'text_encoders',
  from: 'huggingface.co/comfyanonymous/flux_text_encoders',
  url: `${fluxEncoderFiles}/clip_l.safetensors`,
  bytes: 246_000_000,
  licence: apache,
};

const t5: ModelFile = {
  names: ['t5xxl_fp16.safetensors', 't5xxl_fp8_e4m3fn_scaled.safetensors', 't5xxl_fp8_e4m3fn.safetensors'],
  folder: 'text_encoders',
  from: 'huggingface.co/comfyanonymous/flux_text_encoders',
  url: `${fluxEncoderFiles}/t5xxl_fp16.safetensors`,
  bytes: 9_790_000_000,
  licence: apache,
};

export const fluxEncoders: RecipeGraph[string] = {
  nodeClass: 'DualCLIPLoader',
  inputs: { clip_name1: { file: clipL }, clip_name2: { file: t5 }, type: 'flux' },
};

/** Of Flux and of Z-Image alike. */
export const fluxVae: ModelFile = {
  names: ['ae.safetensors'],
  folder: 'vae',
  from: 'huggingface.co/Comfy-Org/z_image_turbo',
  url: 'https://huggingface.co/Comfy-Org/z_image_turbo/resolve/main/split_files/vae/ae.safetensors',
  bytes: 335_000_000,
  licence: apache,
};

const qwen = 'https://huggingface.co/Comfy-Org/Qwen-Image_ComfyUI/resolve/main/split_files';

const qwenEncoderFile: ModelFile = {
  names: ['qwen_2.5_vl_7b_fp8_scaled.safetensors', 'qwen_2.5_vl_7b.safetensors'],
  folder: 'text_encoders',
  from: 'huggingface.co/Comfy-Org/Qwen-Image_ComfyUI',
  url: `${qwen}/text_encoders/qwen_2.5_vl_7b_fp8_scaled.safetensors`,
  bytes: 9_380_000_000,
  licence: apache,
};

export const qwenEncoder: RecipeGraph[string] = {
  nodeClass: 'CLIPLoader',
  inputs: { clip_name: { file: qwenEncoderFile }, type: 'qwen_image' },
};

export const qwenVae: ModelFile = {
  names: ['qwen_image_vae.safetensors'],
  folder: 'vae',
  from: 'huggingface.co/Comfy-Org/Qwen-Image_ComfyUI',
  url: `${qwen}/vae/qwen_image_vae.safetensors`,
  bytes: 254_000_000,
  licence: apache,
};
