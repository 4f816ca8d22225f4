import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { RemoteJob } from '#core/provider';
import type { TaskOf } from '#core/task';
import runpodPublic from '#providers/runpod-public.provider';
import { createFakeRunpodPublic, type FakeRunpodPublicOptions } from '#test/kit/fake-runpod-public';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays } from './kit-what-is-sent';

let vendor: FakeVendor | undefined;
let tools: RecordingTools;
async function start(options: FakeRunpodPublicOptions = {}): Promise<FakeVendor> {
  const started = await createFakeRunpodPublic(options);
  vendor = started;
  tools = recordingTools(runpodPublic, server(started.url, runpodPublic.hosts), { key: 'test-key' });
  return started;
}
afterEach(() => vendor?.close());

function generate(changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'runpod-public', model: 'seedream-4.0' },
    prompt: 'a red bicycle',
    size: { width: 1024, height: 1024 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
async function submitted(task = generate()): Promise<RemoteJob> {
  const made = await runpodPublic.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('RunPod accepts');
  return made.job;
}
const scripted = (status: number, body: unknown) =>
  recordingTools(runpodPublic, () => answer(status, body), { key: 'k' });
const job: RemoteJob = { provider: 'runpod-public', model: 'seedream-4.0', id: 'j1', ticket: null };
const [model, editModel] = runpodPublic.models;

describe('the order', () => {
  test('is one request, by /run, and leaves the safety check as RunPod has it', async () => {
    await start();
    const made = await submitted(generate({ seed: 0, negative: 'blur' }));
    expect(tools.calls).toMatchObject([
      {
        by: 'spend',
        method: 'POST',
        url: 'https://api.runpod.ai/v2/seedream-v4-t2i/run',
        headers: { authorization: 'Bearer test-key' },
      },
    ]);
    expect(tools.calls[0]?.json).toEqual({
      input: { prompt: 'a red bicycle', negative_prompt: 'blur', size: '1024*1024', seed: 0 },
    });
    expect(vendor?.charges).toMatchObject([{ jobId: made.id, pictures: 1 }]);
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    const fake = await start();
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      fake.fail({ kind, on: 'submit' });
      expect(await thrown(runpodPublic.submit(generate(), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });

  test.each([
    ['Invalid parameter: size format must be width*height', 'invalid', 'user'],
    ['The prompt was flagged as NSFW', 'moderation', 'user'],
    ['Worker exited', 'job-failed', 'vendor'],
  ])('a job that failed at once, inside an HTTP 200: %s', async (error, code, act) => {
    const made = await runpodPublic.submit(generate(), scripted(200, { id: 'j1', status: 'FAILED', error }));
    const failure = { code, act, charge: 'none' };
    expect(made).toMatchObject({ state: 'done', result: { pictures: [{ from: 'nowhere', failure }] } });
  });
});

describe('what the plan says is what is sent', () => {
  const requestSchema = z.strictObject({
    input: z.strictObject({
      prompt: z.string(),
      negative_prompt: z.string().optional(),
      size: z.string().regex(/^\d+\*\d+$/),
      seed: z.int().optional(),
    }),
  });

  test('over every param', async () => {
    const begin = () => scripted(200, { id: 'j1', status: 'IN_QUEUE' });
    const image = await begin().keep(await picture(64, 64, '#f00'));
    const sent = await sendsWhatThePlanSays(runpodPublic, model!, [image], begin, ({ url, json }) => {
      expect(url).toBe('https://api.runpod.ai/v2/seedream-v4-t2i/run');
      const { prompt, negative_prompt: negative, size, seed } = requestSchema.parse(json).input;
      const [width, height] = size.split('*').map(Number) as [number, number];
      const told = {
        ...(negative === undefined ? {} : { negative }),
        ...(seed === undefined ? {} : { seed }),
      };
      return { kind: 'generate', model: 'seedream-4.0', prompt, width, height, count: 1, ...told };
    });
    expect(sent.generate).toBeGreaterThan(20);
    expect(sent.edit).toBe(0);
  });

  const editSchema = z.strictObject({
    input: z.strictObject({
      prompt: z.string(),
      images: z.array(z.string()),
      size: z.string().regex(/^\d+\*\d+$/),
    }),
  });
  test('over every param of an edit', async () => {
    const begin = () => scripted(200, { id: 'j1', status: 'IN_QUEUE' });
    const images = await Promise.all(
      ['#f00', '#0f0'].map(async (color) => begin().keep(await picture(64, 64, color))),
    );
    const kept = new Map(images.map((image) => [`https://pictures.example/${image.hash}`, image.hash]));
    const sent = await sendsWhatThePlanSays(runpodPublic, editModel!, images, begin, ({ url, json }) => {
      expect(url).toBe('https://api.runpod.ai/v2/seedream-v4-edit/run');
      const { prompt, images: links, size } = editSchema.parse(json).input;
      const [width, height] = size.split('*').map(Number) as [number, number];
      const told = { prompt, width, height, count: 1, images: links.map((link) => kept.get(link)!) };
      return { kind: 'edit', model: 'seedream-4.0-edit', ...told };
    });
    expect(sent.edit).toBeGreaterThan(20);
    expect(sent.generate).toBe(0);
  });

  test('the limits', () => {
    const fields = (changes: Partial<TaskOf<'generate'>>) =>
      checkTask(generate(changes), model!).map(({ effect, field }) => `${effect} ${field}`);
    expect(fields({ seed: 1, negative: 'blur' })).toEqual([]);
    expect(fields({ count: 2 })).toEqual(['refused count']);
    expect(fields({ size: { width: 959, height: 960 } })).toEqual(['refused size']);
    expect(fields({ loras: [{ name: 'a', strength: 1 }] })).toEqual(['refused loras']);
    const { kind: _kind, ...made } = generate();
    const image = { hash: 'h', format: 'png' as const, width: 64, height: 64, bytes: 1 };
    expect(checkTask({ ...made, kind: 'edit', images: [image] }, model!)).toMatchObject([{ field: 'kind' }]);
  });
});

describe('asking for a job', () => {
  test('waits, runs, and gives the link of its picture without the key, with what it cost', async () => {
    await start({ pollsUntilDone: 3 });
    const made = await submitted();
    expect(await runpodPublic.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await runpodPublic.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await runpodPublic.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result).toMatchObject({ vendorId: made.id, price: 0.027 });
    const [one] = state.result.pictures;
    if (one?.from !== 'url') throw new Error('RunPod gives links');
    expect(one.request.headers).toBeUndefined();
    expect((await fetch(one.request.url)).status).toBe(200);
  });

  const done = { id: 'j1', status: 'COMPLETED', output: { image_url: 'https://x.example/1.png' } };
  test.each([undefined, null, -1, 'a lot', Number.NaN])('a cost of %s is left out', async (cost) => {
    const body = { ...done, output: { ...done.output, cost } };
    const state = await runpodPublic.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'done' });
    expect(JSON.stringify(state)).not.toContain('price');
  });

  test.each([
    [{ status: 'FAILED', error: 'Invalid parameter: size' }, 'invalid', 'user', 'none'],
    [{ status: 'FAILED', error: 'content policy violation' }, 'moderation', 'user', 'none'],
    [{ status: 'FAILED', error: 'Worker exited' }, 'job-failed', 'vendor', 'none'],
    [{ status: 'FAILED' }, 'job-failed', 'vendor', 'none'],
    [{ status: 'FAILED', error: { odd: true }, output: { error: 'NSFW' } }, 'moderation', 'user', 'none'],
    [{ status: 'TIMED_OUT' }, 'job-failed', 'vendor', 'none'],
    [{ status: 'CANCELLED' }, 'cancelled', 'user', 'none'],
    [{ status: 'COMPLETED' }, 'no-pictures', 'vendor', 'possible'],
    [{ status: 'COMPLETED', output: {} }, 'no-pictures', 'vendor', 'possible'],
    [{ status: 'COMPLETED', output: { error: 'Worker exited' } }, 'job-failed', 'vendor', 'possible'],
  ])('a verdict: %o', async (body, code, act, charge) => {
    const failure = { code, act, charge };
    const state = { state: 'failed', failure };
    expect(await runpodPublic.check?.(job, scripted(200, { id: 'j1', ...body }))).toMatchObject(state);
  });

  test('a failed job as the body of an HTTP 400 is a verdict too', async () => {
    const body = { id: 'j1', status: 'FAILED', error: 'Invalid parameter: size' };
    const state = { state: 'failed', failure: { code: 'invalid', charge: 'none' } };
    expect(await runpodPublic.check?.(job, scripted(400, body))).toMatchObject(state);
  });

  test.each([
    ['an unknown status', { id: 'j1', status: 'PAUSED' }],
    ["another job's result", { ...done, id: 'j2' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(runpodPublic.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('only its own 404 means lost', async () => {
    const fake = await start();
    const made = await submitted();
    fake.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(runpodPublic.check!(made, tools))).toMatchObject({ code: 'not-found' });
    fake.fail({ kind: 'lost', on: 'status' });
    expect(await runpodPublic.check?.(made, tools)).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', charge: 'possible' },
    });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    const fake = await start();
    const made = await submitted();
    for (const status of [500, 502, 503, 504, 429, 408]) {
      fake.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(runpodPublic.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      fake.fail({ kind, on: 'result' });
      expect(await thrown(runpodPublic.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    fake.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(runpodPublic.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await runpodPublic.check?.(made, tools)).toMatchObject({ state: 'done' });
  });

  test('stops a job; one that is done or unknown cannot be stopped, and that is no error', async () => {
    const fake = await start({ pollsUntilDone: 5 });
    const made = await submitted();
    await runpodPublic.cancel?.(made, tools);
    expect(tools.calls.at(-1)).toMatchObject({
      method: 'POST',
      url: `https://api.runpod.ai/v2/seedream-v4-t2i/cancel/${made.id}`,
    });
    expect(await runpodPublic.check?.(made, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'none' },
    });
    expect(fake.charges).toEqual([]);
    await runpodPublic.cancel?.(made, tools);
    await runpodPublic.cancel?.(job, tools);
    fake.fail({ kind: 'refuse', status: 500, on: 'cancel' });
    expect(await thrown(runpodPublic.cancel!(made, tools))).toMatchObject({ act: 'wait' });
  });
});

describe('what an error means', () => {
  test.each([
    [400, { error: 'bad input' }, 'refused', 'user', 'none'],
    [400, { id: 'j1', status: 'FAILED', error: 'Invalid parameter: size' }, 'invalid', 'user', 'none'],
    [400, { error: 'Flagged by the safety checker' }, 'moderation', 'user', 'none'],
    [401, '', 'bad-key', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, { detail: 'Insufficient funds' }, 'no-balance', 'user', 'none'],
    [403, { detail: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { error: 'job not found' }, 'no-such-job', 'user', 'none'],
    [404, '404 page not found', 'not-found', 'user', 'none'],
    [413, 'Payload too large', 'too-large', 'user', 'none'],
    [429, { error: 'Too many requests' }, 'busy', 'wait', 'none'],
    [500, { error: 'Internal' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(runpodPublic.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });
});
