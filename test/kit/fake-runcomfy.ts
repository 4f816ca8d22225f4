import sharp from 'sharp';
import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, RequestPoint } from './fake-vendor';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeRuncomfyOptions {
  key?: string;
  /** The question with this number is the first that finds the job ended. */
  pollsUntilDone?: number;
  /** What `output` is made of, from the links of the pictures. */
  output?: (links: string[]) => unknown;
  /** The answer about a model has no input schema. */
  isWithoutSchema?: boolean;
}

const modelPath =
  /^\/v1\/models\/bytedance\/(seedream-4-0|seedream-4-5|seedream-5\/lite)\/(text-to-image|edit)$/;
const requestPath = /^\/v1\/requests\/([^/]+)\/(status|result|cancel)$/;

/** ByteDance's recommended sizes, in RunComfy's words. */
const resolutions = [
  '2048x2048 (1:1)',
  '2304x1728 (4:3)',
  '1728x2304 (3:4)',
  '2560x1440 (16:9)',
  '1440x2560 (9:16)',
  '2496x1664 (3:2)',
  '1664x2496 (2:3)',
  '3024x1296 (21:9)',
  '4096x4096 (1:1)',
];

// The numbers of its error codes are in no paper; HTTP's own are taken, in the envelope its client reads.
const problem = (status: number, message: string): Answer =>
  jsonAnswer(status, { error_code: status, error_message: message });

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith('/files/')) return ['download'];
  const [, , verb] = requestPath.exec(path) ?? [];
  if (verb === 'cancel') return ['cancel'];
  if (verb !== undefined) return ['status', 'result'];
  return method === 'POST' ? ['submit'] : ['catalogue'];
}

const fieldOf = (version: string) => (version === 'seedream-5/lite' ? 'image' : 'images');

/** A data link to a real PNG or JPEG, or a link on the web. */
async function isPicture(link: string): Promise<boolean> {
  if (link.startsWith('https://')) return true;
  const [, named, data = ''] = /^data:image\/(png|jpeg);base64,(.+)$/.exec(link) ?? [];
  if (named === undefined) return false;
  try {
    return (await sharp(Buffer.from(data, 'base64')).metadata()).format === named;
  } catch {
    return false;
  }
}

/**
 * RunComfy's Model API for Seedream with its file host, on one origin. Charges: one picture a job; nothing for a job that
 * is stopped in its queue or fails. It has no upload: pictures come as data links.
 */
export async function createFakeRuncomfy(options: FakeRuncomfyOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, isWithoutSchema = false } = options;
  const { output = (images: string[]) => ({ images }) } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });

  function about(version: string, variant: string): Answer {
    // As its papers have it: `image_urls` is required and is not among the properties.
    const properties = {
      prompt: { type: 'string', title: 'Prompt' },
      ...(variant === 'edit' ? { [fieldOf(version)]: { type: 'array', format: 'image_uris' } } : {}),
      resolution: { type: 'string', enum: resolutions, default: resolutions[0] },
      seed: { type: 'integer' },
    };
    const required = variant === 'edit' ? ['prompt', 'image_urls'] : ['prompt'];
    return jsonAnswer(200, {
      model_id: `bytedance/${version}/${variant}`,
      kind: 'model',
      base_price_usd: 0.04,
      price_unit: 'output',
      ...(isWithoutSchema ? {} : { input_schema: { type: 'object', required, properties } }),
    });
  }

  async function submit({ request, origin, fault }: Call, version: string, variant: string) {
    const schema = z.strictObject({
      prompt: z.string().min(1),
      resolution: z.enum(resolutions).default('2048x2048 (1:1)'),
      seed: z.int().optional(),
      ...(variant === 'edit' ? { [fieldOf(version)]: z.array(z.string()).min(1).max(14) } : {}),
    });
    const { data: input, error } = schema.safeParse(request.body);
    if (input === undefined) return problem(422, z.prettifyError(error));
    const [width = 0, height = 0] = input.resolution.split(' ')[0]!.split('x').map(Number);
    const from = `${request.path} ${JSON.stringify(request.body)}`;
    const links = (input as Record<string, unknown>)[fieldOf(version)] ?? [];
    for (const link of links as string[])
      if (!(await isPicture(link))) return problem(400, 'The format must be jpeg or png');
    const job = jobs.take({ width, height, pictures: 1, from });
    jobs.shape(job, fault);
    return jsonAnswer(200, { request_id: job.id, ...urls(job, origin) });
  }

  function urls({ id }: FakeJob, origin: string) {
    const base = `${origin}/v1/requests/${id}`;
    return { status_url: `${base}/status`, result_url: `${base}/result`, cancel_url: `${base}/cancel` };
  }

  const errors: Record<NonNullable<FakeJob['failed']>, string> = {
    moderation: 'The content was flagged as potentially sensitive.',
    reference: 'An image could not be read.',
    trouble: 'Generation failed.',
    cancelled: '',
  };

  async function ask({ request, origin, fault }: Call, id: string | undefined): Promise<Answer> {
    const known = jobs.get(id);
    if (known) jobs.shape(known, fault);
    const job = jobs.get(id);
    if (!job) return problem(404, 'Request not found');
    const state = jobs.ask(job);
    const own = { request_id: job.id, ...urls(job, origin) };
    if (state === 'new') return jsonAnswer(200, { ...own, status: 'in_queue', queue_position: 2 });
    if (state === 'working') return jsonAnswer(200, { ...own, status: 'in_progress' });
    if (job.failed === 'cancelled') return jsonAnswer(200, { ...own, status: 'cancelled' });
    if (job.failed !== undefined)
      return jsonAnswer(200, { ...own, status: 'failed', error: job.message ?? errors[job.failed] });
    const links = (await jobs.draw(job)).map((path) => `${origin}${path}`);
    const cost = request.query['include_cost'] === 'true' ? { cost: 0.04 } : {};
    return jsonAnswer(200, { ...own, status: 'completed', output: output(links), ...cost });
  }

  function cancel(id: string | undefined): Answer {
    const job = jobs.get(id);
    if (!job) return problem(404, 'Request not found');
    const canStop = jobs.state(job) === 'new';
    if (canStop) jobs.fail(job, 'cancelled');
    return jsonAnswer(200, { request_id: job.id, outcome: canStop ? 'cancelled' : 'not_cancellable' });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (method === 'GET' && path.startsWith('/files/')) return jobs.file(path);
    const [, id, verb] = requestPath.exec(path) ?? [];
    if (method === 'POST' && verb === 'cancel') return cancel(id);
    if (method === 'GET' && verb !== undefined && verb !== 'cancel') return ask(call, id);
    const [, version, variant] = modelPath.exec(path) ?? [];
    if (version === undefined || variant === undefined) return problem(404, 'Model not found');
    return method === 'POST' ? submit(call, version, variant) : about(version, variant);
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      lacks: ['upload'],
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['result'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result'],
      },
      badKey: () => problem(401, 'Invalid API token'),
      noBalance: (status) => problem(status ?? 402, 'Insufficient balance. Add funds to your account.'),
      refusal: (status) => problem(status, `Refused with ${status}`),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
