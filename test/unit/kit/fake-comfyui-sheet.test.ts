import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeClassSchema } from '#providers/kit/comfyui-graph';
import { nodeClassSchema as fakeClassSchema, type ObjectInfo } from '../../kit/fake-comfyui-graph';
import { comfyui, finish, getJson, postJson, sdxl, start, submit, type Graph } from './comfyui-under-test';

/** The fake's answers, member by member, against what was written down of a real ComfyUI 0.8. */

/** A real server's whole answer to `GET /object_info`, where there is one. */
const path =
  process.env['SEEDLOOM_OBJECT_INFO'] ??
  new URL('../../../../shared/contracts/comfyui-object-info.json', import.meta.url).pathname;
const isThere = existsSync(path);
if (!isThere)
  console.warn(
    `fake ComfyUI: not held against a real server's classes, there is no ${path}; name one in SEEDLOOM_OBJECT_INFO`,
  );
const real = (): ObjectInfo =>
  z.record(z.string(), fakeClassSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
const ownPath = new URL('../../fixtures/comfyui-object-info.json', import.meta.url);
const own = (): ObjectInfo =>
  z.record(z.string(), fakeClassSchema).parse(JSON.parse(readFileSync(ownPath, 'utf8')));

/** Without tooltips, and without the files of a folder, which every server has of its own. */
function essence(nodeClass: ObjectInfo[string] | undefined) {
  const plain = (section: Record<string, readonly unknown[]> | null | undefined) =>
    Object.entries(section ?? {}).map(([name, [type, options]]) => {
      const isFile = name.endsWith('_name') || /^(image|clip_name\d|unet_name)$/.test(name);
      const { tooltip: _tooltip, ...rest } = (options ?? {}) as Record<string, unknown>;
      if (Array.isArray(type)) return [name, isFile && !/sampler/.test(name) ? 'files' : type, rest];
      return [name, type, rest];
    });
  const { input, output, output_node: isOutput } = nodeClass!;
  return {
    required: plain(input.required),
    optional: plain(input.optional),
    output,
    outputNames: nodeClass!['output_name'],
    isOutput,
  };
}

describe.skipIf(!isThere)("a real server's node classes", () => {
  const classes = isThere ? real() : {};
  const shared = isThere ? Object.keys(own()).filter((name) => name in classes) : [];

  it('are nearly all of those the fake has', () => {
    // That server was one without the two nodes of upscale models.
    expect(Object.keys(own()).filter((name) => !(name in classes))).toEqual([
      'ImageUpscaleWithModel',
      'UpscaleModelLoader',
    ]);
  });

  it.each(shared)('%s is the same there and here', (name) => {
    expect(essence(own()[name])).toEqual(essence(classes[name]));
  });

  it('are read whole, with both shapes of a combo among them', () => {
    const read = z.record(z.string(), nodeClassSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(Object.keys(read).length).toBeGreaterThan(400);
    const unread = Object.entries(read).filter(([, { input, output }]) => input === null || output === null);
    expect(unread).toEqual([]);
    const types = Object.values(read).flatMap(({ input }) =>
      [input?.required, input?.optional].flatMap((section) =>
        Object.values(section ?? {}).map(([type]) => type),
      ),
    );
    expect(types.some(Array.isArray)).toBe(true);
    expect(types).toContain('COMBO');
  });

  it('make the fake a server that runs without a model, and refuses in the words of the transcript', async () => {
    await start({ objectInfo: classes });
    const graph: Graph = {
      '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 0 } },
      '2': { class_type: 'ImageInvert', inputs: { image: ['1', 0] } },
      '3': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'sd15/tiny' } },
    };
    const entry = await finish(graph, 'my-own-id-1');
    expect(entry.outputs).toEqual({
      '3': { images: [{ filename: 'tiny_00001_.png', subfolder: 'sd15', type: 'output' }] },
    });
    const latent: Graph = {
      '3': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
      '4': { class_type: 'PreviewImage', inputs: { images: ['3', 0] } },
    };
    const answer = await postJson('/prompt', { prompt: latent });
    const details = 'images, received_type(LATENT) mismatch input_type(IMAGE)';
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: {
        type: 'prompt_outputs_failed_validation',
        message: 'Prompt outputs failed validation',
        details: `Return type mismatch between linked nodes: ${details}`,
        extra_info: {},
      },
      node_errors: {
        '4': {
          errors: [
            {
              type: 'return_type_mismatch',
              message: 'Return type mismatch between linked nodes',
              details,
              extra_info: {
                input_name: 'images',
                input_config: ['IMAGE', {}],
                received_type: 'LATENT',
                linked_node: ['3', 0],
              },
            },
          ],
          dependent_outputs: ['4'],
          class_type: 'PreviewImage',
        },
      },
    });
  });
});

