import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '#core/json';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef, Size } from '#core/values';
import kie from '#providers/kie.provider';
import { createFakeKie, type FakeKieOptions } from '#test/kit/fake-kie';
import type { MultipartSummary } from '#test/kit/fake-vendor';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

async function start(options: FakeKieOptions = {}) {
  const vendor = await createFakeKie(options);
  onTestFinished(() => vendor.close());
  const tools = recordingTools(kie, server(vendor.url, kie.hosts), { key: 'test-key' });
  const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
  return { vendor, tools, submits };
}
function generate(model = 'seedream-4.5', changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'kie', model },
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
async function submitted(tools: RecordingTools, task: ImageTask = generate()): Promise<RemoteJob> {
  const made = await kie.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('kie.ai accepts');
  return made.job;
}
const notes = (task: ImageTask) =>
  checkTask(
    task,
    kie.models.find(({ id }) => id === task.model.model)!,
  );
const fields = (task: ImageTask) => notes(task).map(({ effect, field }) => `${effect} ${field}`);
/** A vendor that answers every question so, long after the order. */
const scripted = (status: number, body: unknown): RecordingTools => {
  return { ...recordingTools(kie, () => answer(status, body), { key: 'k' }), now: () => 100_000 };
};
const job: RemoteJob = { provider: 'kie', model: 'seedream-4.5', id: 't1', ticket: { takenAt: 0 } };
const taken = { code: 200, msg: 'success', data: { taskId: 't1' } };
const uploadedTo = ({ form }: HttpRequest) => {
  const name = form?.flatMap((part) => (part.name === 'fileName' && 'value' in part ? part.value : []))[0];
  return name === undefined
    ? answer(200, taken)
    : answer(200, { code: 200, data: { downloadUrl: `https://files.example/${name}` } });
};

