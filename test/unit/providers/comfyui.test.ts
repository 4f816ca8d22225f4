import { afterEach, describe, expect, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { RemoteJob } from '#core/provider';
import { imageTaskSchema, type ImageTask, type TaskOf } from '#core/task';
import comfyui from '#providers/comfyui.provider';
import { readPreview } from '#providers/kit/comfyui-socket';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '#test/kit/fake-comfyui';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

let pod: FakeComfyui;
let tools: RecordingTools;
async function start(options: FakeComfyuiOptions = {}) {
  pod = await createFakeComfyui(options);
  tools = recordingTools(comfyui, server(pod.url, []), {
    key: options.key ?? '',
    settings: { baseUrl: `${pod.url}/` },
  });
}
afterEach(() => pod.close());

const made = {
  prompt: 'a red bicycle',
  size: { width: 512, height: 768 },
  count: 1,
  seed: 7,
  loras: [] as TaskOf<'generate'>['loras'],
  extra: undefined,
};
const generate = (model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> => ({
  kind: 'generate',
  model: { provider: 'comfyui', model },
  ...made,
  ...changes,
});
async function edit(model: string, changes: Partial<TaskOf<'edit'>> = {}): Promise<TaskOf<'edit'>> {
  const images = [await tools.keep(await picture(64, 64, '#336699'))];
  return { kind: 'edit', model: { provider: 'comfyui', model }, ...made, images, ...changes };
}
async function submitted(task: ImageTask = generate('sdxl')): Promise<RemoteJob> {
  const submit = await comfyui.submit(task, tools);
  if (submit.state !== 'accepted') throw new Error(JSON.stringify(submit));
  return submit.job;
}
type Prompt = Record<string, { class_type: string; inputs: Record<string, unknown> }>;
const posted = () => pod.requests.find(({ points }) => points.includes('submit'))?.body as { prompt: Prompt };

describe('what is sent', () => {
  test('SDXL: the whole prompt, under our own id', async () => {
    await start();
    await submitted(generate('sdxl', { negative: 'blurry', count: 3 }));
    expect(posted()).toEqual({
      prompt_id: 'attempt-1',
      client_id: 'attempt-1',
      extra_data: { preview_method: 'auto' },
      prompt: {
        checkpoint: {
          class_type: 'CheckpointLoaderSimple',
          inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' },
        },
        positive: {
          class_type: 'CLIPTextEncode',
          inputs: { text: 'a red bicycle', clip: ['checkpoint', 1] },
        },
        negative: { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['checkpoint', 1] } },
        latent: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 768, batch_size: 3 } },
        sampler: {
          class_type: 'KSampler',
          inputs: {
            model: ['checkpoint', 0],
            positive: ['positive', 0],
            negative: ['negative', 0],
            latent_image: ['latent', 0],
            seed: 7,
            steps: 25,
            cfg: 7,
            sampler_name: 'dpmpp_2m',
            scheduler: 'karras',
            denoise: 1,
          },
        },
        decode: { class_type: 'VAEDecode', inputs: { samples: ['sampler', 0], vae: ['checkpoint', 2] } },
        save: {
          class_type: 'SaveImage',
          inputs: { images: ['decode', 0], filename_prefix: 'seedloom/attempt-1' },
        },
      },
    });
  });

  test('LoRAs in their order, with the names the server lists', async () => {
    await start();
    const loras = [
      { name: 'grain', strength: 0.4 },
      { name: 'portrait_style.safetensors', strength: 1, clip: 0 },
    ];
    await submitted(generate('sdxl', { loras }));
    const { prompt } = posted();
    expect(prompt['lora-1']?.inputs).toMatchObject({
      model: ['checkpoint', 0],
      clip: ['checkpoint', 1],
      lora_name: 'film/grain.safetensors',
      strength_model: 0.4,
      strength_clip: 0.4,
    });
    expect(prompt['lora-2']?.inputs).toMatchObject({
      model: ['lora-1', 0],
      clip: ['lora-1', 1],
      lora_name: 'portrait_style.safetensors',
      strength_model: 1,
      strength_clip: 0,
    });
    expect(prompt['sampler']?.inputs['model']).toEqual(['lora-2', 0]);
    expect(prompt['positive']?.inputs['clip']).toEqual(['lora-2', 1]);
  });

  test('Flux: two encoders, guidance, an empty negative, LoRAs on the model alone', async () => {
    await start();
    await submitted(generate('flux-dev', { loras: [{ name: 'grain.safetensors', strength: 0.8 }] }));
    const { prompt } = posted();
    expect(prompt['clip']?.inputs).toEqual({
      clip_name1: 'clip_l.safetensors',
      clip_name2: 't5xxl_fp16.safetensors',
      type: 'flux',
    });
    expect(prompt['positive']?.inputs).toMatchObject({
      clip_l: 'a red bicycle',
      t5xxl: 'a red bicycle',
      guidance: 3.5,
    });
    expect(prompt['negative']).toEqual({
      class_type: 'ConditioningZeroOut',
      inputs: { conditioning: ['positive', 0] },
    });
    expect(prompt['lora-1']).toMatchObject({
      class_type: 'LoraLoaderModelOnly',
      inputs: { model: ['model', 0] },
    });
    expect(prompt['sampler']?.inputs).toMatchObject({
      model: ['lora-1', 0],
      steps: 20,
      cfg: 1,
      scheduler: 'simple',
    });
    expect(prompt['latent']?.class_type).toBe('EmptySD3LatentImage');
  });

  test.each(['sdxl', 'flux-dev'])(
    '%s edit: the picture by its content, each result with its own seed',
    async (model) => {
      await start();
      const task = await edit(model, { count: 2, strength: 0.35 });
      await submitted(task);
      const { prompt } = posted();
      const name = `seedloom/${task.images[0]?.hash}.png`;
      expect(prompt['input']).toEqual({ class_type: 'LoadImage', inputs: { image: name } });
      expect(prompt['scaled']?.inputs).toMatchObject({ width: 512, height: 768, crop: 'center' });
      expect(prompt['sampler-1']?.inputs).toMatchObject({
        seed: 7,
        denoise: 0.35,
        latent_image: ['encoded', 0],
      });
      expect(prompt['sampler-2']?.inputs).toMatchObject({
        seed: 8,
        denoise: 0.35,
        latent_image: ['encoded', 0],
      });
      const upload = pod.requests.find(({ points }) => points.includes('upload'));
      expect(upload?.body).toMatchObject({
        fields: { subfolder: 'seedloom', overwrite: 'true', type: 'input' },
      });
    },
  );

  test('an edit without a strength keeps two fifths; without a seed each attempt has its own', async () => {
    await start();
    const { seed: _seed, ...unseeded } = await edit('sdxl');
    await submitted(unseeded);
    expect(posted().prompt['sampler-1']?.inputs['denoise']).toBe(0.6);
    const first = posted().prompt['sampler-1']?.inputs['seed'] as number;
    expect(Number.isSafeInteger(first)).toBe(true);
    pod.requests.length = 0;
    await comfyui.submit(unseeded, { ...tools, requestId: 'attempt-2' });
    expect(posted().prompt['sampler-1']?.inputs['seed']).not.toBe(first);
  });

  test('ESRGAN enlarges to exactly the factor', async () => {
    await start();
    const image = await tools.keep(await picture(30, 20, '#102030'));
    const job = await submitted({
      kind: 'upscale',
      model: { provider: 'comfyui', model: 'esrgan' },
      image,
      factor: 2,
      extra: undefined,
    });
    await pod.settled();
    const state = await comfyui.check?.(job, tools);
    if (state?.state !== 'done' || state.result.pictures[0]?.from !== 'url')
      throw new Error(JSON.stringify(state));
    const { request } = state.result.pictures[0];
    const bytes = Buffer.from(await (await fetch(request.url)).arrayBuffer());
    expect(await tools.keep(bytes)).toMatchObject({ width: 60, height: 40 });
  });

  test('a picture that is on the server already is named, not sent', async () => {
    await start();
    const task = await edit('sdxl');
    await submitted(task);
    await comfyui.submit(task, { ...tools, requestId: 'attempt-2' });
    const uploads = pod.requests.filter(({ points }) => points.includes('upload'));
    expect(uploads).toHaveLength(1);
    const prompts = pod.requests.filter(({ points }) => points.includes('submit'));
    const name = `seedloom/${task.images[0]?.hash}.png`;
    for (const { body } of prompts)
      expect((body as { prompt: Prompt }).prompt['input']?.inputs['image']).toBe(name);
  });

  test('a server or gateway without HEAD gets the picture', async () => {
    await start();
    const real = server(pod.url, []);
    const old = recordingTools(
      comfyui,
      (request) => (request.method === 'HEAD' ? answer(405, 'Method Not Allowed') : real(request)),
      { settings: { baseUrl: pod.url } },
    );
    const images = [await old.keep(await picture(64, 64, '#336699'))];
    const task: ImageTask = { kind: 'edit', model: { provider: 'comfyui', model: 'sdxl' }, ...made, images };
    expect(await comfyui.submit(task, old)).toMatchObject({ state: 'accepted' });
    expect(pod.requests.filter(({ points }) => points.includes('upload'))).toHaveLength(1);
  });

  test('the greatest seed of a task is sent exactly, and each picture has a whole one of its own', async () => {
    await start();
    const seed = Number.MAX_SAFE_INTEGER;
    const task = await edit('sdxl', { seed, count: 2 });
    expect(imageTaskSchema.safeParse({ ...task, seed: seed + 1 }).success).toBe(false);
    await submitted(task);
    const seeds = ['sampler-1', 'sampler-2'].map((id) => posted().prompt[id]?.inputs['seed'] as number);
    expect(seeds[0]).toBe(seed);
    expect(new Set(seeds).size).toBe(2);
    expect(seeds.every(Number.isSafeInteger)).toBe(true);
    const sent = tools.calls.find(({ by }) => by === 'spend')!;
    expect(JSON.stringify(sent.json)).toContain('"seed":9007199254740991,');
  });

  test('the key goes along where there is one, also for the pictures', async () => {
    await start({ key: 'gateway' });
    const job = await submitted();
    await pod.settled();
    const state = await comfyui.check?.(job, tools);
    expect(pod.requests.every(({ authorized }) => authorized)).toBe(true);
    expect(state).toMatchObject({
      result: { pictures: [{ request: { headers: { authorization: 'Bearer gateway' } } }] },
    });
  });
});

