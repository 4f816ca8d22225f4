import { describe } from 'vitest';
import poyo from '#providers/poyo.provider';
import { createFakePoyo } from '#test/kit/fake-poyo';
import { describeProvider } from './provider-contract';

const key = 'poyo-secret-key';
const small = { width: 2560, height: 1440 };
const path = '/api/generate/submit';
const prompt = 'a red bicycle';

// No pictures in: there is no upload to try.
describe.each(['status', 'body'] as const)('PoYo, codes of its refusals in the %s', (codes) =>
  describeProvider({
    provider: poyo,
    vendor: {
      start: () => createFakePoyo({ key, pollsUntilDone: 3, codes }),
      startStuck: () => createFakePoyo({ key, pollsUntilDone: Infinity, codes }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small },
        gives: [small],
        sends: {
          path,
          body: () => ({ model: 'seedream-4.5', input: { prompt, size: '2560x1440', n: 1 } }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 }, count: 3 },
        gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
        sends: {
          path,
          body: () => ({
            model: 'seedream-4',
            input: { prompt, size: '1:1', resolution: '1K', n: 3 },
          }),
        },
      },
      {
        kind: 'generate',
        model: 'seedream-5-lite',
        params: { size: { width: 3137, height: 1345 } },
        gives: [{ width: 3137, height: 1345 }],
        sends: {
          path,
          body: () => ({ model: 'seedream-5.0-lite', input: { prompt, size: '3137x1345', n: 1 } }),
        },
      },
    ],
  }),
);
