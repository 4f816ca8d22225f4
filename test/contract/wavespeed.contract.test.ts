import { describe, expect } from 'vitest';
import wavespeed from '#providers/wavespeed.provider';
import { createFakeWavespeed } from '#test/kit/fake-wavespeed';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/upload\//) as string;
const key = 'wavespeed-secret-key';

describe('WaveSpeedAI', () =>
  describeProvider({
    provider: wavespeed,
    vendor: {
      start: () => createFakeWavespeed({ key, pollsUntilDone: 2 }),
      startStuck: () => createFakeWavespeed({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/api/v3/bytedance/seedream-v4.5',
          body: () => ({ prompt: 'a red bicycle', size: '2560*1440' }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
        sends: {
          path: '/api/v3/bytedance/seedream-v4/sequential',
          body: () => ({ prompt: 'a red bicycle', size: '1024*1024', max_images: 3 }),
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
          path: '/api/v3/bytedance/seedream-v5.0-lite/edit-sequential',
          body: () => ({
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
          path: '/api/v3/bytedance/seedream-v4.5/edit',
          body: () => ({ prompt: 'a red bicycle', size: '2560*1440', images: [link] }),
        },
      },
    ],
  }));
