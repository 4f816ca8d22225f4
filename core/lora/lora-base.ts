import type { LoraBase } from './lora';

/** Which model a LoRA was made for: by what trainers write, and by the names and shapes of its tensors. */

const said: readonly (readonly [RegExp, LoraBase])[] = [
  [/^(stablediffusionxl|sdxl|ssd1b|illustrious|pony|noobai)/, 'sdxl'],
  [/^(stablediffusionv?3|sdv?3)/, 'sd-3'],
  [/^(stablediffusionv?2|sdv?2)/, 'sd-2'],
  [/^(stablediffusionv?1|sdv?1)/, 'sd-1'],
  [/^flux2/, 'flux-2'],
  [/^flux/, 'flux-1'],
  [/^qwenimage/, 'qwen-image'],
  [/^zimage/, 'z-image'],
  [/^lumina(image)?(v?2|next)?$/, 'lumina-2'],
  [/^chroma/, 'chroma'],
  [/^wan(video|v?2|$)/, 'wan'],
  [/^hunyuanvideo/, 'hunyuan-video'],
];

/** A family by a trainer's word for it (`sdxl_base_v1-0`, `flux-1-dev/lora`, `stable-diffusion-v1`). */
export function baseOfWord(word: string): LoraBase | undefined {
  const plain = word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return said.find(([pattern]) => pattern.test(plain))?.[1];
}

/** A tensor of a header. */
export interface Tensor {
  name: string;
  shape: readonly number[];
}

/** The tensor of a LoRA's pair that takes the input: its second side is the layer's width, its first the rank. */
const downPattern = /[._](lora[._]down|lora_a|down)([._]default)?\.weight$/i;

export function isDown({ name, shape }: Tensor): boolean {
  return shape.length >= 2 && downPattern.test(name);
}

/** Text that a U-Net's cross attention reads: its width differs from family to family. */
const contextWidths: Readonly<Record<number, LoraBase>> = { 768: 'sd-1', 1024: 'sd-2', 2048: 'sdxl' };
const fluxWidths: Readonly<Record<number, LoraBase>> = { 3072: 'flux-1', 6144: 'flux-2' };
const layerWidths: Readonly<Record<number, LoraBase>> = { 3840: 'z-image', 2304: 'lumina-2' };

function widthOf({ shape: [, width = 0] }: Tensor): number {
  return width;
}

/** The family by the tensors; `undefined` where they are those of none that is known, or of several. */
export function baseOfTensors(tensors: readonly Tensor[]): LoraBase | undefined {
  const found = new Set<LoraBase>();
  const add = (base: LoraBase | undefined) => {
    if (base !== undefined) found.add(base);
  };
  for (const tensor of tensors) {
    const { name } = tensor;
    if (/joint_blocks[._]\d/.test(name)) add('sd-3');
    // Only there: the two streams of Qwen-Image have names of their own.
    else if (/(^|[._])transformer_blocks[._]\d+[._](img|txt)_(mlp|mod)[._]/.test(name)) add('qwen-image');
    if (!isDown(tensor)) continue;
    const width = widthOf(tensor);
    if (/attn2[._]to_[kv][._]/.test(name)) add(contextWidths[width]);
    else if (/double_blocks[._]\d+[._](img|txt)_attn[._]qkv[._]/.test(name)) add(fluxWidths[width]);
    else if (/single_transformer_blocks[._]\d+[._]attn[._]to_[qkv][._]/.test(name)) add(fluxWidths[width]);
    else if (/(^|[._])layers[._]\d+[._]attention[._](qkv|to_[qkv])[._]/.test(name)) add(layerWidths[width]);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
