import { describe, expect } from 'vitest';
import kie from '#providers/kie.provider';
import { createFakeKie } from '#test/kit/fake-kie';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(
  /^http:\/\/127\.0\.0\.1:\d+\/files\/seedloom\/[0-9a-f]{64}\.png$/,
) as string;
const key = 'kie-secret-key';
const path = '/api/v1/jobs/createTask';

describe('kie.ai', () =>
  describeProvider({
    provider: kie,
    vendor: {
      start: () => createFakeKie({ key, pollsUntilDone: 2, unknownAtFirst: 1 }),
      startStuck: () => createFakeKie({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path,
          body: () => ({
            model: 'seedream/4.5-text-to-image',
            input: { prompt: 'a red bicycle', aspect_ratio: '16:9', quality: 'basic' },
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3, seed: 7 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
        sends: {
          path,
          body: () => ({
            model: 'bytedance/seedream-v4-text-to-image',
            input: {
              prompt: 'a red bicycle',
              image_size: 'square_hd',
              image_resolution: '1K',
              max_images: 3,
              seed: 7,
            },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-5-lite',
        params: { size: small },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
          { width: 64, height: 96 },
        ],
        gives: [small],
        sends: {
          path,
          body: () => ({
            model: 'seedream/5-lite-image-to-image',
            input: {
              prompt: 'a red bicycle',
              aspect_ratio: '16:9',
              quality: 'basic',
              image_urls: [link, link, link],
            },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.0',
        params: { size: { width: 1280, height: 720 }, count: 2 },
        references: [{ width: 64, height: 64 }],
        gives: [
          { width: 1280, height: 720 },
          { width: 1280, height: 720 },
        ],
        sends: {
          path,
          body: () => ({
            model: 'bytedance/seedream-v4-edit',
            input: {
              prompt: 'a red bicycle',
              image_size: 'landscape_16_9',
              image_resolution: '1K',
              max_images: 2,
              image_urls: [link],
            },
          }),
        },
      },
    ],
  }));
