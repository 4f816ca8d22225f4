import { describe, expect, test } from 'vitest';
import type { Provider } from '#core/provider';
import abacus from '#providers/abacus.provider';
import apiframe from '#providers/apiframe.provider';
import atlas from '#providers/atlas.provider';
import { providers } from '#providers/catalogue';
import comfyui from '#providers/comfyui.provider';
import openrouter from '#providers/openrouter.provider';
import runpodPublic from '#providers/runpod-public.provider';
import wavespeed from '#providers/wavespeed.provider';
import { answer, recordingTools, thrown } from './kit-recording-tools';

const scripted = (provider: Provider, status: number, body: unknown) =>
  recordingTools(provider, () => answer(status, body), { key: 'a-key' });

describe('what a key that works has left', () => {
  test.each([
    [
      openrouter,
      { data: { limit_remaining: 4.9 } },
      { balance: 4.9, note: 'That is the limit of this key.' },
    ],
    [openrouter, { data: { limit: null, limit_remaining: null } }, {}],
    [wavespeed, { code: 200, message: 'success', data: { balance: 12.5 } }, { balance: 12.5 }],
    [atlas, { available: { value: '12.340000', currency: 'usd' } }, { balance: 12.34 }],
    [atlas, { available: { value: '5', currency: 'eur' } }, { note: '5 eur left.' }],
    [apiframe, { team: { credits: 1000 } }, { credits: 1000 }],
    [apiframe, { user: {}, team: null }, {}],
    [runpodPublic, { workers: {} }, {}],
    [abacus, { data: [{ id: 'flux2' }] }, {}],
    [comfyui, { system: { comfyui_version: '0.8.0' } }, { note: 'ComfyUI 0.8.0 answers.' }],
  ])('$id: %o', async (provider, body, report) => {
    const tools = scripted(provider, 200, body);
    expect(await provider.checkKey?.(tools)).toEqual(report);
    expect(tools.calls).toMatchObject([{ by: 'ask', method: 'GET' }]);
  });

  test('a refusal inside a 200 is one', async () => {
    const body = { code: 401, message: 'Invalid API key' };
    expect(await thrown(wavespeed.checkKey!(scripted(wavespeed, 200, body)))).toMatchObject({
      code: 'bad-key',
    });
  });
});

const checked = [...providers.values()].filter(({ checkKey }) => checkKey !== undefined);
describe.each(checked.map((provider) => [provider.id, provider] as const))('%s', (_id, provider) => {
  test.each([
    ['a page of HTML', 200, '<!doctype html><html></html>'],
    ['an empty answer', 200, ''],
    ['a list', 200, []],
  ])('%s is no word on the key', async (_name, status, body) => {
    expect(await thrown(provider.checkKey!(scripted(provider, status, body)))).toMatchObject({
      code: 'unreadable',
    });
  });

  test('a key that is not accepted is said so', async () => {
    const tools = scripted(provider, 401, '');
    expect(await thrown(provider.checkKey!(tools))).toMatchObject({
      code: 'bad-key',
      act: 'user',
      charge: 'none',
    });
    expect(tools.calls.every(({ by }) => by === 'ask')).toBe(true);
  });
});
