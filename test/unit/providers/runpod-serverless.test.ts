import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { forecastTask, pictureForecast } from '#core/plan/forecast';
import type { RemoteJob } from '#core/provider';
import { providerInfo } from '#core/provider-info';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import { completeGraph, nodeClassSchema } from '#providers/kit/comfyui-graph';
import { assumedClasses } from '#providers/kit/core-node-classes';
import { recipes } from '#providers/kit/recipes/catalogue';
import { readChosenFiles, withChosenFiles } from '#providers/kit/recipes/chosen-files';
import { workerFailure } from '#providers/kit/worker-comfyui';
import serverless from '#providers/runpod-serverless.provider';
import {
  createFakeRunpodServerless,
  type FakeRunpodServerless,
  type FakeRunpodServerlessOptions,
} from '#test/kit/fake-runpod-serverless';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

const settings = { endpoint: 'abc123xyz', perSecond: '0.001', longest: '60' };
const size = { width: 512, height: 512 };

function generate(changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'runpod-serverless', model: 'sd-1.5' },
    prompt: 'a red bicycle',
    size,
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
const edit = (images: ImageRef[]): TaskOf<'edit'> => ({ ...generate(), kind: 'edit', images });

let endpoint: FakeRunpodServerless | undefined;
afterEach(() => endpoint?.close());
async function start(options: FakeRunpodServerlessOptions = {}, own: Record<string, string> = {}) {
  const fake = await createFakeRunpodServerless(options);
  endpoint = fake;
  const tools = recordingTools(serverless, server(fake.url, serverless.hosts), {
    key: 'test-key',
    settings: { ...settings, ...own },
  });
  return { fake, tools };
}
async function submitted(tools: RecordingTools, task: ImageTask = generate()): Promise<RemoteJob> {
  const made = await serverless.submit(task, tools);
  if (made.state !== 'accepted') throw new Error('RunPod accepts');
  return made.job;
}
const scripted = (status: number, body: unknown, own: Record<string, string> = {}) =>
  recordingTools(serverless, () => answer(status, body), { key: 'k', settings: { ...settings, ...own } });
const job: RemoteJob = {
  provider: 'runpod-serverless',
  model: 'sd-1.5',
  id: 'j1',
  ticket: { endpoint: 'abc123xyz', perSecond: 0.001, longest: 60, sentAt: 0, files: [], pictures: 1 },
};

