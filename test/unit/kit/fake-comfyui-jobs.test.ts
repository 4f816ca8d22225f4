import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  comfyui,
  start,
  sdxl,
  postJson,
  getJson,
  submit,
  finish,
  view,
  sizeOf,
  upload,
  plainPng,
  type Node,
  type Graph,
  type Entry,
} from './comfyui-under-test';

function cachedNodes(entry: Entry): unknown[] {
  const nodes = entry.status.messages[1]?.[1]['nodes'];
  return Array.isArray(nodes) ? nodes : [];
}

describe('a job', () => {
  it('makes real pictures of the size asked, a different one for each seed and frame', async () => {
    await start();
    const entry = await finish(sdxl({ batch: 2 }), 'one');
    expect(entry.status).toMatchObject({ status_str: 'success', completed: true });
    expect(entry.status.messages.map(([type]) => type)).toEqual([
      'execution_start',
      'execution_cached',
      'execution_success',
    ]);
    expect(entry.outputs['9']?.images).toEqual([
      { filename: 'bicycle_00001_.png', subfolder: 'shop', type: 'output' },
      { filename: 'bicycle_00002_.png', subfolder: 'shop', type: 'output' },
    ]);
    const other = await finish(sdxl({ seed: 2 }), 'two');
    const images = [...(entry.outputs['9']?.images ?? []), ...(other.outputs['9']?.images ?? [])];
    const pictures = await Promise.all(images.map(view));
    expect(await sizeOf(pictures[0] ?? Buffer.alloc(0))).toEqual(['png', 320, 192]);
    const pixels = await Promise.all(pictures.map((bytes) => sharp(bytes).raw().toBuffer()));
    expect(new Set(pixels.map((raw) => raw.toString('base64'))).size).toBe(3);
    expect(comfyui.charges).toMatchObject([
      { jobId: 'one', requestId: 'one', pictures: 2 },
      { jobId: 'two', pictures: 1 },
    ]);
  });

  it('writes the prompt and the extra texts into the PNG', async () => {
    await start();
    const extra_data = { extra_pnginfo: { workflow: { id: 'w', note: 'Grüße' } }, api_key_comfy_org: 'sk-1' };
    const entry = await finish(sdxl(), 'texts', { extra_data });
    const [image] = entry.outputs['9']?.images ?? [];
    const { comments } = await sharp(image && (await view(image))).metadata();
    const texts = Object.fromEntries(
      (comments ?? []).map(({ keyword, text }) => [keyword, JSON.parse(text)]),
    );
    expect(texts).toEqual({ prompt: sdxl(), workflow: { id: 'w', note: 'Grüße' } });
    const job = await getJson<Record<string, unknown>>('/api/jobs/texts');
    expect(job).toMatchObject({ status: 'completed', workflow_id: 'w', outputs_count: 1 });
    expect(JSON.stringify([job, entry])).not.toContain('sk-1');
  });

  it('feeds pictures through scaling and upscaling', async () => {
    await start();
    const uploaded = await upload('in.png', await plainPng(100, 60), { subfolder: 'seedloom' });
    expect(await uploaded.json()).toEqual({ name: 'in.png', subfolder: 'seedloom', type: 'input' });
    const image: Node = { class_type: 'LoadImage', inputs: { image: 'seedloom/in.png' } };
    const through = async (node: Node, more: Graph = {}) => {
      const id = JSON.stringify(node);
      const save: Node = { class_type: 'PreviewImage', inputs: { images: ['2', 0] } };
      const entry = await finish({ '1': image, '2': node, '3': save, ...more }, id);
      const [file] = entry.outputs['3']?.images ?? [];
      expect(file?.type).toBe('temp');
      return (await sizeOf(file ? await view(file) : Buffer.alloc(0))).slice(1);
    };
    const method = { image: ['1', 0], upscale_method: 'lanczos' };
    expect(
      await through({
        class_type: 'ImageScale',
        inputs: { ...method, width: 50, height: 0, crop: 'disabled' },
      }),
    ).toEqual([50, 30]);
    expect(await through({ class_type: 'ImageScaleBy', inputs: { ...method, scale_by: 1.5 } })).toEqual([
      150, 90,
    ]);
    const total = { ...method, megapixels: 0.06, resolution_steps: 16 };
    expect(await through({ class_type: 'ImageScaleToTotalPixels', inputs: total })).toEqual([320, 192]);
    const upscale: Node = {
      class_type: 'ImageUpscaleWithModel',
      inputs: { upscale_model: ['4', 0], image: ['1', 0] },
    };
    const model: Node = { class_type: 'UpscaleModelLoader', inputs: { model_name: '4x-ESRGAN.pth' } };
    expect(await through(upscale, { '4': model })).toEqual([400, 240]);
    const two: Node = { class_type: 'UpscaleModelLoader', inputs: { model_name: 'RealESRGAN_x2.pth' } };
    const entry = await finish(
      {
        '1': image,
        '2': upscale,
        '3': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'x' } },
        '4': two,
      },
      'x2',
    );
    const [file] = entry.outputs['3']?.images ?? [];
    expect(file && (await sizeOf(await view(file)))).toEqual(['png', 200, 120]);
  });

  it('takes a result as the next input by its annotation', async () => {
    await start();
    await finish(sdxl(), 'first');
    const entry = await finish(
      {
        '1': { class_type: 'LoadImage', inputs: { image: 'shop/bicycle_00001_.png [output]' } },
        '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
      },
      'second',
    );
    expect(entry.status.completed).toBe(true);
  });

  it('that was asked before is answered from the cache: the old file, and no new one', async () => {
    await start();
    const first = await finish(sdxl(), 'first');
    const renumbered = Object.fromEntries(
      Object.entries(sdxl()).map(([id, { class_type, inputs }]) => [
        `n${id}`,
        {
          class_type,
          inputs: Object.fromEntries(
            Object.entries(inputs).map(([name, value]) => [
              name,
              Array.isArray(value) ? [`n${String(value[0])}`, value[1]] : value,
            ]),
          ),
        },
      ]),
    );
    const second = await finish(renumbered, 'second');
    expect(second.outputs['n9']).toEqual(first.outputs['9']);
    expect(cachedNodes(second)).toHaveLength(7);
    const third = await finish(sdxl({ seed: 5 }), 'third');
    expect(cachedNodes(third).toSorted()).toEqual(['4', '5', '6', '7']);
    // Classic mode keeps only what the last prompt used.
    const again = await finish(sdxl(), 'again');
    expect(again.outputs['9']?.images[0]?.filename).toBe('bicycle_00003_.png');
  });

  it('posted twice under one id runs twice', async () => {
    await start();
    await finish(sdxl({ seed: 1 }), 'same');
    const entry = await finish(sdxl({ seed: 2 }), 'same');
    expect(entry.outputs['9']?.images[0]?.filename).toBe('bicycle_00002_.png');
    expect(comfyui.charges.map(({ jobId }) => jobId)).toEqual(['same', 'same']);
    expect(Object.keys(await getJson<object>('/history'))).toEqual(['same']);
  });

  it('fails in the middle when told', async () => {
    await start();
    comfyui.fail({ on: 'submit', kind: 'job-failed', message: 'Allocation on device' });
    const entry = await finish(sdxl(), 'broken');
    expect(entry).toMatchObject({ outputs: {}, status: { status_str: 'error', completed: false } });
    const [type, data] = entry.status.messages.at(-1) ?? [];
    expect(type).toBe('execution_error');
    expect(data).toMatchObject({
      prompt_id: 'broken',
      node_id: '3',
      node_type: 'KSampler',
      exception_message: 'Allocation on device',
      exception_type: 'torch.OutOfMemoryError',
      current_inputs: { steps: [4] },
    });
    const job = await getJson('/api/jobs/broken');
    expect(job).toMatchObject({ status: 'failed', execution_error: { node_id: '3' } });
    expect((await finish(sdxl(), 'repaired')).status.completed).toBe(true);
  });

  it('gives fewer pictures when told', async () => {
    await start();
    comfyui.fail({ on: 'submit', kind: 'partial', pictures: 2 });
    const entry = await finish(sdxl({ batch: 4 }), 'few');
    expect(entry.outputs['9']?.images).toHaveLength(2);
    expect(comfyui.charges[0]?.pictures).toBe(2);
  });
});

