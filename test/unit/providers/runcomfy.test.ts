import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef, Size } from '#core/values';
import runcomfy from '#providers/runcomfy.provider';
import { createFakeRuncomfy, type FakeRuncomfyOptions } from '#test/kit/fake-runcomfy';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';
import { sendsWhatThePlanSays, type Asked } from './kit-what-is-sent';

let vendor: FakeVendor;
let tools: RecordingTools;
async function start(options: FakeRuncomfyOptions = {}) {
  vendor = await createFakeRuncomfy(options);
  tools = recordingTools(runcomfy, server(vendor.url, runcomfy.hosts), { key: 'test-key' });
}
afterEach(() => vendor?.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'runcomfy', model },
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
  const made = await runcomfy.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('RunComfy accepts');
  return made.job;
}
const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
const scripted = (status: number, body: unknown) =>
  recordingTools(runcomfy, () => answer(status, body), { key: 'k' });
/** Knows the model by this answer, and takes every order. */
const knowing = (about: unknown) =>
  recordingTools(runcomfy, ({ method }) => answer(200, method === 'GET' ? about : { request_id: 'r1' }), {
    key: 'k',
  });
const schema = (properties: object) => ({ input_schema: { type: 'object', properties } });
const prompt = { type: 'string' };
const sent = ({ calls }: RecordingTools) => calls.find(({ by }) => by === 'spend')?.json;
const job: RemoteJob = { provider: 'runcomfy', model: 'seedream-4.5', id: 'r1', ticket: null };
const api = 'https://model-api.runcomfy.net/v1';

