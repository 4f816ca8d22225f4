import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { drawPicture } from './draw-picture';
import {
  falDetail,
  falEndpoints,
  readFalInput,
  type FalDetail,
  type FalEndpoint,
  type FalInput,
} from './fake-fal-input';
import type { Charge, FakeVendor, Fault, RequestPoint } from './fake-vendor';
import {
  bytesAnswer,
  emptyAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

/** What one picture of a job is drawn from. */
export interface FalPicture extends FalInput {
  endpoint: string;
  /** Counted over the whole job. */
  index: number;
  usedSeed: number;
}

export interface FakeFalOptions {
  /** null lets everybody in. */
  key?: string | null;
  /** The status request with this number is the first that says COMPLETED; 0: the job is done when it is taken. */
  pollsUntilDone?: number;
  /**
   * Where a wrong input comes to light: at the submit (422), or, as a queue that does not look into its messages would,
   * as the job's result. fal's papers allow both readings.
   */
  validatesAt?: 'submit' | 'result';
  picture?: (picture: FalPicture) => Promise<Buffer>;
}

interface FalJob {
  id: string;
  endpoint: FalEndpoint;
  number: number;
  polls: number;
  input: FalInput | undefined;
  /** How many pictures the job makes. */
  pictures: number;
  failure: Answer | undefined;
  result: Answer | undefined;
}

const errorTypes: Record<number, string> = {
  400: 'bad_request',
  499: 'client_cancelled',
  500: 'internal_error',
  502: 'runner_incomplete_response',
  503: 'runner_scheduling_failure',
  504: 'request_timeout',
};

function plain(status: number, message: string): Answer {
  const type = errorTypes[status];
  return type
    ? jsonAnswer(status, { detail: message, error_type: type }, { 'x-fal-error-type': type })
    : jsonAnswer(status, { detail: message });
}

function modelError(status: number, detail: FalDetail[]): Answer {
  return jsonAnswer(status, { detail }, { 'x-fal-retryable': String(status >= 500) });
}

// The type's name is not in fal's papers for Seedream; this is what its other models are known to send.
const moderated = () =>
  modelError(422, [
    falDetail(
      ['body', 'prompt'],
      'The content could not be processed because it contained material flagged by a content checker.',
      'content_policy_violation',
    ),
  ]);

const requestPath = /^\/([^/]+\/[^/]+)\/requests\/([^/]+)(\/status|\/cancel)?$/;

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith('/storage/') || (method === 'PUT' && path.startsWith('/upload/'))) return ['upload'];
  if (path.startsWith('/files/')) return ['download'];
  const tail = requestPath.exec(path);
  if (tail) return tail[3] === '/status' ? ['status'] : tail[3] === '/cancel' ? ['cancel'] : ['result'];
  return method === 'POST' ? ['submit'] : [];
}

/**
 * fal.ai's queue for Seedream, its storage and its file host, on one origin. Charges: one for a taken job; withdrawn when
 * the job is cancelled in the queue or fails with a 5xx (never billed); kept for a 422 (may be billed).
 */