describe('a recipe without a server to ask', () => {
  const fixture = new URL('../../fixtures/comfyui-object-info.json', import.meta.url);
  const classes = new Map(
    Object.entries(z.record(z.string(), nodeClassSchema).parse(JSON.parse(readFileSync(fixture, 'utf8')))),
  );
  const listed = 'flux/flux1-dev-kontext_fp8_scaled.safetensors, film/grain.safetensors';

  test('trains nothing: a worker gives pictures home, and no other files', () => {
    expect(serverless.models.filter(({ tasks }) => tasks.includes('train-lora'))).toEqual([]);
    expect(serverless.models.filter(({ training }) => training !== undefined)).toEqual([]);
  });

  test.each(recipes.map((recipe) => [recipe.model.id, recipe] as const))(
    '%s: the prompt is the one that ComfyUI itself would have it',
    (_id, recipe) => {
      const { tasks, takes, maxReferences = 1, needsMask } = recipe.model;
      const loras = takes.loras ? [{ name: 'grain', strength: 0.5 }] : [];
      const image: ImageRef = { hash: 'a', format: 'png', width: 512, height: 512, bytes: 9 };
      const all: Record<ImageTask['kind'], ImageTask> = {
        generate: { ...generate(), loras, count: 2 },
        edit: { ...edit(Array.from({ length: maxReferences }, () => image)), loras, count: 2 },
        upscale: { kind: 'upscale', model: generate().model, image, factor: 2, extra: undefined },
      };
      for (const kind of tasks.filter((each) => each !== 'train-lora')) {
        const images =
          kind === 'generate' ? [] : Array.from({ length: maxReferences }, (_, at) => `${at}.png`);
        const mask = needsMask ? { mask: 'mask.png' } : {};
        const built = recipe.build(all[kind], { images, ...mask, seed: 7, prefix: 'p' });
        const assumed = withChosenFiles(built, readChosenFiles(listed));
        const here = completeGraph(assumed.graph, assumedClasses(assumed.graph));
        expect(here).toEqual(completeGraph(built, classes));
        expect(here.ok).toBe(true);
        expect(assumed.files.length).toBeGreaterThan(0);
      }
    },
  );

  test('files: the person’s own first, then what is listed, then the one that the recipe names', () => {
    const file = { names: ['big.safetensors', 'small.safetensors'], folder: 'vae', from: '' };
    const graph = { a: { nodeClass: 'VAELoader', inputs: { vae_name: { file } } } };
    const nameBy = (text: string) =>
      withChosenFiles(graph, readChosenFiles(text)).graph['a']?.inputs['vae_name'];
    expect(nameBy('')).toBe('big.safetensors');
    expect(nameBy('other.safetensors, sub/small.safetensors')).toBe('sub/small.safetensors');
    expect(nameBy('big.safetensors = my/own.sft\nsub/small.safetensors')).toBe('my/own.sft');
  });

  test('a LoRA that is named without its ending', async () => {
    const { tools } = await start();
    const made = await submitted(tools, generate({ loras: [{ name: 'grain', strength: 1 }] }));
    expect(JSON.stringify(tools.calls[0]?.json)).toContain('"lora_name":"grain.safetensors"');
    expect(made.ticket).toMatchObject({ files: [{}, { name: 'grain.safetensors', folder: 'loras' }] });
  });

  test('recipes of the person’s own are models of it too; nodes of extensions are taken as they are', async () => {
    const guide = readFileSync(new URL('../../../docs/add-a-recipe.md', import.meta.url), 'utf8');
    const text = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const own = text.replace('"CheckpointLoaderSimple"', '"SomebodysLoader"');
    const read = serverless.ownModels?.read([{ name: 'crisp.recipe.json', text: own }]);
    const model = read?.provider.models.find(({ id }) => id === 'crisp');
    expect(model).toMatchObject({ label: 'SDXL, crisp' });
    const tools = scripted(200, { id: 'j1', status: 'IN_QUEUE' });
    const task = generate({ model: { provider: 'runpod-serverless', model: 'crisp' } });
    await read?.provider.submit({ ...task, loras: [{ name: 'a.safetensors', strength: 1 }] }, tools);
    expect(tools.calls[0]?.json).toMatchObject({
      input: {
        workflow: {
          '4': { class_type: 'SomebodysLoader' },
          '3': { inputs: { model: ['lora-1', 0] } },
          'lora-1': { inputs: { model: ['4', 0], clip: ['4', 1] } },
        },
      },
    });
  });
});