describe('the order', () => {
  test.each([
    ['seedream-4.0', 'seedream-4-0', 'images'],
    ['seedream-4.5', 'seedream-4-5', 'images'],
    ['seedream-5-lite', 'seedream-5/lite', 'image'],
  ])('%s: a picture and an edit, with and without its schema', async (model, path, field) => {
    for (const isWithoutSchema of [false, true]) {
      await start({ isWithoutSchema });
      const one = await tools.keep(await picture(64, 64, '#f00'));
      await submitted(generate(model));
      await submitted(edit(model, [one]));
      const made = { prompt: 'a red bicycle', resolution: '2048x2048 (1:1)' };
      const link = `data:image/png;base64,${Buffer.from(await tools.pictures.read(one)).toString('base64')}`;
      expect(submits().map(({ path: asked, body }) => [asked, body])).toEqual([
        [`/v1/models/bytedance/${path}/text-to-image`, made],
        [`/v1/models/bytedance/${path}/edit`, { ...made, [field]: [link] }],
      ]);
      expect(vendor.requests.every(({ authorized }) => authorized)).toBe(true);
      expect(vendor.charges).toHaveLength(2);
      expect(tools.calls.map(({ by, method }) => `${by} ${method}`)).toEqual([
        'ask GET',
        'spend POST',
        'ask GET',
        'spend POST',
      ]);
      await vendor.close();
    }
  });

  test('references keep their order', async () => {
    await start();
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 64, color)));
    await submitted(edit('seedream-4.5', images));
    const links = (submits()[0]!.body as { images: string[] }).images;
    for (const [index, image] of images.entries()) {
      const bytes = Buffer.from(links[index]!.split(',')[1]!, 'base64');
      expect(bytes.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
  });

  test('a reference of another format is sent as a PNG, with what is transparent in it', async () => {
    await start();
    const clear = { r: 255, g: 0, b: 0, alpha: 0.5 };
    const webp = await sharp({ create: { width: 64, height: 48, channels: 4, background: clear } })
      .webp()
      .toBuffer();
    await submitted(edit('seedream-4.5', [await tools.keep(webp)]));
    const [link] = (submits()[0]!.body as { images: string[] }).images;
    expect(link).toMatch(/^data:image\/png;base64,/);
    expect(await sharp(Buffer.from(link!.split(',')[1]!, 'base64')).metadata()).toMatchObject({
      width: 64,
      height: 48,
      hasAlpha: true,
    });
  });

  test('a heavy reference is written anew as a JPEG; fourteen share what a request may weigh', async () => {
    await start();
    const kept = await tools.keep(await picture(64, 48, '#abcdef'));
    const weighing = (bytes: number, count: number) =>
      Array.from({ length: count }, (_none, index) => ({ ...kept, bytes: bytes + (index === 0 ? 1 : 0) }));
    const formats = async (images: ImageRef[]) => {
      await submitted(edit('seedream-4.5', images));
      const links = (submits().at(-1)!.body as { images: string[] }).images;
      return links.map((link) => /\/(\w+);/.exec(link)![1]);
    };
    expect(await formats(weighing(6 * 1024 * 1024, 2))).toEqual(['jpeg', 'png']);
    expect(await formats(weighing(Math.floor((46 * 1024 * 1024) / 14), 14))).toEqual([
      'jpeg',
      ...Array.from({ length: 13 }, () => 'png'),
    ]);
  });

  test('a reference that is not taken is refused before anything is sent', async () => {
    await start();
    for (const [width, height] of [
      [400, 20],
      [14, 14],
    ] as const) {
      const image = await tools.keep(await picture(width, height, '#fff'));
      expect(await thrown(runcomfy.submit(edit('seedream-4.5', [image]), tools))).toMatchObject({
        code: 'reference-size',
        charge: 'none',
      });
    }
    expect(submits()).toEqual([]);
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    await start();
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(runcomfy.submit(generate('seedream-4.5'), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });
});

describe('the size, in its words', () => {
  test.each<[Size, string]>([
    [{ width: 2304, height: 1728 }, '2304x1728 (4:3)'],
    [{ width: 1728, height: 2304 }, '1728x2304 (3:4)'],
    [{ width: 2848, height: 1600 }, '2848x1600 (16:9)'],
    [{ width: 1440, height: 2560 }, '1440x2560 (9:16)'],
    [{ width: 2496, height: 1664 }, '2496x1664 (3:2)'],
    [{ width: 3024, height: 1296 }, '3024x1296 (21:9)'],
    [{ width: 4096, height: 1024 }, '4096x1024 (4:1)'],
  ])('without a list, %o is %s', async (size, resolution) => {
    for (const about of [{}, schema({ prompt, resolution: { type: 'string' } })]) {
      const asked = knowing(about);
      await runcomfy.submit(generate('seedream-4.0', { size }), asked);
      expect(sent(asked)).toEqual({ prompt: 'a red bicycle', resolution });
    }
  });

  test.each(['2560 x 1440 (16:9)', '2560x1440', '2560*1440 (wide)', '2560x1440 (16:9)'])(
    'from its list as it stands there: %s',
    async (resolution) => {
      const list = ['2560x14400 (bad)', '12560x1440', resolution];
      const asked = knowing(schema({ prompt, resolution: { enum: list } }));
      await runcomfy.submit(generate('seedream-4.5', { size: { width: 2560, height: 1440 } }), asked);
      expect(sent(asked)).toEqual({ prompt: 'a red bicycle', resolution });
    },
  );

  test('a size that is not in its list is refused, and nothing is sent that costs', async () => {
    const asked = knowing(schema({ prompt, resolution: { enum: ['2K', '2048x2048 (1:1)'] } }));
    const size = { width: 2560, height: 1440 };
    const failure = await thrown(runcomfy.submit(generate('seedream-4.5', { size }), asked));
    expect(failure).toMatchObject({ code: 'size', act: 'user', charge: 'none' });
    expect(failure.message).toContain('2K, 2048x2048 (1:1) only, not 2560 × 1440');
    expect(asked.calls.map(({ by }) => by)).toEqual(['ask']);
  });

  test('a model without a size is not asked for one', async () => {
    const asked = knowing(schema({ prompt, aspect: { enum: ['1:1'] } }));
    expect(await thrown(runcomfy.submit(generate('seedream-5-lite'), asked))).toMatchObject({
      code: 'size',
      charge: 'none',
    });
    expect(asked.calls.map(({ by }) => by)).toEqual(['ask']);
  });
});

describe('the field for pictures', () => {
  test.each([
    ['seedream-4.5', { images: {} }, 'images'],
    ['seedream-4.5', { image_urls: {} }, 'image_urls'],
    ['seedream-4.5', { images: {}, image_urls: {} }, 'images'],
    ['seedream-5-lite', { image: {}, images: {} }, 'image'],
    ['seedream-5-lite', { images: {} }, 'images'],
    ['seedream-4.5', {}, 'images'],
  ])('%s, whose schema has %o: %s', async (model, fields, field) => {
    const asked = knowing(schema({ prompt, resolution: {}, ...fields }));
    const image = await asked.keep(await picture(64, 64, '#f00'));
    await runcomfy.submit(edit(model, [image]), asked);
    expect(Object.keys(sent(asked) as object).sort()).toEqual([field, 'prompt', 'resolution'].sort());
  });
});

describe('the question for the schema', () => {
  beforeEach(() => start());

  test('an answer without one is none', async () => {
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'catalogue' });
      await submitted();
    }
    expect(submits().map(({ body }) => body)).toEqual(
      Array.from({ length: 4 }, () => ({ prompt: 'a red bicycle', resolution: '2048x2048 (1:1)' })),
    );
  });

  test('a refusal of it is the end, before anything is sent that costs', async () => {
    vendor.fail({ kind: 'bad-key', on: 'catalogue' });
    expect(await thrown(runcomfy.submit(generate('seedream-4.5'), tools))).toMatchObject({ code: 'bad-key' });
    vendor.fail({ kind: 'refuse', status: 503, on: 'catalogue' });
    expect(await thrown(runcomfy.submit(generate('seedream-4.5'), tools))).toMatchObject({
      code: 'vendor-down',
    });
    const inside = knowing({ error_code: 404, error_message: 'Model not found' });
    expect(await thrown(runcomfy.submit(generate('seedream-4.5'), inside))).toMatchObject({
      code: 'no-such-job',
      charge: 'none',
      message: 'RunComfy does not know this model or job. It said: Model not found',
    });
    expect(submits()).toEqual([]);
    expect(sent(inside)).toBeUndefined();
  });
});

