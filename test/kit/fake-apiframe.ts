import { randomUUID } from 'node:crypto';
import { drawPicture } from './draw-picture';
import type { Charge, FakeVendor, Fault, MultipartSummary, RequestPoint } from './fake-vendor';
import {
  bytesAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeApiframeOptions {
  key?: string;
  /** The question with this number is the first that says COMPLETED. */
  pollsUntilDone?: number;
  /** How the untyped `result` looks. */
  result?: (link: string) => unknown;
}

interface Job {
  id: string;
  body: string;
  params: { width: number; height: number };
  polls: number;
  error: string | undefined;
  link: string | undefined;
}

const models = new Set(['seedream-4', 'seedream-4.5', 'seedream-5-lite']);
const allowed = new Set([
  'aspect_ratio',
  'size',
  'resolution',
  'width',
  'height',
  'image_input',
  'output_format',
  'guidance_scale',
  'use_pre_llm',
  'enhance_prompt',
  'seed',
]);

const refused = (status: number, error: string, more: Record<string, unknown> = {}) =>
  jsonAnswer(status, { error, ...more });

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith('/files/')) return ['download'];
  if (path === '/v2/uploads') return ['upload'];
  if (path === '/v2/images/generate') return ['submit'];
  return method === 'GET' && path.startsWith('/v2/jobs/') ? ['status', 'result'] : [];
}

/** What is wrong with an order, by the vendor's own description of it. */
function problemsOf(body: unknown): Record<string, string[]> {
  const { model, prompt, seedreamParams } = (body ?? {}) as Record<string, unknown>;
  const problems: Record<string, string[]> = {};
  if (typeof model !== 'string' || !models.has(model)) problems['model'] = ['Unknown model'];
  if (typeof prompt !== 'string' || prompt.length < 1 || prompt.length > 2000)
    problems['prompt'] = ['Must be 1 to 2000 characters'];
  const params = (seedreamParams ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(params)) if (!allowed.has(name)) problems[name] = ['Unrecognized key'];
  for (const side of ['width', 'height']) {
    const value = params[side];
    if (
      value !== undefined &&
      (!Number.isInteger(value) || (value as number) < 512 || (value as number) > 4096)
    )
      problems[side] = ['Must be an integer from 512 to 4096'];
  }
  const { image_input: images = [] } = params;
  if (!Array.isArray(images) || images.length > 14 || !images.every((link) => /^https?:/.test(String(link))))
    problems['image_input'] = ['Must be at most 14 URIs'];
  return problems;
}