describe('the order', () => {
  test('is one request, with the longest time as its policy; what it needs later is in the ticket', async () => {
    const { fake, tools } = await start();
    const made = await submitted(tools, generate({ extra: { comfy_org_api_key: 'own' } }));
    expect(tools.calls).toMatchObject([
      {
        by: 'spend',
        method: 'POST',
        url: 'https://api.runpod.ai/v2/abc123xyz/run',
        headers: { authorization: 'Bearer test-key' },
        json: { input: { comfy_org_api_key: 'own' }, policy: { executionTimeout: 60_000 } },
      },
    ]);
    expect(made.ticket).toMatchObject({ endpoint: 'abc123xyz', perSecond: 0.001, pictures: 1 });
    expect(JSON.stringify(made)).not.toContain('test-key');
    expect(fake.charges).toMatchObject([{ jobId: made.id, pictures: 1 }]);
  });

  test('an answer that is no order leaves open whether it was taken', async () => {
    const { fake, tools } = await start();
    for (const kind of ['html', 'empty', 'truncated-json', 'wrong-types'] as const) {
      fake.fail({ kind, on: 'submit' });
      expect(await thrown(serverless.submit(generate(), tools))).toMatchObject({
        code: 'unreadable',
        charge: 'possible',
      });
    }
  });

  test.each([
    [{ endpoint: '' }, 'no-endpoint'],
    [{ endpoint: 'my endpoint' }, 'no-endpoint'],
    [{ perSecond: 'cheap' }, 'bad-setting'],
    [{ perSecond: '-1' }, 'bad-setting'],
    [{ longest: '0' }, 'bad-setting'],
    [{ together: 'all' }, 'bad-setting'],
  ])('%o is said before anything is sent', async (own, code) => {
    const tools = scripted(200, {}, own);
    expect(await thrown(serverless.submit(generate(), tools))).toMatchObject({
      code,
      act: 'user',
      charge: 'none',
    });
    expect(tools.calls).toEqual([]);
  });

  test("the endpoint's address does as well as its id", async () => {
    const own = { endpoint: ' https://api.runpod.ai/v2/xyz9/runsync ' };
    const tools = scripted(200, { id: 'j1', status: 'IN_QUEUE' }, own);
    await submitted(tools);
    expect(tools.calls[0]?.url).toBe('https://api.runpod.ai/v2/xyz9/run');
  });
});

describe('10 MB a request', () => {
  /** A picture whose file cannot be made small without loss. */
  async function noisy(tools: RecordingTools, side: number, mark: number): Promise<ImageRef> {
    const pixels = Buffer.alloc(side * side * 3);
    let state = mark;
    for (let at = 0; at < pixels.length; at += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      pixels[at] = state;
    }
    const raw = { width: side, height: side, channels: 3 } as const;
    return tools.keep(await sharp(pixels, { raw }).png().toBuffer());
  }
  const linkNode = 'LoadImageFromUrl.url';

  test('what fits goes inside as it is; a picture that comes twice is sent once', async () => {
    const { fake, tools } = await start();
    const image = await tools.keep(await picture(64, 64, '#f00'));
    await submitted(tools, { ...edit([image]), mask: image });
    const { input } = tools.calls[0]!.json as { input: { images: { name: string; image: string }[] } };
    const { name, image: base64 } = input.images[0]!;
    expect(input.images).toHaveLength(1);
    expect(name).toBe(`${image.hash}.png`);
    expect(Buffer.from(base64, 'base64').length).toBe(image.bytes);
    expect(fake.charges).toHaveLength(1);
  });

  test('what does not fit goes by link where the worker has a node for it', async () => {
    const { tools } = await start({}, { linkNode });
    const image = await noisy(tools, 1700, 3);
    expect(image.bytes).toBeGreaterThan(7_500_000);
    const made = await serverless.submit(edit([image]), tools);
    const { input } = tools.calls.at(-1)!.json as {
      input: { images?: unknown; workflow: Record<string, unknown> };
    };
    expect(made.state).toBe('accepted');
    expect(input.images).toBeUndefined();
    expect(input.workflow['input']).toEqual({
      class_type: 'LoadImageFromUrl',
      inputs: { url: `https://pictures.example/${image.hash}` },
    });
  });

  test('else it is written anew with less detail, the same size', async () => {
    const { fake, tools } = await start();
    const image = await noisy(tools, 1700, 3);
    await submitted(tools, edit([image]));
    const { input } = tools.calls.at(-1)!.json as { input: { images: { image: string }[] } };
    const sent = await sharp(Buffer.from(input.images[0]!.image, 'base64')).metadata();
    expect(sent).toMatchObject({ format: 'webp', width: 1700, height: 1700 });
    expect(fake.charges).toHaveLength(1);
  });

  test('what does not fit at all is refused with words, and nothing is sent', async () => {
    const { tools } = await start();
    const images = await Promise.all([3, 5, 7].map((mark) => noisy(tools, 1700, mark)));
    const model = { provider: 'runpod-serverless', model: 'qwen-image-edit' };
    const failure = await thrown(serverless.submit({ ...edit(images), model }, tools));
    expect(failure).toMatchObject({ code: 'payload-too-large', act: 'user', charge: 'none' });
    expect(failure.message).toMatch(/MB.*RunPod takes 10\.0 MB.*nothing was sent.*Resize/s);
    expect(tools.calls).toEqual([]);
  }, 30_000);
});