export async function createFakeFal(options: FakeFalOptions = {}): Promise<FakeVendor> {
  const key = options.key === undefined ? 'test-key' : options.key;
  const pollsUntilDone = options.pollsUntilDone ?? 1;
  const charges: Charge[] = [];
  const jobs = new Map<string, FalJob>();
  const files = new Map<string, { bytes: Buffer; contentType: string } | undefined>();
  let taken = 0;

  const draw =
    options.picture ??
    ((picture: FalPicture) =>
      drawPicture({
        width: picture.width,
        height: picture.height,
        from: JSON.stringify([
          picture.endpoint,
          picture.prompt,
          picture.usedSeed,
          picture.index,
          picture.imageUrls,
        ]),
      }));

  function stateOf(job: FalJob): 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED' {
    if (job.polls >= pollsUntilDone || job.failure?.status === 499) return 'COMPLETED';
    return job.polls === 0 || (job.polls === 1 && pollsUntilDone > 2) ? 'IN_QUEUE' : 'IN_PROGRESS';
  }

  function withdraw(job: FalJob): void {
    const index = charges.findIndex((charge) => charge.jobId === job.id);
    if (index >= 0) charges.splice(index, 1);
  }

  /** The faults that shape what becomes of a job. */
  function shape(job: FalJob, fault: Fault): void {
    if (fault.kind === 'moderation') job.failure = moderated();
    if (fault.kind === 'lost') jobs.delete(job.id);
    if (fault.kind === 'job-failed') {
      const status = fault.status ?? 500;
      const type = status >= 500 ? 'internal_server_error' : 'generation_error';
      job.failure = modelError(status, [
        falDetail(['body'], fault.message ?? 'The model failed to make the picture.', type),
      ]);
      if (status >= 500) withdraw(job);
    }
    if (fault.kind === 'partial') {
      job.pictures = Math.min(job.pictures, fault.pictures);
      for (const charge of charges) if (charge.jobId === job.id) charge.pictures = job.pictures;
    }
  }

  function links(job: FalJob, origin: string) {
    const base = `${origin}/${job.endpoint.app}/requests/${job.id}`;
    return { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
  }

  function submit(call: Call, endpoint: FalEndpoint): Answer {
    if (call.fault?.kind === 'moderation') return moderated();
    const input = readFalInput(endpoint, call.request.body);
    const wrong = 'detail' in input ? modelError(422, input.detail) : undefined;
    if (wrong && options.validatesAt !== 'result') return wrong;
    taken += 1;
    const job: FalJob = {
      id: randomUUID(),
      endpoint,
      number: taken,
      polls: 0,
      input: 'detail' in input ? undefined : input,
      pictures: 'detail' in input ? 0 : input.generations * input.perGeneration,
      failure: wrong ?? missingUpload(input, call.origin),
      result: undefined,
    };
    jobs.set(job.id, job);
    charges.push({ jobId: job.id, pictures: job.pictures, at: Date.now() });
    if (call.fault) shape(job, call.fault);
    return jsonAnswer(200, {
      status: 'IN_QUEUE',
      request_id: job.id,
      queue_position: 0,
      ...links(job, call.origin),
    });
  }

  /** Links elsewhere are believed; a link to this fake's own storage must have been uploaded. */
  function missingUpload(input: FalInput | { detail: FalDetail[] }, origin: string): Answer | undefined {
    if ('detail' in input) return undefined;
    const gone = (url: string) => url.startsWith(`${origin}/`) && !files.get(url.slice(origin.length));
    if (!input.imageUrls.some(gone)) return undefined;
    return modelError(422, [
      falDetail(['body', 'image_urls'], 'Failed to download the file.', 'file_download_error'),
    ]);
  }

  function status(job: FalJob, origin: string, withLogs: boolean): Answer {
    job.polls += 1;
    const state = stateOf(job);
    const logs = withLogs
      ? [{ message: 'Working', level: 'INFO', source: 'USER', timestamp: new Date().toISOString() }]
      : [];
    const own = {
      IN_QUEUE: { queue_position: 0 },
      IN_PROGRESS: { logs },
      COMPLETED: { logs, metrics: { inference_time: 12.3 } },
    }[state];
    return jsonAnswer(200, { status: state, request_id: job.id, ...own, ...links(job, origin) });
  }

  async function result(job: FalJob, origin: string): Promise<Answer> {
    if (stateOf(job) !== 'COMPLETED') return plain(400, 'Request is still in progress');
    const header = { 'x-fal-request-id': job.id };
    if (job.failure) return { ...job.failure, headers: { ...job.failure.headers, ...header } };
    const { input } = job;
    if (!input) throw new Error('A job without input has a failure');
    if (job.result) return job.result;
    const usedSeed = input.seed ?? job.number;
    const images = [];
    for (let index = 0; index < job.pictures; index += 1) {
      const bytes = await draw({ ...input, endpoint: job.endpoint.id, index, usedSeed });
      const { width, height } = await sharp(bytes).metadata();
      const name = `${job.id}-${index}.png`;
      if (!input.dataUri) files.set(`/files/result/${name}`, { bytes, contentType: 'image/png' });
      images.push({
        url: input.dataUri
          ? `data:image/png;base64,${bytes.toString('base64')}`
          : `${origin}/files/result/${name}`,
        content_type: 'image/png',
        file_name: name,
        file_size: bytes.length,
        width,
        height,
      });
    }
    // The edit of 4.5 answers no seed.
    const seed = job.endpoint.model === 'v4.5' && job.endpoint.edit ? {} : { seed: usedSeed };
    job.result = jsonAnswer(200, { images, ...seed }, header);
    return job.result;
  }

  function cancel(job: FalJob | undefined): Answer {
    if (!job) return jsonAnswer(404, { status: 'NOT_FOUND' });
    const state = stateOf(job);
    if (state === 'COMPLETED') return jsonAnswer(400, { status: 'ALREADY_COMPLETED' });
    // A job in progress gets a signal only, and this one does not listen.
    if (state === 'IN_PROGRESS') return jsonAnswer(202, { status: 'CANCELLATION_REQUESTED' });
    job.failure = plain(499, 'Request was cancelled by the client');
    withdraw(job);
    return jsonAnswer(200, { status: 'OK' });
  }

  function initiate(call: Call): Answer {
    const body = call.request.body as { content_type?: unknown; file_name?: unknown } | undefined;
    if (typeof body?.content_type !== 'string' || typeof body.file_name !== 'string') {
      return jsonAnswer(422, { detail: [falDetail(['body', 'content_type'], 'Field required', 'missing')] });
    }
    const name = `${randomUUID()}_${encodeURIComponent(body.file_name)}`;
    files.set(`/files/upload/${name}`, undefined);
    return jsonAnswer(200, {
      file_url: `${call.origin}/files/upload/${name}`,
      upload_url: `${call.origin}/upload/${name}?signature=once`,
    });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path, headers, query } = call.request;
    if (method === 'POST' && path === '/storage/upload/initiate') return initiate(call);
    if (method === 'PUT' && path.startsWith('/upload/')) {
      const file = `/files${path}`;
      if (!files.has(file)) return textAnswer(403, 'Forbidden');
      files.set(file, {
        bytes: call.raw,
        contentType: headers['content-type'] ?? 'application/octet-stream',
      });
      return emptyAnswer(200);
    }
    if (method === 'GET' && path.startsWith('/files/')) {
      const file = files.get(path);
      return file ? bytesAnswer(200, file.bytes, file.contentType) : textAnswer(404, 'Not Found');
    }
    const tail = requestPath.exec(path);
    if (tail) {
      const known = jobs.get(tail[2] ?? '');
      if (known && call.fault) shape(known, call.fault);
      const job = jobs.get(tail[2] ?? '');
      const own = job?.endpoint.app === tail[1] ? job : undefined;
      if (tail[3] === '/cancel' && method === 'PUT') return cancel(own);
      if (method !== 'GET' || tail[3] === '/cancel') return plain(405, 'Method Not Allowed');
      if (!own) return plain(404, 'Request not found');
      return tail[3] === '/status'
        ? status(own, call.origin, query['logs'] === '1')
        : result(own, call.origin);
    }
    const endpoint = falEndpoints.find(({ id }) => path === `/${id}`);
    if (endpoint && method === 'POST') return submit(call, endpoint);
    return method === 'POST'
      ? plain(404, `Application '${path.slice(1)}' not found`)
      : plain(404, 'Not Found');
  }

  return startFakeVendor(
    {
      authorization: key === null ? null : `Key ${key}`,
      points: pointsOf,
      isOpen: (path) => path.startsWith('/files/') || path.startsWith('/upload/'),
      shows: {
        moderation: ['submit', 'result'],
        partial: ['submit', 'result'],
        'job-failed': ['submit', 'result'],
        lost: ['submit', 'status', 'result', 'cancel'],
      },
      badKey: () => plain(401, 'No valid authentication credentials were provided'),
      noBalance: (status) =>
        plain(status ?? 403, 'User is locked. Reason: Exhausted balance. Top up your balance.'),
      refusal: (status) => plain(status, `Refused with ${status}`),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    charges,
  );
}
