import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '#core/json';
import { checkTask } from '#core/plan/check-task';
import { priceRange } from '#core/price';
import type { RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { Size } from '#core/values';
import modkie from '#providers/modkie.provider';
import { createFakeModkie, type FakeModkieOptions } from '#test/kit/fake-modkie';
import { expectExplained } from './kit-explained';
import { answer, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

async function start(options: FakeModkieOptions = {}) {
  const vendor = await createFakeModkie(options);
  onTestFinished(() => vendor.close());
  const tools = recordingTools(modkie, server(vendor.url, modkie.hosts), { key: 'test-key' });
  return { vendor, tools };
}
function generate(size: Size = { width: 2048, height: 2048 }): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'modkie', model: 'seedream-4.5' },
    prompt: 'a red bicycle',
    size,
    count: 1,
    loras: [],
    extra: undefined,
  };
}
async function submitted(tools: RecordingTools): Promise<RemoteJob> {
  const made = await modkie.submit(generate(), tools);
  if (made.state !== 'accepted') throw new Error('ModKie accepts');
  return made.job;
}
const scripted = (status: number, body: unknown): RecordingTools => {
  return { ...recordingTools(modkie, () => answer(status, body), { key: 'k' }), now: () => 100_000 };
};
const job: RemoteJob = { provider: 'modkie', model: 'seedream-4.5', id: 'task_1', ticket: { takenAt: 0 } };
const record = (more: object) => ({
  code: 200,
  msg: 'success',
  data: { taskId: 'task_1', failMsg: null, ...more },
});
const notes = (task: ImageTask) => checkTask(task, modkie.models[0]!);

describe('the order', () => {
  test('is one request; its question names the capability, for it would be looked for among the videos', async () => {
    const { vendor, tools } = await start({ pollsUntilDone: 3 });
    const made = await submitted(tools);
    expect(await modkie.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await modkie.check?.(made, tools)).toEqual({ state: 'running' });
    expect(await modkie.check?.(made, tools)).toMatchObject({ state: 'done', result: { vendorId: made.id } });
    expect(tools.calls[0]).toEqual({
      by: 'spend',
      method: 'POST',
      url: 'https://modkie.com/api/v1/jobs/createTask',
      headers: { authorization: 'Bearer test-key' },
      json: {
        model: 'seedream/4.5-text-to-image',
        input: { prompt: 'a red bicycle', aspect_ratio: '1:1', quality: 'basic' },
      },
    });
    expect(tools.calls[1]).toEqual({
      by: 'ask',
      method: 'GET',
      url: `https://modkie.com/api/v1/jobs/recordInfo?taskId=${made.id}&capability=image`,
      headers: { authorization: 'Bearer test-key' },
    });
    expect(vendor.charges).toMatchObject([{ pictures: 1 }]);
  });

  test('everything that is asked is sent, or the plan says that it is not', async () => {
    const sent = await expectExplained(modkie, {
      runs: 2000,
      respond: () => answer(200, { code: 200, msg: 'success', data: { taskId: 'task_1' } }),
      carried({ model, input, ...others }) {
        expect({ model, others }).toEqual({ model: 'seedream/4.5-text-to-image', others: {} });
        const { prompt, aspect_ratio: aspect, quality, ...more } = input as JsonObject;
        expect({ quality, more }).toEqual({ quality: 'basic', more: {} });
        expect(['1:1', '16:9', '9:16']).toContain(aspect);
        return { prompt, count: 1 };
      },
    });
    expect(sent).toBeGreaterThan(50);
  });

  test.each([
    [{ width: 2048, height: 2048 }, 'ignored', 'asked for 1:1 at 2K only'],
    [{ width: 2848, height: 1600 }, 'ignored', 'asked for 16:9 at 2K only'],
    [{ width: 1440, height: 2560 }, 'ignored', 'asked for 9:16 at 2K only'],
    [{ width: 4096, height: 4096 }, 'refused', 'at most'],
    [{ width: 1024, height: 1024 }, 'refused', 'at least'],
    [{ width: 2304, height: 1728 }, 'refused', 'makes 1:1, 16:9, 9:16 only'],
  ])('the plan says what becomes of %o', (size, effect, says) => {
    const told = notes(generate(size)).find(({ message }) => message.includes(says));
    expect(told).toMatchObject({ effect, field: 'size' });
  });

  test('what is reserved is the dearest price there is any word of', () => {
    const { price } = modkie.models[0]!;
    const job = { pictures: 2, pixels: { low: 1, high: 1 }, references: { low: 0, high: 0 } };
    expect(priceRange(price, job)).toEqual({ low: 0.18, high: 35.64 });
    expect(price.source).toContain('modkie.com/seedream-4-5');
  });

  test('it makes no edits: their model has no name that is known', () => {
    const image = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 } as const;
    const { kind: _kind, ...made } = generate();
    expect(notes({ ...made, kind: 'edit', images: [image] })).toMatchObject([
      { effect: 'refused', field: 'kind' },
    ]);
  });
});

describe('the answer', () => {
  test.each([
    ['an object', (links: readonly string[]) => ({ resultUrls: links })],
    ['text', (links: readonly string[]) => JSON.stringify({ resultUrls: links })],
    ['a list', (links: readonly string[]) => links],
    ['pictures', (links: readonly string[]) => ({ images: links.map((url) => ({ url })) })],
  ])('a result as %s', async (_name, resultJson) => {
    const { tools } = await start({ resultJson });
    const state = await modkie.check?.(await submitted(tools), tools);
    if (state?.state !== 'done') throw new Error('it is done at the first question');
    expect(state.result.pictures).toHaveLength(1);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('ModKie gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
  });

  test.each([
    [record({ state: 'fail', failMsg: 'The model broke' }), 'job-failed', 'vendor', 'none'],
    [record({ state: 'fail', failMsg: 'Flagged by moderation' }), 'moderation', 'user', 'none'],
    [record({ state: 'fail' }), 'job-failed', 'vendor', 'none'],
    [record({ state: 'success', resultJson: {} }), 'no-pictures', 'vendor', 'possible'],
  ])('a task that fails costs nothing, one without a picture may: %o', async (body, code, act, charge) => {
    const state = await modkie.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown state', record({ state: 'queued for review' })],
    ["another task's", { code: 200, data: { taskId: 'task_2', state: 'success', resultJson: {} } }],
    ['without a result', record({ state: 'success', resultJson: null })],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(modkie.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });
});

test.each([
  [402, { code: 402, msg: 'Insufficient credits' }, 'no-balance', 'user', 'none'],
  [401, { code: 401, msg: 'Unauthorized' }, 'bad-key', 'user', 'none'],
  [404, { code: 404, msg: 'task not found' }, 'no-such-job', 'user', 'none'],
  [429, { code: 429, msg: 'Too many requests' }, 'busy', 'wait', 'none'],
  [500, '<html>', 'vendor-down', 'wait', 'possible'],
])('%i %o is %s', (status, body, code, act, charge) => {
  const failure = modkie.readError(answer(status, body));
  expect(failure).toMatchObject({ code, act, charge });
  expect(failure.message).toContain('ModKie');
});