describe('asking for a job', () => {
  test('waits, runs, and gives its picture with what its seconds cost', async () => {
    const { tools } = await start({ pollsUntilDone: 3, workers: { idle: 0, initializing: 1, running: 0 } });
    const made = await submitted(tools);
    expect(await serverless.check?.(made, tools)).toEqual({
      state: 'waiting',
      words: 'a worker is starting',
    });
    expect(await serverless.check?.(made, tools)).toEqual({ state: 'running' });
    const state = await serverless.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done at the third question');
    expect(state.result).toMatchObject({ vendorId: made.id, price: 0.005234, pictures: [{ from: 'bytes' }] });
  });

  test.each(['s3', 'old'] as const)('pictures of a worker that gives %s', async (gives) => {
    const { tools } = await start({ gives });
    const made = await submitted(tools);
    const state = await serverless.check?.(made, tools);
    if (state?.state !== 'done') throw new Error('it is done');
    const [one] = state.result.pictures;
    expect(state.result.pictures).toHaveLength(1);
    if (gives === 'old') return expect(one).toMatchObject({ from: 'bytes' });
    if (one?.from !== 'url') throw new Error('a bucket gives links');
    // The key is RunPod's alone.
    expect(one.request.headers).toBeUndefined();
    expect(one.request.url).toMatch(/\?X-Amz-Signature=signed$/);
  });

  test('pictures come in the order of their files', async () => {
    const image = (filename: string, mark: string) => ({
      filename,
      type: 's3_url',
      data: `https://bucket.example/${mark}`,
    });
    const images = [
      image('p-10_00001_.png', 'c'),
      image('p-2_00001_.png', 'b'),
      image('p-1_00001_.png', 'a'),
    ];
    const state = await serverless.check?.(job, scripted(200, { status: 'COMPLETED', output: { images } }));
    expect(state).toMatchObject({
      result: {
        pictures: ['a', 'b', 'c'].map((mark) => ({ request: { url: `https://bucket.example/${mark}` } })),
      },
    });
  });

  test.each([
    [{ workers: { idle: 0, running: 0 } }, 'waiting for a worker to start'],
    [{ workers: { initializing: 2, running: 0 } }, 'a worker is starting'],
    [{ workers: { running: 3 }, jobs: { inQueue: 12 } }, 'all workers are busy, 12 jobs wait'],
    [{ workers: { running: 3, initializing: 1 }, jobs: { inQueue: 1 } }, 'all workers are busy'],
    [{ workers: { ready: 1 } }, 'a worker is taking it'],
    [{ workers: { throttled: 2 } }, 'no free GPU for a worker just now'],
    [{ workers: { unhealthy: 1 } }, 'workers fail to start: look at their logs'],
    [{ workers: 'none' }, 'waiting for a worker to start'],
  ])('health %o: %s', async (health, words) => {
    const tools = recordingTools(
      serverless,
      ({ url }) => answer(200, url.endsWith('/health') ? health : { id: 'j1', status: 'IN_QUEUE' }),
      { key: 'k', settings },
    );
    expect(await serverless.check?.(job, tools)).toEqual({ state: 'waiting', words });
  });

  test('a health that cannot be asked is no reason not to wait', async () => {
    const tools = recordingTools(
      serverless,
      ({ url }) =>
        url.endsWith('/health') ? answer(500, '') : answer(200, { id: 'j1', status: 'IN_QUEUE' }),
      { key: 'k', settings },
    );
    expect(await serverless.check?.(job, tools)).toEqual({ state: 'waiting' });
  });

  test('steps that a newer worker tells', async () => {
    const output = { type: 'progress', value: 12, max: 25, percent: 48, node: '3' };
    expect(await serverless.check?.(job, scripted(200, { status: 'IN_PROGRESS', output }))).toEqual({
      state: 'running',
      fraction: 0.48,
    });
  });

  const validation = `Workflow validation failed:\n• Node model (errors): [{'type': 'value_not_in_list', 'message': 'Value not in list', 'details': "unet_name: 'my-model.safetensors' not in ['a.safetensors']", 'extra_info': {}}]\n• Node model (class_type): UNETLoader`;
  test.each([
    [{ status: 'FAILED', error: validation, executionTime: 900 }, 'comfyui-lacks', 'user', 'certain', 0.0009],
    [{ status: 'FAILED', error: 'CUDA out of memory' }, 'out-of-memory', 'user', 'possible', undefined],
    [{ status: 'FAILED' }, 'job-failed', 'vendor', 'possible', undefined],
    [{ status: 'FAILED', error: { odd: true } }, 'job-failed', 'vendor', 'possible', undefined],
    [
      { status: 'FAILED', error: 'Workflow validation failed: x' },
      'prompt-refused',
      'user',
      'possible',
      undefined,
    ],
    [
      {
        status: 'FAILED',
        error: JSON.stringify({ error_type: 'E', error_message: 'Worker exited' }),
        executionTime: 0,
      },
      'job-failed',
      'vendor',
      'none',
      0,
    ],
    [{ status: 'TIMED_OUT', executionTime: 60_000 }, 'timed-out', 'user', 'certain', 0.06],
    [{ status: 'TIMED_OUT' }, 'timed-out', 'user', 'possible', undefined],
    [{ status: 'CANCELLED' }, 'cancelled', 'user', 'none', 0],
    [{ status: 'CANCELLED', workerId: 'w' }, 'cancelled', 'user', 'possible', undefined],
    [{ status: 'CANCELLED', executionTime: 3000 }, 'cancelled', 'user', 'certain', 0.003],
    [{ status: 'COMPLETED', executionTime: 1 }, 'no-pictures', 'user', 'certain', 0.000001],
    [
      { status: 'COMPLETED', output: { status: 'success_no_images', images: [] } },
      'no-pictures',
      'user',
      'possible',
      undefined,
    ],
    [
      { status: 'COMPLETED', output: { error: 'Worker exited' } },
      'job-failed',
      'vendor',
      'possible',
      undefined,
    ],
    [{ status: 'COMPLETED', output: { message: 'Timeout!' } }, 'job-failed', 'vendor', 'possible', undefined],
  ])('a verdict: %o', async (body, code, act, charge, price) => {
    const state = await serverless.check?.(job, scripted(200, { id: 'j1', ...body }));
    expect(state).toMatchObject({ state: 'failed', failure: { code, act, charge } });
    expect(state).toHaveProperty('state', 'failed');
    expect((state as { price?: number }).price).toBe(price);
  });

  test('less than was asked for, with a reason: what came is kept, and the reason is told', async () => {
    const images = [{ filename: 'a.png', type: 's3_url', data: 'https://bucket.example/a' }];
    const errors = ['Workflow execution error: Node Type: VAEDecode, Message: out of memory'];
    const body = { status: 'COMPLETED', output: { images, errors } };
    const two = { ...job, ticket: { ...(job.ticket as object), pictures: 2 } } as RemoteJob;
    expect(await serverless.check?.(two, scripted(200, body))).toMatchObject({
      state: 'done',
      result: { pictures: [{ from: 'url' }, { from: 'nowhere', failure: { code: 'out-of-memory' } }] },
    });
    // Beside all of them it is a warning.
    const state = await serverless.check?.(job, scripted(200, body));
    expect(state).toMatchObject({ result: { pictures: [{ from: 'url' }] } });
  });

  test.each([
    ['an unknown status', { id: 'j1', status: 'PAUSED' }],
    ["another job's result", { id: 'j2', status: 'CANCELLED' }],
  ])('%s is no verdict', async (_name, body) => {
    expect(await thrown(serverless.check!(job, scripted(200, body)))).toMatchObject({ charge: 'possible' });
  });

  test('a result that is older than 30 minutes is lost, and said so', async () => {
    let now = 0;
    const time = { now: () => now, workers: 1, coldStart: 20_000, jobTime: 5_000 };
    const { tools } = await start({ time });
    const later = { ...tools, now: () => now };
    const made = await submitted(tools);
    now = 30_000;
    expect(await serverless.check?.(made, later)).toMatchObject({ state: 'done' });
    now += 31 * 60_000;
    const state = await serverless.check?.(made, later);
    expect(state).toMatchObject({ state: 'lost', failure: { act: 'vendor', charge: 'possible' } });
    expect(JSON.stringify(state)).toContain('kept for 30 minutes');
  });

  test("only RunPod's own 404 means lost, and one that came early means something else", async () => {
    const { fake, tools } = await start();
    const made = await submitted(tools);
    fake.fail({ kind: 'refuse', status: 404, body: '<html>no such site</html>', on: 'status' });
    expect(await thrown(serverless.check!(made, tools))).toMatchObject({ code: 'not-found' });
    fake.fail({ kind: 'refuse', status: 404, body: { error: 'endpoint not found' }, on: 'status' });
    expect(await thrown(serverless.check!(made, tools))).toMatchObject({ code: 'no-endpoint' });
    fake.fail({ kind: 'lost', on: 'status' });
    const state = await serverless.check?.(made, tools);
    expect(state).toMatchObject({ state: 'lost', failure: { code: 'lost', charge: 'possible' } });
    expect(JSON.stringify(state)).toContain('taken out of the queue');
  });

  test('goes to the endpoint it was sent to, also when the settings name another', async () => {
    const tools = scripted(200, { id: 'j1', status: 'IN_PROGRESS' }, { endpoint: 'another' });
    await serverless.check?.(job, tools);
    await serverless.cancel?.(job, tools);
    expect(tools.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://api.runpod.ai/v2/abc123xyz/status/j1',
      'POST https://api.runpod.ai/v2/abc123xyz/cancel/j1',
    ]);
  });

  test('stops a job; one that is done or unknown cannot be stopped, and that is no error', async () => {
    const { fake, tools } = await start({ pollsUntilDone: 5 });
    const made = await submitted(tools);
    await serverless.cancel?.(made, tools);
    expect(await serverless.check?.(made, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', charge: 'none' },
      price: 0,
    });
    expect(fake.charges).toEqual([]);
    await serverless.cancel?.(job, tools);
    fake.fail({ kind: 'refuse', status: 500, on: 'cancel' });
    expect(await thrown(serverless.cancel!(made, tools))).toMatchObject({ act: 'wait' });
  });
});

