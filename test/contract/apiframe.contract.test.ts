import { describe, expect } from 'vitest';
import apiframe from '#providers/apiframe.provider';
import { createFakeApiframe } from '#test/kit/fake-apiframe';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\//) as string;
const key = 'afk_secret_key';

describe('apiframe', () =>
  describeProvider({
    provider: apiframe,
    vendor: {
      start: () => createFakeApiframe({ key, pollsUntilDone: 3 }),
      startStuck: () => createFakeApiframe({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: {
          path: '/v2/images/generate',
          body: () => ({
            model: 'seedream-4.5',
            prompt: 'a red bicycle',
            seedreamParams: { ...small, output_format: 'png', seed: 7 },
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 } },
        gives: [{ width: 1024, height: 1024 }],
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
          path: '/v2/images/generate',
          body: () => ({
            model: 'seedream-5-lite',
            prompt: 'a red bicycle',
            seedreamParams: { ...small, output_format: 'png', image_input: [link, link, link] },
          }),
        },
      },
    ],
  }));
