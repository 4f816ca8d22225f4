import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef, Size } from '#core/values';
import replicate from '#providers/replicate.provider';
import { createFakeReplicate, type FakeReplicateOptions } from '#test/kit/fake-replicate';
import type { FakeVendor, MultipartSummary } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays, type Asked } from './kit-what-is-sent';

let vendor: FakeVendor;
let tools: RecordingTools;
async function start(options: FakeReplicateOptions = {}) {
  vendor = await createFakeReplicate(options);
  tools = recordingTools(replicate, server(vendor.url, replicate.hosts), { key: 'test-key' });
}
afterEach(() => vendor?.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'replicate', model },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
function edit(model: string, images: ImageRef[], changes: Partial<TaskOf<'edit'>> = {}): TaskOf<'edit'> {
  const { kind: _kind, ...made } = generate(model);
  return { ...made, kind: 'edit', images, ...changes };
}
async function submitted(task: ImageTask = generate('seedream-4.5')): Promise<RemoteJob> {
  const made = await replicate.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('Replicate accepts');
  return made.job;
}
const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
const scripted = (status: number, body: unknown) =>
  recordingTools(replicate, () => answer(status, body), { key: 'k' });
const job: RemoteJob = { provider: 'replicate', model: 'seedream-4.5', id: 'p1', ticket: null };
const api = 'https://api.replicate.com/v1';

