import { describe } from 'vitest';
import runpodPublic from '#providers/runpod-public.provider';
import { createFakeRunpodPublic } from '#test/kit/fake-runpod-public';
import { imageHost, linkOf } from './contract-image-host';
import { describeProvider } from './provider-contract';

const key = 'runpod-secret-key';
const small = { width: 1024, height: 1024 };
const wide = { width: 2560, height: 1440 };

// One picture a job, and no upload of its own: there is no batch and no upload to try.
describe('RunPod public endpoints', () =>
  describeProvider({
    provider: runpodPublic,
    imageHost,
    vendor: {
      start: () => createFakeRunpodPublic({ key, pollsUntilDone: 2 }),
      startStuck: () => createFakeRunpodPublic({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: small, seed: 7, negative: 'blur' },
        gives: [small],
        sends: {
          path: '/v2/seedream-v4-t2i/run',
          body: () => ({
            input: { prompt: 'a red bicycle', negative_prompt: 'blur', size: '1024*1024', seed: 7 },
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: wide },
        gives: [wide],
        sends: {
          path: '/v2/seedream-v4-t2i/run',
          body: () => ({ input: { prompt: 'a red bicycle', size: '2560*1440' } }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.0-edit',
        params: { size: small },
        references: [
          { width: 512, height: 512 },
          { width: 640, height: 480 },
        ],
        gives: [small],
        sends: {
          path: '/v2/seedream-v4-edit/run',
          body: ({ references }) => ({
            input: {
              prompt: 'a red bicycle',
              images: references.map(linkOf),
              size: '1024*1024',
            },
          }),
        },
      },
    ],
  }));
