import { describe, expect } from 'vitest';
import runpodServerless from '#providers/runpod-serverless.provider';
import { createFakeRunpodServerless } from '#test/kit/fake-runpod-serverless';
import { describeProvider, type ContractTask } from './provider-contract';

const key = 'runpod-secret-key';
const size = { width: 512, height: 768 };
const path = '/v2/abc123xyz/run';
const policy = { executionTimeout: 900_000 };
const holds = (part: object) => expect.objectContaining(part) as object;
// As the fake worker has them.
const files = 'film/grain.safetensors, flux/flux1-dev-kontext_fp8_scaled.safetensors';
const settings = { endpoint: 'abc123xyz', perSecond: '0.00031', longest: '900', files };

const tasks: readonly [ContractTask, ...ContractTask[]] = [
  {
    kind: 'generate',
    model: 'sdxl',
    params: { size, seed: 7, negative: 'blurry', lora: 'grain' },
    gives: [size],
    sends: {
      path,
      body: ({ requestId }) => ({
        input: {
          workflow: holds({
            'lora-1': {
              class_type: 'LoraLoader',
              inputs: {
                model: ['checkpoint', 0],
                clip: ['checkpoint', 1],
                lora_name: 'film/grain.safetensors',
                strength_model: 0.7,
                strength_clip: 0.7,
              },
            },
            latent: { class_type: 'EmptyLatentImage', inputs: { ...size, batch_size: 1 } },
            sampler: holds({ inputs: holds({ seed: 7, model: ['lora-1', 0], denoise: 1 }) }),
            save: {
              class_type: 'SaveImage',
              inputs: { images: ['decode', 0], filename_prefix: `seedloom/${requestId}` },
            },
          }),
        },
        policy,
      }),
    },
  },
  { kind: 'generate', model: 'flux-dev', params: { size, count: 2 }, gives: [size, size] },
  {
    kind: 'edit',
    model: 'flux-dev',
    params: { size, count: 2, seed: 3 },
    references: [{ width: 100, height: 80 }],
    gives: [size, size],
    sends: {
      path,
      body: ({ references }) => ({
        input: {
          workflow: holds({
            input: { class_type: 'LoadImage', inputs: { image: `${references[0]?.hash}.png` } },
            'sampler-1': holds({ inputs: holds({ seed: 3, denoise: 0.6 }) }),
            'sampler-2': holds({ inputs: holds({ seed: 4, denoise: 0.6 }) }),
          }),
          images: [
            { name: `${references[0]?.hash}.png`, image: expect.stringMatching(/^iVBORw0KGgo/) as string },
          ],
        },
        policy,
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
];

// Its pictures go in with the job, and a worker tells no progress: there is no upload to try.
describe.each([
  ['base64', tasks],
  // By link the recipes are no others.
  ['s3', [tasks[0], tasks[1]!, tasks[2]!]],
] as const)('a RunPod Serverless endpoint that gives %s', (gives, tried) =>
  describeProvider({
    provider: runpodServerless,
    vendor: {
      start: () => createFakeRunpodServerless({ key, gives, pollsUntilDone: 2 }),
      startStuck: () => createFakeRunpodServerless({ key, gives, pollsUntilDone: Infinity }),
      key,
      settings,
    },
    tasks: tried,
  }),
);
