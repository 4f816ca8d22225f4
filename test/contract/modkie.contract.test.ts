import { describe } from 'vitest';
import modkie from '#providers/modkie.provider';
import { createFakeModkie } from '#test/kit/fake-modkie';
import { describeProvider } from './provider-contract';

const key = 'modkie-secret-key';

describe('ModKie', () =>
  describeProvider({
    provider: modkie,
    vendor: {
      start: () => createFakeModkie({ key, pollsUntilDone: 2 }),
      startStuck: () => createFakeModkie({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: { width: 2560, height: 1440 }, seed: 7 },
        gives: [{ width: 2560, height: 1440 }],
        sends: {
          path: '/api/v1/jobs/createTask',
          body: () => ({
            model: 'seedream/4.5-text-to-image',
            input: { prompt: 'a red bicycle', aspect_ratio: '16:9', quality: 'basic' },
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: { width: 2048, height: 2048 } },
        gives: [{ width: 2048, height: 2048 }],
      },
    ],
  }));
