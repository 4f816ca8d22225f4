import { once } from 'node:events';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '../../kit/fake-comfyui';

interface Message {
  type: string;
  data: Record<string, unknown>;
}

let comfyui: FakeComfyui;
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await comfyui.close();
});

async function start(options?: FakeComfyuiOptions) {
  comfyui = await createFakeComfyui(options);
}

/** A client that keeps all it hears, and can wait for a message. */
async function connect(clientId: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${comfyui.url.replace('http', 'ws')}/ws?clientId=${clientId}`, { headers });
  sockets.push(socket);
  const heard: Message[] = [];
  const frames: Buffer[] = [];
  let listeners: (() => void)[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) frames.push(data);
    else heard.push(JSON.parse(String(data)) as Message);
    for (const listener of listeners.splice(0)) listener();
  });
  const until = async (found: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const message = heard.find(found);
      if (message) return message;
      await new Promise<void>((resolve) => listeners.push(resolve));
    }
  };
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'open');
  return { socket, heard, frames, until, closed };
}

const graph = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' } },
  '2': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
  '3': { class_type: 'CLIPTextEncode', inputs: { text: 'x', clip: ['1', 1] } },
  '4': {
    class_type: 'KSampler',
    inputs: {
      model: ['1', 0],
      seed: 1,
      steps: 2,
      cfg: 1,
      sampler_name: 'euler',
      scheduler: 'simple',
      positive: ['3', 0],
      negative: ['3', 0],
      latent_image: ['2', 0],
      denoise: 1,
    },
  },
  '5': { class_type: 'VAEDecode', inputs: { samples: ['4', 0], vae: ['1', 2] } },
  '6': { class_type: 'SaveImage', inputs: { images: ['5', 0], filename_prefix: 'x' } },
};

async function submit(id: string, clientId: string | undefined, more: object = {}) {
  const answer = await fetch(`${comfyui.url}/prompt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: graph, prompt_id: id, client_id: clientId, ...more }),
  });
  expect(answer.status).toBe(200);
}

const idle = (message: Message) =>
  message.type === 'status' &&
  JSON.stringify(message.data).includes('"queue_remaining":0') &&
  !('sid' in message.data);

describe('the messages of a run', () => {
  it('come in the order of the real server', async () => {
    await start();
    const client = await connect('me');
    await submit('job', 'me');
    await client.until(idle);
    const [first] = client.heard;
    expect(first).toEqual({
      type: 'status',
      data: { status: { exec_info: { queue_remaining: 0 } }, sid: 'me' },
    });
    const types = client.heard.slice(1).map(({ type }) => type);
    expect(types.slice(0, 5)).toEqual([
      'status',
      'execution_start',
      'execution_cached',
      'progress_state',
      'executing',
    ]);
    expect(types.slice(-4)).toEqual(['executed', 'execution_success', 'executing', 'status']);
    expect(client.heard.filter(({ type }) => type === 'progress').map(({ data }) => data)).toEqual([
      { value: 1, max: 2, prompt_id: 'job', node: '4' },
      { value: 2, max: 2, prompt_id: 'job', node: '4' },
    ]);
    const executing = client.heard.filter(({ type }) => type === 'executing').map(({ data }) => data);
    expect(executing.map(({ node }) => node)).toEqual(['1', '3', '2', '4', '5', '6', null]);
    expect(executing.at(-1)).toEqual({ node: null, prompt_id: 'job' });
    expect(client.heard.find(({ type }) => type === 'executed')?.data).toEqual({
      node: '6',
      display_node: '6',
      output: { images: [{ filename: 'x_00001_.png', subfolder: '', type: 'output' }] },
      prompt_id: 'job',
    });
    const states = client.heard.filter(({ type }) => type === 'progress_state');
    expect(states.at(-1)?.data['nodes']).toMatchObject({
      '4': { value: 2, max: 2, state: 'finished', node_id: '4', prompt_id: 'job', parent_node_id: null },
      '6': { state: 'finished' },
    });
  });

  it('write the history before the last executing, so that it can be asked then', async () => {
    await start();
    const client = await connect('me');
    await submit('job', 'me');
    await client.until(({ type, data }) => type === 'executing' && data['node'] === null);
    const history = (await (await fetch(`${comfyui.url}/history/job`)).json()) as object;
    expect(Object.keys(history)).toEqual(['job']);
  });

  it('go to the client of the prompt; to the others only the status', async () => {
    await start();
    const me = await connect('me');
    const other = await connect('other');
    await submit('mine', 'me');
    await me.until(idle);
    await other.until(idle);
    expect(new Set(other.heard.map(({ type }) => type))).toEqual(new Set(['status']));
    const before = me.heard.length;
    await submit('nobody', undefined);
    await comfyui.settled();
    await other.until(({ data }) => JSON.stringify(data).includes('"queue_remaining":1'));
    expect(new Set(me.heard.slice(before).map(({ type }) => type))).toEqual(new Set(['status']));
  });

  it('repeat the output of a cached job', async () => {
    await start();
    const client = await connect('me');
    await submit('first', 'me');
    await client.until(idle);
    client.heard.splice(0);
    await submit('second', 'me');
    await client.until(idle);
    expect(client.heard.map(({ type }) => type)).toEqual([
      'status',
      'execution_start',
      'execution_cached',
      'executed',
      'execution_success',
      'executing',
      'status',
    ]);
    expect(client.heard[3]?.data['output']).toEqual({
      images: [{ filename: 'x_00001_.png', subfolder: '', type: 'output' }],
    });
  });

  it('tell an error to its client and an interruption to everybody', async () => {
    await start({ manual: true });
    const me = await connect('me');
    const other = await connect('other');
    comfyui.fail({ on: 'submit', kind: 'job-failed' });
    await submit('broken', 'me');
    await comfyui.advance(100);
    const error = await me.until(({ type }) => type === 'execution_error');
    expect(error.data).toMatchObject({ node_id: '4', exception_type: 'torch.OutOfMemoryError' });
    const states = me.heard.filter(({ type }) => type === 'progress_state');
    expect(states.at(-1)?.data['nodes']).toMatchObject({ '4': { state: 'error' } });
    await submit('stopped', 'me');
    await comfyui.advance(2);
    await fetch(`${comfyui.url}/interrupt`, { method: 'POST', body: '{}' });
    const stopped = await other.until(({ type }) => type === 'execution_interrupted');
    expect(stopped.data).toMatchObject({ prompt_id: 'stopped', node_id: '4', node_type: 'KSampler' });
    expect(other.heard.some(({ type }) => type === 'execution_error')).toBe(false);
  });
});

