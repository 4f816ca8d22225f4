import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import {
  classesNow,
  features,
  modelFolders,
  models,
  objectInfo,
  readClasses,
  systemStats,
} from './fake-comfyui-catalogue';
import { ComfyuiFiles, isFolderType, unannotated } from './fake-comfyui-files';
import { graphSchema, picturesAsked, refuse, validateGraph, type Verdict } from './fake-comfyui-graph';
import { finishedJob, queueItem, waitingJob, type ComfyuiJob } from './fake-comfyui-jobs';
import { listLoras, loraMetadata, loraPreview, setLoras, type FakeLora } from './fake-comfyui-loras';
import { ComfyuiSockets } from './fake-comfyui-sockets';
import { ComfyuiWorker } from './fake-comfyui-worker';
import type { Charge, FakeVendor, MultipartSummary, RequestPoint } from './fake-vendor';
import {
  bytesAnswer,
  emptyAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeComfyuiOptions {
  /** A gateway's token (`Bearer`) or `name:password` (`Basic`); null, as ComfyUI itself: everybody is let in. */
  key?: string | null;
  /** Instead of the built-in classes (test/fixtures/comfyui-object-info.json). */
  objectInfo?: object;
  /** Steps of every sampler, whatever the graph says. */
  stepsPerJob?: number;
  /** What a training's losses are, from its first step on, over and over; NaN and Infinity are losses too. */
  losses?: readonly number[];
  /** The GPU's memory is full at nodes of this class that tell their steps. */
  fullAt?: string;
  /** The worker moves only by `advance()`. */
  manual?: boolean;
  /** In the place of the LoRAs that the classes list, which say nothing of themselves. */
  loras?: readonly FakeLora[];
  /** An older server: it has no `/experiment/models`. */
  withoutModelList?: boolean;
  /** What /api/jobs calls an interrupted job: 0.8 says failed, newer versions cancelled. */
  interruptedAs?: 'failed' | 'cancelled';
  /** It looks for LoRAs in its own folders only, not in output/loras. */
  hidesOutputLoras?: boolean;
  /** Bytes of one upload; as ComfyUI's own when left out. */
  maxUpload?: number;
}

export interface FakeComfyui extends FakeVendor {
  /** Manual worker: lets it go on by so many stops (one before each job, one before each sampler step or upscale tile). */
  advance(stops?: number): Promise<void>;
  /** Resolves when the worker has nothing to do, or, if it is manual, waits for `advance`. */
  settled(): Promise<void>;
  /**
   * The server dies and comes back: queue, history, cache and temp are gone, the websockets cut; input and output stay, but
   * not on another pod (`isReplaced`).
   */
  restart(isReplaced?: boolean): void;
  /** Cuts the websockets and nothing else. */
  dropSockets(): void;
}

const promptSchema = z.object({
  prompt: graphSchema,
  client_id: z.string().optional(),
  prompt_id: z.coerce.string().optional(),
  extra_data: z.record(z.string(), z.unknown()).default({}),
  front: z.boolean().optional(),
  number: z.coerce.number().optional(),
  partial_execution_targets: z.array(z.string()).nullish(),
});
const idsSchema = z.object({
  clear: z.boolean().optional(),
  delete: z.array(z.string()).optional(),
  prompt_id: z.string().optional(),
});

/** A gateway's token, or its `name:password`. */
function authorizationOf(key: string): string {
  return key.includes(':') ? `Basic ${Buffer.from(key).toString('base64')}` : `Bearer ${key}`;
}

/** Every route exists twice, but /api/jobs only so. */
function routeOf(path: string): string {
  return path.startsWith('/api/') && !path.startsWith('/api/jobs') ? path.slice('/api'.length) : path;
}

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  const route = routeOf(path);
  if (method === 'POST') {
    if (route === '/prompt') return ['submit'];
    if (route.startsWith('/upload/')) return ['upload'];
    return route === '/queue' || route === '/interrupt' ? ['cancel'] : [];
  }
  // Asking whether a file is there brings nothing.
  if (route === '/view') return method === 'GET' ? ['download'] : [];
  if (route === '/queue' || route === '/prompt') return ['status'];
  // A client may learn the state and the outputs from either.
  if (/^\/(history|api\/jobs)\b/.test(route)) return ['status', 'result'];
  return /^\/(object_info|models|experiment|view_metadata|embeddings|system_stats|features)\b/.test(route)
    ? ['catalogue']
    : [];
}

