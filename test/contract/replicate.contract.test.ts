import { describe, expect } from 'vitest';
import replicate from '#providers/replicate.provider';
import { createFakeReplicate } from '#test/kit/fake-replicate';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1\/files\//) as string;
const key = 'r8_secret_key';

describe('Replicate', () =>
  describeProvider({
    provider: replicate,
    vendor: {
      start: () => createFakeReplicate({ key, pollsUntilDone: 2 }),
      startStuck: () => createFakeReplicate({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/v1/models/bytedance/seedream-4.5/predictions',
          body: () => ({ input: { prompt: 'a red bicycle', size: 'custom', ...small } }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
        sends: {
          path: '/v1/models/bytedance/seedream-4/predictions',
          body: () => ({
            input: {
              prompt: 'a red bicycle',
              size: 'custom',
              width: 1024,
              height: 1024,
              sequential_image_generation: 'auto',
              max_images: 3,
            },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small, count: 2 },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
          { width: 64, height: 96 },
        ],
        gives: [small, small],
        sends: {
          path: '/v1/models/bytedance/seedream-4.5/predictions',
          body: () => ({
            input: {
              prompt: 'a red bicycle',
              image_input: [link, link, link],
              size: 'custom',
              ...small,
              sequential_image_generation: 'auto',
              max_images: 2,
            },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-5-lite',
        params: { size: { width: 1024, height: 1024 } },
        references: [{ width: 64, height: 64 }],
        gives: [{ width: 2048, height: 2048 }],
        sends: {
          path: '/v1/models/bytedance/seedream-5-lite/predictions',
          body: () => ({
            input: { prompt: 'a red bicycle', image_input: [link], size: '2K', aspect_ratio: '1:1' },
          }),
        },
      },
    ],
  }));
