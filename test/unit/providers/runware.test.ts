import { afterEach, describe, expect, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { JsonObject } from '#core/json';
import type { RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import runware from '#providers/runware.provider';
import { createFakeRunware } from '#test/kit/fake-runware';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { expectExplained, type Carried } from './kit-explained';
import { answer, picture, recordingTools, server, thrown } from './kit-recording-tools';

let vendor: FakeVendor | undefined;
afterEach(async () => {
  await vendor?.close();
  vendor = undefined;
});

const id = '11111111-1111-4111-8111-111111111111';
const job: RemoteJob = { provider: 'runware', model: 'seedream-4.5', id, ticket: null };
function generate(model = 'seedream-4.5', changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'runware', model },
    prompt: 'a red bicycle',
    size: { width: 2560, height: 1440 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
const scripted = (status: number, body: unknown) =>
  recordingTools(runware, () => answer(status, body), { key: 'k', requestId: id });
const says = (code: string, message = 'its words') => ({ errors: [{ code, message, taskUUID: id }] });
const submit = (status: number, body: unknown) => runware.submit(generate(), scripted(status, body));
const check = (status: number, body: unknown) => runware.check!(job, scripted(status, body));

test('what the plan does not call ignored is in the order as it was asked', async () => {
  const ids: Record<string, string> = { 'bytedance:5@0': '4.0', 'bytedance:seedream@4.5': '4.5' };
  const sent = await expectExplained(runware, {
    respond: () => answer(200, { data: [{ taskUUID: 'attempt-1' }] }),
    carried(body): Carried {
      const [task, ...more] = body as unknown as [JsonObject];
      expect(more).toEqual([]);
      const { width, height, positivePrompt: prompt, numberResults: count, inputs, model } = task;
      expect(ids[String(model)]).toBeDefined();
      const { referenceImages } = (inputs ?? {}) as { referenceImages?: unknown[] };
      const images = referenceImages === undefined ? {} : { images: referenceImages.length };
      return { prompt, count, size: { width, height }, ...images };
    },
    runs: 1000,
  });
  expect(sent).toBeGreaterThan(20);
});

test('references go inside the order, byte for byte and in their order; one that ByteDance does not take stops it', async () => {
  vendor = await createFakeRunware();
  const tools = recordingTools(runware, server(vendor.url, runware.hosts), {
    key: 'test-key',
    requestId: id,
  });
  const images: ImageRef[] = [];
  for (const color of ['#ff0000', '#00ff00']) images.push(await tools.keep(await picture(64, 64, color)));
  const { kind: _kind, ...made } = generate();
  await runware.submit({ ...made, kind: 'edit', images }, tools);
  const [{ inputs }] = vendor.requests[0]!.body as [{ inputs: { referenceImages: string[] } }];
  for (const [index, image] of images.entries()) {
    const sent = Buffer.from(inputs.referenceImages[index]!.split(',')[1]!, 'base64');
    expect(sent.equals(await tools.pictures.read(image))).toBe(true);
  }
  const long = await tools.keep(await picture(400, 20, '#fff'));
  const refused = await thrown(runware.submit({ ...made, kind: 'edit', images: [long] }, tools));
  expect(refused).toMatchObject({ code: 'reference-size', charge: 'none' });
  expect(vendor.requests).toHaveLength(1);
});

test('the limits: references, pictures, size, words, and what is not taken', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      runware.models.find((model) => model.id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);
  const edit = (images: number, model = 'seedream-4.5'): ImageTask => {
    const { kind: _kind, ...made } = generate(model);
    return { ...made, kind: 'edit', images: Array.from({ length: images }, () => image) };
  };
  expect(fields(edit(14))).toEqual([]);
  expect(fields(edit(15))).toEqual(['refused images']);
  expect(fields(edit(1, 'seedream-4.0'))).not.toEqual([]);
  expect(fields(generate('seedream-4.5', { count: 2 }))).toEqual(['refused count']);
  expect(fields(generate('seedream-4.0', { size: { width: 960, height: 960 } }))).toEqual([]);
  expect(fields(generate('seedream-4.5', { size: { width: 960, height: 960 } }))).toEqual(['refused size']);
  expect(fields(generate('seedream-4.5', { prompt: 'x'.repeat(2001) }))).toEqual(['refused prompt']);
  expect(fields(generate('seedream-4.5', { seed: 1, negative: 'blur' }))).toEqual([
    'ignored seed',
    'ignored negative',
  ]);
});

describe('the answer to an order', () => {
  test('the job is the id we gave', async () => {
    expect(await submit(200, { data: [{ taskType: 'imageInference', taskUUID: id }] })).toEqual({
      state: 'accepted',
      job,
    });
  });

  test('an id that is there already was taken before', async () => {
    for (const status of [200, 400])
      expect(await submit(status, says('conflictTaskUUID'))).toEqual({ state: 'accepted', job });
  });

  test.each([[{ data: [{ taskUUID: 'another' }] }], [{ data: [] }], [{}], ['<html></html>'], ['']])(
    '%o proves nothing',
    async (body) => {
      expect(await thrown(submit(200, body))).toMatchObject({ code: 'unreadable', charge: 'possible' });
    },
  );

  test.each([
    ['invalidApiKey', 401, 'bad-key', 'user', 'none'],
    ['insufficientPermissions', 403, 'forbidden', 'user', 'none'],
    ['accountSuspended', 403, 'forbidden', 'user', 'none'],
    ['authTimeout', 403, 'forbidden', 'user', 'none'],
    ['modelDisabled', 502, 'job-failed', 'vendor', 'possible'],
    ['providerInvalidApiKey', 502, 'job-failed', 'vendor', 'possible'],
    ['insufficientCredits', 402, 'no-balance', 'user', 'none'],
    ['rateLimitExceeded', 429, 'busy', 'wait', 'none'],
    ['contentPolicyViolation', 400, 'moderation', 'user', 'none'],
    ['invalidPositivePrompt', 400, 'refused', 'user', 'none'],
    ['neverSeenBefore', 400, 'refused', 'user', 'none'],
    ['standardError', 500, 'vendor-down', 'wait', 'possible'],
    ['timeoutProvider', 504, 'job-failed', 'vendor', 'possible'],
    ['providerInsufficientCredits', 502, 'job-failed', 'vendor', 'possible'],
  ])('%s means the same with HTTP %i and inside a 200', async (code, status, meaning, act, charge) => {
    const failure = { code: meaning, act, charge };
    expect(await thrown(submit(status, says(code)))).toMatchObject(failure);
    expect(await thrown(submit(200, says(code)))).toMatchObject(failure);
  });
});

describe('asking for a task', () => {
  const about = { taskType: 'imageInference', taskUUID: id };
  const made = { ...about, status: 'success', imageURL: 'https://im.example/1.png' };

  test('the question is for our id, with the key; the link is followed without it', async () => {
    const tools = scripted(200, { data: [{ ...made, cost: 0.0401, seed: 9, imageUUID: 'u' }] });
    expect(await runware.check!(job, tools)).toEqual({
      state: 'done',
      result: {
        pictures: [{ from: 'url', request: { method: 'GET', url: 'https://im.example/1.png' } }],
        vendorId: id,
        price: 0.0401,
        notes: { seed: 9 },
      },
    });
    expect(tools.calls).toEqual([
      {
        by: 'ask',
        method: 'POST',
        url: 'https://api.runware.ai/v1',
        headers: { authorization: 'Bearer k' },
        json: [{ taskType: 'getResponse', taskUUID: id }],
      },
    ]);
  });

  test('a cost and a seed of another type are no reason to leave a picture', async () => {
    expect(await check(200, { data: [{ ...made, cost: '4 cents', seed: 'x' }] })).toMatchObject({
      state: 'done',
    });
  });

  test('it runs, with a fraction where there is one', async () => {
    const running = { ...about, status: 'processing' };
    expect(await check(200, { data: [running] })).toEqual({ state: 'running' });
    expect(await check(200, { data: [{ ...running, progress: 30 }] })).toEqual({
      state: 'running',
      fraction: 0.3,
    });
  });

  test.each([
    ['contentPolicyViolation', 'moderation', 'user'],
    ['nsfwContentDetected', 'moderation', 'user'],
    ['inferenceError', 'job-failed', 'vendor'],
    ['timeoutProvider', 'job-failed', 'vendor'],
    ['taskExpired', 'job-failed', 'vendor'],
    ['taskCancelled', 'job-failed', 'vendor'],
    ['invalidImagePixels', 'refused', 'user'],
  ])('%s ends it, and may have been charged', async (code, meaning, act) => {
    const failure = { code: meaning, act, charge: 'possible' };
    for (const status of [200, 400])
      expect(await check(status, says(code))).toMatchObject({ state: 'failed', failure });
    const inside = { data: [{ ...about, status: 'error', error: { code, message: 'x' } }] };
    expect(await check(200, inside)).toMatchObject({ state: 'failed', failure });
  });

  test('an error without a code ends it too', async () => {
    for (const error of [undefined, null, {}, { message: 'no reason' }])
      expect(await check(200, { data: [{ ...about, status: 'error', error }] })).toMatchObject({
        state: 'failed',
        failure: { code: 'job-failed' },
      });
  });

  describe('a task that is not known', () => {
    const asks = (archive: unknown, status = 200, code = 'taskNotFound') =>
      recordingTools(
        runware,
        ({ json }) =>
          (json as [JsonObject])[0]['taskType'] === 'getTaskDetails'
            ? answer(status, archive)
            : answer(404, says(code)),
        { key: 'k' },
      );
    const old = (response: unknown) => ({
      data: [{ taskType: 'getTaskDetails', taskUUID: id, request: [], response }],
    });

    test.each(['taskNotFound', 'taskFailedOrNotFound'])(
      '%s, there and in the archive: lost',
      async (code) => {
        for (const status of [200, 404]) {
          const tools = asks(says(code), status, code);
          expect(await runware.check!(job, tools)).toMatchObject({
            state: 'lost',
            failure: { code: 'no-such-job', charge: 'possible' },
          });
          expect(tools.calls).toHaveLength(2);
        }
      },
    );

    test('its picture is in the archive', async () => {
      expect(await runware.check!(job, asks(old({ data: [made] })))).toMatchObject({
        state: 'done',
        result: { pictures: [{ request: { url: 'https://im.example/1.png' } }] },
      });
    });

    test.each([[says('inferenceError')], [{ data: [about] }], [{}], [null]])(
      'it was taken, and there is no picture: %o',
      async (response) => {
        expect(await runware.check!(job, asks(old(response)))).toMatchObject({
          state: 'failed',
          failure: { code: 'no-pictures', charge: 'possible' },
        });
      },
    );

    test.each([
      [200, { data: [] }],
      [200, { data: [{ taskUUID: 'another', response: { data: [made] } }] }],
      [200, '<html></html>'],
      [404, '<html></html>'],
      [503, ''],
      [400, says('unsupportedTaskType')],
    ])('an archive that says nothing of it (%i, %o) leaves it open', async (status, body) => {
      await thrown(runware.check!(job, asks(body, status)));
    });
  });

  test.each([
    ['trouble of its own', 200, says('internalServerError')],
    ['trouble of its own with a 4xx', 400, says('standardError')],
    ['a key that was taken back', 401, says('invalidApiKey')],
    ['an empty account', 402, says('insufficientCredits')],
    ['too many questions', 429, says('rateLimitExceeded')],
    ["a gateway's 404", 404, '<html>no such site</html>'],
    ["a gateway's 400", 400, '<html>bad request</html>'],
    ['503', 503, ''],
    ['no tasks', 200, { data: [] }],
    ["another task's picture", 200, { data: [{ ...made, taskUUID: 'another' }] }],
    ['a status nobody named', 200, { data: [{ ...about, status: 'paused' }] }],
    ['a picture without a link', 200, { data: [{ ...about, status: 'success' }] }],
  ])('%s is no verdict', async (_name, status, body) => {
    await thrown(check(status, body));
  });
});

test('a key that works says what is left, and nothing of the team', async () => {
  const account = { taskType: 'accountManagement', balance: 12.5, team: [{ email: 'a@b.example' }] };
  const tools = scripted(200, { data: [account] });
  expect(await runware.checkKey!(tools)).toEqual({ balance: 12.5 });
  expect(await runware.checkKey!(scripted(200, { data: [{}] }))).toEqual({});
  expect(tools.calls).toMatchObject([
    {
      by: 'ask',
      json: [
        {
          taskType: 'accountManagement',
          operation: 'getDetails',
          taskUUID: expect.stringMatching(
            /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
          ) as string,
        },
      ],
    },
  ]);
});
