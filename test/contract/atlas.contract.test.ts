import { describe, expect } from 'vitest';
import atlas from '#providers/atlas.provider';
import { createFakeAtlas } from '#test/kit/fake-atlas';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/upload\//) as string;
const key = 'atlas-secret-key';

describe('Atlas Cloud', () =>
  describeProvider({
    provider: atlas,
    vendor: {
      start: () => createFakeAtlas({ key, pollsUntilDone: 2, unknownAtFirst: 1 }),
      startStuck: () => createFakeAtlas({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/api/v1/model/generateImage',
          body: () => ({
            model: 'bytedance/seedream-v4.5',
            prompt: 'a red bicycle',
            size: '2560*1440',
            enable_base64_output: false,
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
        sends: {
          path: '/api/v1/model/generateImage',
          body: () => ({
            model: 'bytedance/seedream-v4/sequential',
            prompt: 'a red bicycle',
            size: '1024*1024',
            max_images: 3,
          }),
        },
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
          path: '/api/v1/model/generateImage',
          body: () => ({
            model: 'bytedance/seedream-v5.0-lite/edit-sequential',
            prompt: 'a red bicycle',
            size: '2560*1440',
            images: [link, link, link],
            max_images: 2,
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small },
        references: [{ width: 64, height: 64 }],
        gives: [small],
        sends: {
          path: '/api/v1/model/generateImage',
          body: () => ({
            model: 'bytedance/seedream-v4.5/edit',
            prompt: 'a red bicycle',
            size: '2560*1440',
            images: [link],
            enable_base64_output: false,
          }),
        },
      },
    ],
  }));
