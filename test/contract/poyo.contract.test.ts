import { describe } from 'vitest';
import poyo from '#providers/poyo.provider';
import { createFakePoyo } from '#test/kit/fake-poyo';
import { imageHost, linkOf } from './contract-image-host';
import { describeProvider } from './provider-contract';

const key = 'poyo-secret-key';
const small = { width: 2560, height: 1440 };
const path = '/api/generate/submit';
const prompt = 'a red bicycle';

// No upload of its own: there is none to try.
describe.each(['status', 'body'] as const)('PoYo, codes of its refusals in the %s', (codes) =>
  describeProvider({
    provider: poyo,
    imageHost,
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
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small, count: 2 },
        references: [
          { width: 512, height: 512 },
          { width: 640, height: 480 },
        ],
        gives: [small, small],
        sends: {
          path,
          body: ({ references }) => ({
            model: 'seedream-4.5-edit',
            input: { prompt, image_urls: references.map(linkOf), size: '2560x1440', n: 2 },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 } },
        references: [{ width: 64, height: 64 }],
        gives: [{ width: 1024, height: 1024 }],
        sends: {
          path,
          body: ({ references }) => ({
            model: 'seedream-4-edit',
            input: { prompt, image_urls: references.map(linkOf), size: '1:1', resolution: '1K', n: 1 },
          }),
        },
      },
      {
        kind: 'edit',
        model: 'seedream-5-lite',
        params: { size: small },
        references: [{ width: 64, height: 64 }],
        gives: [small],
        sends: {
          path,
          body: ({ references }) => ({
            model: 'seedream-5.0-lite-edit',
            input: { prompt, image_urls: references.map(linkOf), size: '2560x1440', n: 1 },
          }),
        },
      },
    ],
  }),
);