describe('previews', () => {
  it('are none unless the prompt asks for them', async () => {
    await start();
    const client = await connect('me');
    await submit('job', 'me');
    await client.until(idle);
    expect(client.frames).toHaveLength(0);
  });

  it('are event 1 for a client that said nothing', async () => {
    await start();
    const client = await connect('me');
    await submit('job', 'me', { extra_data: { preview_method: 'auto' } });
    await client.until(idle);
    expect(client.frames).toHaveLength(2);
    const [frame] = client.frames;
    expect([frame?.readUInt32BE(0), frame?.readUInt32BE(4)]).toEqual([1, 1]);
    expect((await sharp(frame?.subarray(8)).metadata()).format).toBe('jpeg');
  });

  it('are event 4, with their node, for a client whose first message said so', async () => {
    await start();
    const client = await connect('me');
    const flags = { type: 'feature_flags', data: { supports_preview_metadata: true } };
    client.socket.send(JSON.stringify(flags));
    const answer = await client.until(({ type }) => type === 'feature_flags');
    expect(answer.data).toMatchObject({ supports_preview_metadata: true, max_upload_size: 104857600 });
    await submit('job', 'me', { extra_data: { preview_method: 'taesd' } });
    await client.until(idle);
    const frame = client.frames[0] ?? Buffer.alloc(8);
    expect(frame.readUInt32BE(0)).toBe(4);
    const length = frame.readUInt32BE(4);
    expect(JSON.parse(frame.subarray(8, 8 + length).toString())).toEqual({
      node_id: '4',
      prompt_id: 'job',
      display_node_id: '4',
      parent_node_id: null,
      real_node_id: '4',
      image_type: 'image/jpeg',
    });
    expect((await sharp(frame.subarray(8 + length)).metadata()).format).toBe('jpeg');
  });

  it('stay event 1 when the flags were not the first message', async () => {
    await start();
    const client = await connect('me');
    client.socket.send('{"type":"hello"}');
    client.socket.send('{"type":"feature_flags","data":{"supports_preview_metadata":true}}');
    client.socket.ping();
    await once(client.socket, 'pong');
    await submit('job', 'me', { extra_data: { preview_method: 'auto' } });
    await client.until(idle);
    expect(client.frames[0]?.readUInt32BE(0)).toBe(1);
  });
});

describe('a connection', () => {
  it('gets no message it missed, but learns what runs when it comes back', async () => {
    await start({ manual: true });
    const before = await connect('me');
    await submit('job', 'me');
    await comfyui.advance(2);
    comfyui.dropSockets();
    await before.closed;
    const after = await connect('me');
    await after.until(({ type }) => type === 'executing');
    expect(after.heard).toEqual([
      { type: 'status', data: { status: { exec_info: { queue_remaining: 1 } }, sid: 'me' } },
      { type: 'executing', data: { node: '4' } },
    ]);
    await comfyui.advance(100);
    await after.until(({ type }) => type === 'execution_success');
  });

  it('is replaced by a newer one of the same client, and cut by a restart', async () => {
    await start();
    const old = await connect('me');
    const young = await connect('me');
    await submit('job', 'me');
    await young.until(idle);
    expect(old.heard.some(({ type }) => type === 'execution_start')).toBe(false);
    comfyui.restart();
    await young.closed;
  });

  it('gets a name when it gives none', async () => {
    await start();
    const client = await connect('');
    const { data } = await client.until(({ type }) => type === 'status');
    expect(data['sid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('needs the key of the gateway', async () => {
    await start({ key: 'gateway' });
    await expect(connect('me')).rejects.toThrow('401');
    sockets.splice(0);
    const client = await connect('me', { authorization: 'Bearer gateway' });
    await client.until(({ type }) => type === 'status');
    expect(comfyui.requests.at(-1)).toMatchObject({ path: '/ws', query: { clientId: 'me' } });
  });
});