describe('the queue', () => {
  it('runs one job at a time, by number, and shows where each stands', async () => {
    await start({ manual: true });
    await submit(sdxl({ seed: 1 }), 'a');
    await submit(sdxl({ seed: 2 }), 'b');
    await comfyui.advance();
    await submit(sdxl({ seed: 3 }), 'c', { front: true });
    const queue = await getJson<Record<string, unknown[][]>>('/queue');
    expect(queue['queue_running']?.map(([number, id]) => [number, id])).toEqual([[0, 'a']]);
    expect(queue['queue_pending']?.map(([number, id]) => [number, id])).toEqual([
      [-2, 'c'],
      [1, 'b'],
    ]);
    expect(queue['queue_pending']?.[0]?.slice(4)).toEqual([['9']]);
    expect(await getJson('/prompt')).toEqual({ exec_info: { queue_remaining: 3 } });
    const list = await getJson<{ jobs: { id: string; status: string }[] }>('/api/jobs');
    expect(Object.fromEntries(list.jobs.map(({ id, status }) => [id, status]))).toEqual({
      a: 'in_progress',
      b: 'pending',
      c: 'pending',
    });
    expect(await getJson('/history/a')).toEqual({});
    // Three further steps and the next job's start: five stops a job.
    await comfyui.advance(5);
    expect(Object.keys(await getJson<object>('/history'))).toEqual(['a']);
    await comfyui.advance(100);
    expect(Object.keys(await getJson<object>('/history'))).toEqual(['a', 'c', 'b']);
    expect((await fetch(`${comfyui.url}/api/jobs?status=nonsense`)).status).toBe(400);
    const page = await getJson('/api/jobs?status=completed&limit=1&offset=1');
    expect(page).toMatchObject({
      jobs: [{ id: 'c' }],
      pagination: { offset: 1, limit: 1, total: 3, has_more: true },
    });
  });

  it('deletes what waits and interrupts what runs, and nothing else', async () => {
    await start({ manual: true });
    await submit(sdxl({ seed: 1 }), 'a');
    await submit(sdxl({ seed: 2 }), 'b');
    await submit(sdxl({ seed: 3 }), 'c');
    await comfyui.advance(2);
    await postJson('/queue', { delete: ['a', 'b', 'unknown'] });
    await postJson('/interrupt', { prompt_id: 'c' });
    expect(await getJson('/api/jobs/a')).toMatchObject({ status: 'in_progress' });
    const gone = await fetch(`${comfyui.url}/api/jobs/b`);
    expect([gone.status, await gone.json()]).toEqual([404, { error: 'Job not found' }]);
    await postJson('/interrupt', { prompt_id: 'a' });
    await comfyui.settled();
    const { a } = await getJson<Record<string, Entry>>('/history/a');
    expect(a?.status).toMatchObject({ status_str: 'error', completed: false });
    expect(a?.status.messages.at(-1)?.[0]).toBe('execution_interrupted');
    expect(await getJson('/api/jobs/a')).toMatchObject({ status: 'failed' });
    await comfyui.advance(100);
    expect(await getJson('/api/jobs/c')).toMatchObject({ status: 'completed' });
  });

  it('calls an interrupted job cancelled as newer versions do, and interrupts without an id', async () => {
    await start({ manual: true, interruptedAs: 'cancelled' });
    await submit(sdxl(), 'a');
    await comfyui.advance(2);
    await fetch(`${comfyui.url}/interrupt`, { method: 'POST' });
    await comfyui.settled();
    expect(await getJson('/api/jobs/a')).toMatchObject({ status: 'cancelled' });
  });

  it('is forgotten by a restart, with the history; files stay, temp does not', async () => {
    await start({ manual: true });
    await submit(sdxl({ seed: 1 }), 'done');
    await comfyui.advance(100);
    await submit(sdxl({ seed: 2 }), 'running');
    await submit(sdxl({ seed: 3 }), 'waiting');
    await comfyui.advance(2);
    comfyui.restart();
    expect(await getJson('/queue')).toEqual({ queue_running: [], queue_pending: [] });
    expect(await getJson('/history')).toEqual({});
    expect((await fetch(`${comfyui.url}/api/jobs/running`)).status).toBe(404);
    await view({ filename: 'bicycle_00001_.png', subfolder: 'shop', type: 'output' });
    expect(comfyui.charges).toHaveLength(3);
    // The restarted server works, and counts from 0 again.
    expect((await submit(sdxl(), 'next')).number).toBe(0);
    await comfyui.advance(100);
    expect(await getJson('/api/jobs/next')).toMatchObject({ status: 'completed' });
    expect(Object.keys(await getJson<object>('/history'))).toEqual(['next']);
  });

  it("is lost by the fault 'lost', at the submit or when asked", async () => {
    await start();
    comfyui.fail({ on: 'submit', kind: 'lost' });
    await submit(sdxl(), 'a');
    await comfyui.settled();
    expect(await getJson('/history/a')).toEqual({});
    await finish(sdxl(), 'b');
    comfyui.fail({ on: 'status', kind: 'lost' });
    expect(await getJson('/history/b')).toEqual({});
    expect(comfyui.charges).toHaveLength(2);
  });
});
