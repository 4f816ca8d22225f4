import { describe, expect, onTestFinished, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import oxen from '#providers/oxen.provider';
import { createFakeOxen, type FakeOxenOptions } from '#test/kit/fake-oxen';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

const queue = 'https://hub.oxen.ai/api/ai/queue';

async function start(options: FakeOxenOptions = {}) {
  const vendor = await createFakeOxen(options);
  onTestFinished(() => vendor.close());
  const tools = recordingTools(oxen, server(vendor.url, oxen.hosts), {
    key: 'test-key',
    settings: { baseUrl: vendor.url },
  });
  return { vendor, tools };
}
function generate(changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'oxen', model: 'seedream-4.5' },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
function edit(images: ImageRef[], changes: Partial<TaskOf<'edit'>> = {}): TaskOf<'edit'> {
  const { kind: _kind, ...made } = generate();
  return { ...made, kind: 'edit', images, ...changes };
}
async function submitted(tools: RecordingTools, task: ImageTask = generate()): Promise<RemoteJob> {
  const made = await oxen.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('Oxen.ai accepts');
  return made.job;
}
const accepted = { generations: [{ generation_id: 'g1', status: 'queued' }] };
const scripted = (status: number, body: unknown) =>
  recordingTools(oxen, () => answer(status, body), { key: 'k' });
const job: RemoteJob = {
  provider: 'oxen',
  model: 'seedream-4.5',
  id: 'g1',
  ticket: { ids: ['g1'] },
};
const [model] = oxen.models;

describe('the order', () => {
  test('is one request to the queue', async () => {
    const { vendor, tools } = await start();
    const made = await submitted(
      tools,
      generate({ size: { width: 1440, height: 2560 }, seed: 0, count: 4, negative: 'blur' }),
    );
    expect(tools.calls).toEqual([
      {
        by: 'spend',
        method: 'POST',
        url: queue,
        headers: { authorization: 'Bearer test-key' },
        timeout: 300_000,
        json: {
          model: 'bytedance-seedream-4-5',
          prompt: 'a red bicycle',
          aspect_ratio: '9:16',
          size: '2K',
          seed: 0,
          num_generations: 4,
        },
      },
    ]);
    expect(vendor.charges).toMatchObject([{ jobId: made.id, pictures: 4 }]);
  });

  test('references go inside it, byte for byte and in their order; what Oxen.ai may refuse is written anew', async () => {
    const { vendor, tools } = await start();
    const images: ImageRef[] = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(64, 48, color)));
    await submitted(tools, edit([...images, { ...images[0]!, format: 'gif' }]));
    const links = (vendor.requests[0]!.body as { input_image: string[] }).input_image;
    const bytes = links.map((link) => Buffer.from(link.slice(link.indexOf(',') + 1), 'base64'));
    for (const [index, image] of images.entries()) {
      expect(links[index]).toMatch(/^data:image\/png;base64,/);
      expect(bytes[index]?.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(links[3]).toMatch(/^data:image\/webp;base64,/);
    expect(await tools.keep(bytes[3]!)).toMatchObject({ format: 'webp', width: 64, height: 48 });
  });

  test('a reference ByteDance does not take is refused before anything is sent', async () => {
    const { vendor, tools } = await start();
    const long = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(oxen.submit(edit([long]), tools))).toMatchObject({
      code: 'reference-size',
      charge: 'none',
    });
    expect(vendor.requests).toEqual([]);
  });

  test.each(['html', 'empty', 'truncated-json', 'wrong-types'] as const)(
    'an answer that is no order leaves open whether it was taken: %s',
    async (kind) => {
      const { vendor, tools } = await start();
      vendor.fail({ kind, on: 'submit' });
      expect(await thrown(oxen.submit(generate(), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    },
  );

  test.each([[{ generations: [] }], [{ status: 'error', error: { detail: 'Something broke' } }]])(
    'and so does %o',
    async (body) =>
      expect(await thrown(oxen.submit(generate(), scripted(200, body)))).toMatchObject({
        charge: 'possible',
      }),
  );
});

describe('what the plan says is what is sent', () => {
  test('over every param', async () => {
    const sent = await expectExplained(oxen, {
      respond: () => answer(200, accepted),
      carried: ({ model: name, prompt, aspect_ratio: aspect, size, input_image: images, ...rest }) => {
        const { seed, num_generations: count, ...others } = rest;
        expect({ name, others }).toEqual({ name: 'bytedance-seedream-4-5', others: {} });
        expect(['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3']).toContain(aspect);
        expect(['2K', '4K']).toContain(size);
        return {
          prompt,
          count: count ?? 1,
          ...(seed === undefined ? {} : { seed }),
          ...(images === undefined ? {} : { images: (images as unknown[]).length }),
        };
      },
    });
    expect(sent).toBeGreaterThan(20);
  });

  test('the plan names the aspect and the tier that are asked for in the place of the size', async () => {
    const aspects = [
      [16, 9],
      [9, 16],
      [16, 16],
      [16, 12],
      [12, 16],
      [18, 12],
      [12, 18],
      [20, 9],
    ] as const;
    const seen = new Set<string>();
    for (const [across, down] of aspects)
      for (let scale = 100; scale <= 280; scale += 1) {
        const task = generate({ size: { width: across * scale, height: down * scale } });
        const notes = checkTask(task, model!);
        if (notes.some(({ effect }) => effect === 'refused')) continue;
        const tools = scripted(200, accepted);
        await submitted(tools, task);
        const { aspect_ratio: asked, size } = tools.calls[0]!.json as Record<string, string>;
        expect(notes.map(({ field }) => field)).toEqual(['size']);
        expect(notes[0]?.message).toContain(` is asked for ${asked} at ${size} only`);
        seen.add(`${asked} ${size}`);
      }
    expect(seen.size).toBe(14);
  });

  test.each([
    [{ size: { width: 2560, height: 1440 }, seed: 1 }, ['ignored size']],
    [{ size: { width: 2000, height: 1000 } }, ['refused size', 'refused size']],
    [{ size: { width: 1024, height: 1024 } }, ['refused size']],
    [{ size: { width: 8192, height: 8192 } }, ['refused size']],
    [{ count: 5, negative: 'blur' }, ['ignored size', 'refused count', 'ignored negative']],
  ])('the limits: %o', (changes, expected) => {
    const notes = checkTask(generate(changes), model!);
    expect(notes.map(({ effect, field }) => `${effect} ${field}`)).toEqual(expected);
  });

  test('ten references, and as many pictures as without them', () => {
    const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
    const fields = (length: number) =>
      checkTask(
        edit(
          Array.from({ length }, () => image),
          { count: 4 },
        ),
        model!,
      ).map(({ field }) => field);
    expect(fields(10)).toEqual(['size', 'set']);
    expect(fields(11)).toEqual(['size', 'images', 'set']);
  });
});

describe('asking for a job', () => {
  test('waits, runs, and gives a picture for each generation', async () => {
    const { vendor, tools } = await start({ pollsUntilDone: 3 });
    const made = await submitted(tools, generate({ count: 2 }));
    expect(await oxen.check?.(made, tools)).toEqual({ state: 'waiting' });
    expect(await oxen.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await oxen.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result.pictures).toHaveLength(2);
    expect(state.result.vendorId?.split(', ')).toEqual((made.ticket as { ids: string[] }).ids);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error('Oxen.ai gives links');
      expect((await fetch(one.request.url)).status).toBe(401);
      expect((await fetch(one.request.url, one.request)).status).toBe(200);
    }
    expect(tools.calls.at(-1)).toMatchObject({ by: 'ask', method: 'GET' });
    expect(vendor.charges).toHaveLength(1);
  });

  const row = { generation_id: 'g1', media_type: 'image', result_url: null, error_message: null };
  test.each([
    ['https://hub.oxen.ai/api/repos/me/pictures/file/main/1.png', true],
    ['https://cdn.example/1.png?signature=x', false],
    ['https://hub.oxen.ai.example/1.png', false],
    ['https://hub.oxen.ai@evil.example/1.png', false],
    ['http://hub.oxen.ai/1.png', false],
    ['no link', false],
  ])('the key goes with its own links only: %s %s', async (link, hasKey) => {
    const tools = scripted(200, { ...row, status: 'succeeded', result_url: link });
    const state = await oxen.check?.(job, tools);
    const request = {
      method: 'GET',
      url: link,
      ...(hasKey ? { headers: { authorization: 'Bearer k' } } : {}),
    };
    expect(state).toEqual({
      state: 'done',
      result: { vendorId: 'g1', pictures: [{ from: 'url', request }] },
    });
  });

  test.each([
    [{ status: 'failed', error_message: 'Flagged as sensitive' }, 'moderation', 'user'],
    [{ status: 'failed', error_message: 'Invalid value for aspect_ratio' }, 'refused', 'user'],
    [{ status: 'failed', error_message: 'Prediction failed' }, 'job-failed', 'vendor'],
    [{ status: 'failed' }, 'job-failed', 'vendor'],
    [{ status: 'cancelled' }, 'cancelled', 'user'],
    [{ status: 'succeeded' }, 'no-pictures', 'vendor'],
  ])('a verdict, which may have been charged: %o', async (body, code, act) => {
    const state = await oxen.check?.(job, scripted(200, { ...row, ...body }));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge: 'possible' } });
  });

  test.each([
    ['an unknown status', { ...row, status: 'paused' }],
    ["another generation's", { ...row, generation_id: 'g2', status: 'succeeded', result_url: 'https://x/1' }],
    ['a list', [row]],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(oxen.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  /** Each generation answers for itself. */
  const both = (bodies: Record<string, [number, object]>) =>
    recordingTools(oxen, ({ url }) => answer(...bodies[url.slice(queue.length + 1)]!), { key: 'k' });
  const two: RemoteJob = { ...job, ticket: { ids: ['g1', 'g2'] } };
  const done = { status: 'succeeded', result_url: 'https://cdn.example/1.png' };
  const unknown = { error: { title: 'Generation not found' } };
  test('generations of one order end one by one, and what was made is kept', async () => {
    const running = both({ g1: [200, done], g2: [200, { status: 'queued' }] });
    expect(await oxen.check?.(two, running)).toEqual({ state: 'running' });
    const one = both({ g1: [404, unknown], g2: [200, done] });
    expect(await oxen.check?.(two, one)).toMatchObject({
      state: 'done',
      result: { pictures: [{ from: 'nowhere', failure: { code: 'lost' } }, { from: 'url' }] },
    });
    const none = both({ g1: [404, unknown], g2: [404, unknown] });
    expect(await oxen.check?.(two, none)).toMatchObject({ state: 'lost', failure: { charge: 'possible' } });
    const failed = both({ g1: [200, { status: 'failed' }], g2: [404, unknown] });
    expect(await oxen.check?.(two, failed)).toMatchObject({ state: 'failed' });
    const trouble = both({ g1: [200, done], g2: [503, {}] });
    expect(await thrown(oxen.check!(two, trouble))).toMatchObject({ act: 'wait' });
  });

  test('trouble on the way is no verdict, and the picture is there afterwards', async () => {
    const { vendor, tools } = await start();
    const made = await submitted(tools);
    for (const status of [500, 502, 503, 504, 429, 408]) {
      vendor.fail({ kind: 'refuse', status, on: 'result' });
      expect(await thrown(oxen.check!(made, tools)), `${status}`).toMatchObject({ act: 'wait' });
    }
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      vendor.fail({ kind, on: 'result' });
      expect(await thrown(oxen.check!(made, tools)), kind).toMatchObject({ code: 'unreadable' });
    }
    vendor.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(oxen.check!(made, tools))).toMatchObject({ code: 'not-found' });
    vendor.fail({ kind: 'bad-key', on: 'status' });
    expect(await thrown(oxen.check!(made, tools))).toMatchObject({ code: 'bad-key', act: 'user' });
    expect(await oxen.check?.(made, tools)).toMatchObject({ state: 'done' });
  });

  test('stops every generation; one that is done or unknown cannot be stopped, and that is no error', async () => {
    const { vendor, tools } = await start({ pollsUntilDone: 5 });
    const made = await submitted(tools, generate({ count: 2 }));
    await oxen.cancel?.(made, tools);
    const { ids } = made.ticket as { ids: string[] };
    expect(tools.calls.slice(-2)).toMatchObject(
      ids.map((id) => ({ by: 'ask', method: 'DELETE', url: `${queue}/${id}` })),
    );
    expect(await oxen.check?.(made, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'possible' },
    });
    await oxen.cancel?.(made, tools);
    await oxen.cancel?.(job, tools);
    vendor.fail({ kind: 'refuse', status: 500, on: 'cancel' });
    expect(await thrown(oxen.cancel!(made, tools))).toMatchObject({ act: 'wait' });
  });
});