describe('the order', () => {
  const quality = { prompt: 'a red bicycle', aspect_ratio: '1:1', quality: 'basic' };
  const set = { prompt: 'a red bicycle', image_size: 'square_hd', image_resolution: '2K', max_images: 1 };
  test.each([
    ['seedream-4.5', 'seedream/4.5-text-to-image', 'seedream/4.5-edit', quality],
    ['seedream-4.0', 'bytedance/seedream-v4-text-to-image', 'bytedance/seedream-v4-edit', set],
    ['seedream-5-lite', 'seedream/5-lite-text-to-image', 'seedream/5-lite-image-to-image', quality],
  ])('%s: from words, and from a picture', async (model, words, pictures, input) => {
    const { tools, submits } = await start();
    const one = await tools.keep(await picture(64, 64, '#f00'));
    await submitted(tools, generate(model));
    await submitted(tools, edit(model, [one]));
    const image_urls = [expect.stringMatching(new RegExp(`/files/seedloom/${one.hash}.png$`)) as string];
    expect(submits().map(({ body }) => body)).toEqual([
      { model: words, input },
      { model: pictures, input: { ...input, image_urls } },
    ]);
    expect(submits().every(({ authorized }) => authorized)).toBe(true);
    expect(tools.calls.map(({ by }) => by)).toEqual(['spend', 'ask', 'spend']);
    expect(tools.calls.map(({ url }) => url)).toEqual([
      'https://api.kie.ai/api/v1/jobs/createTask',
      'https://kieai.redpandaai.co/api/file-stream-upload',
      'https://api.kie.ai/api/v1/jobs/createTask',
    ]);
  });

  test('a set of 4.0 with a seed; what is asked besides is in the input', async () => {
    const { vendor, tools, submits } = await start();
    const extra = { nsfw_checker: true };
    await submitted(tools, generate('seedream-4.0', { count: 6, seed: 42, extra }));
    expect(submits()[0]?.body).toMatchObject({ input: { max_images: 6, seed: 42, nsfw_checker: true } });
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([6]);
  });

  test('references are uploaded first, byte for byte, and keep their order', async () => {
    const { vendor, tools, submits } = await start();
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(tools, edit('seedream-4.5', images));
    const uploads = vendor.requests.filter(({ points }) => points.includes('upload'));
    expect(uploads).toHaveLength(3);
    expect(uploads.every(({ authorized }) => authorized)).toBe(true);
    expect((uploads[0]!.body as MultipartSummary).fields).toEqual({
      uploadPath: 'seedloom',
      fileName: `${images[0]?.hash}.png`,
    });
    const { image_urls: links } = (submits()[0]!.body as { input: { image_urls: string[] } }).input;
    for (const [index, image] of images.entries()) {
      const sent = Buffer.from(await (await fetch(links[index] ?? '')).arrayBuffer());
      expect(sent.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
  });

  test('an upload is told to live a day; its link is read from either field', async () => {
    const { tools } = await start({ linkField: 'fileUrl' });
    const one = await tools.keep(await picture(64, 64, '#f00'));
    const lives: number[] = [];
    const watched: RecordingTools = {
      ...tools,
      uploaded: async (hash, upload) => {
        expect(hash).toBe(one.hash);
        const { link, until } = await upload();
        lives.push(until);
        return link;
      },
    };
    await submitted(watched, edit('seedream-4.5', [one]));
    expect(lives).toEqual([24 * 3_600_000]);
  });

  test('a reference ByteDance does not take is refused, a heavy one is written anew, before anything is sent', async () => {
    const { vendor, tools, submits } = await start();
    const long = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(kie.submit(edit('seedream-4.5', [long]), tools))).toMatchObject({
      code: 'reference-size',
      charge: 'none',
    });
    expect(submits()).toEqual([]);
    const kept = await tools.keep(await picture(64, 48, '#abcdef'));
    await submitted(tools, edit('seedream-4.5', [{ ...kept, bytes: 10_000_001 }]));
    const sent = vendor.requests.find(({ points }) => points.includes('upload'))?.body as MultipartSummary;
    expect(sent.files[0]?.contentType).toBe('image/webp');
  });

  test('an upload that is refused, or has no link, fails before anything is sent', async () => {
    const { vendor, tools, submits } = await start();
    const one = await tools.keep(await picture(64, 64, '#f00'));
    vendor.fail({ kind: 'refuse', status: 400, on: 'upload' });
    expect(await thrown(kie.submit(edit('seedream-4.5', [one]), tools))).toMatchObject({ code: 'refused' });
    vendor.fail({ kind: 'wrong-types', on: 'upload' });
    expect(await thrown(kie.submit(edit('seedream-4.5', [one]), tools))).toMatchObject({
      code: 'unreadable',
    });
    expect(submits()).toEqual([]);
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    const { vendor, tools } = await start();
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(kie.submit(generate(), tools)), kind).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
    const without = scripted(200, { code: 200, msg: 'success', data: {} });
    expect(await thrown(kie.submit(generate(), without))).toMatchObject({ charge: 'possible' });
  });

  test('a task that is named is taken, whatever the code says', async () => {
    const made = await kie.submit(generate(), scripted(200, { ...taken, code: 500 }));
    expect(made).toMatchObject({ state: 'accepted', job: { id: 't1' } });
  });
});

