import { describe, expect } from 'vitest';
import runcomfy from '#providers/runcomfy.provider';
import { createFakeRuncomfy } from '#test/kit/fake-runcomfy';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^data:image\/png;base64,/) as string;
const key = 'runcomfy-secret-key';

describe('RunComfy', () =>
  describeProvider({
    provider: runcomfy,
    vendor: {
      start: () => createFakeRuncomfy({ key, pollsUntilDone: 3 }),
      startStuck: () => createFakeRuncomfy({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/v1/models/bytedance/seedream-4-5/text-to-image',
          body: () => ({ prompt: 'a red bicycle', resolution: '2560x1440 (16:9)' }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
          { width: 64, height: 96 },
        ],
        gives: [small],
        sends: {
          path: '/v1/models/bytedance/seedream-4-5/edit',
          body: () => ({
            prompt: 'a red bicycle',
            images: [link, link, link],
            resolution: '2560x1440 (16:9)',
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 3024, height: 1296 } },
        gives: [{ width: 3024, height: 1296 }],
        sends: {
          path: '/v1/models/bytedance/seedream-4-0/text-to-image',
          body: () => ({ prompt: 'a red bicycle', resolution: '3024x1296 (21:9)' }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-5-lite',
        params: { size: small },
        references: [{ width: 64, height: 64 }],
        gives: [small],
        sends: {
          path: '/v1/models/bytedance/seedream-5/lite/edit',
          body: () => ({ prompt: 'a red bicycle', image: [link], resolution: '2560x1440 (16:9)' }),
        },
      },
    ],
  }));