describe('what an error means', () => {
  const detail = (text: unknown) => ({ error: { type: 'invalid_request', detail: text } });
  test.each([
    [400, detail('num_generations must be an integer between 1 and 4'), 'refused', 'user', 'none'],
    [400, detail('Insufficient credits'), 'no-balance', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [
      401,
      { error: { type: 'unauthenticated', title: 'x' }, status: 'error', status_message: 'unauthenticated' },
      'bad-key',
      'user',
      'none',
    ],
    [403, { error: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { error: { message: 'Model not found: bytedance-seedream-4-5' } }, 'model-closed', 'user', 'none'],
    [404, { error: { title: 'Generation not found' } }, 'no-such-job', 'user', 'none'],
    [404, { status: 'error', status_message: 'resource_not_found' }, 'no-such-job', 'user', 'none'],
    [404, '404 page not found', 'not-found', 'user', 'none'],
    [413, 'Payload too large', 'too-large', 'user', 'none'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
    [422, detail('422: the prompt may contain sensitive words'), 'moderation', 'user', 'none'],
    [422, detail([{ msg: 'flagged by moderation' }]), 'moderation', 'user', 'none'],
    [422, detail({ msg: 'field required' }), 'refused', 'user', 'none'],
    [429, { error: { title: 'Rate limit exceeded' } }, 'busy', 'wait', 'none'],
    [500, detail('422: may contain sensitive words'), 'moderation', 'user', 'possible'],
    [500, { error: { title: 'Internal' } }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(oxen.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });
});
