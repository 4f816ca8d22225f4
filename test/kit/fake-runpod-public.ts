import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, RequestPoint } from './fake-vendor';
import {
  emptyAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeRunpodPublicOptions {
  key?: string;
  /** The question with this number is the first that finds the job ended. */
  pollsUntilDone?: number;
}

const path = /^\/v2\/seedream-v4-(?:t2i|edit)\/(run|status|cancel)(?:\/([^/]+))?$/;

function pointsOf(method: string, asked: string): readonly RequestPoint[] {
  if (asked.startsWith('/files/')) return ['download'];
  const verb = path.exec(asked)?.[1];
  if (verb === 'status') return ['status', 'result'];
  if (verb === 'cancel') return ['cancel'];
  return method === 'POST' ? ['submit'] : [];
}

const shared = {
  prompt: z.string().min(1),
  size: z
    .string()
    .regex(/^\d+\*\d+$/, 'size format must be width*height')
    .default('1024*1024')
    .transform((size) => size.split('*').map(Number) as [number, number])
    .refine(([width, height]) => width * height >= 960 * 960 && width * height <= 4096 * 4096)
    .refine(([width, height]) => Math.max(width / height, height / width) <= 16),
  enable_safety_checker: z.boolean().default(true),
};
const fromWords = z.strictObject({
  ...shared,
  negative_prompt: z.string().optional(),
  seed: z.int().min(-1).default(-1),
});
const fromPictures = z.strictObject({
  ...shared,
  images: z.array(z.url({ protocol: /^https?$/ })).min(1),
});

/** What the vendor does with a link: it fetches it. Links that leave this computer are believed. */
async function canFetch(link: string): Promise<boolean> {
  if (new URL(link).hostname !== '127.0.0.1') return true;
  const answer = await fetch(link);
  return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('image/');
}

// RunPod's papers give a status for each refusal and no body.
const refused = (status: number, error: string): Answer => jsonAnswer(status, { error });

/** RunPod's queues in front of Seedream 4.0, on one origin. A job is charged when it is taken; not when it fails or is cancelled. */
export async function createFakeRunpodPublic(options: FakeRunpodPublicOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1 } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });

  const errors: Record<NonNullable<FakeJob['failed']>, string> = {
    moderation: 'The prompt was flagged by the safety checker',
    reference: 'The input image could not be read',
    trouble: 'Worker exited',
    cancelled: '',
  };

  async function run({ request, fault }: Call): Promise<Answer> {
    const input = request.path.includes('-edit/') ? fromPictures : fromWords;
    const { data, error } = z.strictObject({ input }).safeParse(request.body);
    if (data === undefined) {
      const said = `Invalid parameter: ${z.prettifyError(error)}`;
      return jsonAnswer(400, { id: 'a-refused-job', status: 'FAILED', error: said });
    }
    const [width, height] = data.input.size;
    const job = jobs.take({ width, height, pictures: 1, from: JSON.stringify(data.input) });
    for (const link of 'images' in data.input ? data.input.images : [])
      if (!(await canFetch(link))) jobs.fail(job, 'reference', `Cannot fetch ${link}`);
    jobs.shape(job, fault);
    return jsonAnswer(200, { id: job.id, status: 'IN_QUEUE' });
  }

  async function status(job: FakeJob, origin: string): Promise<Answer> {
    const { id } = job;
    const state = jobs.ask(job);
    if (state === 'new') return jsonAnswer(200, { id, status: 'IN_QUEUE' });
    if (state === 'working') return jsonAnswer(200, { id, status: 'IN_PROGRESS', delayTime: 16 });
    if (job.failed === 'cancelled') return jsonAnswer(200, { id, status: 'CANCELLED' });
    const facts = { id, delayTime: 16, executionTime: 5234, workerId: 'worker' };
    if (job.failed !== undefined)
      return jsonAnswer(200, { ...facts, status: 'FAILED', error: job.message ?? errors[job.failed] });
    const [first = ''] = await jobs.draw(job);
    const output = { image_url: `${origin}${first}`, cost: 0.027 };
    return jsonAnswer(200, { ...facts, status: 'COMPLETED', output });
  }

  function cancel(job: FakeJob): Answer {
    if (jobs.state(job) === 'ended') return refused(400, 'job is already finished');
    jobs.fail(job, 'cancelled');
    return jsonAnswer(200, { id: job.id, status: 'CANCELLED' });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path: asked } = call.request;
    if (method === 'GET' && asked.startsWith('/files/')) return jobs.file(asked);
    if (method === 'GET' && asked.endsWith('/health'))
      return jsonAnswer(200, { jobs: { inQueue: 0 }, workers: { idle: 1 } });
    const [, verb, id] = path.exec(asked) ?? [];
    if (method === 'POST' && verb === 'run') return run(call);
    const known = jobs.get(id);
    if (known) jobs.shape(known, call.fault);
    const job = jobs.get(id);
    if (!job) return refused(404, 'job not found');
    if (method === 'GET' && verb === 'status') return status(job, call.origin);
    return method === 'POST' && verb === 'cancel' ? cancel(job) : refused(405, 'method not allowed');
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      lacks: ['catalogue', 'upload'],
      isOpen: (asked) => asked.startsWith('/files/'),
      shows: {
        moderation: ['submit', 'result'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result', 'cancel'],
      },
      badKey: () => emptyAnswer(401),
      // RunPod's papers name no status for this one.
      noBalance: (code) => refused(code ?? 402, 'insufficient balance'),
      refusal: (code) => refused(code, `refused with ${code}`),
      expired: (code) => textAnswer(code, code === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
