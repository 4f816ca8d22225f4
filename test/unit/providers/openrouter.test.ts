import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { RemoteResult } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import openrouter from '#providers/openrouter.provider';
import { createFakeOpenRouter } from '#test/kit/fake-openrouter';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

let vendor: FakeVendor;
let tools: RecordingTools;
beforeEach(async () => {
  vendor = await createFakeOpenRouter();
  tools = recordingTools(openrouter, server(vendor.url, openrouter.hosts), { key: 'test-key' });
});
afterEach(() => vendor.close());

function generate(changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'openrouter', model: 'seedream-4.5' },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
function edit(images: ImageRef[], changes: Partial<TaskOf<'edit'>> = {}): TaskOf<'edit'> {
  const { kind: _kind, ...made } = generate();
  return { ...made, kind: 'edit', images, ...changes };
}
async function result(task: ImageTask, by: RecordingTools = tools): Promise<RemoteResult> {
  const made = await openrouter.submit(task, by);
  if (made.state !== 'done') throw new Error('the answer is the result');
  return made.result;
}
const answering = (body: unknown) => recordingTools(openrouter, () => answer(200, body), { key: 'k' });
const linksSent = () =>
  (tools.calls[0]!.json as { input_references: { image_url: { url: string } }[] }).input_references.map(
    ({ image_url: { url } }) => url,
  );

