import { afterEach, describe, expect, test } from 'vitest';
import comfyui from '#providers/comfyui.provider';
import { comfyuiLoras } from '#providers/kit/comfyui-loras';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '#test/kit/fake-comfyui';
import type { FakeLora } from '#test/kit/fake-comfyui-loras';
import { drawPicture } from '#test/kit/draw-picture';
import { answer, recordingTools, server, thrown } from './kit-recording-tools';

const { list, facts, preview } = comfyuiLoras;
const open: FakeComfyui[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

const loras: FakeLora[] = [
  {
    name: 'film/grain v2.safetensors',
    metadata: { ss_base_model_version: 'sdxl_base_v1-0', 'modelspec.trigger_phrase': 'flmgrn' },
    bytes: 228_000_000,
    modified: 1_763_700_000.25,
  },
  { name: 'face.safetensors', metadata: { ss_network_dim: '8' } },
  { name: 'bare.safetensors' },
  { name: 'old.pt', metadata: { never: 'asked' } },
];

async function at(options: FakeComfyuiOptions) {
  const fake = await createFakeComfyui(options);
  open.push(fake);
  const tools = recordingTools(comfyui, server(fake.url, []), { settings: { baseUrl: fake.url } });
  return { fake, tools };
}

describe('the LoRAs of a server', () => {
  test('with their sizes and dates, by name', async () => {
    const { tools } = await at({ loras });
    expect(await list(tools)).toEqual([
      expect.objectContaining({ name: 'bare.safetensors' }),
      expect.objectContaining({ name: 'face.safetensors' }),
      { name: 'film/grain v2.safetensors', bytes: 228_000_000, modified: 1_763_700_000_250, folder: 0 },
      expect.objectContaining({ name: 'old.pt' }),
    ]);
    expect(tools.calls.every(({ by, method }) => by === 'ask' && method === 'GET')).toBe(true);
  });

  test('by name alone on an older server, or one that answers something else', async () => {
    const { tools } = await at({ loras, withoutModelList: true });
    expect(await list(tools)).toContainEqual({ name: 'film/grain v2.safetensors' });
    const odd = recordingTools(comfyui, ({ url }) =>
      url.includes('/experiment') ? answer(200, '<html>') : answer(200, ['one.safetensors']),
    );
    expect(await list(odd)).toEqual([{ name: 'one.safetensors' }]);
  });

  test('the first of two folders with the same file counts, as on the server', async () => {
    const file = { name: 'a.safetensors', modified: 1, created: 1 };
    const tools = recordingTools(comfyui, () =>
      answer(200, [
        { ...file, pathIndex: 0, size: 10 },
        { ...file, pathIndex: 1, size: 20 },
      ]),
    );
    expect(await list(tools)).toEqual([{ name: 'a.safetensors', bytes: 10, modified: 1000, folder: 0 }]);
  });

  test('none is an empty list; what is no ComfyUI and what does not answer are told in words', async () => {
    expect(await list((await at({ loras: [] })).tools)).toEqual([]);
    const shop = recordingTools(comfyui, () => answer(200, '<html>A shop</html>'));
    expect(await thrown(list(shop))).toMatchObject({ code: 'unreadable' });
    const away = recordingTools(comfyui, () => answer(502, 'Bad gateway'));
    expect(await thrown(list(away))).toMatchObject({ code: 'pod-away' });
  });

  test('what a header says; nothing of a file that has none', async () => {
    const { tools } = await at({ loras });
    expect(await facts({ name: 'film/grain v2.safetensors' }, tools)).toMatchObject({
      base: 'sdxl',
      triggers: ['flmgrn'],
    });
    expect(await facts({ name: 'bare.safetensors' }, tools)).toBeUndefined();
    expect(await facts({ name: 'old.pt' }, tools)).toBeUndefined();
    expect(await facts({ name: 'gone.safetensors' }, tools)).toBeUndefined();
  });

  test('a preview where there is a picture beside the file', async () => {
    const picture = await drawPicture({ width: 64, height: 48, from: 'a preview' });
    const { tools } = await at({ loras: [{ name: 'a b/c#d.safetensors', preview: picture }, ...loras] });
    const bytes = await preview!({ name: 'a b/c#d.safetensors', folder: 0 }, tools);
    expect(Buffer.from(bytes!).toString('latin1', 8, 12)).toBe('WEBP');
    expect(await preview!({ name: 'face.safetensors', folder: 0 }, tools)).toBeUndefined();
    expect(await preview!({ name: 'face.safetensors' }, tools)).toBeUndefined();
  });
});