describe('the order', () => {
  beforeEach(() => start());

  test.each([
    ['seedream-4.0', 'seedream-4'],
    ['seedream-4.5', 'seedream-4.5'],
  ])('%s: one picture, a sequence, an edit, a sequence of edits', async (model, name) => {
    const one = await tools.keep(await picture(64, 64, '#f00'));
    await submitted(generate(model));
    await submitted(generate(model, { count: 15 }));
    await submitted(edit(model, [one]));
    await submitted(edit(model, [one], { count: 14 }));
    const made = { prompt: 'a red bicycle', size: 'custom', width: 2048, height: 2048 };
    const image_input = [expect.stringContaining(`${vendor.url}/v1/files/`)];
    const auto = { sequential_image_generation: 'auto' };
    expect(submits().map(({ body }) => body)).toEqual([
      { input: made },
      { input: { ...made, ...auto, max_images: 15 } },
      { input: { ...made, image_input } },
      { input: { ...made, image_input, ...auto, max_images: 14 } },
    ]);
    expect(new Set(submits().map(({ path }) => path))).toEqual(
      new Set([`/v1/models/bytedance/${name}/predictions`]),
    );
    expect(submits().every(({ authorized }) => authorized)).toBe(true);
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([1, 15, 1, 14]);
  });

  test.each<[Size, string, string]>([
    [{ width: 2048, height: 2048 }, '2K', '1:1'],
    [{ width: 3072, height: 3072 }, '3K', '1:1'],
    [{ width: 1024, height: 1024 }, '2K', '1:1'],
    [{ width: 4096, height: 4096 }, '3K', '1:1'],
    [{ width: 2560, height: 1440 }, '2K', '16:9'],
    [{ width: 1600, height: 2848 }, '2K', '9:16'],
    [{ width: 2304, height: 1728 }, '2K', '4:3'],
    [{ width: 2592, height: 3456 }, '3K', '3:4'],
    [{ width: 2496, height: 1664 }, '2K', '3:2'],
    [{ width: 1664, height: 2496 }, '2K', '2:3'],
    [{ width: 3024, height: 1296 }, '2K', '21:9'],
  ])('5.0 Lite is asked for an aspect: %o', async (size, tier, aspect) => {
    await submitted(generate('seedream-5-lite', { size }));
    expect(submits()[0]?.path).toBe('/v1/models/bytedance/seedream-5-lite/predictions');
    expect(submits()[0]?.body).toEqual({
      input: { prompt: 'a red bicycle', size: tier, aspect_ratio: aspect },
    });
  });

  test('references are uploaded first, byte for byte, and keep their order', async () => {
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(edit('seedream-4.5', images));
    const uploads = vendor.requests.filter(({ points }) => points.includes('upload'));
    expect(uploads.map(({ path }) => path)).toEqual(['/v1/files', '/v1/files', '/v1/files']);
    expect((uploads[0]!.body as MultipartSummary).files[0]).toMatchObject({
      field: 'content',
      contentType: 'image/png',
    });
    const { input } = submits()[0]!.body as { input: { image_input: string[] } };
    for (const [index, image] of images.entries()) {
      const headers = { authorization: 'Bearer test-key' };
      const sent = await (await fetch(input.image_input[index] ?? '', { headers })).arrayBuffer();
      expect(Buffer.from(sent).equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(tools.calls.map(({ by }) => by)).toEqual(['ask', 'ask', 'ask', 'spend']);
  });

  test('the link of an upload is kept as long as Replicate says, or an hour', async () => {
    const lives: number[] = [];
    for (const expires of ['2026-11-22T12:00:00.000Z', null, 'soon']) {
      const file = { urls: { get: `${api}/files/f1` }, expires_at: expires };
      const shelf = recordingTools(replicate, ({ form }) => answer(201, form ? file : { id: 'p1' }), {
        key: 'k',
      });
      const image = await shelf.keep(await picture(64, 64, '#f00'));
      const kept: RecordingTools = {
        ...shelf,
        now: () => 1000,
        uploaded: async (hash, upload) => {
          expect(hash).toBe(image.hash);
          const { link, until } = await upload();
          lives.push(until);
          return link;
        },
      };
      await replicate.submit(edit('seedream-4.5', [image]), kept);
    }
    expect(lives).toEqual([Date.parse('2026-11-22T12:00:00.000Z'), 3_601_000, 3_601_000]);
  });

  test('a reference ByteDance does not take is refused, a heavy one is written anew, before anything is sent', async () => {
    const long = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(replicate.submit(edit('seedream-4.5', [long]), tools))).toMatchObject({
      code: 'reference-size',
      charge: 'none',
    });
    expect(submits()).toEqual([]);
    const kept = await tools.keep(await picture(64, 48, '#abcdef'));
    await submitted(edit('seedream-4.5', [{ ...kept, bytes: 10_000_001 }]));
    const sent = vendor.requests.find(({ points }) => points.includes('upload'))?.body as MultipartSummary;
    expect(sent.files[0]?.contentType).toBe('image/webp');
    expect(await tools.keep(sent.files[0]!.bytes)).toMatchObject({ format: 'webp', width: 64, height: 48 });
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(replicate.submit(generate('seedream-4.5'), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });
});

describe('what the plan says is what is sent', () => {
  const made = {
    prompt: z.string(),
    image_input: z.array(z.string()).optional(),
    sequential_image_generation: z.literal('auto').optional(),
    max_images: z.int().min(2).optional(),
  };
  const requestSchema = z.strictObject({
    input: z.union([
      z.strictObject({ ...made, size: z.literal('custom'), width: z.int(), height: z.int() }),
      z.strictObject({ ...made, size: z.enum(['2K', '3K']), aspect_ratio: z.string() }),
    ]),
  });
  const ids: Record<string, string> = {
    'seedream-4': 'seedream-4.0',
    'seedream-4.5': 'seedream-4.5',
    'seedream-5-lite': 'seedream-5-lite',
  };
  function read({ url, json }: HttpRequest): Asked {
    const name = /^https:\/\/api\.replicate\.com\/v1\/models\/bytedance\/([^/]+)\/predictions$/.exec(
      url,
    )![1]!;
    const { input } = requestSchema.parse(json);
    const { prompt, image_input: images, max_images: most } = input;
    expect(input.sequential_image_generation).toBe(most === undefined ? undefined : 'auto');
    return {
      kind: images === undefined ? 'generate' : 'edit',
      model: ids[name]!,
      prompt,
      ...('width' in input ? { width: input.width, height: input.height } : {}),
      count: most ?? 1,
      ...(images === undefined
        ? {}
        : { images: images.map((link) => link.split('/').at(-1)!.split('.')[0]!) }),
    };
  }

  test.each(replicate.models.map((model) => [model.id, model] as const))('%s', async (_id, model) => {
    const shelf = recordingTools(replicate, () => answer(200, {}));
    const images: ImageRef[] = [];
    for (const color of ['#f00', '#0f0', '#00f']) images.push(await shelf.keep(await picture(64, 64, color)));
    const begin = () => ({
      ...recordingTools(
        replicate,
        ({ form }) => {
          const part = form?.[0];
          if (part === undefined || !('file' in part)) return answer(201, { id: 'p1' });
          return answer(201, { urls: { get: `${api}/files/${part.file.name}` } });
        },
        { key: 'k' },
      ),
      pictures: shelf.pictures,
    });
    const sent = await sendsWhatThePlanSays(replicate, model, images, begin, read);
    expect(Math.min(sent.generate, sent.edit)).toBeGreaterThan(50);
  });
});

describe('the limits', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      replicate.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);
  const many = (length: number) => Array.from({ length }, () => image);

  test('references, pictures, both together, size, prompt, and what is not taken', () => {
    expect(fields(edit('seedream-4.5', many(14)))).toEqual([]);
    expect(fields(edit('seedream-4.5', many(14), { count: 2 }))).toEqual(['refused count']);
    expect(fields(edit('seedream-4.5', many(15)))).toContain('refused images');
    expect(fields(edit('seedream-4.0', many(10), { count: 5 }))).toEqual([]);
    expect(fields(edit('seedream-4.0', many(11)))).toEqual(['refused images']);
    expect(fields(generate('seedream-4.5', { count: 16 }))).toContain('refused count');
    expect(fields(generate('seedream-4.5', { prompt: 'x'.repeat(4000) }))).toEqual([]);
    expect(fields(generate('seedream-4.5', { prompt: 'x'.repeat(4001) }))).toEqual(['refused prompt']);
    expect(fields(generate('seedream-4.0', { size: { width: 1024, height: 1024 } }))).toEqual([]);
    expect(fields(generate('seedream-4.0', { size: { width: 1000, height: 2000 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-4.5', { size: { width: 4097, height: 2048 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-5-lite', { size: { width: 2560, height: 1440 } }))).toEqual([
      'ignored size',
    ]);
    expect(fields(generate('seedream-5-lite', { size: { width: 2048, height: 1000 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-4.5', { seed: 1, negative: 'blur' }))).toEqual([
      'ignored seed',
      'ignored negative',
    ]);
  });
});

describe('asking for a prediction', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    await start({ pollsUntilDone: 3 });
    const made = await submitted(generate('seedream-4.5', { count: 2 }));
    expect(await replicate.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await replicate.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await replicate.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result.vendorId).toBe(made.id);
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('Replicate gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
    expect(tools.calls.at(-1)).toMatchObject({ method: 'GET', url: `${api}/predictions/${made.id}` });
  });

  test('pictures that Replicate has deleted were paid for', async () => {
    await start({ isDataRemoved: true });
    expect(await replicate.check?.(await submitted(), tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'result-gone', charge: 'certain' },
    });
  });

  test('a single link is a result too', async () => {
    const body = { id: 'p1', status: 'succeeded', output: 'https://replicate.delivery/1.jpg' };
    expect(await replicate.check?.(job, scripted(200, body))).toMatchObject({
      state: 'done',
      result: { pictures: [{ request: { url: 'https://replicate.delivery/1.jpg' } }] },
    });
  });

  const data = (more: object) => ({ id: 'p1', output: null, error: null, ...more });
  test.each([
    [
      data({ status: 'failed', error: 'The input was flagged as sensitive. (E005)' }),
      'moderation',
      'user',
      'none',
    ],
    [data({ status: 'failed', error: 'NSFW content detected' }), 'moderation', 'user', 'none'],
    [data({ status: 'failed', error: 'CUDA out of memory' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'canceled' }), 'cancelled', 'user', 'possible'],
    [data({ status: 'canceled', started_at: '2026-11-21T12:00:00Z' }), 'cancelled', 'user', 'possible'],
    [data({ status: 'canceled', started_at: null }), 'cancelled', 'user', 'none'],
    [data({ status: 'aborted' }), 'cancelled', 'user', 'none'],
    [data({ status: 'succeeded' }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'succeeded', output: [] }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'succeeded', data_removed: true }), 'result-gone', 'vendor', 'certain'],
  ])('a verdict: %o', async (body, code, act, charge) => {
    const state = await replicate.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown status', data({ status: 'paused' })],
    ["another prediction's result", { id: 'p2', status: 'succeeded', output: ['https://x.example/1.png'] }],
    ['outputs of another type', data({ status: 'succeeded', output: [7] })],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(replicate.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('only its own 404 means lost', async () => {
    await start();
    const made = await submitted();
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(replicate.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'lost', on: 'status' });
    expect(await replicate.check?.(made, tools)).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', charge: 'possible' },
    });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    await start();
    const made = await submitted();
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(replicate.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(replicate.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(replicate.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await replicate.check?.(made, tools)).toMatchObject({ state: 'done' });
    expect(vendor.charges).toHaveLength(1);
  });
});

describe('stopping a prediction', () => {
  test('by its own request; one that has ended or is gone is no error, trouble is', async () => {
    await start({ pollsUntilDone: Infinity });
    const made = await submitted();
    await replicate.cancel?.(made, tools);
    expect(tools.calls.at(-1)).toMatchObject({
      by: 'ask',
      method: 'POST',
      url: `${api}/predictions/${made.id}/cancel`,
    });
    expect(await replicate.check?.(made, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'none' },
    });
    await replicate.cancel?.(made, tools);
    await replicate.cancel?.({ ...made, id: 'unknown' }, tools);
    vendor.fail({ kind: 'refuse', status: 503, on: 'cancel' });
    expect(await thrown(replicate.cancel!(made, tools))).toMatchObject({ code: 'vendor-down' });
  });
});

describe('refusals', () => {
  const detail = (title: string, text: string) => ({ title, detail: text });
  test.each([
    [400, detail('Bad request', 'The prompt was flagged as sensitive'), 'moderation', 'user', 'none'],
    [401, detail('Unauthenticated', 'You did not pass a token'), 'bad-key', 'user', 'none'],
    [402, detail('Insufficient credit', 'You have insufficient credit'), 'no-balance', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, { detail: 'You have insufficient credit to run this model.' }, 'no-balance', 'user', 'none'],
    [403, { detail: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { detail: 'Not found.' }, 'no-such-job', 'user', 'none'],
    [404, '<html></html>', 'not-found', 'user', 'none'],
    [422, detail('Input validation failed', '- input.size: invalid'), 'refused', 'user', 'none'],
    [422, { title: 'Input validation failed' }, 'refused', 'user', 'none'],
    [429, { detail: 'Request was throttled. Your rate limit resets in ~30s.' }, 'busy', 'wait', 'none'],
    [429, { detail: 'Throttled, as you have insufficient credit.' }, 'busy', 'wait', 'none'],
    [500, { detail: 'Internal server error' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(replicate.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test('its own words reach the person', () => {
    const failure = replicate.readError(answer(422, detail('Input validation failed', '- input.size: no')));
    expect(failure.message).toContain('- input.size: no');
  });
});
