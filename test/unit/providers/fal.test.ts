import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import fal from '#providers/fal.provider';
import { createFakeFal, type FakeFalOptions } from '#test/kit/fake-fal';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

let vendor: FakeVendor;
let tools: RecordingTools;
async function start(options: FakeFalOptions = {}) {
  vendor = await createFakeFal(options);
  tools = recordingTools(fal, server(vendor.url, fal.hosts), {
    key: 'test-key',
    settings: { baseUrl: vendor.url },
  });
}
afterEach(() => vendor.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'fal', model },
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
  const made = await fal.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('fal accepts');
  return made.job;
}
const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));

describe('the order', () => {
  beforeEach(() => start());

  test.each([
    ['seedream-4.0', '/fal-ai/bytedance/seedream/v4/text-to-image', { seed: 7 }],
    ['seedream-4.5', '/fal-ai/bytedance/seedream/v4.5/text-to-image', { seed: 7 }],
    ['seedream-5-lite', '/bytedance/seedream/v5/lite/text-to-image', {}],
  ])('%s from words', async (model, path, seed) => {
    await submitted(generate(model, { seed: 7, count: 3 }));
    expect(submits()).toHaveLength(1);
    expect(submits()[0]).toMatchObject({ path, method: 'POST', authorized: true });
    expect(submits()[0]?.body).toEqual({
      prompt: 'a red bicycle',
      image_size: { width: 2048, height: 2048 },
      num_images: 1,
      max_images: 3,
      ...seed,
    });
    expect(tools.calls.map(({ by }) => by)).toEqual(['spend']);
  });

  test('references are uploaded first and keep their order', async () => {
    const images = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(edit('seedream-5-lite', images));
    const uploads = vendor.requests.filter(({ method }) => method === 'PUT');
    expect(uploads).toHaveLength(3);
    expect(uploads.every(({ headers }) => headers['authorization'] === undefined)).toBe(true);
    expect(submits()[0]?.path).toBe('/bytedance/seedream/v5/lite/edit');
    const urls = (submits()[0]?.body as { image_urls?: string[] } | undefined)?.image_urls ?? [];
    for (const [index, image] of images.entries()) {
      const sent = Buffer.from(await (await fetch(urls[index] ?? '')).arrayBuffer());
      expect(sent.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(tools.calls.at(-1)?.by).toBe('spend');
    expect(tools.calls.slice(0, -1).every(({ by }) => by === 'ask')).toBe(true);
  });

  test('a reference of a size ByteDance does not take is refused before anything is sent', async () => {
    const images = [
      await tools.keep(await picture(64, 64, '#fff')),
      await tools.keep(await picture(400, 20, '#fff')),
    ];
    const failure = await thrown(fal.submit(edit('seedream-4.5', images), tools));
    expect(failure).toMatchObject({ code: 'reference-size', act: 'user', charge: 'none' });
    expect(failure.message).toContain('Image 2 is 400 × 20');
    expect(submits()).toEqual([]);
  });

  test('a file too heavy for ByteDance goes as WebP with the same pixels', async () => {
    const kept = await tools.keep(await picture(64, 48, '#abcdef'));
    const heavy = { ...kept, bytes: 10_000_001 };
    await submitted(edit('seedream-4.5', [heavy]));
    const put = vendor.requests.find(({ method }) => method === 'PUT');
    expect(put?.headers['content-type']).toBe('image/webp');
    expect(await tools.keep(put?.body as Buffer)).toMatchObject({ format: 'webp', width: 64, height: 48 });
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'submit' });
      const failure = await thrown(fal.submit(generate('seedream-4.5'), tools));
      expect(failure).toMatchObject({ code: 'unreadable', charge: 'possible', act: 'vendor' });
    }
  });
});