describe('what cannot be sent', () => {
  test('everything the server lacks is named before anything is sent or uploaded', async () => {
    await start({
      objectInfo: { LoadImage: { input: {}, output: ['IMAGE'], output_name: ['IMAGE'], output_node: false } },
    });
    const failure = await thrown(
      comfyui.submit(await edit('flux-dev', { loras: [{ name: 'mine', strength: 1 }] }), tools),
    );
    expect(failure).toMatchObject({ code: 'comfyui-lacks', act: 'user', charge: 'none' });
    for (const name of [
      'UNETLoader',
      'DualCLIPLoader',
      'VAELoader',
      'KSampler',
      'SaveImage',
      'LoraLoaderModelOnly',
    ])
      expect(failure.message).toContain(name);
    expect(pod.requests.every(({ points }) => points.includes('catalogue'))).toBe(true);
  });

  test('files are named with their folder and where to get them', async () => {
    await start();
    const failure = await thrown(
      comfyui.submit(
        generate('sdxl', {
          loras: [
            { name: 'a.safetensors', strength: 1 },
            { name: 'b', strength: 1 },
          ],
        }),
        tools,
      ),
    );
    expect(failure.message).toContain('models/loras/a.safetensors, models/loras/b');
    expect(failure.detail?.split('\n')).toHaveLength(2);
  });

  test('a server that only answers for all its nodes at once', async () => {
    await start();
    const real = server(pod.url, []);
    const old = recordingTools(
      comfyui,
      (request) => (request.url.includes('/object_info/') ? answer(404, '404: Not Found') : real(request)),
      { settings: { baseUrl: pod.url } },
    );
    expect(await comfyui.submit(generate('sdxl'), old)).toMatchObject({ state: 'accepted' });
  });

  test('node errors inside a 200: nothing is made of the rest', async () => {
    await start();
    const real = server(pod.url, []);
    const partly = recordingTools(
      comfyui,
      (request) =>
        request.url.endsWith('/prompt')
          ? answer(200, {
              prompt_id: 'attempt-1',
              number: 1,
              node_errors: {
                save: {
                  class_type: 'SaveImage',
                  errors: [{ message: 'Value not in list', details: "x: 'y' not in []" }],
                },
              },
            })
          : real(request),
      { settings: { baseUrl: pod.url } },
    );
    expect(await comfyui.submit(generate('sdxl'), partly)).toMatchObject({
      state: 'done',
      result: {
        pictures: [
          {
            from: 'nowhere',
            failure: {
              code: 'prompt-refused',
              charge: 'none',
              message: expect.stringContaining('Value not in list') as string,
            },
          },
        ],
      },
    });
    const sent = partly.calls.slice(-2).map(({ url, json }) => [new URL(url).pathname, json]);
    expect(sent).toEqual([
      ['/queue', { delete: ['attempt-1'] }],
      ['/interrupt', { prompt_id: 'attempt-1' }],
    ]);
  });

  test('a refusal is told with its nodes', async () => {
    await start();
    const failure = comfyui.readError(
      answer(400, {
        error: {
          type: 'prompt_outputs_failed_validation',
          message: 'Prompt outputs failed validation',
          details: '',
        },
        node_errors: {
          '4': { class_type: 'KSampler', errors: [{ message: 'Value not in list', details: 'scheduler' }] },
        },
      }),
    );
    expect(failure).toMatchObject({ code: 'prompt-refused', charge: 'none' });
    expect(failure.detail).toContain('KSampler (4): Value not in list: scheduler');
  });

  test('the limits', async () => {
    await start();
    const fields = (task: ImageTask) =>
      checkTask(
        task,
        comfyui.models.find(({ id }) => id === task.model.model)!,
      ).map(({ field }) => field);
    const two = await edit('sdxl');
    expect(fields({ ...two, images: [...two.images, ...two.images] })).toEqual(['images']);
    expect(fields(generate('sdxl', { size: { width: 516, height: 512 } }))).toEqual(['size']);
    expect(fields(generate('flux-dev', { size: { width: 520, height: 512 } }))).toEqual(['size']);
    expect(fields(generate('flux-dev', { negative: 'x' }))).toEqual(['negative']);
    expect(fields(generate('sdxl', { negative: 'x', loras: [{ name: 'a', strength: 1 }] }))).toEqual([]);
    expect(fields(generate('esrgan'))).toEqual(['kind']);
  });
});

