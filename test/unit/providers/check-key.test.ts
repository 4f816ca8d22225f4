import { describe, expect, test } from 'vitest';
import type { Provider } from '#core/provider';
import abacus from '#providers/abacus.provider';
import apiframe from '#providers/apiframe.provider';
import atlas from '#providers/atlas.provider';
import { providers } from '#providers/catalogue';
import comfyui from '#providers/comfyui.provider';
import kie from '#providers/kie.provider';
import modkie from '#providers/modkie.provider';
import openrouter from '#providers/openrouter.provider';
import oxen from '#providers/oxen.provider';
import poyo from '#providers/poyo.provider';
import replicate from '#providers/replicate.provider';
import runcomfy from '#providers/runcomfy.provider';
import runpodPublic from '#providers/runpod-public.provider';
import wavespeed from '#providers/wavespeed.provider';
import { answer, recordingTools, thrown } from './kit-recording-tools';

const scripted = (provider: Provider, status: number, body: unknown) => {
  const needed = provider.settings.filter(({ required }) => required).map(({ name }) => [name, 'abc123']);
  return recordingTools(provider, () => answer(status, body), {
    key: 'a-key',
    settings: Object.fromEntries(needed) as Record<string, string>,
  });
};

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
    [kie, { code: 200, msg: 'success', data: 738.5 }, { credits: 738.5 }],
    [kie, { code: 200, msg: 'success', data: 0 }, { credits: 0 }],
    [kie, { code: 200, msg: 'success' }, {}],
    [modkie, { code: 200, msg: 'success', data: 18 }, { credits: 18 }],
    [modkie, { code: 200, msg: 'success', data: { credits: 18 } }, { credits: 18 }],
    [modkie, { code: 200, msg: 'success', data: { credit: 18 } }, { credits: 18 }],
    [modkie, { code: 200, msg: 'success', data: { balance: 18 } }, { credits: 18 }],
    [modkie, { code: 200, msg: 'success', data: { of: 'another shape' } }, {}],
    [poyo, { code: 200, data: { email: 'a@b.example', credits_amount: 9.08 } }, { credits: 9.08 }],
    [poyo, { code: 200, data: {} }, {}],
    [replicate, { type: 'user', username: 'acme' }, { note: 'Replicate tells no balance.' }],
    [oxen, { generations: [] }, {}],
    [comfyui, { system: { comfyui_version: '0.8.0' } }, { note: 'ComfyUI 0.8.0 answers.' }],
  ])('$id: %o', async (provider, body, report) => {
    const tools = scripted(provider, 200, body);
    expect(await provider.checkKey?.(tools)).toEqual(report);
    expect(tools.calls).toMatchObject([{ by: 'ask', method: 'GET' }]);
  });

  test.each([
    [wavespeed, { code: 401, message: 'Invalid API key' }, 'bad-key'],
    [kie, { code: 401, msg: 'You do not have access permissions' }, 'bad-key'],
    [kie, { code: 402, msg: 'Credits insufficient' }, 'no-balance'],
    [modkie, { code: 401, msg: 'Unauthorized' }, 'bad-key'],
    [poyo, { code: 401, error: { message: 'Invalid API key' } }, 'bad-key'],
  ])('$id: a refusal inside a 200 is one: %o', async (provider, body, code) => {
    expect(await thrown(provider.checkKey!(scripted(provider, 200, body)))).toMatchObject({ code });
  });

  test.each([
    [kie, 'https://api.kie.ai/api/v1/chat/credit'],
    [modkie, 'https://modkie.com/api/v1/chat/credit'],
    [poyo, 'https://api.poyo.ai/api/user/balance'],
    [replicate, 'https://api.replicate.com/v1/account'],
    [oxen, 'https://hub.oxen.ai/api/ai/queue'],
  ])('$id is asked at %s, with the key', async (provider, url) => {
    const tools = scripted(provider, 401, '');
    await thrown(provider.checkKey!(tools));
    const headers = { authorization: 'Bearer a-key' };
    expect(tools.calls).toEqual([{ by: 'ask', method: 'GET', url, headers }]);
  });

  test.each([
    [kie, { code: 777, msg: 'What?' }],
    [poyo, { code: 200, message: 'moved' }],
    [replicate, { message: 'a page of a proxy' }],
    [oxen, { error: { title: 'What?' } }],
  ])('$id: an answer of another shape is no word on the key: %o', async (provider, body) => {
    expect(await thrown(provider.checkKey!(scripted(provider, 200, body)))).toMatchObject({
      code: 'unreadable',
    });
  });

  test('RunComfy has no free question that only a key can ask', () => {
    expect(runcomfy.checkKey).toBeUndefined();
  });
});

const checked = [...providers.values()].filter(({ checkKey }) => checkKey !== undefined);
describe.each(checked.map((provider) => [provider.id, provider] as const))('%s', (_id, provider) => {
  test.each([
    ['a page of HTML', 200, '<!doctype html><html></html>'],
    ['an empty answer', 200, ''],
    ['a list', 200, []],
  ])('%s is no word on the key', async (_name, status, body) => {
    const failure = await thrown(provider.checkKey!(scripted(provider, status, body)));
    // Where the address is the person's own, something else may answer there.
    expect(failure.code).toMatch(/^(unreadable|not-comfyui)$/);
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
