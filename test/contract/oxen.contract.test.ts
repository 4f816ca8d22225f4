import { describe, expect } from 'vitest';
import oxen from '#providers/oxen.provider';
import { createFakeOxen } from '#test/kit/fake-oxen';
import { describeProvider } from './provider-contract';

const key = 'oxen-secret-key';
const small = { width: 2560, height: 1440 };
const path = '/api/ai/queue';
const asked = { model: 'bytedance-seedream-4-5', prompt: 'a red bicycle' };
const inside = expect.stringMatching(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/) as string;

// The fake's files are Oxen.ai's own and need the key; there is no upload to try.
describe('Oxen.ai', () =>
  describeProvider({
    provider: oxen,
    vendor: {
      start: () => createFakeOxen({ key, pollsUntilDone: 3 }),
      startStuck: () => createFakeOxen({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, seed: 7 },
        gives: [small],
        sends: { path, body: () => ({ ...asked, aspect_ratio: '16:9', size: '2K', seed: 7 }) },
      },
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: { width: 1728, height: 2304 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1728, height: 2304 })),
        sends: { path, body: () => ({ ...asked, aspect_ratio: '3:4', size: '2K', num_generations: 3 }) },
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: { width: 4096, height: 4096 } },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
        ],
        gives: [{ width: 4096, height: 4096 }],
        sends: {
          path,
          body: () => ({ ...asked, aspect_ratio: '1:1', size: '4K', input_image: [inside, inside] }),
        },
      },
    ],
  }));