test('links that lead elsewhere are not followed: the key stays with fal', async () => {
  await start();
  const foreign = recordingTools(
    fal,
    () =>
      answer(200, {
        request_id: 'r1',
        status_url: 'https://evil.example/s',
        response_url: 7,
        cancel_url: null,
      }),
    { key: 'k' },
  );
  const made = await fal.submit(generate('seedream-5-lite'), foreign);
  const base = 'https://queue.fal.run/bytedance/seedream/requests/r1';
  expect(made).toMatchObject({
    job: { id: 'r1', ticket: { status: `${base}/status`, response: base, cancel: `${base}/cancel` } },
  });
});

describe('the limits', () => {
  beforeEach(() => start());
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const fields = (task: Parameters<typeof checkTask>[0]) =>
    checkTask(
      task,
      fal.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);

  test('more than ten references, more than fifteen pictures together', () => {
    expect(
      fields(
        edit(
          'seedream-4.5',
          Array.from({ length: 11 }, () => image),
        ),
      ),
    ).toEqual(['refused images']);
    expect(
      fields(
        edit(
          'seedream-4.5',
          Array.from({ length: 10 }, () => image),
          { count: 5 },
        ),
      ),
    ).toEqual([]);
    expect(
      fields(
        edit(
          'seedream-4.5',
          Array.from({ length: 10 }, () => image),
          { count: 6 },
        ),
      ),
    ).toEqual(['refused count']);
    expect(fields(generate('seedream-4.0', { count: 7 }))).toEqual(['refused count']);
  });

  test('sizes by product, the seed by model', () => {
    expect(fields(generate('seedream-4.0', { size: { width: 960, height: 960 } }))).toEqual([]);
    expect(fields(generate('seedream-4.5', { size: { width: 960, height: 960 } }))).toEqual(['refused size']);
    expect(fields(generate('seedream-4.5', { size: { width: 4096, height: 4097 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-5-lite', { seed: 1 }))).toEqual(['ignored seed']);
    expect(fields(generate('seedream-4.5', { seed: 1 }))).toEqual([]);
    expect(fields(generate('seedream-4.5', { loras: [{ name: 'a', strength: 1 }] }))).toEqual([
      'refused loras',
    ]);
  });
});

describe('asking for a job', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    await start({ pollsUntilDone: 3 });
    const job = await submitted(generate('seedream-4.5', { count: 2, seed: 5 }));
    expect(await fal.check?.(job, tools)).toEqual({ state: 'waiting' });
    expect(await fal.check?.(job, tools)).toEqual({ state: 'running' });
    const state = await fal.check?.(job, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result).toMatchObject({ vendorId: job.id, notes: { seed: 5 } });
    expect(state.result.pictures).toHaveLength(2);
    for (const made of state.result.pictures) {
      if (made.from !== 'url') throw new Error('fal gives links');
      expect(made.request.headers).toBeUndefined();
      expect((await fetch(made.request.url)).status).toBe(200);
    }
  });

  test.each([
    [
      { kind: 'moderation', on: 'result' },
      { code: 'moderation', act: 'user', charge: 'possible' },
    ],
    [
      { kind: 'job-failed', on: 'result' },
      { code: 'job-failed', act: 'vendor', charge: 'none' },
    ],
    [
      { kind: 'job-failed', on: 'result', status: 422 },
      { code: 'refused', act: 'user', charge: 'possible' },
    ],
  ] as const)('COMPLETED is no success: %o', async (fault, failure) => {
    await start();
    const job = await submitted();
    vendor.fail(fault);
    expect(await fal.check?.(job, tools)).toMatchObject({ state: 'failed', failure });
  });

  test('only its own 404 means lost', async () => {
    await start();
    const job = await submitted();
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(fal.check!(job, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'lost', on: 'status' });
    expect(await fal.check?.(job, tools)).toMatchObject({ state: 'lost', failure: { charge: 'possible' } });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    await start();
    const job = await submitted();
    for (const on of ['status', 'result'] as const) {
      for (const status of [500, 502, 503, 504, 429, 408]) {
        vendor.fail({ kind: 'refuse', status, on });
        expect(await thrown(fal.check!(job, tools)), `${on} ${status}`).toMatchObject({ act: 'wait' });
      }
      for (const status of [418, 451]) {
        vendor.fail({ kind: 'refuse', status, body: 'Blocked by the company proxy', on });
        expect(await thrown(fal.check!(job, tools)), `${on} ${status}`).toMatchObject({ code: 'unreadable' });
      }
      for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
        vendor.fail({ kind, on });
        expect(await thrown(fal.check!(job, tools)), `${on} ${kind}`).toMatchObject({ code: 'unreadable' });
      }
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(fal.check!(job, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await fal.check?.(job, tools)).toMatchObject({ state: 'done' });
  });

  test('a state that carries the error makes a 5xx at the result the verdict', async () => {
    await start();
    const scripted = recordingTools(
      fal,
      ({ url }) =>
        url.endsWith('/status')
          ? answer(200, { status: 'COMPLETED', error: 'Runner died', error_type: 'runner_disconnected' })
          : answer(503, { detail: 'Runner died', error_type: 'runner_disconnected' }),
      { key: 'k' },
    );
    const ticket = {
      status: 'https://queue.fal.run/x/status',
      response: 'https://queue.fal.run/x',
      cancel: '',
    };
    const state = await fal.check?.({ provider: 'fal', model: 'seedream-4.5', id: 'x', ticket }, scripted);
    expect(state).toMatchObject({
      state: 'failed',
      failure: { code: 'job-failed', charge: 'none', detail: 'Runner died' },
    });
  });

  test('stops a waiting job; a job that is done or unknown cannot be stopped, and that is no error', async () => {
    await start({ pollsUntilDone: 5 });
    const job = await submitted();
    await fal.cancel?.(job, tools);
    expect(await fal.check?.(job, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'none' },
    });
    expect(vendor.charges).toEqual([]);
    await fal.cancel?.(job, tools);
    vendor.fail({ kind: 'lost', on: 'cancel' });
    await fal.cancel?.(job, tools);
    vendor.fail({ kind: 'refuse', status: 500, on: 'cancel' });
    expect(await thrown(fal.cancel!(job, tools))).toMatchObject({ act: 'wait' });
  });
});

describe('what an error means', () => {
  beforeEach(() => start());
  const list = (type: string) => ({
    detail: [{ loc: ['body', 'image_urls', 2], msg: 'Too large', type, url: 'u' }],
  });
  test.each([
    [401, { detail: 'No valid authentication credentials were provided' }, 'bad-key', 'user', 'none'],
    [402, { detail: 'Payment required' }, 'no-balance', 'user', 'none'],
    [403, { detail: 'User is locked. Reason: Exhausted balance.' }, 'no-balance', 'user', 'none'],
    [403, { detail: 'This key may not do that' }, 'forbidden', 'user', 'none'],
    [404, { detail: 'Request not found' }, 'no-such-job', 'user', 'none'],
    [422, list('image_too_large'), 'refused', 'user', 'none'],
    [422, { detail: 'prompt is required' }, 'refused', 'user', 'none'],
    [422, list('content_policy_violation'), 'moderation', 'user', 'none'],
    [400, { detail: 'bad', error_type: 'bad_request' }, 'refused', 'user', 'none'],
    [429, { detail: 'Too many' }, 'busy', 'wait', 'none'],
    [499, { detail: 'x', error_type: 'client_cancelled' }, 'cancelled', 'user', 'none'],
    [500, { detail: 'x', error_type: 'internal_error' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [504, { detail: 'Request timed out', error_type: 'request_timeout' }, 'vendor-down', 'wait', 'possible'],
    [500, list('internal_server_error'), 'job-failed', 'vendor', 'possible'],
    [418, { detail: { odd: true } }, 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(fal.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test("the vendor's own reason is told, with the field it speaks of", () => {
    const { message } = fal.readError(answer(422, list('image_too_large')));
    expect(message).toContain('image_urls.2: Too large');
  });
});
