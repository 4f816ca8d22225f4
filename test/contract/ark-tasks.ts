import { describe, expect } from 'vitest';
import type { Provider } from '#core/provider';
import { createFakeArk, type FakeArkOptions } from '#test/kit/fake-ark';
import { describeProvider, type ContractTask } from './provider-contract';

const small = { width: 2560, height: 1440 };
const path = '/api/v3/images/generations';
const inside = expect.stringMatching(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/) as string;

/** What both of Ark's services must do; `prefix` is what the names of the models begin with. */
function arkTasks(prefix: string): Record<'picture' | 'set' | 'edit', ContractTask> {
  const always = { prompt: 'a red bicycle', watermark: false, response_format: 'url', stream: false };
  return {
    picture: {
      kind: 'generate',
      model: 'seedream-4.5',
      params: { size: small },
      gives: [small],
      sends: {
        path,
        body: () => ({ ...always, model: `${prefix}seedream-4-5-251128`, size: '2560x1440' }),
      },
    },
    set: {
      kind: 'generate',
      model: 'seedream-4.0',
      params: { size: { width: 1024, height: 1024 }, count: 3 },
      gives: Array.from({ length: 3 }, () => ({ width: 1024, height: 1024 })),
      sends: {
        path,
        body: () => ({
          ...always,
          model: `${prefix}seedream-4-0-250828`,
          size: '1024x1024',
          stream: true,
          sequential_image_generation: 'auto',
          sequential_image_generation_options: { max_images: 3 },
        }),
      },
    },
    edit: {
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
        path,
        body: () => ({
          ...always,
          model: `${prefix}seedream-5-0-260128`,
          size: '2560x1440',
          image: [inside, inside, inside],
        }),
      },
    },
  };
}

/** The contract three times over: with the answer in one piece, with a stream of events, and at a gateway that knows none. */
export function describeArk(provider: Provider, prefix: NonNullable<FakeArkOptions['prefix']>): void {
  const key = 'ark-secret-key';
  const { picture, set, edit } = arkTasks(prefix);
  const start = () => createFakeArk({ key, prefix });
  const startGateway = () => createFakeArk({ key, prefix, streams: false });
  describe('one picture', () =>
    // Nothing runs there that could be stuck: the answer is the result.
    describeProvider({ provider, vendor: { start, startStuck: start, key }, tasks: [picture, set, edit] }));
  describe('a set, as events', () =>
    describeProvider({ provider, vendor: { start, startStuck: start, key }, tasks: [set], streams: true }));
  describe('a set, at a gateway that sends no events', () =>
    describeProvider({
      provider,
      vendor: { start: startGateway, startStuck: startGateway, key },
      tasks: [set],
    }));
}
