import { afterEach, describe, expect, test } from 'vitest';
import type { RemoteJob } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import comfyui from '#providers/comfyui.provider';
import { createFakeComfyui, type FakeComfyui } from '#test/kit/fake-comfyui';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

let pod: FakeComfyui;
let tools: RecordingTools;
async function start() {
  pod = await createFakeComfyui();
  tools = recordingTools(comfyui, server(pod.url, []), {
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
describe('a server that was restarted', () => {
  async function restarted(task: ImageTask = generate('sdxl', { count: 2 })) {
    await start();
    const job = await submitted(task);
    await pod.settled();
    pod.restart();
    return job;
  }

  test('still has the pictures it saved, under names of this job alone', async () => {
    const state = await comfyui.check?.(await restarted(), tools);
    if (state?.state !== 'done') throw new Error(JSON.stringify(state));
    expect(state.result.pictures).toHaveLength(2);
    for (const one of state.result.pictures) {
      if (one.from !== 'url') throw new Error(JSON.stringify(one));
      expect(await tools.keep(Buffer.from(await (await fetch(one.request.url)).arrayBuffer()))).toMatchObject(
        {
          width: 512,
          height: 768,
        },
      );
    }
  });

  test('also where each has a node of its own', async () => {
    await start();
    const job = await submitted(await edit('sdxl', { count: 3 }));
    await pod.settled();
    pod.restart();
    const state = await comfyui.check?.(job, tools);
    expect(state?.state === 'done' && state.result.pictures.map(({ from }) => from)).toEqual([
      'url',
      'url',
      'url',
    ]);
  });

  test('with some of them: those are the result, and it is said that others are missing', async () => {
    await start();
    pod.fail({ kind: 'partial', pictures: 1, on: 'submit' });
    const job = await submitted(generate('sdxl', { count: 2 }));
    await pod.settled();
    pod.restart();
    expect(await comfyui.check?.(job, tools)).toMatchObject({
      state: 'done',
      result: { pictures: [{ from: 'url' }, { from: 'nowhere', failure: { code: 'lost' } }] },
    });
  });

  test('on another pod there is nothing: lost', async () => {
    const job = await restarted();
    pod.restart(true);
    expect(await comfyui.check?.(job, tools)).toMatchObject({ state: 'lost', failure: { charge: 'none' } });
  });

  test('a proxy that does not let the question through is no word on the pictures', async () => {
    const job = await restarted();
    const real = server(pod.url, []);
    const cut = recordingTools(
      comfyui,
      (request) => (request.method === 'HEAD' ? answer(502, '<html>proxy</html>') : real(request)),
      { settings: { baseUrl: pod.url } },
    );
    expect(await thrown(comfyui.check!(job, cut))).toMatchObject({ code: 'pod-away' });
  });

  test('a job an older Seedloom wrote down is asked for as ever', async () => {
    const job = await restarted();
    const old = { ...job, ticket: { samplers: 1 } };
    expect(await comfyui.check?.(old, tools)).toMatchObject({ state: 'lost' });
  });
});

describe('a job that failed', () => {
  const failed = (type: string, message: string) =>
    recordingTools(comfyui, () =>
      answer(200, {
        id: 'attempt-1',
        status: 'failed',
        outputs: {},
        execution_error: { node_type: 'KSampler', exception_type: type, exception_message: message },
      }),
    );
  const byId: RemoteJob = { provider: 'comfyui', model: 'sdxl', id: 'attempt-1', ticket: null };

  test.each([
    ['torch.OutOfMemoryError', 'Allocation on device '],
    ['torch.cuda.OutOfMemoryError', 'CUDA out of memory. Tried to allocate 2.00 GiB'],
    ['RuntimeError', 'HIP out of memory. Tried to allocate 1.00 GiB'],
    ['RuntimeError', 'MPS backend out of memory (MPS allocated: 17.2 GB)'],
    ['RuntimeError', "[enforce fail] DefaultCPUAllocator: can't allocate memory: not enough memory"],
    ['RuntimeError', 'CUDA error: out of memory'],
  ])('%s, %s: the memory is full', async (type, message) => {
    await start();
    expect(await comfyui.check?.(byId, failed(type, message))).toMatchObject({
      state: 'failed',
      failure: { code: 'out-of-memory', act: 'user', charge: 'none' },
    });
  });

  test('anything else is told in its own words', async () => {
    await start();
    expect(await comfyui.check?.(byId, failed('ValueError', 'memory of a goldfish'))).toMatchObject({
      state: 'failed',
      failure: { code: 'job-failed', message: 'ComfyUI failed at KSampler: memory of a goldfish' },
    });
  });
});

test('only a picture whose name is of its job is named there again: a counted name may be given to another one', async () => {
  await start();
  const byId: RemoteJob = { provider: 'comfyui', model: 'own', id: 'attempt-1', ticket: null };
  const images = ['attempt-1_00001_.png', 'ComfyUI_00001_.png'].map((filename) => {
    return { filename, subfolder: 'seedloom', type: 'output' };
  });
  const ended = recordingTools(comfyui, () =>
    answer(200, { id: 'attempt-1', status: 'completed', outputs: { save: { images } } }),
  );
  const state = await comfyui.check?.(byId, ended);
  if (state?.state !== 'done') throw new Error('it is done');
  expect(state.result.pictures.map((each) => ('again' in each ? each.again?.link : 'nowhere'))).toEqual([
    'seedloom/attempt-1_00001_.png [output]',
    'nowhere',
  ]);
});

describe('what stands before it', () => {
  test.each([
    ['abc.DEF-123_~+/==', 'Bearer abc.DEF-123_~+/=='],
    ['ada:secret:with:colons', `Basic ${Buffer.from('ada:secret:with:colons').toString('base64')}`],
    ['ädä:pässwörd', `Basic ${Buffer.from('ädä:pässwörd').toString('base64')}`],
    [' spaces \n', 'Bearer spaces'],
  ])('%s goes as %s', async (key, header) => {
    await start();
    const asked = recordingTools(comfyui, () => answer(200, { system: {} }), { key });
    await comfyui.checkKey?.(asked);
    expect(asked.calls[0]?.headers).toEqual({ authorization: header });
  });

  test.each(['http://gpu:8188/', 'http://gpu:8188/?workflow=1#top', ' http://gpu:8188 '])(
    'an address as it was pasted: %s',
    async (baseUrl) => {
      await start();
      const asked = recordingTools(comfyui, () => answer(200, { system: {} }), { settings: { baseUrl } });
      await comfyui.checkKey?.(asked);
      expect(asked.calls[0]?.url).toBe('http://gpu:8188/system_stats');
    },
  );
});