describe('what the plan says is what is sent', () => {
  test('every param over its range', async () => {
    const versions: Readonly<Record<string, string>> = {
      'seedream/4.5-text-to-image': 'quality',
      'seedream/4.5-edit': 'quality',
      'seedream/5-lite-text-to-image': 'quality',
      'seedream/5-lite-image-to-image': 'quality',
      'bytedance/seedream-v4-text-to-image': 'set',
      'bytedance/seedream-v4-edit': 'set',
    };
    const seen = new Set<unknown>();
    const sent = await expectExplained(kie, {
      runs: 3000,
      respond: uploadedTo,
      carried({ model, input, ...others }) {
        expect(others).toEqual({});
        seen.add(model);
        const { prompt, image_urls: links, ...asked } = input as JsonObject;
        const images = links === undefined ? {} : { images: (links as string[]).length };
        if (versions[model as string] === 'quality') {
          expect(Object.keys(asked).sort()).toEqual(['aspect_ratio', 'quality']);
          return { prompt, count: 1, ...images };
        }
        const { image_size: _size, image_resolution: _tier, max_images: count, ...more } = asked;
        return { prompt, count, ...more, ...images };
      },
    });
    expect(sent).toBeGreaterThan(200);
    expect([...seen].sort()).toEqual(Object.keys(versions).sort());
  });

  const names: Readonly<Record<string, string>> = {
    square_hd: '1:1',
    landscape_4_3: '4:3',
    portrait_4_3: '3:4',
    landscape_16_9: '16:9',
    portrait_16_9: '9:16',
    landscape_3_2: '3:2',
    portrait_3_2: '2:3',
    landscape_21_9: '21:9',
  };
  const qualities: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'seedream-4.5': { basic: '2K', high: '4K' },
    'seedream-5-lite': { basic: '2K', high: '3K' },
  };
  test.each([
    ['seedream-4.5', 16],
    ['seedream-4.0', 24],
    ['seedream-5-lite', 16],
  ])('%s: the aspect and the tier of every size', async (model, most) => {
    const asked = new Set<string>();
    const sides = [1024, 1500, 2048, 2400, 3072, 4096];
    const ratios = [
      [1, 1],
      [4, 3],
      [3, 4],
      [16, 9],
      [9, 16],
      [3, 2],
      [2, 3],
      [21, 9],
      [2, 1],
    ] as const;
    for (const side of sides)
      for (const [wide, high] of ratios) {
        const unit = Math.floor(Math.sqrt((side * side) / (wide * high)));
        const size: Size = { width: wide * unit, height: high * unit };
        const told = notes(generate(model, { size }));
        expect(told, `${wide}:${high} at ${side}`).not.toEqual([]);
        if (told.some(({ effect }) => effect === 'refused')) continue;
        const tools = recordingTools(kie, uploadedTo, { key: 'k' });
        await kie.submit(generate(model, { size }), tools);
        const { input } = tools.calls[0]!.json as { input: Record<string, string> };
        const words =
          model === 'seedream-4.0'
            ? `${names[input['image_size']!]} at ${input['image_resolution']}`
            : `${input['aspect_ratio']} at ${qualities[model]?.[input['quality']!]}`;
        expect(told[0]?.message).toContain(`is asked for ${words} only`);
        asked.add(words);
      }
    expect(asked.size).toBe(most);
    expect([...asked].some((words) => words.startsWith('2:1'))).toBe(false);
  });

  test('the limits: references, pictures, both together, words, size, and what is not taken', () => {
    const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
    const many = (length: number) => Array.from({ length }, () => image);
    const size = ['ignored size'];
    expect(fields(edit('seedream-4.5', many(14)))).toEqual(size);
    expect(fields(edit('seedream-4.5', many(15)))).toContain('refused images');
    expect(fields(edit('seedream-4.0', many(10), { count: 5 }))).toEqual(size);
    expect(fields(edit('seedream-4.0', many(11)))).toContain('refused images');
    expect(fields(edit('seedream-4.0', many(10), { count: 6 }))).toContain('refused count');
    expect(fields(generate('seedream-4.0', { count: 7 }))).toContain('refused count');
    expect(fields(generate('seedream-4.5', { count: 2 }))).toContain('refused count');
    expect(fields(generate('seedream-4.5', { prompt: 'x'.repeat(3001) }))).toContain('refused prompt');
    expect(fields(generate('seedream-4.0', { prompt: 'x'.repeat(5000) }))).toEqual(size);
    expect(fields(generate('seedream-4.0', { seed: 1, negative: 'blur' }))).toEqual([
      ...size,
      'ignored negative',
    ]);
    expect(fields(generate('seedream-4.5', { seed: 1 }))).toEqual([...size, 'ignored seed']);
    expect(fields(generate('seedream-4.5', { size: { width: 1024, height: 1024 } }))).toContain(
      'refused size',
    );
    expect(fields(generate('seedream-5-lite', { size: { width: 4096, height: 4096 } }))).toContain(
      'refused size',
    );
    expect(fields(generate('seedream-4.5', { size: { width: 3000, height: 1500 } }))).toEqual([
      'refused size',
    ]);
  });
});

