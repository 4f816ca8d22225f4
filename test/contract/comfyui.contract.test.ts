import { describe, expect } from 'vitest';
import comfyui from '#providers/comfyui.provider';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import { describeProvider } from './provider-contract';

const size = { width: 512, height: 768 };
const prompt = (part: object) => expect.objectContaining(part) as object;

describe('comfyui', () =>
  describeProvider({
    provider: comfyui,
    vendor: {
      start: () => createFakeComfyui({ key: 'gateway-secret', stepsPerJob: 1 }),
      startStuck: () => createFakeComfyui({ key: 'gateway-secret', manual: true }),
      key: 'gateway-secret',
    },
    tasks: [
      {
        kind: 'generate',
        model: 'sdxl',
        params: { size, seed: 7, negative: 'blurry', lora: 'grain' },
        gives: [size],
        sends: {
          path: '/prompt',
          body: ({ requestId }) => ({
            prompt_id: requestId,
            client_id: requestId,
            extra_data: { preview_method: 'auto' },
            prompt: prompt({
              'lora-1': prompt({
                inputs: prompt({ lora_name: 'film/grain.safetensors', strength_model: 0.7 }),
              }),
              latent: prompt({ inputs: { ...size, batch_size: 1 } }),
              sampler: prompt({ inputs: prompt({ seed: 7, model: ['lora-1', 0], denoise: 1 }) }),
              save: prompt({ inputs: { images: ['decode', 0], filename_prefix: `seedloom/${requestId}` } }),
            }),
          }),
        },
      },
      {
        kind: 'generate',
        model: 'flux-dev',
        params: { size, count: 2 },
        gives: [size, size],
      },
      {
        kind: 'edit',
        model: 'flux-dev',
        params: { size, count: 2, seed: 3 },
        references: [{ width: 100, height: 80 }],
        gives: [size, size],
        sends: {
          path: '/prompt',
          body: ({ requestId, references }) => ({
            prompt_id: requestId,
            client_id: requestId,
            extra_data: { preview_method: 'auto' },
            prompt: prompt({
              input: { class_type: 'LoadImage', inputs: { image: `seedloom/${references[0]?.hash}.png` } },
              'sampler-1': prompt({ inputs: prompt({ seed: 3, denoise: 0.6 }) }),
              'sampler-2': prompt({ inputs: prompt({ seed: 4, denoise: 0.6 }) }),
            }),
          }),
        },
      },
      {
        kind: 'edit',
        model: 'flux-kontext',
        params: { size, seed: 3 },
        references: [
          { width: 100, height: 80 },
          { width: 60, height: 90 },
        ],
        gives: [size],
        sends: {
          path: '/prompt',
          body: ({ requestId, references }) => ({
            prompt_id: requestId,
            client_id: requestId,
            extra_data: { preview_method: 'auto' },
            prompt: prompt({
              'input-1': {
                class_type: 'LoadImage',
                inputs: { image: `seedloom/${references[0]?.hash}.png` },
              },
              'input-2': {
                class_type: 'LoadImage',
                inputs: { image: `seedloom/${references[1]?.hash}.png` },
              },
              latent: prompt({ inputs: { ...size, batch_size: 1 } }),
            }),
          }),
        },
      },
      {
        kind: 'edit',
        model: 'qwen-image-edit',
        params: { size, count: 2 },
        references: [
          { width: 100, height: 80 },
          { width: 60, height: 90 },
          { width: 50, height: 50 },
        ],
        gives: [size, size],
      },
      { kind: 'generate', model: 'z-image-turbo', params: { size }, gives: [size] },
      { kind: 'generate', model: 'qwen-image', params: { size, negative: 'blurry' }, gives: [size] },
      { kind: 'generate', model: 'sd-1.5', params: { size, lora: 'grain' }, gives: [size] },
      {
        kind: 'upscale',
        model: 'esrgan',
        params: { factor: 3 },
        references: [{ width: 40, height: 30 }],
        gives: [{ width: 120, height: 90 }],
      },
    ],
  }));