/**
 * A ComfyUI 0.8 server. Charges: one for every prompt it takes (ComfyUI bills nobody; the GPU does), two for a prompt id
 * that is posted twice, because it runs twice.
 */
export async function createFakeComfyui(options: FakeComfyuiOptions = {}): Promise<FakeComfyui> {
  const key = options.key ?? null;
  const classes = readClasses(options.objectInfo);
  const { loras } = options;
  if (loras !== undefined) setLoras(classes, loras);
  const charges: Charge[] = [];
  const files = new ComfyuiFiles();
  let counter = 0;
  const now = () => classesNow(classes, files, options.hidesOutputLoras !== true);

  const worker = new ComfyuiWorker({
    classes,
    files,
    sockets: () => sockets,
    stepsPerJob: options.stepsPerJob,
    losses: options.losses,
    fullAt: options.fullAt,
    manual: options.manual ?? false,
  });
  const sockets: ComfyuiSockets = new ComfyuiSockets(features, (sid) => {
    const status = { type: 'status', data: { ...(worker.status() as object), sid } };
    const job = worker.running;
    return job?.clientId === sid && job.currentNode !== undefined
      ? [status, { type: 'executing', data: { node: job.currentNode } }]
      : [status];
  });

  /** `isReplaced`: another pod, without the files of the first. */
  function restart(isReplaced = false): void {
    worker.forget();
    if (isReplaced) files.wipe();
    sockets.drop();
    counter = 0;
  }

  function invalid(verdict: Verdict & { ok: false }): Answer {
    return jsonAnswer(400, { error: verdict.error, node_errors: verdict.nodeErrors });
  }

  function postPrompt(call: Call): Answer {
    const body: unknown = call.request.body;
    if (!call.raw.length || Buffer.isBuffer(body)) {
      return textAnswer(500, '500 Internal Server Error\n\nServer got itself in trouble');
    }
    if (typeof body !== 'object' || body === null || !('prompt' in body)) {
      return invalid(refuse('no_prompt', 'No prompt provided', 'No prompt provided'));
    }
    const request = promptSchema.parse(body);
    const own = counter;
    counter += 1;
    const number = request.number ?? (request.front ? -own : own);
    const around = { classes: now(), files: (image: string) => files.loadImage(image) !== undefined };
    const verdict = validateGraph(request.prompt, request.partial_execution_targets ?? undefined, around);
    if (!verdict.ok) return invalid(verdict);
    const extraData = { ...request.extra_data, create_time: Date.now() };
    const clientId = request.client_id;
    const job: ComfyuiJob = {
      number,
      id: request.prompt_id ?? randomUUID(),
      graph: request.prompt,
      extraData: clientId === undefined ? extraData : { ...extraData, client_id: clientId },
      outputs: verdict.outputs,
      clientId,
      failure:
        call.fault?.kind === 'job-failed' ? (call.fault.message ?? 'Allocation on device ') : undefined,
      limit: call.fault?.kind === 'partial' ? call.fault.pictures : Infinity,
      currentNode: undefined,
      startedAt: undefined,
      ended: 'no',
    };
    charges.push({
      jobId: job.id,
      ...(request.prompt_id === undefined ? {} : { requestId: request.prompt_id }),
      pictures: Math.min(job.limit, picturesAsked(request.prompt, verdict.outputs)),
      at: Date.now(),
    });
    worker.enqueue(job);
    if (call.fault?.kind === 'lost') restart(true);
    return jsonAnswer(200, { prompt_id: job.id, number, node_errors: verdict.nodeErrors });
  }

  function jobs(id: string | undefined, query: Record<string, string>): Answer {
    const as = options.interruptedAs ?? 'failed';
    const whole = id !== undefined;
    const all = [
      ...worker.pending.map((job) => waitingJob(job, 'pending')),
      ...(worker.running ? [waitingJob(worker.running, 'in_progress')] : []),
      ...[...worker.history.values()].map((entry) => finishedJob(entry, as, whole)),
    ];
    if (whole) {
      const job = all.find((one) => one['id'] === id);
      return job ? jsonAnswer(200, job) : jsonAnswer(404, { error: 'Job not found' });
    }
    const known = ['pending', 'in_progress', 'completed', 'failed', ...(as === 'failed' ? [] : [as])];
    const wanted = query['status']?.split(',') ?? known;
    const wrong = wanted.find((status) => !known.includes(status));
    if (wrong !== undefined) return jsonAnswer(400, { error: `Invalid status value(s): ${wrong}` });
    const found = all.filter((job) => wanted.includes(String(job['status'])));
    const offset = Number(query['offset'] ?? 0);
    const limit = Number(query['limit'] ?? found.length);
    const page = found.slice(offset, offset + limit);
    const has_more = offset + limit < found.length;
    return jsonAnswer(200, { jobs: page, pagination: { offset, limit, total: found.length, has_more } });
  }

  function history(id: string | undefined, query: Record<string, string>): Answer {
    let entries = [...worker.history];
    if (id !== undefined) entries = entries.filter(([known]) => known === id);
    else if (query['max_items'] !== undefined) {
      const most = Number(query['max_items']);
      const offset = Number(query['offset'] ?? -1);
      entries = offset < 0 ? entries.slice(-most) : entries.slice(offset, offset + most);
    }
    return jsonAnswer(200, Object.fromEntries(entries));
  }

  function upload(call: Call): Answer {
    const form = call.request.body as MultipartSummary | undefined;
    const file = form?.files?.find(({ field }) => field === 'image');
    if (!form || !file || file.name === '') return emptyAnswer(400);
    if (file.bytes.byteLength > (options.maxUpload ?? features.max_upload_size)) return emptyAnswer(413);
    const { subfolder = '', type = 'input', overwrite = '' } = form.fields;
    if (subfolder.split('/').includes('..') || subfolder.startsWith('/') || !isFolderType(type)) {
      return emptyAnswer(400);
    }
    const over = overwrite === 'true' || overwrite === '1';
    const stored = files.upload({ filename: file.name, subfolder, type }, file.bytes, over);
    return jsonAnswer(200, { name: stored.filename, subfolder, type });
  }

  async function view(query: Record<string, string>): Promise<Answer> {
    const { subfolder = '', preview } = query;
    if (query['filename'] === undefined) return emptyAnswer(404);
    const asked = query['type'] ?? 'output';
    const { name, type } = unannotated(query['filename'], isFolderType(asked) ? asked : 'output');
    if (name.startsWith('/') || name.includes('..') || !isFolderType(asked)) return emptyAnswer(400);
    if (subfolder.split('/').includes('..') || subfolder.startsWith('/')) return emptyAnswer(403);
    const filename = name.slice(name.lastIndexOf('/') + 1);
    const bytes = files.read({ filename, subfolder, type });
    if (!bytes) return emptyAnswer(404);
    const disposition = { 'content-disposition': `filename="${filename}"` };
    const [format, quality] = preview?.split(';') ?? [];
    if (format === 'webp' || format === 'jpeg') {
      const small = await sharp(bytes)
        .toFormat(format, { quality: Number(quality ?? 90) })
        .toBuffer();
      return bytesAnswer(200, small, `image/${format}`, disposition);
    }
    const contentTypes: Record<string, string> = {
      png: 'image/png',
      jpg: 'image/jpeg',
      jpeg: 'image/jpeg',
      webp: 'image/webp',
      txt: 'text/plain',
    };
    const end = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
    return bytesAnswer(200, bytes, contentTypes[end] ?? 'application/octet-stream', disposition);
  }

  /** A page of another origin is not let in to a server on loopback. */
  function foreign(headers: Record<string, string>): boolean {
    const origin = headers['origin'];
    return origin !== undefined && URL.canParse(origin) && new URL(origin).host !== headers['host'];
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path, query, headers, body } = call.request;
    if (foreign(headers)) return emptyAnswer(403);
    if (call.fault?.kind === 'lost' && method === 'GET') restart(true);
    const [, route = '', ...rest] = routeOf(path).split('/').map(decodeURIComponent);
    const id = rest.length > 0 ? rest.join('/') : undefined;
    // The real server's router answers HEAD wherever it answers GET.
    if (method === 'GET' || method === 'HEAD') {
      switch (route) {
        case 'system_stats':
          return jsonAnswer(200, systemStats);
        case 'features':
          return jsonAnswer(200, {
            ...features,
            ...(options.maxUpload === undefined ? {} : { max_upload_size: options.maxUpload }),
          });
        case 'embeddings':
          return jsonAnswer(200, []);
        case 'object_info':
          return objectInfo(now(), id);
        case 'models':
          return id === undefined ? jsonAnswer(200, modelFolders) : models(now(), id);
        case 'experiment':
          if (loras === undefined || options.withoutModelList) return emptyAnswer(404);
          return rest[1] === 'preview' ? loraPreview(loras, rest.slice(3)) : listLoras(loras);
        case 'view_metadata':
          return loraMetadata(loras ?? [], query['filename']);
        case 'prompt':
          return jsonAnswer(200, { exec_info: { queue_remaining: worker.remaining } });
        case 'queue':
          return jsonAnswer(200, {
            queue_running: worker.running ? [queueItem(worker.running)] : [],
            queue_pending: worker.pending.map(queueItem),
          });
        case 'history':
          return history(id, query);
        case 'view':
          return view(query);
        case 'api':
          return jobs(rest[1], query);
      }
    }
    if (method !== 'POST') return textAnswer(404, '404: Not Found');
    const asked = idsSchema.safeParse(body ?? {}).data ?? {};
    switch (route) {
      case 'prompt':
        return postPrompt(call);
      case 'upload':
        return rest[0] === 'image' ? upload(call) : textAnswer(404, '404: Not Found');
      case 'queue':
        if (asked.clear) worker.remove(undefined);
        if (asked.delete) worker.remove(asked.delete);
        return emptyAnswer(200);
      case 'interrupt':
        worker.interrupt(asked.prompt_id);
        return emptyAnswer(200);
      case 'history':
        if (asked.clear) worker.history.clear();
        for (const one of asked.delete ?? []) worker.history.delete(one);
        return emptyAnswer(200);
      case 'free':
        return emptyAnswer(200);
      default:
        return textAnswer(404, '404: Not Found');
    }
  }

  const fake = await startFakeVendor(
    {
      authorization: key === null ? null : authorizationOf(key),
      points: pointsOf,
      shows: {
        partial: ['submit'],
        'job-failed': ['submit'],
        lost: ['submit', 'status', 'result'],
      },
      badKey: () => textAnswer(401, 'Unauthorized'),
      refusal: (status) => textAnswer(status, `error code: ${status}`),
      expired: (status) => emptyAnswer(status),
      handle,
      upgrade: (request, stream, head) => sockets.upgrade(request, stream, head),
      stop: () => {
        worker.close();
        sockets.close();
      },
    },
    charges,
  );
  return {
    ...fake,
    advance: (stops = 1) => worker.advance(stops),
    settled: () => worker.settled(),
    restart,
    dropSockets: () => sockets.drop(),
  };
}