describe('what the worker lacks', () => {
  test('a file, with all that the recipe knows of it', async () => {
    const { tools } = await start();
    const made = await submitted(tools, generate({ loras: [{ name: 'missing-style', strength: 1 }] }));
    const state = await serverless.check?.(made, tools);
    if (state?.state !== 'failed') throw new Error('it lacks the LoRA');
    expect(state.failure).toMatchObject({ code: 'comfyui-lacks', act: 'user' });
    expect(state.failure.missing).toEqual([
      { kind: 'model-file', name: 'missing-style.safetensors', folder: 'loras' },
    ]);
    expect(state.failure.message).toContain('models/loras/missing-style.safetensors');
    // What the worker has instead can be read.
    expect(state.failure.detail).toContain('film/grain.safetensors');
  });

  test('a node, in the words of either version', () => {
    const raw = 'Cannot execute because node SomebodysNode does not exist.. Raw response: {"error":{}}';
    expect(workerFailure(raw, []).missing).toEqual([{ kind: 'node-class', name: 'SomebodysNode' }]);
    expect(workerFailure("Node 'Load Image (url)' not found. Install it.", []).missing).toEqual([
      { kind: 'node-class', name: 'Load Image (url)' },
    ]);
  });

  test('a picture that did not arrive is no model file', () => {
    const said = `Workflow validation failed:\n• Node input (errors): [{'details': "image: 'a.png' not in []"}]`;
    expect(workerFailure(said, [])).toMatchObject({ code: 'prompt-refused' });
  });
});