describe('a refusal inside an HTTP 200', () => {
  const refusing = (body: unknown) =>
    recordingTools(runcomfy, ({ method }) => answer(200, method === 'GET' ? {} : body), { key: 'k' });

  test.each([
    [{ error_code: 401, error_message: 'Unauthorized' }, 'bad-key', 'user'],
    [{ error_code: 402, error_message: 'Payment required' }, 'no-balance', 'user'],
    [{ error_code: 40_000, error_message: 'Insufficient balance' }, 'no-balance', 'user'],
    [{ error_code: 422, error_message: 'resolution is invalid' }, 'refused', 'user'],
    [{ error_code: '40012', error_message: 'The prompt was flagged' }, 'moderation', 'user'],
    [{ error_code: 42_901, error_message: 'Too many requests' }, 'busy', 'wait'],
  ])('%o', async (body, code, act) => {
    expect(await thrown(runcomfy.submit(generate('seedream-4.5'), refusing(body)))).toMatchObject({
      code,
      act,
      charge: 'none',
    });
  });

  test('whose number says nothing leaves open whether it was taken', async () => {
    for (const error_code of [500, 50_003, 7, 1001])
      expect(
        await thrown(
          runcomfy.submit(generate('seedream-4.5'), refusing({ error_code, error_message: 'Internal' })),
        ),
        `${error_code}`,
      ).toMatchObject({ charge: 'possible' });
  });

  test('an order that was taken is one, whatever else is in the answer', async () => {
    const made = await runcomfy.submit(
      generate('seedream-4.5'),
      refusing({ request_id: 'r9', error_code: 422 }),
    );
    expect(made).toMatchObject({ state: 'accepted', job: { id: 'r9' } });
  });
});

describe('what the plan says is what is sent', () => {
  const shared = { prompt: z.string(), resolution: z.string().regex(/^\d+x\d+ \(\d+:\d+\)$/) };
  const links = z.array(z.string());
  const requestSchema = z.union([
    z.strictObject(shared),
    z.strictObject({ ...shared, images: links }),
    z.strictObject({ ...shared, image: links }),
  ]);
  const ids: Record<string, string> = {
    'seedream-4-0': 'seedream-4.0',
    'seedream-4-5': 'seedream-4.5',
    'seedream-5/lite': 'seedream-5-lite',
  };

  test.each(runcomfy.models.map((model) => [model.id, model] as const))('%s', async (_id, model) => {
    const shelf = recordingTools(runcomfy, () => answer(200, {}));
    const images: ImageRef[] = [];
    const hashes = new Map<string, string>();
    for (const color of ['#f00', '#0f0', '#00f']) {
      const bytes = await picture(64, 64, color);
      const image = await shelf.keep(bytes);
      images.push(image);
      hashes.set(`data:image/png;base64,${bytes.toString('base64')}`, image.hash);
    }
    function read({ url, json }: HttpRequest): Asked {
      const [, version, variant] =
        /^https:\/\/model-api\.runcomfy\.net\/v1\/models\/bytedance\/(.+)\/(text-to-image|edit)$/.exec(url)!;
      const body = requestSchema.parse(json);
      const given = 'images' in body ? body.images : 'image' in body ? body.image : undefined;
      const [width, height] = body.resolution.split(' ')[0]!.split('x').map(Number) as [number, number];
      return {
        kind: variant === 'edit' ? 'edit' : 'generate',
        model: ids[version!]!,
        prompt: body.prompt,
        width,
        height,
        count: 1,
        ...(given === undefined ? {} : { images: given.map((link) => hashes.get(link)!) }),
      };
    }
    const begin = () => ({ ...knowing({}), pictures: shelf.pictures });
    const made = await sendsWhatThePlanSays(runcomfy, model, images, begin, read);
    expect(Math.min(made.generate, made.edit)).toBeGreaterThan(50);
  });
});

