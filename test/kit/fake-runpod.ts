import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { FakePod, type FakePodBody } from './fake-pod';
import type { FakeVendor, MultipartSummary } from './fake-vendor';
import {
  emptyAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';
import { SimulatedClock } from './simulated-clock';

export interface FakeRunpodOptions {
  key: string;
  clock?: SimulatedClock;
  /** For the containers' little programs. */
  folder: string;
  /** Minutes from a running container to ComfyUI's first answer; 2 when left out. */
  boot?: number;
  deafImages?: readonly string[];
  /** A ComfyUI that works, the origin of it: every pod's proxy leads there for what looking after pods does not need. */
  comfyui?: string;
}

export interface FakeRunpod extends FakeVendor {
  clock: SimulatedClock;
  pods: FakePod[];
  /** A pod that somebody has made otherwise. */
  make(body?: Partial<FakePodBody>): FakePod;
  pod(id: string): FakePod;
  /** US dollars left; every order wants an hour's price. */
  balance: number;
  /** GPU types that are used up. */
  readonly soldOut: Set<string>;
  /** What Hugging Face says, by what comes after `/api/models/`. */
  readonly hub: Map<string, object>;
  /** What becomes of a start: the machine has no GPU free (refused, or up with none). */
  zeroGpus: 'no' | 'refused' | 'none-given';
  /** Whether a pod's own key may do anything with its pod. */
  podKeys: 'work' | 'refused';
}

/** US dollars an hour. */
export const fakeGpus = [
  { id: 'NVIDIA GeForce RTX 4090', name: 'RTX 4090', memory: 24, secure: 0.6, community: 0.36 },
  { id: 'NVIDIA A40', name: 'A40', memory: 48, secure: 0.4, community: 0 },
  { id: 'NVIDIA H100 PCIe', name: 'H100 PCIe', memory: 80, secure: 2.4, community: 2 },
] as const;

const orderSchema = z.strictObject({
  name: z.string().min(1),
  gpu: z.strictObject({ id: z.string(), count: z.number().int().min(1).default(1) }),
  image: z.string().optional(),
  templateId: z.string().optional(),
  args: z.string().default(''),
  disk: z.number().int().min(1).default(50),
  ports: z
    .array(z.string().regex(/^\d+\/(http|tcp)$/))
    .max(10)
    .default([]),
  env: z.record(z.string(), z.string()).default({}),
  cloud: z.enum(['SECURE', 'COMMUNITY']).default('SECURE'),
  dataCenterIds: z.array(z.string()).default([]),
  mounts: z
    .union([
      z.strictObject({ persistent: z.strictObject({ size: z.number().min(10), path: z.string() }) }),
      z.strictObject({ network: z.array(z.strictObject({ volumeId: z.string(), path: z.string() })).max(1) }),
    ])
    .optional(),
});
const actionSchema = z.strictObject({ action: z.enum(['start', 'stop', 'restart', 'terminate']) });

function problem(status: number, title: string, detail: string, errors?: string[]): Answer {
  const { body } = jsonAnswer(status, { title, status, detail, ...(errors ? { errors } : {}) });
  return { status, body, headers: { 'content-type': 'application/problem+json' } };
}
const notFound = () => problem(404, 'Not Found', 'resource not found');

/** RunPod's REST v2 and its proxy, and pods whose life is paid for by a simulated clock. */
export async function startFakeRunpod(options: FakeRunpodOptions): Promise<FakeRunpod> {
  const clock = options.clock ?? new SimulatedClock();
  const pods: FakePod[] = [];
  const soldOut = new Set<string>();
  const hub = new Map<string, object>();
  const state = {
    balance: 25,
    zeroGpus: 'no' as FakeRunpod['zeroGpus'],
    podKeys: 'work' as FakeRunpod['podKeys'],
  };
  const deafImages = new Set(options.deafImages ?? []);

  const find = (id: string) => pods.find((pod) => pod.id === id && pod.status !== 'TERMINATED');

  function make(body: Partial<FakePodBody> = {}): FakePod {
    const whole: FakePodBody = {
      name: 'somebody-s-pod',
      gpu: { id: fakeGpus[0].id, count: 1 },
      image: 'runpod/comfyui:latest',
      args: '',
      disk: 50,
      ports: ['8188/http'],
      env: {},
      cloud: 'SECURE',
      mounts: {},
      ...body,
    };
    const gpu = fakeGpus.find(({ id }) => id === whole.gpu.id);
    const price = (whole.cloud === 'SECURE' ? gpu?.secure : gpu?.community) ?? 1;
    const world = { clock, folder: options.folder, deafImages, inside: (id: string) => `${insideUrl}/${id}` };
    const pod = new FakePod(
      `pod${pods.length + 1}x`,
      whole,
      price * whole.gpu.count,
      world,
      options.boot ?? 2,
    );
    pods.push(pod);
    return pod;
  }

  function create(json: unknown): Answer {
    const order = orderSchema.safeParse(json);
    if (!order.success) {
      const errors = order.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return problem(422, 'Unprocessable Entity', 'Request validation failed.', errors);
    }
    const { image, templateId, mounts = {}, dataCenterIds: _places, ...rest } = order.data;
    if (image === undefined && templateId === undefined)
      return problem(422, 'Unprocessable Entity', 'Request validation failed.', ['$: image is required']);
    const gpu = fakeGpus.find(({ id }) => id === rest.gpu.id);
    if (gpu === undefined) return problem(400, 'Bad Request', `unknown GPU type ${rest.gpu.id}`);
    const price = rest.cloud === 'SECURE' ? gpu.secure : gpu.community;
    if (price === 0 || soldOut.has(gpu.id))
      return problem(
        400,
        'Bad Request',
        'There are no longer any instances available with the requested specifications.',
      );
    if (state.balance < price * rest.gpu.count)
      return problem(402, 'Payment Required', 'insufficient balance to deploy this pod');
    const pod = make({ ...rest, image: image ?? 'of-the-template', mounts });
    pod.start();
    return jsonAnswer(201, pod.shown());
  }

  function act(pod: FakePod, json: unknown, by: string): Answer {
    const asked = actionSchema.safeParse(json);
    if (!asked.success) return problem(422, 'Unprocessable Entity', 'Request validation failed.');
    const { action } = asked.data;
    if (action === 'terminate') {
      pod.stop(by, 'TERMINATED');
      return emptyAnswer(204);
    }
    const isAllowed = action === 'start' ? !pod.isUp : pod.isUp && !(pod.locked && action === 'stop');
    if (!isAllowed) return problem(409, 'Conflict', `action ${action} is not valid for status ${pod.status}`);
    if (action === 'stop') pod.stop(by);
    if (action === 'start') {
      if (state.balance < pod.perHour)
        return problem(402, 'Payment Required', 'insufficient balance to start this pod');
      if (state.zeroGpus === 'refused')
        return problem(
          400,
          'Bad Request',
          'There are not enough free GPUs on the host machine to start this pod.',
        );
      pod.gpuCount = state.zeroGpus === 'none-given' ? 0 : pod.body.gpu.count;
      pod.start();
    }
    return jsonAnswer(200, pod.shown());
  }

  /** ComfyUI on a pod, as far as it is needed to look after it. */
  function comfyui(
    pod: FakePod,
    method: string,
    route: string,
    query: Record<string, string>,
    body: unknown,
  ): Answer {
    if (!pod.answers) return textAnswer(502, '<html><body>Bad gateway</body></html>', 'text/html');
    if (method === 'GET' && route === '/prompt')
      return jsonAnswer(200, { exec_info: { queue_remaining: pod.remaining } });
    if (method === 'GET' && route === '/experiment/models') return jsonAnswer(200, pod.modelFolders());
    if (method === 'GET' && route.startsWith('/models/')) {
      const models = pod.models(route.slice('/models/'.length));
      return models === undefined ? emptyAnswer(404) : jsonAnswer(200, models);
    }
    if (method === 'GET' && route === '/view') {
      const { type = 'output', subfolder = '', filename = '' } = query;
      const file = pod.files.get([type, subfolder, filename].join('/'));
      return file === undefined ? emptyAnswer(404) : textAnswer(200, file);
    }
    if (method === 'POST' && route === '/upload/image') {
      const { fields, files } = body as MultipartSummary;
      const file = files.find(({ field }) => field === 'image');
      if (file === undefined) return emptyAnswer(400);
      const { type = 'input', subfolder = '', overwrite } = fields;
      const path = [type, subfolder, file.name].join('/');
      if (pod.files.has(path) && !['true', '1'].includes(overwrite ?? ''))
        return jsonAnswer(200, { name: `${file.name} (1)`, subfolder, type });
      pod.files.set(path, file.bytes.toString('utf8'));
      return jsonAnswer(200, { name: file.name, subfolder, type });
    }
    return emptyAnswer(404);
  }

  /** As RunPod's proxy does. */
  async function forwarded({ request, raw }: Call, rest: string): Promise<Answer> {
    const { method, query, headers } = request;
    const asked = `${options.comfyui}${rest}?${new URLSearchParams(query).toString()}`;
    const type = headers['content-type'];
    const answer = await fetch(asked, {
      method,
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
      ...(raw.length === 0 ? {} : { body: new Uint8Array(raw) }),
    });
    const given = answer.headers.get('content-type');
    return {
      status: answer.status,
      headers: given === null ? {} : { 'content-type': given },
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }

  async function handle(call: Call): Promise<Answer> {
    const { request } = call;
    const { method, path, query, body } = request;
    const [, first = '', second = '', third = '', fourth] = path.split('/');
    if (first === 'proxy') {
      const pod = find(second);
      if (pod === undefined || third !== '8188') return textAnswer(404, 'no such pod');
      const rest = path.slice(`/proxy/${second}/${third}`.length);
      const own = comfyui(pod, method, rest, query, body);
      return own.status === 404 && options.comfyui !== undefined ? forwarded(call, rest) : own;
    }
    // Hugging Face, where every call goes to one origin.
    if (path.startsWith('/api/models/')) {
      const said = hub.get(path.slice('/api/models/'.length));
      return said === undefined ? jsonAnswer(401, { error: 'Repository not found' }) : jsonAnswer(200, said);
    }
    if (path === '/v2/pods')
      return method === 'POST'
        ? create(body)
        : jsonAnswer(200, {
            pods: pods.filter(({ status }) => status !== 'TERMINATED').map((pod) => pod.shown()),
          });
    if (first === 'v2' && second === 'pods') {
      const pod = find(third);
      if (pod === undefined) return notFound();
      if (method === 'GET' && fourth === undefined) return jsonAnswer(200, pod.shown());
      if (method === 'POST' && fourth === 'action') return act(pod, body, 'seedloom');
    }
    if (path === '/v2/catalog/gpus') return jsonAnswer(200, { gpus: fakeGpus.map(gpuShown(query, soldOut)) });
    if (path === '/v2/network-volumes') return jsonAnswer(200, { networkVolumes: [fakeVolume] });
    return notFound();
  }

  // What a pod's container reaches: it goes on when the person's computer is cut off.
  const inside = createServer((request, response) => {
    serveInside(request, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  async function serveInside(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://inside');
    const [, id = '', place = ''] = url.pathname.split('/');
    const pod = pods.find((one) => one.id === id);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const write = ({ status, headers, body }: Answer) => response.writeHead(status, headers).end(body);
    if (pod === undefined) return void write(notFound());
    const rest = url.pathname.slice(`/${id}/${place}`.length);
    const raw = Buffer.concat(chunks);
    if (place === 'comfyui') {
      const type = request.headers['content-type'] ?? '';
      const body = type.startsWith('multipart/') ? await multipart(raw, type) : undefined;
      return void write(
        comfyui(pod, request.method ?? 'GET', rest, Object.fromEntries(url.searchParams), body),
      );
    }
    // Its own key opens its own pod, and nothing else.
    if (request.headers.authorization !== `Bearer ${pod.key}` || state.podKeys === 'refused')
      return void write(problem(401, 'Unauthorized', 'invalid bearer token'));
    if (rest === `/v2/pods/${id}`) return void write(jsonAnswer(200, pod.shown()));
    if (rest === `/v2/pods/${id}/action`)
      return void write(act(pod, JSON.parse(raw.toString('utf8')), 'watchdog'));
    write(notFound());
  }
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const insideUrl = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;

  const vendor = await startFakeVendor(
    {
      authorization: `Bearer ${options.key}`,
      points: (method, path) => {
        if (path.startsWith('/proxy/')) return method === 'POST' ? ['upload'] : ['result'];
        if (path.startsWith('/v2/catalog') || path === '/v2/network-volumes') return ['catalogue'];
        if (path === '/v2/pods' && method === 'POST') return ['submit'];
        return path.endsWith('/action') ? ['cancel'] : ['status'];
      },
      isOpen: (path) => path.startsWith('/proxy/') || path.startsWith('/api/models/'),
      shows: {},
      badKey: () => problem(401, 'Unauthorized', 'missing bearer token'),
      noBalance: () => problem(402, 'Payment Required', 'insufficient balance'),
      refusal: (status) => problem(status, 'Error', `refused with ${status}`),
      expired: (status) => emptyAnswer(status),
      handle,
      stop: () => {
        for (const pod of pods) pod.close();
        inside.close();
        inside.closeAllConnections();
      },
    },
    [],
  );
  return Object.defineProperties(
    Object.assign(vendor, {
      clock,
      pods,
      make,
      soldOut,
      hub,
      pod: (id: string) => find(id)!,
      balance: 0,
      zeroGpus: 'no' as const,
      podKeys: 'work' as const,
    }),
    {
      podKeys: {
        get: () => state.podKeys,
        set: (value: FakeRunpod['podKeys']) => {
          state.podKeys = value;
        },
      },
      balance: {
        get: () => state.balance,
        set: (value: number) => {
          state.balance = value;
        },
      },
      zeroGpus: {
        get: () => state.zeroGpus,
        set: (value: FakeRunpod['zeroGpus']) => {
          state.zeroGpus = value;
        },
      },
    },
  );
}

export const fakeVolume = { id: 'vol1', name: 'models', size: 100, dataCenter: 'US-KS-2', type: 'STANDARD' };

function gpuShown(query: Record<string, string>, soldOut: ReadonlySet<string>) {
  return ({ id, name, memory, secure, community }: (typeof fakeGpus)[number]) => ({
    id,
    name,
    pool: null,
    manufacturer: 'NVIDIA',
    memory,
    secure: true,
    community: community > 0,
    price: { secure, community },
    maxCount: { secure: 8, community: 4 },
    ...(query['include'] === 'AVAILABILITY' ? { availability: soldOut.has(id) ? 'NONE' : 'HIGH' } : {}),
  });
}

async function multipart(raw: Buffer, type: string): Promise<MultipartSummary> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const summary: MultipartSummary = { fields: {}, files: [] };
  for (const [field, value] of form) {
    if (typeof value === 'string') summary.fields[field] = value;
    else {
      const bytes = Buffer.from(await value.arrayBuffer());
      summary.files.push({ field, name: value.name, contentType: value.type, bytes });
    }
  }
  return summary;
}