describe('prices and places', () => {
  const [model] = serverless.models.filter(({ id }) => id === 'sd-1.5');
  const own = (values: Record<string, string>) => providerInfo(serverless, (_id, name) => values[name]);

  test('are those of the dearest worker until the person says what theirs costs', () => {
    // Two seconds at least, 600 at most.
    expect(pictureForecast(model!)).toEqual({ low: 0.0048, high: 1.44 });
    expect(serverless.limits).toEqual({ together: 3 });
    const { models, limits } = own({ perSecond: '0.00031', longest: '100', together: '25' });
    const mine = models.find(({ id }) => id === 'sd-1.5')!;
    expect(pictureForecast(mine)).toEqual({ low: 0.00062, high: 0.031 });
    // A set is one job, which may take no longer.
    expect(forecastTask(generate({ count: 4 }), mine).price).toEqual({ low: 0.00248, high: 0.031 });
    expect(mine.price.source).toContain('$0.00031 a second');
    expect(limits).toEqual({ together: 25 });
  });

  test('what cannot be read counts as if it were not set', () => {
    expect(own({ perSecond: 'x', longest: '-3', together: '0.4' })).toEqual(providerInfo(serverless));
  });
});

describe('what an error means', () => {
  test.each([
    [400, { error: 'bad input' }, 'refused', 'user', 'none'],
    [400, { error: 'request payload too large' }, 'payload-too-large', 'user', 'none'],
    [401, '', 'bad-key', 'user', 'none'],
    [402, '', 'no-balance', 'user', 'none'],
    [403, { detail: 'Insufficient funds' }, 'no-balance', 'user', 'none'],
    [403, { detail: 'Not allowed' }, 'forbidden', 'user', 'none'],
    [404, { error: 'job not found' }, 'no-such-job', 'user', 'none'],
    [404, { error: 'endpoint not found' }, 'no-endpoint', 'user', 'none'],
    [404, '404 page not found', 'not-found', 'user', 'none'],
    [413, 'Payload too large', 'payload-too-large', 'user', 'none'],
    [429, { error: 'Too many requests' }, 'busy', 'wait', 'none'],
    [500, { error: 'Internal' }, 'vendor-down', 'wait', 'possible'],
    [503, '<html>503</html>', 'vendor-down', 'wait', 'possible'],
    [418, 'Blocked by the company proxy', 'unreadable', 'user', 'none'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(serverless.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });
});

describe('the check of the key', () => {
  test.each([
    [
      { workers: { idle: 0, running: 0 } },
      'The endpoint answers; no worker is up, the first job starts one.',
    ],
    [
      { workers: { idle: 2, ready: 2, running: 1, throttled: 1 } },
      'The endpoint answers; workers: 2 ready, 1 at work, 1 without a GPU.',
    ],
  ])('%o', async (health, note) => {
    const tools = scripted(200, health);
    expect(await serverless.checkKey?.(tools)).toEqual({ note });
    expect(tools.calls).toMatchObject([{ by: 'ask', url: 'https://api.runpod.ai/v2/abc123xyz/health' }]);
  });
});