describe('asking for a job', () => {
  const byId: RemoteJob = { provider: 'comfyui', model: 'sdxl', id: 'attempt-1', ticket: null };

  test('from its id alone: waiting, running, done, each picture of the batch in order', async () => {
    await start({ manual: true, stepsPerJob: 1 });
    await submitted(generate('sdxl', { count: 2 }));
    expect(await comfyui.check?.(byId, tools)).toEqual({ state: 'waiting' });
    await pod.advance(1);
    expect(await comfyui.check?.(byId, tools)).toEqual({ state: 'running' });
    await pod.advance(1);
    const state = await comfyui.check?.(byId, tools);
    expect(state).toMatchObject({ state: 'done' });
    const names =
      state?.state === 'done'
        ? state.result.pictures.map((one) => one.from === 'url' && one.request.url)
        : [];
    expect(names.map((url) => new URL(String(url)).searchParams.get('filename'))).toEqual([
      'attempt-1_00001_.png',
      'attempt-1_00002_.png',
    ]);
  });

  test('an older server: by its queue and its history', async () => {
    await start({ manual: true, stepsPerJob: 1 });
    const real = server(pod.url, []);
    const old = recordingTools(
      comfyui,
      (request) => (request.url.includes('/api/jobs') ? answer(404, '404: Not Found') : real(request)),
      { settings: { baseUrl: pod.url } },
    );
    await submitted();
    expect(await comfyui.check?.(byId, old)).toEqual({ state: 'waiting' });
    await pod.advance(1);
    expect(await comfyui.check?.(byId, old)).toEqual({ state: 'running' });
    await pod.advance(1);
    expect(await comfyui.check?.(byId, old)).toMatchObject({ state: 'done' });
    pod.fail({ kind: 'other-job', on: 'result' });
    expect(await thrown(comfyui.check!(byId, old))).toMatchObject({ code: 'unreadable' });
    pod.restart();
    expect(await comfyui.check?.(byId, old)).toMatchObject({ state: 'lost' });
  });

  test('neither in the queue nor in the history is lost, and never done', async () => {
    await start();
    await submitted();
    await pod.settled();
    pod.restart();
    expect(await comfyui.check?.(byId, tools)).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', charge: 'none' },
    });
  });

  test('a pod that does not answer says nothing about the job', async () => {
    await start();
    await submitted();
    await pod.settled();
    for (const status of [502, 524, 530, 404]) {
      const away = recordingTools(comfyui, () => answer(status, '<html>proxy</html>'), {
        settings: { baseUrl: pod.url },
      });
      await thrown(comfyui.check!(byId, away));
    }
    for (const body of ['<html></html>', '', '{"queue_running":{}}', '[]']) {
      const odd = recordingTools(comfyui, () => answer(200, body), { settings: { baseUrl: pod.url } });
      expect(await thrown(comfyui.check!(byId, odd)), body).toMatchObject({ code: 'unreadable' });
    }
    expect(await comfyui.check?.(byId, tools)).toMatchObject({ state: 'done' });
  });

  test.each(['failed', 'cancelled'] as const)(
    'an interrupted job that the server calls %s is cancelled',
    async (interruptedAs) => {
      await start({ manual: true, stepsPerJob: 3, interruptedAs });
      const job = await submitted();
      await pod.advance(2);
      await comfyui.cancel?.(job, tools);
      await pod.settled();
      expect(await comfyui.check?.(byId, tools)).toMatchObject({
        state: 'failed',
        failure: { code: 'cancelled' },
      });
    },
  );

  test('a waiting job that is cancelled is gone', async () => {
    await start({ manual: true });
    const job = await submitted();
    await comfyui.cancel?.(job, tools);
    expect(await comfyui.check?.(byId, tools)).toMatchObject({ state: 'lost' });
  });

  test('a full GPU is told as such', async () => {
    await start();
    pod.fail({ kind: 'job-failed', on: 'submit' });
    await submitted();
    await pod.settled();
    expect(await comfyui.check?.(byId, tools)).toMatchObject({
      state: 'failed',
      failure: {
        code: 'out-of-memory',
        act: 'user',
        charge: 'none',
        detail: expect.stringContaining('KSampler') as string,
      },
    });
  });
});

