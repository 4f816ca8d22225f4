import { describe, expect } from 'vitest';
import abacus from '#providers/abacus.provider';
import { createFakeAbacus } from '#test/kit/fake-abacus';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const url = expect.stringMatching(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/) as string;
const text = { type: 'text', text: 'a red bicycle' };
const path = '/v1/chat/completions';
const asked = (aspect: string, content: unknown[]) => ({
  model: 'seedream',
  modalities: ['image'],
  image_config: { aspect_ratio: aspect },
  messages: [{ role: 'user', content }],
  stream: false,
});

describe.each(['inside', 'links'] as const)('Abacus RouteLLM, pictures: %s', (pictures) => {
  const start = () => createFakeAbacus({ key: 'abacus-secret-key', pictures });
  describeProvider({
    provider: abacus,
    // Nothing runs there that could be stuck: the answer is the result.
    vendor: { start, startStuck: start, key: 'abacus-secret-key', settings: { model: 'seedream' } },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream',
        params: { size: small },
        gives: [small],
        sends: { path, body: () => asked('16:9', [text]) },
      },
      {
        kind: 'edit',
        model: 'seedream',
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
        ],
        gives: [{ width: 2048, height: 2048 }],
        sends: {
          path,
          body: () => {
            const picture = { type: 'image_url', image_url: { url } };
            return asked('1:1', [text, picture, picture]);
          },
        },
      },
    ],
  });
});