describe('the request', () => {
  test('from words', async () => {
    const { pictures, price } = await result(generate({ seed: 7, negative: 'blur' }));
    expect(tools.calls).toEqual([
      {
        by: 'spend',
        method: 'POST',
        url: 'https://openrouter.ai/api/v1/images',
        headers: { authorization: 'Bearer test-key' },
        timeout: 300_000,
        json: {
          model: 'bytedance-seed/seedream-4.5',
          prompt: 'a red bicycle',
          size: '2048x2048',
          stream: false,
        },
      },
    ]);
    expect(pictures).toMatchObject([{ from: 'bytes' }]);
    expect(price).toBe(0.04);
  });

  test('references go along as they are, in their order; what is not taken goes as WebP', async () => {
    const images = [];
    for (const color of ['#ff0000', '#00ff00']) images.push(await tools.keep(await picture(640, 480, color)));
    const heavy = { ...images[0]!, bytes: 10_000_001 };
    await result(edit([...images, heavy]));
    const links = linksSent();
    for (const [index, image] of images.entries()) {
      const bytes = Buffer.from(links[index]!.slice('data:image/png;base64,'.length), 'base64');
      expect(bytes.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(links[2]).toMatch(/^data:image\/webp;base64,/);
    expect(tools.calls.map(({ by }) => by)).toEqual(['spend']);
  });

  test('everything that is asked is sent, or the plan says that it is not', async () => {
    const sent = await expectExplained(openrouter, {
      respond: () => answer(200, { data: [{ b64_json: 'AAAA' }] }),
      carried: ({ model, prompt, size, n = 1, stream, input_references: references, ...others }) => {
        expect({ model, stream, others }).toEqual({
          model: 'bytedance-seed/seedream-4.5',
          stream: false,
          others: {},
        });
        const [width, height] = (size as string).split('x').map(Number);
        const images = references === undefined ? {} : { images: (references as unknown[]).length };
        return { prompt, size: { width, height }, count: n, ...images };
      },
    });
    expect(sent).toBeGreaterThan(20);
  });
});

test.each([
  [generate({ count: 10 }), ['ignored set']],
  [generate({ count: 11 }), ['refused count']],
  [
    edit(Array.from({ length: 14 }, () => ({ hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 }))),
    [],
  ],
  [
    edit(
      Array.from({ length: 10 }, () => ({ hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 })),
      { count: 6 },
    ),
    ['ignored set', 'refused count'],
  ],
  [generate({ size: { width: 1024, height: 1024 } }), ['refused size']],
  [generate({ seed: 1, negative: 'blur' }), ['ignored seed', 'ignored negative']],
] as [ImageTask, string[]][])('the plan says what cannot be done: %#', (task, notes) => {
  const said = checkTask(task, openrouter.models[0]!);
  expect(said.map(({ effect, field }) => `${effect} ${field}`)).toEqual(notes);
});

describe('the answer', () => {
  test('says what it cost, also where that is nothing', async () => {
    const data = [{ b64_json: 'AAAA', media_type: 'image/jpeg' }];
    expect(await result(generate(), answering({ data, usage: { cost: 0 }, id: 'gen-1' }))).toMatchObject({
      price: 0,
      vendorId: 'gen-1',
    });
    for (const usage of [null, undefined, { cost: -1 }, { cost: 'much' }])
      expect(await result(generate(), answering({ data, usage }))).not.toHaveProperty('price');
  });

  test('a picture in a data link, or behind a link, is taken too', async () => {
    const data = [
      { b64_json: 'data:image/png;base64,AAAA' },
      { url: 'https://p.example/1' },
      { b64_json: '?' },
    ];
    const { pictures } = await result(generate(), answering({ data }));
    expect(pictures).toEqual([
      { from: 'bytes', bytes: new Uint8Array(3) },
      { from: 'url', request: { method: 'GET', url: 'https://p.example/1' } },
    ]);
  });

  test.each([
    ['no money', { code: 402, message: 'Insufficient credits' }, 'no-balance'],
    [
      'a refusal in words',
      {
        code: 400,
        message: 'Provider returned error',
        metadata: { raw: { code: 'InputTextSensitiveContentDetected' } },
      },
      'moderation',
    ],
    ['a code in letters', { code: '401', message: 'x' }, 'bad-key'],
    ['a host that failed', { code: 502, message: 'Provider returned error' }, undefined],
    ['no code', { message: 'Something' }, undefined],
  ])('an error under a 200: %s', async (_name, error, code) => {
    const call = result(generate(), answering({ error }));
    if (code === undefined) expect(await thrown(call)).toMatchObject({ charge: 'possible' });
    else
      expect((await call).pictures).toMatchObject([{ from: 'nowhere', failure: { code, charge: 'none' } }]);
  });

  test.each([[{ data: [] }], [{ data: [{ b64_json: '' }] }], [{ data: {} }], [{ data: [{ b64_json: 7 }] }]])(
    'without a picture nobody can tell whether it was charged: %o',
    async (body) =>
      expect(await thrown(result(generate(), answering(body)))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      }),
  );
});

describe('what an error means', () => {
  const said = (message: string, metadata?: object) => ({ error: { code: 0, message, metadata } });
  const raw = '{"error":{"code":"InputImageSensitiveContentDetected","message":"x"}}';
  test.each([
    [400, said('Invalid request parameters'), 'refused', 'user', 'none'],
    [400, said('Provider returned error', { raw, provider_name: 'ByteDance' }), 'moderation', 'user', 'none'],
    [401, said('User not found.'), 'bad-key', 'user', 'none'],
    [402, said('Insufficient credits.'), 'no-balance', 'user', 'none'],
    [403, said('x', { reasons: ['violence'], flagged_input: 'a' }), 'moderation', 'user', 'none'],
    [403, said('Your input was flagged'), 'moderation', 'user', 'none'],
    [403, said('Key limit exceeded'), 'no-balance', 'user', 'none'],
    [403, said('Only management keys can do this'), 'forbidden', 'user', 'none'],
    [404, said('No endpoints found for x.'), 'model-closed', 'user', 'none'],
    [404, '<html>', 'not-found', 'user', 'none'],
    [413, said('Request payload too large'), 'too-large', 'user', 'none'],
    [429, said('Rate limit exceeded', { reasons: [] }), 'busy', 'wait', 'none'],
    [500, said('Internal Server Error'), 'vendor-down', 'wait', 'possible'],
    [502, said('Provider returned error'), 'vendor-down', 'wait', 'possible'],
    [502, said('Provider returned error', { raw }), 'moderation', 'user', 'possible'],
    [524, said('Request timed out'), 'vendor-down', 'wait', 'possible'],
    [529, said('Provider returned error', null as never), 'vendor-down', 'wait', 'possible'],
    [503, { error: 'down' }, 'vendor-down', 'wait', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(openrouter.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test('tells what the model’s own host said', () => {
    const failure = openrouter.readError(
      answer(400, said('Provider returned error', { raw: 'size is not valid' })),
    );
    expect(failure.message).toContain('size is not valid');
  });
});
