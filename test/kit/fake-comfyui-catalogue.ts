import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ComfyuiFiles } from './fake-comfyui-files';
import { inputSpecs, nodeClassSchema, type NodeClass, type ObjectInfo } from './fake-comfyui-graph';
import { emptyAnswer, jsonAnswer, textAnswer, type Answer } from './fake-vendor-server';

/** What the fake ComfyUI says about itself: its machine, its node classes, its model files. */

export const features = {
  supports_preview_metadata: true,
  max_upload_size: 104_857_600,
  extension: { manager: { supports_v4: true } },
};

export const systemStats = {
  system: {
    os: 'posix',
    ram_total: 67_108_864_000,
    ram_free: 50_331_648_000,
    comfyui_version: '0.8.0',
    required_frontend_version: '1.35.9',
    python_version: '3.12.3',
    pytorch_version: '2.9.1+cu128',
    embedded_python: false,
    argv: ['main.py'],
  },
  devices: [
    {
      name: 'cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync',
      type: 'cuda',
      index: 0,
      vram_total: 25_757_220_864,
      vram_free: 25_000_000_000,
      torch_vram_total: 0,
      torch_vram_free: 0,
    },
  ],
};

/** Which input lists the files of a model folder. */
const folderInputs: Record<string, [nodeClass: string, input: string]> = {
  checkpoints: ['CheckpointLoaderSimple', 'ckpt_name'],
  loras: ['LoraLoader', 'lora_name'],
  vae: ['VAELoader', 'vae_name'],
  text_encoders: ['DualCLIPLoader', 'clip_name1'],
  diffusion_models: ['UNETLoader', 'unet_name'],
  upscale_models: ['UpscaleModelLoader', 'model_name'],
};
const folderAliases: Record<string, string> = { unet: 'diffusion_models', clip: 'text_encoders' };
const emptyFolders = ['configs', 'clip_vision', 'style_models', 'embeddings', 'controlnet', 'custom_nodes'];
export const modelFolders = [...Object.keys(folderInputs), ...emptyFolders];

/** The given classes, or the built-in ones. */
export function readClasses(objectInfo: object | undefined): ObjectInfo {
  const fixture = new URL('../fixtures/comfyui-object-info.json', import.meta.url);
  const raw: unknown = objectInfo ?? JSON.parse(readFileSync(fixture, 'utf8'));
  return z.record(z.string(), nodeClassSchema).parse(raw);
}

/** The classes with what their combos list at this moment. `loras`: whether the server looks for LoRAs in its output. */
export function classesNow(classes: ObjectInfo, files: ComfyuiFiles, loras: boolean): ObjectInfo {
  const own = loras ? files.ownLoras() : [];
  const listed = Object.entries(classes).map(([known, nodeClass]): [string, NodeClass] => {
    const changed = (name: string, spec: [string | unknown[], unknown]): [string, NodeClass] => {
      const required = { ...nodeClass.input.required, [name]: spec };
      return [known, { ...nodeClass, input: { ...nodeClass.input, required } }];
    };
    switch (known) {
      case 'LoadImage':
        return changed('image', [files.inputs(), { image_upload: true }]);
      case 'LoadImageTextDataSetFromFolder':
        return changed('folder', ['COMBO', { multiselect: false, options: files.inputFolders() }]);
      case 'LoraLoader':
      case 'LoraLoaderModelOnly': {
        const choices = inputSpecs(nodeClass).find(({ name }) => name === 'lora_name')?.choices ?? [];
        return changed('lora_name', [[...choices, ...own], {}]);
      }
      default:
        return [known, nodeClass];
    }
  });
  return Object.fromEntries(listed);
}

export function objectInfo(classes: ObjectInfo, name: string | undefined): Answer {
  const listed = Object.entries(classes).filter(([known]) => name === undefined || known === name);
  // The greatest seed is no number JavaScript can hold; the wire has it exactly.
  const text = JSON.stringify(Object.fromEntries(listed)).replaceAll(
    '18446744073709552000',
    '18446744073709551615',
  );
  return textAnswer(200, text, 'application/json; charset=utf-8');
}

export function models(classes: ObjectInfo, folder: string): Answer {
  const name = folderAliases[folder] ?? folder;
  if (emptyFolders.includes(name)) return jsonAnswer(200, []);
  const [className, input] = folderInputs[name] ?? [];
  if (className === undefined) return emptyAnswer(404);
  const nodeClass = classes[className];
  const spec = nodeClass && inputSpecs(nodeClass).find((one) => one.name === input);
  return jsonAnswer(
    200,
    (spec?.choices ?? []).filter((choice) => choice !== 'pixel_space'),
  );
}
