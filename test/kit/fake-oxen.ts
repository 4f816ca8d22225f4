import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, RequestPoint } from './fake-vendor';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeOxenOptions {
  key?: string;
  /** The question with this number is the first that finds a generation ended. */
  pollsUntilDone?: number;
}

const queue = '/api/ai/queue';

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith('/files/')) return ['download'];
  if (method === 'POST' && path === queue) return ['submit'];
  if (!path.startsWith(`${queue}/`)) return [];
  return method === 'DELETE' ? ['cancel'] : ['status', 'result'];
}

const sizes: Record<string, [number, number]> = {
  '1:1': [2048, 2048],
  '16:9': [2560, 1440],
  '9:16': [1440, 2560],
  '4:3': [2304, 1728],
  '3:4': [1728, 2304],
  '3:2': [2496, 1664],
  '2:3': [1664, 2496],
};

/** What is looked at when an order comes; the fields of the model itself are looked at when it runs. */
const orderSchema = z.looseObject({
  model: z.string(),
  num_generations: z.int().min(1).max(4).default(1),
});
const reference = z.string().regex(/^(https?:\/\/.|data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/]+=*$)/);
const paramsSchema = z.strictObject({
  model: z.string(),
  num_generations: z.int().optional(),
  prompt: z.string().min(1),
  input_image: z.array(reference).max(10).default([]),
  aspect_ratio: z.enum([...Object.keys(sizes), 'match_input_image']).default('1:1'),
  size: z.enum(['2K', '4K']).default('4K'),
  seed: z.int().optional(),
});

const refused = (status: number, error: object, more: object = {}): Answer =>
  jsonAnswer(status, { error, ...more });

/**
 * Oxen.ai's queue in front of Seedream 4.5. Each generation of an order is a job of its own. Charges: one for an order, with
 * all its pictures; what Oxen.ai does about those that fail is not known, and nothing is given back here.
 */
export async function createFakeOxen(options: FakeOxenOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1 } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: false });

  const errors: Record<NonNullable<FakeJob['failed']>, string> = {
    moderation: 'The input or output was flagged as sensitive. Please try again with different inputs.',
    reference: 'Invalid parameter',
    trouble: 'Prediction failed',
    cancelled: '',
  };

  function order({ request, fault }: Call): Answer {
    if (fault?.kind === 'moderation')
      return refused(422, { type: 'unprocessable', detail: '422: the prompt may contain sensitive words' });
    const asked = orderSchema.safeParse(request.body).data;
    if (asked === undefined)
      return refused(400, {
        type: 'invalid_request',
        detail: 'num_generations must be an integer between 1 and 4',
      });
    if (asked.model !== 'bytedance-seedream-4-5')
      return refused(404, { message: `Model not found: ${asked.model}` });
    const params = paramsSchema.safeParse(request.body);
    const [width, height] = sizes[params.data?.aspect_ratio ?? ''] ?? [2048, 2048];
    const scale = params.data?.size === '2K' ? 1 : 2;
    const count = asked.num_generations;
    const generations = Array.from({ length: count }, (_, index) => {
      const job = jobs.take({
        width: width * scale,
        height: height * scale,
        pictures: 1,
        from: JSON.stringify([params.data, index]),
      });
      if (!params.success) jobs.fail(job, 'reference', `Invalid parameter: ${z.prettifyError(params.error)}`);
      if (fault?.kind === 'job-failed' || fault?.kind === 'lost') jobs.shape(job, fault);
      if (fault?.kind === 'partial' && index >= fault.pictures) jobs.fail(job, 'trouble');
      return { generation_id: job.id, status: 'queued' };
    });
    // One order, one line on the bill.
    const [first] = jobs.charges.splice(jobs.charges.length - count, count);
    if (first) jobs.charges.push({ ...first, pictures: count });
    return jsonAnswer(200, { generations });
  }

  async function state(job: FakeJob, origin: string): Promise<Answer> {
    const now = jobs.ask(job);
    const row = {
      generation_id: job.id,
      model_name: 'bytedance-seedream-4-5',
      media_type: 'image',
      enqueued_at: 1_780_000_000,
      result_url: null as string | null,
      error_message: null as string | null,
    };
    if (now === 'new') return jsonAnswer(200, { ...row, status: 'queued' });
    if (now === 'working') return jsonAnswer(200, { ...row, status: 'processing' });
    if (job.failed === 'cancelled') return jsonAnswer(200, { ...row, status: 'cancelled' });
    if (job.failed !== undefined)
      return jsonAnswer(200, { ...row, status: 'failed', error_message: job.message ?? errors[job.failed] });
    const [path = ''] = await jobs.draw(job);
    return jsonAnswer(200, { ...row, status: 'succeeded', result_url: `${origin}${path}` });
  }

  function cancel(job: FakeJob): Answer {
    if (jobs.state(job) !== 'ended') jobs.fail(job, 'cancelled');
    return jsonAnswer(200, { generation_id: job.id, status: 'success' });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path, points } = call.request;
    // The files are Oxen.ai's own: they need the key as well.
    if (points.includes('download')) return jobs.file(path);
    if (points.includes('submit')) return order(call);
    if (method === 'GET' && path === queue) return jsonAnswer(200, { generations: [] });
    const id = decodeURIComponent(path.slice(queue.length + 1));
    const known = jobs.get(id);
    if (known) jobs.shape(known, call.fault);
    const job = jobs.get(id);
    if (!job || points.length === 0)
      return refused(404, { type: 'not_found', title: 'Generation not found' });
    return method === 'DELETE' ? cancel(job) : state(job, call.origin);
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      lacks: ['catalogue', 'upload'],
      shows: {
        moderation: ['submit', 'result'],
        partial: ['submit'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result', 'cancel'],
      },
      badKey: () =>
        refused(
          401,
          { type: 'unauthenticated', title: 'You must be logged in to perform this action' },
          { status: 'error', status_message: 'unauthenticated' },
        ),
      // Oxen.ai's papers name no status for this one.
      noBalance: (status) =>
        refused(status ?? 400, { type: 'invalid_request', detail: 'Insufficient credits' }),
      refusal: (status) => refused(status, { type: 'error', title: `Refused with ${status}` }),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
