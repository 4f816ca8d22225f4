import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import wavespeed from '#providers/wavespeed.provider';
import { createFakeWavespeed, type FakeWavespeedOptions } from '#test/kit/fake-wavespeed';
import type { FakeVendor, MultipartSummary } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays, type Asked } from './kit-what-is-sent';

let vendor: FakeVendor;
let tools: RecordingTools;
async function start(options: FakeWavespeedOptions = {}) {
  vendor = await createFakeWavespeed(options);
  tools = recordingTools(wavespeed, server(vendor.url, wavespeed.hosts), { key: 'test-key' });
}
afterEach(() => vendor?.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'wavespeed', model },
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
  const made = await wavespeed.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('WaveSpeedAI accepts');
  return made.job;
}
const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
const scripted = (status: number, body: unknown) =>
  recordingTools(wavespeed, () => answer(status, body), { key: 'k' });
const job: RemoteJob = { provider: 'wavespeed', model: 'seedream-4.5', id: 'p1', ticket: null };
const base = 'https://api.wavespeed.ai/api/v3';

describe('the order', () => {
  beforeEach(() => start());

  test.each([
    ['seedream-4.0', 'seedream-v4'],
    ['seedream-4.5', 'seedream-v4.5'],
    ['seedream-5-lite', 'seedream-v5.0-lite'],
  ])('%s: one picture, a sequence, an edit, a sequence of edits', async (model, path) => {
    const one = await tools.keep(await picture(64, 64, '#f00'));
    await submitted(generate(model));
    await submitted(generate(model, { count: 15 }));
    await submitted(edit(model, [one]));
    await submitted(edit(model, [one], { count: 14 }));
    const made = { prompt: 'a red bicycle', size: '2048*2048' };
    const images = [expect.stringContaining('/files/upload/')];
    expect(submits().map(({ path: asked, body }) => [asked, body])).toEqual([
      [`/api/v3/bytedance/${path}`, made],
      [`/api/v3/bytedance/${path}/sequential`, { ...made, max_images: 15 }],
      [`/api/v3/bytedance/${path}/edit`, { ...made, images }],
      [`/api/v3/bytedance/${path}/edit-sequential`, { ...made, images, max_images: 14 }],
    ]);
    expect(submits().every(({ authorized }) => authorized)).toBe(true);
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([1, 15, 1, 14]);
  });

  test('references are uploaded first, byte for byte, and keep their order', async () => {
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(edit('seedream-4.5', images));
    const uploads = vendor.requests.filter(({ points }) => points.includes('upload'));
    expect(uploads.map(({ path }) => path)).toEqual(
      Array.from({ length: 3 }, () => '/api/v3/media/upload/binary'),
    );
    expect((uploads[0]!.body as MultipartSummary).files[0]).toMatchObject({
      field: 'file',
      contentType: 'image/png',
    });
    const urls = (submits()[0]!.body as { images: string[] }).images;
    for (const [index, image] of images.entries()) {
      const sent = Buffer.from(await (await fetch(urls[index] ?? '')).arrayBuffer());
      expect(sent.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(tools.calls.map(({ by }) => by)).toEqual(['ask', 'ask', 'ask', 'spend']);
  });

  test('a reference ByteDance does not take is refused, a heavy one is written anew, before anything is sent', async () => {
    const long = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(wavespeed.submit(edit('seedream-4.5', [long]), tools))).toMatchObject({
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
      expect(await thrown(wavespeed.submit(generate('seedream-4.5'), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });

  test.each([
    [{ code: 1200, message: 'Content moderation' }, 'moderation', 'user'],
    [{ code: 1401, message: 'size is invalid' }, 'refused', 'user'],
    [{ code: 402, message: 'Payment required', data: null }, 'no-balance', 'user'],
    [{ code: 400, message: 'Insufficient credits. Please top up.' }, 'no-balance', 'user'],
    [{ code: 401, message: 'Unauthorized' }, 'bad-key', 'user'],
    [{ code: 429, message: 'Too many requests' }, 'busy', 'wait'],
  ])('a refusal inside an HTTP 200: %o', async (body, code, act) => {
    expect(await thrown(wavespeed.submit(generate('seedream-4.5'), scripted(200, body)))).toMatchObject({
      code,
      act,
      charge: 'none',
    });
  });

  test('trouble of its own inside an HTTP 200 proves nothing', async () => {
    for (const code of [500, 5000, 5004, 777])
      expect(
        await thrown(
          wavespeed.submit(generate('seedream-4.5'), scripted(200, { code, message: 'Internal' })),
        ),
        `${code}`,
      ).toMatchObject({ charge: 'possible' });
  });
});

describe('what the plan says is what is sent', () => {
  const requestSchema = z.strictObject({
    prompt: z.string(),
    size: z.string().regex(/^\d+\*\d+$/),
    images: z.array(z.string()).optional(),
    max_images: z.int().optional(),
  });
  function read({ url, json }: HttpRequest): Asked {
    const [, version, variant = ''] =
      /^https:\/\/api\.wavespeed\.ai\/api\/v3\/bytedance\/(seedream-v[\d.]+(?:-lite)?)(?:\/(.*))?$/.exec(
        url,
      )!;
    const names: Record<string, string> = {
      'seedream-v4': 'seedream-4.0',
      'seedream-v4.5': 'seedream-4.5',
      'seedream-v5.0-lite': 'seedream-5-lite',
    };
    const { prompt, size, images, max_images: most } = requestSchema.parse(json);
    const [width, height] = size.split('*').map(Number) as [number, number];
    expect(variant.includes('edit')).toBe(images !== undefined);
    expect(variant.includes('sequential')).toBe(most !== undefined);
    return {
      kind: images === undefined ? 'generate' : 'edit',
      model: names[version!]!,
      prompt,
      width,
      height,
      count: most ?? 1,
      ...(images === undefined
        ? {}
        : { images: images.map((link) => link.split('/').at(-1)!.split('.')[0]!) }),
    };
  }

  test.each(wavespeed.models.map((model) => [model.id, model] as const))('%s', async (_id, model) => {
    const shelf = recordingTools(wavespeed, () => answer(200, {}));
    const images: ImageRef[] = [];
    for (const color of ['#f00', '#0f0', '#00f']) images.push(await shelf.keep(await picture(64, 64, color)));
    const begin = () => ({
      ...recordingTools(
        wavespeed,
        ({ form }) => {
          const part = form?.[0];
          if (part === undefined || !('file' in part)) return answer(200, { code: 200, data: { id: 'p1' } });
          const link = `https://files.example/${part.file.name}`;
          return answer(200, { code: 200, data: { download_url: link } });
        },
        { key: 'k' },
      ),
      pictures: shelf.pictures,
    });
    const sent = await sendsWhatThePlanSays(wavespeed, model, images, begin, read);
    expect(Math.min(sent.generate, sent.edit)).toBeGreaterThan(50);
  });
});

describe('the limits', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      wavespeed.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);
  const many = (length: number) => Array.from({ length }, () => image);

  test('references, pictures, both together, size, and what is not taken', () => {
    expect(fields(edit('seedream-4.5', many(10), { count: 5 }))).toEqual([]);
    expect(fields(edit('seedream-4.5', many(11)))).toEqual(['refused images']);
    expect(fields(edit('seedream-4.5', many(10), { count: 6 }))).toEqual(['refused count']);
    expect(fields(generate('seedream-4.0', { count: 15 }))).toEqual([]);
    expect(fields(generate('seedream-4.0', { count: 16 }))).toContain('refused count');
    expect(fields(generate('seedream-4.0', { size: { width: 960, height: 960 } }))).toEqual([]);
    expect(fields(generate('seedream-5-lite', { size: { width: 960, height: 960 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-4.5', { seed: 1, negative: 'blur' }))).toEqual([
      'ignored seed',
      'ignored negative',
    ]);
  });
});

describe('asking for a task', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    await start({ pollsUntilDone: 3 });
    const made = await submitted(generate('seedream-4.5', { count: 2 }));
    expect(await wavespeed.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await wavespeed.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await wavespeed.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result.vendorId).toBe(made.id);
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('WaveSpeedAI gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
    expect(tools.calls.at(-1)).toMatchObject({
      method: 'GET',
      url: `${base}/predictions/${made.id}/result`,
    });
  });

  const data = (more: object) => ({
    code: 200,
    message: 'success',
    data: { id: 'p1', outputs: [], ...more },
  });
  test.each([
    [data({ status: 'failed', code: 1200, error: 'x' }), 'moderation', 'user', 'none'],
    [{ ...data({ status: 'failed', error: 'x' }), code: 1200 }, 'moderation', 'user', 'none'],
    [
      data({ status: 'failed', error: 'Content flagged as potentially sensitive' }),
      'moderation',
      'user',
      'none',
    ],
    [data({ status: 'failed', code: '1400', error: 'size is missing' }), 'refused', 'user', 'none'],
    [data({ status: 'failed', code: 1401, error: 'size' }), 'refused', 'user', 'none'],
    [data({ status: 'failed', code: 1402, error: 'x' }), 'reference-unread', 'user', 'none'],
    [data({ status: 'failed', code: 1403, error: 'x' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed', code: 1405, error: null }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed', code: 5000, error: 'x' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'cancelled' }), 'job-failed', 'vendor', 'possible'],
    [data({ status: 'timeout' }), 'job-failed', 'vendor', 'possible'],
    [data({ status: 'deleted' }), 'job-failed', 'vendor', 'possible'],
    [data({ status: 'completed' }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'completed', outputs: null }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'completed', has_nsfw_contents: [true] }), 'moderation', 'user', 'possible'],
    [{ code: 1200, message: 'Content moderation' }, 'moderation', 'user', 'none'],
  ])('a verdict inside an HTTP 200: %o', async (body, code, act, charge) => {
    const state = await wavespeed.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown status', data({ status: 'paused' })],
    [
      "another task's result",
      { code: 200, data: { id: 'p2', status: 'completed', outputs: ['https://x/1.png'] } },
    ],
    ['outputs of another type', data({ status: 'completed', outputs: [7] })],
    ['trouble of its own', { code: 500, message: 'Internal' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(wavespeed.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('only its own 404 means lost', async () => {
    await start();
    const made = await submitted();
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(wavespeed.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'lost', on: 'status' });
    const lost = { state: 'lost', failure: { code: 'lost', charge: 'possible' } };
    expect(await wavespeed.check?.(made, tools)).toMatchObject(lost);
    expect(await wavespeed.check?.(job, scripted(200, { code: 404, message: 'x' }))).toMatchObject(lost);
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    await start();
    const made = await submitted();
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(wavespeed.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(wavespeed.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(wavespeed.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await wavespeed.check?.(made, tools)).toMatchObject({ state: 'done' });
  });
});

describe('what an error means', () => {
  test.each([
    [400, { code: 400, message: 'size is invalid' }, 'refused', 'user', 'none'],
    [400, { code: 1200, message: 'x' }, 'moderation', 'user', 'none'],
    [400, { code: 400, message: 'Prompt was flagged by moderation' }, 'moderation', 'user', 'none'],
    [400, { code: 400, message: 'Insufficient credits. Please top up.' }, 'no-balance', 'user', 'none'],
    [401, { code: 401, message: 'Unauthorized' }, 'bad-key', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, { code: 403, message: 'Your balance is not enough' }, 'no-balance', 'user', 'none'],
    [403, { code: 403, message: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { code: 404, message: 'not found' }, 'no-such-job', 'user', 'none'],
    [413, 'Too large', 'too-large', 'user', 'none'],
    [429, { code: 429, message: 'Too many' }, 'busy', 'wait', 'none'],
    [500, { code: 5000, message: 'Internal' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(wavespeed.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });
});
