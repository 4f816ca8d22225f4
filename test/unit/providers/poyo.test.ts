import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { FailureError } from '#core/failure';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { TaskOf } from '#core/task';
import poyo from '#providers/poyo.provider';
import { createFakePoyo, type FakePoyoOptions } from '#test/kit/fake-poyo';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays, type Asked } from './kit-what-is-sent';

async function start(options: FakePoyoOptions = {}) {
  const vendor = await createFakePoyo(options);
  onTestFinished(() => vendor.close());
  const tools = recordingTools(poyo, server(vendor.url, poyo.hosts), { key: 'test-key' });
  return { vendor, tools };
}
function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'poyo', model },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
async function submitted(tools: RecordingTools, task = generate('seedream-4.5')): Promise<RemoteJob> {
  const made = await poyo.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('PoYo accepts');
  return made.job;
}
const scripted = (status: number, body: unknown) =>
  recordingTools(poyo, () => answer(status, body), { key: 'k' });
const accepted = { code: 200, data: { task_id: 't1', status: 'not_started' } };
const job: RemoteJob = { provider: 'poyo', model: 'seedream-4.5', id: 't1', ticket: null };
const said = (code: unknown, message: string) => ({
  code,
  error: { message, type: 'invalid_request_error' },
});

describe('the order', () => {
  test.each([
    ['seedream-4.0', 'seedream-4', { size: '1:1', resolution: '2K' }],
    ['seedream-4.5', 'seedream-4.5', { size: '2048x2048' }],
    ['seedream-5-lite', 'seedream-5.0-lite', { size: '2048x2048' }],
  ])('%s is one request', async (model, name, size) => {
    const { vendor, tools } = await start();
    const made = await submitted(tools, generate(model, { count: 15 }));
    expect(tools.calls).toEqual([
      {
        by: 'spend',
        method: 'POST',
        url: 'https://api.poyo.ai/api/generate/submit',
        headers: { authorization: 'Bearer test-key' },
        json: { model: name, input: { prompt: 'a red bicycle', ...size, n: 15 } },
      },
    ]);
    expect(vendor.charges).toMatchObject([{ jobId: made.id, pictures: 15 }]);
  });

  test.each([
    ['seedream-4.0', 'seedream-4-edit', { size: '1:1', resolution: '2K' }],
    ['seedream-4.5', 'seedream-4.5-edit', { size: '2048x2048' }],
    ['seedream-5-lite', 'seedream-5.0-lite-edit', { size: '2048x2048' }],
  ])('an edit of %s has the links of its pictures, in their order', async (model, name, size) => {
    const { vendor, tools } = await start();
    const images = await Promise.all(
      ['#f00', '#0f0', '#00f'].map(async (color) => tools.keep(await picture(64, 64, color))),
    );
    const { kind: _kind, ...made } = generate(model, { count: 2 });
    const done = await poyo.submit({ ...made, kind: 'edit', images }, tools);
    expect(tools.calls).toEqual([
      {
        by: 'spend',
        method: 'POST',
        url: 'https://api.poyo.ai/api/generate/submit',
        headers: { authorization: 'Bearer test-key' },
        json: {
          model: name,
          input: {
            prompt: 'a red bicycle',
            image_urls: images.map(({ hash }) => `https://pictures.example/${hash}`),
            ...size,
            n: 2,
          },
        },
      },
    ]);
    expect(done.state).toBe('accepted');
    expect(vendor.charges).toMatchObject([{ pictures: 2 }]);
  });

  test.each([
    ['no image host', { width: 64, height: 64 }, 'no-image-host'],
    ['a picture that is too long', { width: 200, height: 10 }, 'reference-size'],
  ])('nothing is ordered after %s', async (_name, { width, height }, code) => {
    const { tools } = await start();
    const image = await tools.keep(await picture(width, height, '#f00'));
    tools.hosted = () =>
      Promise.reject(
        new FailureError({ code: 'no-image-host', act: 'user', charge: 'none', message: 'None is chosen.' }),
      );
    const { kind: _kind, ...made } = generate('seedream-4.5');
    const failure = await thrown(poyo.submit({ ...made, kind: 'edit', images: [image] }, tools));
    expect(failure).toMatchObject({ code, charge: 'none' });
    expect(tools.calls).toEqual([]);
  });

  test.each([
    [{ width: 1024, height: 1024 }, '1:1', '1K'],
    [{ width: 1280, height: 720 }, '16:9', '1K'],
    [{ width: 1500, height: 1500 }, '1:1', '2K'],
    [{ width: 3024, height: 1296 }, '21:9', '2K'],
    [{ width: 3456, height: 4608 }, '3:4', '4K'],
  ])('Seedream 4.0 of %o is asked for in %s and %s, as the plan says', async (size, aspect, resolution) => {
    const tools = scripted(200, accepted);
    const task = generate('seedream-4.0', { size });
    await submitted(tools, task);
    expect(tools.calls[0]?.json).toMatchObject({ input: { size: aspect, resolution } });
    const notes = checkTask(
      task,
      poyo.models.find(({ id }) => id === 'seedream-4.0')!,
    );
    expect(notes).toMatchObject([{ effect: 'ignored', field: 'size' }]);
    expect(notes[0]?.message).toContain(`is asked for ${aspect} at ${resolution} only`);
  });

  test.each(['html', 'empty', 'truncated-json', 'wrong-types'] as const)(
    'an answer that is no order leaves open whether it was taken: %s',
    async (kind) => {
      const { vendor, tools } = await start();
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(poyo.submit(generate('seedream-4.5'), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    },
  );

  test.each([
    [said(400, 'Invalid parameter: size'), 'refused', 'user'],
    [said('400', 'Invalid parameter: size'), 'refused', 'user'],
    [said(400, 'The prompt violates our content policy'), 'moderation', 'user'],
    [said(9001, 'The prompt violates our content policy'), 'moderation', 'user'],
    [said(401, 'Invalid API key'), 'bad-key', 'user'],
    [said(402, 'Payment required'), 'no-balance', 'user'],
    [said(403, 'Insufficient credits'), 'no-balance', 'user'],
    [{ code: 9002, message: 'Credits are not enough', data: null }, 'no-balance', 'user'],
    [{ code: 403, msg: 'Forbidden' }, 'forbidden', 'user'],
    [{ code: 429, error: 'Too many requests' }, 'busy', 'wait'],
  ])('a refusal inside an HTTP 200: %o', async (body, code, act) => {
    expect(await thrown(poyo.submit(generate('seedream-4.5'), scripted(200, body)))).toMatchObject({
      code,
      act,
      charge: 'none',
    });
  });

  test.each([
    said(500, 'Internal'),
    said(502, 'Bad gateway'),
    said(777, 'What?'),
    said(9003, 'The task was not found in time; its credits come back within a day'),
    said(9004, 'duplicate key value violates unique constraint "task_id"'),
    { code: 200, data: null },
  ])('trouble of its own inside an HTTP 200 proves nothing: %o', async (body) =>
    expect(await thrown(poyo.submit(generate('seedream-4.5'), scripted(200, body)))).toMatchObject({
      charge: 'possible',
    }),
  );

  test('a code of 0 is no error', async () => {
    const made = await submitted(scripted(200, { ...accepted, code: 0 }));
    expect(made).toEqual({ ...job, id: 't1' });
  });
});

describe('what the plan says is what is sent', () => {
  const names: Record<string, string> = {
    'seedream-4.5': 'seedream-4.5',
    'seedream-5.0-lite': 'seedream-5-lite',
  };
  const requestSchema = z.strictObject({
    model: z.enum(Object.keys(names).flatMap((name) => [name, `${name}-edit`])),
    input: z.strictObject({
      prompt: z.string(),
      image_urls: z.array(z.string()).optional(),
      size: z.string().regex(/^\d+x\d+$/),
      n: z.int(),
    }),
  });
  function read({ url, json }: HttpRequest): Asked {
    expect(url).toBe('https://api.poyo.ai/api/generate/submit');
    const { model, input } = requestSchema.parse(json);
    const [width, height] = input.size.split('x').map(Number) as [number, number];
    const made = { prompt: input.prompt, width, height, count: input.n };
    const links = input.image_urls;
    if (links === undefined) return { kind: 'generate', model: names[model]!, ...made };
    const images = links.map((link) => link.replace('https://pictures.example/', ''));
    expect(model).toMatch(/-edit$/);
    return { kind: 'edit', model: names[model.replace('-edit', '')]!, ...made, images };
  }

  test.each(['seedream-4.5', 'seedream-5-lite'])('%s: over every param', async (id) => {
    const begin = () => scripted(200, accepted);
    const images = await Promise.all(
      ['#f00', '#0f0'].map(async (color) => begin().keep(await picture(64, 64, color))),
    );
    const model = poyo.models.find((one) => one.id === id)!;
    const sent = await sendsWhatThePlanSays(poyo, model, images, begin, read);
    expect(sent.generate).toBeGreaterThan(50);
    expect(sent.edit).toBeGreaterThan(20);
  });

  test('seedream-4.0: over every param', async () => {
    const models = poyo.models.filter(({ id }) => id === 'seedream-4.0');
    const sent = await expectExplained(
      { ...poyo, models },
      {
        respond: () => answer(200, accepted),
        carried: ({ model, input, ...others }) => {
          const {
            prompt,
            n,
            size,
            resolution,
            image_urls: links,
            ...rest
          } = input as Record<string, unknown>;
          const isEdit = links !== undefined;
          const name = isEdit ? 'seedream-4-edit' : 'seedream-4';
          expect({ model, others, rest }).toEqual({ model: name, others: {}, rest: {} });
          expect(['1:1', '3:4', '4:3', '16:9', '9:16', '3:2', '2:3', '21:9']).toContain(size);
          expect(['1K', '2K', '4K']).toContain(resolution);
          return { prompt, count: n, ...(isEdit ? { images: (links as unknown[]).length } : {}) };
        },
      },
    );
    expect(sent).toBeGreaterThan(20);
  });

  test('the limits', () => {
    const fields = (model: string, changes: Partial<TaskOf<'generate'>>) =>
      checkTask(
        generate(model, changes),
        poyo.models.find(({ id }) => id === model)!,
      ).map(({ effect, field }) => `${effect} ${field}`);
    expect(fields('seedream-4.5', { count: 15 })).toEqual(['ignored set']);
    expect(fields('seedream-4.5', { count: 16 })).toEqual(['refused count', 'refused count']);
    expect(fields('seedream-4.5', { seed: 1, negative: 'blur' })).toEqual([
      'ignored seed',
      'ignored negative',
    ]);
    expect(fields('seedream-5-lite', { size: { width: 960, height: 960 } })).toEqual(['refused size']);
    expect(fields('seedream-4.0', { size: { width: 960, height: 960 } })).toEqual(['ignored size']);
    expect(fields('seedream-4.0', { size: { width: 2000, height: 1000 } })).toEqual(['refused size']);
    const { kind: _kind, ...made } = generate('seedream-4.5');
    const image = { hash: 'h', format: 'png' as const, width: 64, height: 64, bytes: 1 };
    const edit = (references: number, count: number) =>
      checkTask(
        { ...made, kind: 'edit', images: Array.from({ length: references }, () => image), count },
        poyo.models.find(({ id }) => id === 'seedream-4.5')!,
      ).map(({ effect, field }) => `${effect} ${field}`);
    expect(edit(10, 5)).toEqual(['ignored set']);
    expect(edit(11, 1)).toEqual(['refused images']);
    expect(edit(10, 6)).toEqual(['ignored set', 'refused count']);
  });
});

describe('asking for a task', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    const { tools } = await start({ pollsUntilDone: 3 });
    const made = await submitted(tools, generate('seedream-4.5', { count: 2 }));
    expect(await poyo.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await poyo.check?.(made, tools)).toEqual({ state: 'running', fraction: 0.4 });
    const state = await poyo.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result.vendorId).toBe(made.id);
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('PoYo gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
    expect(tools.calls.at(-1)).toMatchObject({
      method: 'GET',
      url: `https://api.poyo.ai/api/generate/status/${made.id}`,
      headers: { authorization: 'Bearer test-key' },
    });
  });

  const data = (more: object) => ({
    code: 200,
    data: { task_id: 't1', files: [], error_message: null, ...more },
  });
  test.each([
    [
      data({ status: 'failed', error_message: 'May violate our content policy' }),
      'moderation',
      'user',
      'none',
    ],
    [data({ status: 'failed', error_message: 'Invalid parameter: size' }), 'refused', 'user', 'none'],
    [data({ status: 'failed', error_message: 'Upstream error' }), 'job-failed', 'vendor', 'none'],
    [data({ status: 'failed' }), 'job-failed', 'vendor', 'none'],
    [{ ...data({ status: 'failed' }), code: 500 }, 'job-failed', 'vendor', 'none'],
    [data({ status: 'finished' }), 'no-pictures', 'vendor', 'possible'],
    [data({ status: 'finished', files: null }), 'no-pictures', 'vendor', 'possible'],
    [said(400, 'Rejected by moderation'), 'moderation', 'user', 'none'],
  ])('a verdict: %o', async (body, code, act, charge) => {
    const state = await poyo.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown status', data({ status: 'paused' })],
    [
      "another task's result",
      data({ task_id: 't2', status: 'finished', files: [{ file_url: 'https://x.example/1.png' }] }),
    ],
    ['files of another type', data({ status: 'finished', files: [7] })],
    ['trouble of its own', said(500, 'Internal')],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(poyo.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test.each([
    [401, 'bad-key'],
    [403, 'forbidden'],
    [429, 'busy'],
  ])('nor is a refusal of the question inside an HTTP 200: %i', async (status, code) => {
    expect(await thrown(poyo.check!(job, scripted(200, said(status, 'No'))))).toMatchObject({ code });
  });

  test.each(['status', 'body'] as const)('only its own 404 means lost: %s', async (codes) => {
    const { vendor, tools } = await start({ codes });
    const made = await submitted(tools);
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(poyo.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'refuse', status: 404, body: { detail: 'Not Found' }, on: 'status' });
    expect(await thrown(poyo.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'lost', on: 'status' });
    expect(await poyo.check?.(made, tools)).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', charge: 'possible' },
    });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    const { vendor, tools } = await start();
    const made = await submitted(tools);
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(poyo.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(poyo.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(poyo.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await poyo.check?.(made, tools)).toMatchObject({ state: 'done' });
  });

  test('pictures that were not made are not charged, nor is a task that failed', async () => {
    const { vendor, tools } = await start();
    vendor.fail({ kind: 'partial', pictures: 1, on: 'submit' });
    const some = await submitted(tools, generate('seedream-4.5', { count: 4 }));
    expect(await poyo.check?.(some, tools)).toMatchObject({ result: { pictures: [{ from: 'url' }] } });
    vendor.fail({ kind: 'job-failed', on: 'submit' });
    const none = await submitted(tools);
    expect(await poyo.check?.(none, tools)).toMatchObject({ state: 'failed', failure: { charge: 'none' } });
    expect(vendor.charges).toMatchObject([{ jobId: some.id, pictures: 1 }]);
  });
});

describe('what an error means', () => {
  test.each([
    [400, said(400, 'Invalid parameter: size'), 'refused', 'user', 'none'],
    [400, said(400, 'Flagged as NSFW'), 'moderation', 'user', 'none'],
    [401, said(401, 'Invalid API key'), 'bad-key', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, said(403, 'Insufficient credits'), 'no-balance', 'user', 'none'],
    [403, said(403, 'This task is of another user'), 'forbidden', 'user', 'none'],
    [404, said(404, 'Task not found'), 'no-such-job', 'user', 'none'],
    [404, { code: 404 }, 'no-such-job', 'user', 'none'],
    [404, '404 page not found', 'not-found', 'user', 'none'],
    [413, 'Payload too large', 'too-large', 'user', 'none'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [429, said(429, 'Rate limit exceeded; top up for more'), 'busy', 'wait', 'none'],
    [500, said(500, 'Internal'), 'vendor-down', 'wait', 'possible'],
    [500, said(500, 'Could not read the balance'), 'vendor-down', 'wait', 'possible'],
    [502, '<html>502</html>', 'vendor-down', 'wait', 'possible'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(poyo.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });
});