describe('following a job', () => {
  /** Follows, and resolves once the server has answered the feature flags. */
  async function follow(job: RemoteJob, wake: () => void) {
    const seen = { fractions: [] as number[], previews: [] as string[], stop: () => {} };
    await new Promise<void>((opened) => {
      const listening: RecordingTools = {
        ...tools,
        socket: (url, handlers, headers) => {
          const onText = (text: string) => {
            handlers.onText(text);
            if (text.includes('feature_flags')) opened();
          };
          return tools.socket(url, { ...handlers, onText }, headers);
        },
      };
      const stop = comfyui.watch?.(job, listening, {
        report: (fraction) => seen.fractions.push(fraction),
        preview: (_bytes, type) => seen.previews.push(type),
        wake,
      });
      if (stop !== undefined) seen.stop = stop;
    });
    return seen;
  }

  test('progress over all samplers, previews of this job, a wake at the end', async () => {
    await start({ manual: true, stepsPerJob: 2, key: 'gateway' });
    const job = await submitted(await edit('sdxl', { count: 2 }));
    let woken = () => {};
    const awake = new Promise<void>((resolve) => (woken = resolve));
    const { fractions, previews, stop } = await follow(job, () => woken());
    await pod.advance(6);
    await awake;
    stop();
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
    expect(previews).toEqual(['image/jpeg', 'image/jpeg', 'image/jpeg', 'image/jpeg']);
    expect(await comfyui.check?.(job, tools)).toMatchObject({ state: 'done' });
  });

  test('where the steps of the samplers are known they count by them', async () => {
    await start({ manual: true, stepsPerJob: 2 });
    const job = await submitted(await edit('sdxl', { count: 2 }));
    const ticket = { samplers: 2, steps: { 'sampler-1': 30, 'sampler-2': 10 } };
    let woken = () => {};
    const awake = new Promise<void>((resolve) => (woken = resolve));
    const { fractions, stop } = await follow({ ...job, ticket }, () => woken());
    await pod.advance(6);
    await awake;
    stop();
    expect(fractions).toEqual([0.375, 0.75, 0.875, 1]);
  });

  test('a socket that is cut asks for a look', async () => {
    await start({ manual: true });
    const job = await submitted();
    let woken = () => {};
    const awake = new Promise<void>((resolve) => (woken = resolve));
    await follow(job, () => woken());
    pod.dropSockets();
    await awake;
  });

  test('preview frames', async () => {
    await start();
    const frame = (event: number, second: number, ...rest: (string | number[])[]) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(event, 0);
      head.writeUInt32BE(second, 4);
      return new Uint8Array(Buffer.concat([head, ...rest.map((part) => Buffer.from(part as string))]));
    };
    expect(readPreview(frame(1, 1, [9, 9]))).toEqual({ bytes: new Uint8Array([9, 9]), type: 'image/jpeg' });
    expect(readPreview(frame(1, 2, [9]))).toMatchObject({ type: 'image/png' });
    const told = JSON.stringify({ prompt_id: 'p', image_type: 'image/png' });
    expect(readPreview(frame(4, told.length, told, [7]))).toEqual({
      bytes: new Uint8Array([7]),
      type: 'image/png',
      promptId: 'p',
    });
    expect(readPreview(frame(4, 900, '{}'))).toBeUndefined();
    expect(readPreview(frame(4, 2, '{x', [1]))).toBeUndefined();
    expect(readPreview(frame(3, 1, 'text'))).toBeUndefined();
    expect(readPreview(new Uint8Array(3))).toBeUndefined();
  });
});