describe('asking for a task', () => {
  test('waits, runs, and gives the links of its pictures without the key', async () => {
    const { tools } = await start({ pollsUntilDone: 3 });
    const made = await submitted(tools, generate('seedream-4.0', { count: 2 }));
    expect(made.ticket).toEqual({ takenAt: 0 });
    expect(await kie.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await kie.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await kie.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result).toMatchObject({ vendorId: made.id, notes: { credits: 13 } });
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('kie.ai gives links');
      expect(one.request.headers).toBeUndefined();
      expect((await fetch(one.request.url)).status).toBe(200);
    }
    expect(tools.calls.at(-1)?.url).toBe(`https://api.kie.ai/api/v1/jobs/recordInfo?taskId=${made.id}`);
  });

  const record = (more: object) => ({ code: 200, message: 'success', data: { taskId: 't1', ...more } });
  test.each(['waiting', 'queuing'])('%s waits', async (state) => {
    expect(await kie.check?.(job, scripted(200, record({ state, resultJson: '' })))).toEqual({
      state: 'waiting',
    });
  });

  const link = 'https://x.example/1.png';
  test.each([
    [JSON.stringify({ resultUrls: [link] })],
    [{ resultUrls: [link] }],
    [JSON.stringify([link])],
    [{ images: [{ url: link }] }],
    [{ outputs: { first: link }, seconds: 12 }],
    [{ resultUrls: [link], original: 'https://x.example/not-this' }],
    [link],
  ])('a picture as %o', async (resultJson) => {
    expect(await kie.check?.(job, scripted(200, record({ state: 'success', resultJson })))).toMatchObject({
      state: 'done',
      result: { pictures: [{ from: 'url', request: { url: link } }] },
    });
  });

  const failed = (more: object) => record({ state: 'fail', resultJson: null, ...more });
  test.each([
    [failed({ failCode: '500', failMsg: 'Internal error' }), 'job-failed', 'vendor', 'possible'],
    [
      failed({ failCode: '500', failMsg: 'Internal error', creditsConsumed: 0 }),
      'job-failed',
      'vendor',
      'none',
    ],
    [failed({ failCode: 501, failMsg: null }), 'job-failed', 'vendor', 'possible'],
    [failed({}), 'job-failed', 'vendor', 'possible'],
    [failed({ failCode: 'SENSITIVE_WORD_ERROR', failMsg: 'no' }), 'moderation', 'user', 'possible'],
    [
      failed({ failCode: '400', failMsg: 'Flagged as NSFW', creditsConsumed: 0 }),
      'moderation',
      'user',
      'none',
    ],
    [record({ state: 'success', resultJson: '{"resultUrls":[]}' }), 'no-pictures', 'vendor', 'possible'],
    [record({ state: 'success', resultJson: {} }), 'no-pictures', 'vendor', 'possible'],
    // The form of a callback: the code says no, and the task is there.
    [{ ...failed({ failMsg: 'It broke' }), code: 501 }, 'job-failed', 'vendor', 'possible'],
    [{ code: 501, msg: 'Generation failed', data: null }, 'job-failed', 'vendor', 'possible'],
    [
      { code: 422, msg: 'Your prompt was flagged by our safety system', data: null },
      'moderation',
      'user',
      'possible',
    ],
  ])('a verdict: %o', async (body, code, act, charge) => {
    const state = await kie.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown state', record({ state: 'paused' })],
    ["another task's result", { code: 200, data: { taskId: 't2', state: 'success', resultJson: link } }],
    ['a result that is half there', record({ state: 'success', resultJson: '{"resultUrls":["https' })],
    ['a result that is not there', record({ state: 'success', resultJson: null })],
    ['a success without more', record({ state: 'success' })],
    ['no record', { code: 200, msg: 'success', data: null }],
    ['trouble of its own', { code: 500, msg: 'Server Error' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(kie.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test.each([
    [200, { code: 422, msg: 'recordInfo is null', data: null }],
    [422, { code: 422, msg: 'recordInfo is null', data: null }],
    [200, { code: 404, msg: 'Task not found' }],
    [404, { code: 404, msg: 'Task not found' }],
  ])(
    'a record that is not there (%i %o) is waited for; after a minute the task is lost',
    async (status, body) => {
      const unknown = scripted(status, body);
      expect(await kie.check?.(job, { ...unknown, now: () => 30_000 })).toEqual({ state: 'waiting' });
      expect(await kie.check?.(job, unknown)).toMatchObject({
        state: 'lost',
        failure: { code: 'lost', charge: 'possible' },
      });
      expect(await kie.check?.({ ...job, ticket: null }, unknown)).toMatchObject({ state: 'lost' });
    },
  );

  test.each([
    [404, '<html>no such site</html>', 'not-found'],
    [404, { timestamp: 'x', status: 404, error: 'Not Found', path: '/x' }, 'not-found'],
    [200, { code: 401, msg: 'You do not have access permissions' }, 'bad-key'],
    [200, { code: 422, msg: 'taskId is required' }, 'refused'],
  ])('%i %o says nothing of the task', async (status, body, code) => {
    expect(await thrown(kie.check!(job, scripted(status, body)))).toMatchObject({ code });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    for (const refuses of ['inside', 'by-status'] as const) {
      const { vendor, tools } = await start({ refuses });
      const made = await submitted(tools);
      for (const status of [500, 502, 503, 504, 429, 455]) {
        vendor.fail({ kind: 'refuse', status, on: 'result' });
        expect(await thrown(kie.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
      }
      for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
        vendor.fail({ kind, on: 'result' });
        expect(await thrown(kie.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
      }
      expect(await kie.check?.(made, tools)).toMatchObject({ state: 'done' });
    }
  });
});

describe('what an error means, inside a 200 and by its status', () => {
  test.each([
    [400, 'prompt is required', 'refused', 'user', 'none'],
    [401, 'You do not have access permissions', 'bad-key', 'user', 'none'],
    [402, 'Credits insufficient', 'no-balance', 'user', 'none'],
    [404, 'Not found', 'no-such-job', 'user', 'none'],
    [422, 'The page does not exist or is not published', 'refused', 'user', 'none'],
    [422, 'The current credits are insufficient. Please top up.', 'no-balance', 'user', 'none'],
    [422, 'The prompt violates our content policy', 'moderation', 'user', 'none'],
    [429, 'Rate limit exceeded', 'busy', 'wait', 'none'],
    [433, 'Sub-key usage exceeded', 'quota', 'user', 'none'],
    [455, 'Under maintenance', 'vendor-down', 'wait', 'none'],
    [500, 'Server Error', 'vendor-down', 'wait', 'possible'],
    [501, 'Generation failed', 'job-failed', 'vendor', 'possible'],
    [505, 'Feature disabled', 'vendor-down', 'wait', 'possible'],
  ])('%i %s is %s', (code, said, name, act, charge) => {
    for (const body of [
      { code, msg: said, data: null },
      { code: String(code), message: said },
    ]) {
      const inside = answer(200, body);
      expect(kie.statusOf?.(inside)).toBe(code);
      for (const status of [kie.statusOf!(inside), code])
        expect(kie.readError({ ...inside, status })).toMatchObject({ code: name, act, charge });
    }
  });

  test.each([
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o, not in its words, is %s', (status, body, code, act, charge) => {
    expect(kie.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test.each([
    [200, taken, 200],
    [200, { code: 0, msg: 'odd' }, 200],
    [200, '<html>', 200],
    [200, { ...taken, code: 501 }, 200],
    [500, { code: 402, msg: 'no credits' }, 500],
  ])('the status of %i %o is %i', (status, body, meant) => {
    expect(kie.statusOf?.(answer(status, body))).toBe(meant);
  });
});
