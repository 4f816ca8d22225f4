import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import atlas from '#providers/atlas.provider';
import { createFakeAtlas, type FakeAtlasOptions } from '#test/kit/fake-atlas';
import type { FakeVendor, MultipartSummary } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays, type Asked } from './kit-what-is-sent';

let vendor: FakeVendor;
let tools: RecordingTools;
async function start(options: FakeAtlasOptions = {}) {
  vendor = await createFakeAtlas(options);
  tools = recordingTools(atlas, server(vendor.url, atlas.hosts), { key: 'test-key' });
}
afterEach(() => vendor?.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'atlas', model },
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
  const made = await atlas.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('Atlas Cloud accepts');
  return made.job;
}
/** The same tools, so many milliseconds after the order. */
const later = <T extends RecordingTools>(given: T, now = 100_000): T => ({ ...given, now: () => now });
const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
const scripted = (status: number, body: unknown) =>
  later(recordingTools(atlas, () => answer(status, body), { key: 'k' }));
const job: RemoteJob = { provider: 'atlas', model: 'seedream-4.5', id: 'p1', ticket: { takenAt: 0 } };

describe('the order', () => {
  beforeEach(() => start());

  test.each([
    ['seedream-4.0', 'seedream-v4'],
    ['seedream-4.5', 'seedream-v4.5'],
    ['seedream-4.7', 'seedream-v4.7'],
    ['seedream-5-lite', 'seedream-v5.0-lite'],
  ])('%s: one picture, a sequence, an edit, a sequence of edits', async (model, name) => {
    const one = await tools.keep(await picture(64, 64, '#f00'));
    await submitted(generate(model));
    await submitted(generate(model, { count: 14 }));
    await submitted(edit(model, [one]));
    await submitted(edit(model, [one], { count: 14 }));
    const made = { prompt: 'a red bicycle', size: '2048*2048' };
    const images = [expect.stringContaining('/files/upload/')];
    expect(submits().map(({ body }) => body)).toEqual([
      { ...made, model: `bytedance/${name}`, enable_base64_output: false },
      { ...made, model: `bytedance/${name}/sequential`, max_images: 14 },
      { ...made, model: `bytedance/${name}/edit`, images, enable_base64_output: false },
      { ...made, model: `bytedance/${name}/edit-sequential`, images, max_images: 14 },
    ]);
    expect(submits().every(({ authorized, path }) => authorized && path.endsWith('/generateImage'))).toBe(
      true,
    );
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([1, 14, 1, 14]);
  });

  test('references are uploaded first, byte for byte, and keep their order', async () => {
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(edit('seedream-4.5', images));
    const uploads = vendor.requests.filter(({ points }) => points.includes('upload'));
    expect(uploads).toHaveLength(3);
    expect(uploads[0]).toMatchObject({ path: '/api/v1/model/uploadMedia', authorized: true });
    const urls = (submits()[0]!.body as { images: string[] }).images;
    for (const [index, image] of images.entries()) {
      const sent = Buffer.from(await (await fetch(urls[index] ?? '')).arrayBuffer());
      expect(sent.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(tools.calls.map(({ by }) => by)).toEqual(['ask', 'ask', 'ask', 'spend']);
  });

  test('a reference ByteDance does not take is refused, a heavy one is written anew, before anything is sent', async () => {
    const long = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(atlas.submit(edit('seedream-4.5', [long]), tools))).toMatchObject({
      code: 'reference-size',
      charge: 'none',
    });
    expect(submits()).toEqual([]);
    const kept = await tools.keep(await picture(64, 48, '#abcdef'));
    await submitted(edit('seedream-4.5', [{ ...kept, bytes: 10_000_001 }]));
    const sent = vendor.requests.find(({ points }) => points.includes('upload'))?.body as MultipartSummary;
    expect(sent.files[0]?.contentType).toBe('image/webp');
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(atlas.submit(generate('seedream-4.5'), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });

  test.each([
    [{ code: 1039, msg: 'input refused', data: null }, 'moderation', 'user'],
    [{ code: 400, msg: 'missing model', data: null }, 'refused', 'user'],
    [{ code: 401, msg: 'unauthorized', data: null }, 'bad-key', 'user'],
    [{ code: '402', message: 'insufficient balance', data: null }, 'no-balance', 'user'],
    [{ code: 451, msg: 'blocked' }, 'region', 'user'],
    [{ code: 429, msg: 'rate limit' }, 'busy', 'wait'],
  ])('a refusal inside an HTTP 200: %o', async (body, code, act) => {
    expect(await thrown(atlas.submit(generate('seedream-4.5'), scripted(200, body)))).toMatchObject({
      code,
      act,
      charge: 'none',
    });
  });

  test('trouble of its own inside an HTTP 200 proves nothing', async () => {
    for (const code of [500, 504, 0, 2001])
      expect(
        await thrown(atlas.submit(generate('seedream-4.5'), scripted(200, { code, msg: 'internal' }))),
        `${code}`,
      ).toMatchObject({ charge: 'possible' });
  });
});

describe('what the plan says is what is sent', () => {
  const requestSchema = z.strictObject({
    model: z.string(),
    prompt: z.string(),
    size: z.string().regex(/^\d+\*\d+$/),
    images: z.array(z.string()).optional(),
    max_images: z.int().optional(),
    enable_base64_output: z.literal(false).optional(),
  });
  const ids: Record<string, string> = {
    'bytedance/seedream-v4': 'seedream-4.0',
    'bytedance/seedream-v4.5': 'seedream-4.5',
    'bytedance/seedream-v4.7': 'seedream-4.7',
    'bytedance/seedream-v5.0-lite': 'seedream-5-lite',
  };
  function read({ json }: HttpRequest): Asked {
    const { model, prompt, size, images, max_images: most } = requestSchema.parse(json);
    const [, name, variant = ''] = /^([^/]+\/[^/]+)(?:\/(.*))?$/.exec(model)!;
    const [width, height] = size.split('*').map(Number) as [number, number];
    expect(variant.includes('edit')).toBe(images !== undefined);
    expect(variant.includes('sequential')).toBe(most !== undefined);
    return {
      kind: images === undefined ? 'generate' : 'edit',
      model: ids[name!]!,
      prompt,
      width,
      height,
      count: most ?? 1,
      ...(images === undefined
        ? {}
        : { images: images.map((link) => link.split('/').at(-1)!.split('.')[0]!) }),
    };
  }

  test.each(atlas.models.map((model) => [model.id, model] as const))('%s', async (_id, model) => {
    const shelf = recordingTools(atlas, () => answer(200, {}));
    const images: ImageRef[] = [];
    for (const color of ['#f00', '#0f0', '#00f']) images.push(await shelf.keep(await picture(64, 64, color)));
    const begin = () => ({
      ...recordingTools(
        atlas,
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
    const sent = await sendsWhatThePlanSays(atlas, model, images, begin, read);
    expect(Math.min(sent.generate, sent.edit)).toBeGreaterThan(50);
  });
});

test('the limits: references, pictures, both together, size, and what is not taken', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const many = (length: number) => Array.from({ length }, () => image);
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      atlas.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);
  expect(fields(edit('seedream-4.5', many(10), { count: 5 }))).toEqual([]);
  expect(fields(edit('seedream-4.5', many(11)))).toEqual(['refused images']);
  expect(fields(edit('seedream-4.7', many(10), { count: 6 }))).toEqual(['refused count']);
  expect(fields(generate('seedream-4.0', { count: 14 }))).toEqual([]);
  expect(fields(generate('seedream-4.0', { count: 15 }))).toEqual(['refused count']);
  expect(fields(generate('seedream-4.5', { count: 15 }))).toEqual([]);
  expect(fields(generate('seedream-4.0', { size: { width: 960, height: 960 } }))).toEqual([]);
  expect(fields(generate('seedream-4.7', { size: { width: 960, height: 960 } }))).toEqual(['refused size']);
  expect(fields(generate('seedream-4.0', { seed: 1, negative: 'blur' }))).toEqual([
    'ignored seed',
    'ignored negative',
  ]);
});

describe('asking for a task', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    await start({ pollsUntilDone: 3 });
    const made = await submitted(generate('seedream-4.5', { count: 2 }));
    expect(made.ticket).toEqual({ takenAt: 0 });
    expect(await atlas.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await atlas.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await atlas.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result.vendorId).toBe(made.id);
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('Atlas Cloud gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
  });

  const data = (more: object) => ({ code: 200, data: { id: 'p1', ...more } });
  test.each([
    ['outputs', ['https://x.example/1.png']],
    ['outputs', [{ url: 'https://x.example/1.png' }]],
    ['output', 'https://x.example/1.png'],
    ['output', { url: 'https://x.example/1.png' }],
  ])('a picture as %s: %o', async (field, value) => {
    for (const status of ['completed', 'succeeded'])
      expect(await atlas.check?.(job, scripted(200, data({ status, [field]: value })))).toMatchObject({
        state: 'done',
        result: { pictures: [{ request: { url: 'https://x.example/1.png' } }] },
      });
  });

  test.each(['created', 'starting', 'queued'])('%s waits', async (status) => {
    expect(await atlas.check?.(job, scripted(200, data({ status, outputs: null })))).toEqual({
      state: 'waiting',
    });
  });

  test.each([
    [data({ status: 'failed', error: 'x', error_code: 1039 }), 'moderation', 'user', 'none'],
    [data({ status: 'failed', error: 'x', error_code: '1039' }), 'moderation', 'user', 'none'],
    [data({ status: 'failed', error: 'Flagged by content moderation' }), 'moderation', 'user', 'none'],
    [data({ status: 'failed', error: 'out of memory', error_code: 1001 }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'completed' }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'completed', outputs: [] }), 'no-pictures', 'vendor', 'possible'],
    [{ code: 1039, msg: 'refused' }, 'moderation', 'user', 'none'],
  ])('a verdict inside an HTTP 200: %o', async (body, code, act, charge) => {
    const state = await atlas.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown status', data({ status: 'paused' })],
    [
      "another task's result",
      { code: 200, data: { id: 'p2', status: 'completed', outputs: ['https://x/1'] } },
    ],
    ['outputs of another type', data({ status: 'completed', outputs: [7] })],
    ['trouble of its own', { code: 500, msg: 'internal' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(atlas.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('a task that is not known right after the order is waited for; after a minute it is lost', async () => {
    const unknown = scripted(404, { code: 404, msg: 'prediction not found', data: null });
    const early = scripted(400, { code: 400, msg: 'no such prediction', data: null });
    expect(await atlas.check?.(job, later(unknown, 30_000))).toEqual({ state: 'waiting' });
    expect(await atlas.check?.(job, later(early, 30_000))).toEqual({ state: 'waiting' });
    expect(await atlas.check?.(job, unknown)).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', charge: 'possible' },
    });
    expect(await thrown(atlas.check!(job, early))).toMatchObject({ code: 'refused' });
    expect(await atlas.check?.({ ...job, ticket: null }, unknown)).toMatchObject({ state: 'lost' });
  });

  test('a 404 that is not its own says nothing', async () => {
    expect(await thrown(atlas.check!(job, scripted(404, '<html>no such site</html>')))).toMatchObject({
      code: 'not-found',
    });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    await start();
    const made = await submitted();
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(atlas.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(atlas.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(atlas.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await atlas.check?.(made, tools)).toMatchObject({ state: 'done' });
  });
});

describe('what an error means', () => {
  const said = (code: number, msg: string) => ({ code, msg, request_id: 'r1', data: null });
  test.each([
    [400, said(400, 'missing model'), 'refused', 'user', 'none'],
    [400, said(1039, 'x'), 'moderation', 'user', 'none'],
    [400, said(400, 'The prompt was refused by moderation'), 'moderation', 'user', 'none'],
    [401, said(401, 'unauthorized'), 'bad-key', 'user', 'none'],
    [402, said(402, 'x'), 'no-balance', 'user', 'none'],
    [403, said(403, 'Insufficient balance'), 'no-balance', 'user', 'none'],
    [403, said(403, 'not entitled'), 'forbidden', 'user', 'none'],
    [404, said(404, 'model not found'), 'no-such-job', 'user', 'none'],
    [413, said(413, 'body too large'), 'too-large', 'user', 'none'],
    [429, said(429, 'rate limit'), 'busy', 'wait', 'none'],
    [451, said(451, 'blocked in your region'), 'region', 'user', 'none'],
    [500, said(500, 'internal'), 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [504, said(504, 'sync wait exceeded'), 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(atlas.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test("the vendor's own words are told", () => {
    expect(atlas.readError(answer(404, said(404, 'model not found'))).message).toContain('model not found');
    expect(atlas.readError(answer(400, said(400, 'missing model'))).message).toContain('missing model');
  });
});