describe('the transcripts', () => {
  it('a prompt that is taken', async () => {
    await start();
    expect(await submit(sdxl(), 'my-own-id-1')).toEqual({
      prompt_id: 'my-own-id-1',
      number: 0,
      node_errors: {},
    });
  });

  it('the queue, the history and the newer list of jobs', async () => {
    await start({ manual: true });
    await submit(sdxl(), 'one', { client_id: 'me' });
    expect(await getJson('/prompt')).toEqual({ exec_info: { queue_remaining: 1 } });
    const { queue_pending: pending } = await getJson<{ queue_pending: unknown[][] }>('/queue');
    expect(pending[0]).toEqual([
      0,
      'one',
      sdxl(),
      { client_id: 'me', create_time: expect.any(Number) as number },
      ['9'],
    ]);
    await comfyui.advance(100);
    const entry = (await getJson<Record<string, Record<string, unknown>>>('/history/one'))['one']!;
    expect(Object.keys(entry)).toEqual(['prompt', 'outputs', 'status', 'meta']);
    expect(entry['prompt']).toEqual(pending[0]);
    expect(entry['status']).toEqual({
      status_str: 'success',
      completed: true,
      messages: [
        ['execution_start', { prompt_id: 'one', timestamp: expect.any(Number) as number }],
        ['execution_cached', { nodes: [], prompt_id: 'one', timestamp: expect.any(Number) as number }],
        ['execution_success', { prompt_id: 'one', timestamp: expect.any(Number) as number }],
      ],
    });
    expect(entry['meta']).toEqual({
      '9': { node_id: '9', display_node: '9', parent_node: null, real_node_id: '9' },
    });
    expect(Object.keys(await getJson<object>('/api/jobs/one')).sort()).toEqual([
      'create_time',
      'execution_end_time',
      'execution_start_time',
      'execution_status',
      'id',
      'outputs',
      'outputs_count',
      'preview_output',
      'priority',
      'status',
      'workflow',
    ]);
  });

  it('an error while a node runs', async () => {
    await start();
    comfyui.fail({ kind: 'job-failed', on: 'submit' });
    const { status, outputs } = await finish(sdxl(), 'full');
    expect(outputs).toEqual({});
    expect(status).toMatchObject({ status_str: 'error', completed: false });
    const [type, data] = status.messages.at(-1)!;
    expect(type).toBe('execution_error');
    expect(Object.keys(data).sort()).toEqual([
      'current_inputs',
      'current_outputs',
      'exception_message',
      'exception_type',
      'executed',
      'node_id',
      'node_type',
      'prompt_id',
      'timestamp',
      'traceback',
    ]);
    expect(data['exception_type']).toMatch(/^torch.*OutOfMemoryError$/);
  });

  it('what is asked of the unknown, and what answers with nothing', async () => {
    await start();
    expect(await getJson('/history/nobody')).toEqual({});
    const unknown = await fetch(`${comfyui.url}/api/jobs/nobody`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'Job not found' }]);
    for (const [route, body] of [
      ['/queue', { delete: ['nobody'] }],
      ['/interrupt', { prompt_id: 'nobody' }],
    ] as const) {
      const answer = await postJson(route, body);
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
  });

  it('asking only whether a file is there: its size, and no byte of it', async () => {
    await start();
    const entry = await finish(sdxl(), 'one');
    const query = new URLSearchParams(entry.outputs['9']!.images[0]!).toString();
    const whole = await (await fetch(`${comfyui.url}/view?${query}`)).arrayBuffer();
    const head = await fetch(`${comfyui.url}/view?${query}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.byteLength)]);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    const gone = await fetch(`${comfyui.url}/view?filename=gone.png`, { method: 'HEAD' });
    expect(gone.status).toBe(404);
  });
});
