import { describe, expect } from 'vitest';
import fal from '#providers/fal.provider';
import { createFakeFal } from '#test/kit/fake-fal';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/upload\//) as string;

describe('fal', () =>
  describeProvider({
    provider: fal,
    vendor: {
      start: () => createFakeFal({ key: 'fal-secret-key', pollsUntilDone: 2 }),
      startStuck: () => createFakeFal({ key: 'fal-secret-key', pollsUntilDone: Infinity }),
      key: 'fal-secret-key',
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/fal-ai/bytedance/seedream/v4.5/text-to-image',
          body: () => ({
            prompt: 'a red bicycle',
            image_size: small,
            num_images: 1,
            max_images: 1,
            seed: 7,
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
      },
      {
        kind: 'edit',
        model: 'seedream-5-lite',
        params: { size: small, count: 2 },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
          { width: 64, height: 96 },
        ],
        gives: [small, small],
        sends: {
          path: '/bytedance/seedream/v5/lite/edit',
          body: () => ({
            prompt: 'a red bicycle',
            image_size: small,
            image_urls: [link, link, link],
            num_images: 1,
            max_images: 2,
          }),
        },
      },
    ],
  }));