/** Apiframe v2 on one origin. Charges: one for a taken job, withdrawn when the job fails (only successes are billed). */
export async function createFakeApiframe(options: FakeApiframeOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, result = (link: string) => link } = options;
  const charges: Charge[] = [];
  const jobs = new Map<string, Job>();
  /** The jobs of the last 24 hours by their idempotency key. */
  const byKey = new Map<string, Job>();
  const files = new Map<string, Buffer>();

  function fail(job: Job, error: string): void {
    job.error = error;
    const index = charges.findIndex(({ jobId }) => jobId === job.id);
    if (index >= 0) charges.splice(index, 1);
  }

  function shape(job: Job, fault: Fault): void {
    if (fault.kind === 'moderation') fail(job, 'Request was flagged by content moderation');
    if (fault.kind === 'job-failed') fail(job, fault.message ?? 'Generation failed');
    if (fault.kind === 'lost') jobs.delete(job.id);
  }

  function submit(call: Call): Answer {
    const { body, headers } = call.request;
    if (call.fault?.kind === 'moderation') return refused(400, 'Prompt rejected by content moderation');
    const problems = problemsOf(body);
    if (Object.keys(problems).length > 0) return refused(400, 'Validation failed', { details: problems });
    const requestId = headers['idempotency-key'];
    const text = call.raw.toString('utf8');
    const known = requestId === undefined ? undefined : byKey.get(requestId);
    if (known !== undefined)
      return known.body === text
        ? jsonAnswer(202, { jobId: known.id, status: 'QUEUED' })
        : refused(409, 'Idempotency-Key was used with a different body');
    const { width = 2048, height = 2048 } = (body as { seedreamParams: Partial<Job['params']> })
      .seedreamParams;
    const job: Job = {
      id: randomUUID(),
      body: text,
      params: { width, height },
      polls: 0,
      error: undefined,
      link: undefined,
    };
    jobs.set(job.id, job);
    if (requestId !== undefined) byKey.set(requestId, job);
    charges.push({
      jobId: job.id,
      ...(requestId === undefined ? {} : { requestId }),
      pictures: 1,
      at: Date.now(),
    });
    if (call.fault) shape(job, call.fault);
    return jsonAnswer(202, { jobId: job.id, status: 'QUEUED' });
  }

  async function state(job: Job, origin: string): Promise<Answer> {
    job.polls += 1;
    const base = { id: job.id, model: 'seedream-4.5', creditCost: null, error: null, result: null };
    if (job.error !== undefined)
      return jsonAnswer(200, { ...base, status: 'FAILED', progress: null, error: job.error });
    if (job.polls < pollsUntilDone)
      return jsonAnswer(200, { ...base, status: job.polls === 1 ? 'QUEUED' : 'PROCESSING', progress: 40 });
    if (job.link === undefined) {
      const path = `/files/${job.id}.png`;
      files.set(path, await drawPicture({ ...job.params, from: job.body }));
      job.link = `${origin}${path}`;
    }
    return jsonAnswer(200, {
      ...base,
      status: 'COMPLETED',
      progress: 100,
      result: result(job.link),
      creditCost: 9,
    });
  }

  function upload(call: Call): Answer {
    const file = (call.request.body as MultipartSummary | undefined)?.files?.[0];
    if (file === undefined) return refused(400, 'Validation failed', { details: { file: ['Required'] } });
    const id = randomUUID();
    files.set(`/files/${id}`, file.bytes);
    const expiresAt = new Date(Date.parse('2030-01-01T00:00:00Z')).toISOString();
    return jsonAnswer(201, {
      id,
      url: `${call.origin}/files/${id}`,
      kind: 'image',
      contentType: file.contentType,
      expiresAt,
    });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    const file = files.get(path);
    if (path.startsWith('/files/'))
      return file ? bytesAnswer(200, file, 'image/png') : textAnswer(404, 'Not Found');
    if (method === 'POST' && path === '/v2/uploads') return upload(call);
    if (method === 'POST' && path === '/v2/images/generate') return submit(call);
    if (method === 'GET' && path === '/v2/me')
      return jsonAnswer(200, {
        user: { role: 'OWNER' },
        team: { name: 'Acme', credits: 1000 },
        apiKey: null,
      });
    const id = /^\/v2\/jobs\/([^/]+)$/.exec(path)?.[1];
    if (method !== 'GET' || id === undefined) return refused(404, 'Not found');
    const known = jobs.get(id);
    if (known && call.fault) shape(known, call.fault);
    const job = jobs.get(id);
    return job === undefined ? refused(404, 'Job not found') : state(job, call.origin);
  }

  return startFakeVendor(
    {
      authorization: key,
      keyHeader: 'x-api-key',
      points: pointsOf,
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['submit', 'status', 'result'],
        'job-failed': ['submit', 'status', 'result'],
        lost: ['submit', 'status', 'result'],
      },
      badKey: () => refused(401, 'Invalid API key'),
      noBalance: (status) =>
        refused(status ?? 402, 'Insufficient credits', { creditsRequired: 9, creditsAvailable: 0 }),
      refusal: (status) => refused(status, `Refused with ${status}`),
      expired: (status) => textAnswer(status, 'Not Found'),
      handle,
    },
    charges,
  );
}
