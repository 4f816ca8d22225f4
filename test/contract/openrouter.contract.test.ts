import { describe, expect } from 'vitest';
import openrouter from '#providers/openrouter.provider';
import { createFakeOpenRouter } from '#test/kit/fake-openrouter';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const url = expect.stringMatching(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/) as string;
const inside = { type: 'image_url', image_url: { url } };
const start = () => createFakeOpenRouter({ key: 'or-secret-key' });
const always = {
  model: 'bytedance-seed/seedream-4.5',
  prompt: 'a red bicycle',
  size: '2560x1440',
  stream: false,
};

describe('OpenRouter', () =>
  describeProvider({
    provider: openrouter,
    // Nothing runs there that could be stuck: the answer is the result.
    vendor: { start, startStuck: start, key: 'or-secret-key' },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small },
        gives: [small],
        sends: { path: '/api/v1/images', body: () => always },
      },
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small, count: 3 },
        gives: [small, small, small],
        sends: { path: '/api/v1/images', body: () => ({ ...always, n: 3 }) },
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
        ],
        gives: [small],
        sends: {
          path: '/api/v1/images',
          body: () => ({ ...always, input_references: [inside, inside] }),
        },
      },
    ],
  }));