describe('the limits', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      runcomfy.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);
  const many = (length: number) => Array.from({ length }, () => image);

  test('references, pictures, size, and what is not taken', () => {
    expect(fields(edit('seedream-4.5', many(14)))).toEqual([]);
    expect(fields(edit('seedream-4.5', many(15)))).toEqual(['refused images']);
    expect(fields(generate('seedream-4.5', { count: 2 }))).toEqual(['refused count']);
    expect(fields(generate('seedream-4.0', { size: { width: 1024, height: 1024 } }))).toEqual([]);
    expect(fields(generate('seedream-4.5', { size: { width: 1024, height: 1024 } }))).toEqual([
      'refused size',
    ]);
    expect(fields(generate('seedream-4.5', { seed: 1, negative: 'blur' }))).toEqual([
      'ignored seed',
      'ignored negative',
    ]);
  });
});

describe('asking for a job', () => {
  test('waits with its place, runs, and gives the link of its picture without the key, and the cost', async () => {
    await start({ pollsUntilDone: 3 });
    const made = await submitted();
    expect(await runcomfy.check?.(made, tools)).toEqual({ state: 'waiting', place: 2 });
    expect(await runcomfy.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await runcomfy.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result).toMatchObject({ vendorId: made.id, price: 0.04 });
    const [one] = state.result.pictures;
    if (one?.from !== 'url') throw new Error('RunComfy gives links');
    expect(one.request.headers).toBeUndefined();
    expect((await fetch(one.request.url)).status).toBe(200);
    expect(tools.calls.at(-1)).toMatchObject({
      method: 'GET',
      url: `${api}/requests/${made.id}/result?include_cost=true`,
    });
  });

  const link = 'https://storage.runcomfy.net/1.png';
  test.each([
    [{ output: { images: [link] } }],
    [{ output: { image: link } }],
    [{ output: { images: [{ url: link }] } }],
    [{ output: link }],
    [{ output: [link] }],
    [{ outputs: { image: { url: link } } }],
    [{ image: link }],
    [{ images: [link], output: { image: link } }],
  ])('finds the picture once in %o', async (body) => {
    const result = {
      request_id: 'r1',
      status: 'completed',
      status_url: `${api}/requests/r1/status`,
      ...body,
    };
    expect(await runcomfy.check?.(job, scripted(200, result))).toEqual({
      state: 'done',
      result: { pictures: [{ from: 'url', request: { method: 'GET', url: link } }], vendorId: 'r1' },
    });
  });

  test.each([
    ['in_queue', 'waiting'],
    ['pending', 'waiting'],
    ['waiting', 'waiting'],
    ['in_progress', 'running'],
    ['IN_PROGRESS', 'running'],
    ['starting', 'running'],
    ['processing', 'running'],
  ])('the state %s means %s', async (status, state) => {
    expect(await runcomfy.check?.(job, scripted(200, { status }))).toEqual({ state });
  });

  test.each([
    [{ status: 'failed', error: 'Flagged as sensitive' }, 'moderation', 'user', 'possible'],
    [
      { status: 'failed', error: { message: 'NSFW content' }, error_code: 500 },
      'moderation',
      'user',
      'possible',
    ],
    [{ status: 'failed', error_message: 'Out of memory' }, 'job-failed', 'vendor', 'possible'],
    [{ status: 'error', detail: [{ msg: 'x' }] }, 'job-failed', 'vendor', 'possible'],
    [{ status: 'failed' }, 'job-failed', 'vendor', 'possible'],
    [{ status: 'cancelled' }, 'cancelled', 'user', 'none'],
    [{ status: 'canceled' }, 'cancelled', 'user', 'none'],
    [{ status: 'completed' }, 'no-pictures', 'vendor', 'possible'],
    [{ status: 'completed', output: {} }, 'no-pictures', 'vendor', 'possible'],
    [{ status: 'succeeded', output: { images: ['not a link'] } }, 'no-pictures', 'vendor', 'possible'],
    [{ error_code: 40_010, error_message: 'Flagged by moderation' }, 'moderation', 'user', 'possible'],
  ])('a verdict: %o', async (body, code, act, charge) => {
    const state = await runcomfy.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
  });

  test.each([
    ['an unknown status', { status: 'paused' }],
    ["another job's result", { request_id: 'r2', status: 'completed', output: { image: link } }],
    ['a status of another type', { status: 7 }],
    ['trouble of its own', { error_code: 500, error_message: 'Internal' }],
    ['a number that says nothing', { error_code: 12, error_message: 'What?' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(runcomfy.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('a cost that is none is left out', async () => {
    for (const cost of [-1, '0.04', null, {}]) {
      const state = await runcomfy.check?.(job, scripted(200, { status: 'completed', output: link, cost }));
      expect(state).toEqual({ state: 'done', result: { pictures: [expect.anything()], vendorId: 'r1' } });
    }
  });

  test('only its own 404 means lost', async () => {
    await start();
    const made = await submitted();
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(runcomfy.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'lost', on: 'status' });
    const lost = { state: 'lost', failure: { code: 'lost', charge: 'possible' } };
    expect(await runcomfy.check?.(made, tools)).toMatchObject(lost);
    const inside = scripted(200, { error_code: 404, error_message: 'Request not found' });
    expect(await runcomfy.check?.(job, inside)).toMatchObject(lost);
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    await start();
    const made = await submitted();
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(runcomfy.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(runcomfy.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(runcomfy.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await runcomfy.check?.(made, tools)).toMatchObject({ state: 'done' });
    expect(vendor.charges).toHaveLength(1);
  });
});

describe('stopping a job', () => {
  test('in the queue; one that runs goes on, and trouble is said', async () => {
    await start({ pollsUntilDone: Infinity });
    const made = await submitted();
    await runcomfy.cancel?.(made, tools);
    expect(tools.calls.at(-1)).toMatchObject({
      by: 'ask',
      method: 'POST',
      url: `${api}/requests/${made.id}/cancel`,
    });
    expect(await runcomfy.check?.(made, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'none' },
    });
    expect(vendor.charges).toEqual([]);
    const running = await submitted();
    await runcomfy.check?.(running, tools);
    await runcomfy.check?.(running, tools);
    await runcomfy.cancel?.(running, tools);
    expect(await runcomfy.check?.(running, tools)).toEqual({ state: 'running' });
    await runcomfy.cancel?.({ ...made, id: 'unknown' }, tools);
    vendor.fail({ kind: 'refuse', status: 503, on: 'cancel' });
    expect(await thrown(runcomfy.cancel!(made, tools))).toMatchObject({ code: 'vendor-down' });
  });
});

describe('refusals', () => {
  test.each([
    [400, { error_code: 40_001, error_message: 'The prompt was flagged' }, 'moderation', 'user', 'none'],
    [400, { message: 'Insufficient balance' }, 'no-balance', 'user', 'none'],
    [401, { error: 'Unsafe token: flagged' }, 'bad-key', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, { detail: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { detail: 'Request not found' }, 'no-such-job', 'user', 'none'],
    [404, 'no healthy load balancer', 'not-found', 'user', 'none'],
    [422, { detail: [{ loc: ['body', 'prompt'], msg: 'field required' }] }, 'refused', 'user', 'none'],
    [429, { message: 'Too many requests for this balance' }, 'busy', 'wait', 'none'],
    [500, { error_code: 500, error_message: 'Internal' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(runcomfy.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test.each([
    [{ message: 'no prompt' }],
    [{ error: { message: 'no prompt' } }],
    [{ detail: [{ msg: 'no prompt' }] }],
    [{ error_code: 1, error_message: 'no prompt', message: 'x' }],
  ])('its own words reach the person: %o', (body) => {
    expect(runcomfy.readError(answer(422, body)).message).toContain('It said: no prompt');
  });
});
