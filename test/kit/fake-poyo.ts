import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, RequestPoint } from './fake-vendor';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakePoyoOptions {
  key?: string;
  /** The question with this number is the first that finds the task ended. */
  pollsUntilDone?: number;
  /** Where PoYo's own refusals have their code: in the status, or in the body of an HTTP 200. */
  codes?: 'status' | 'body';
}

const submitPath = '/api/generate/submit';
const statusPath = /^\/api\/generate\/status\/([^/]+)$/;

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith('/files/')) return ['download'];
  if (method === 'GET' && statusPath.test(path)) return ['status', 'result'];
  return method === 'POST' && path === submitPath ? ['submit'] : [];
}

const aspects: Record<string, [number, number]> = {
  '1:1': [2048, 2048],
  '4:3': [2304, 1728],
  '3:4': [1728, 2304],
  '16:9': [2560, 1440],
  '9:16': [1440, 2560],
  '3:2': [2496, 1664],
  '2:3': [1664, 2496],
  '21:9': [3024, 1296],
};
const scales: Record<string, number> = { '1K': 0.5, '2K': 1, '4K': 2 };

const always = {
  prompt: z.string().min(1),
  n: z.int().min(1).max(15).default(1),
  image_urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .max(10)
    .default([]),
};
const withReferences = new Set(['seedream-4-edit', 'seedream-4.5-edit', 'seedream-5.0-lite-edit']);
const orderSchema = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.enum(['seedream-4', 'seedream-4-edit']),
    input: z
      .strictObject({
        ...always,
        size: z.enum(Object.keys(aspects)).default('1:1'),
        resolution: z.enum(['1K', '2K', '4K']).default('2K'),
      })
      .transform(({ size, resolution, ...input }) => {
        const [width = 0, height = 0] = aspects[size]!.map((side) => side * scales[resolution]!);
        return { ...input, width, height };
      }),
  }),
  z.strictObject({
    model: z.enum(['seedream-4.5', 'seedream-4.5-edit', 'seedream-5.0-lite', 'seedream-5.0-lite-edit']),
    input: z
      .strictObject({ ...always, size: z.string().regex(/^\d+x\d+$/, 'Invalid parameter: size') })
      .transform(({ size, ...input }) => {
        const [width = 0, height = 0] = size.split('x').map(Number);
        return { ...input, width, height };
      })
      .refine(({ width, height }) => width * height >= 2560 * 1440 && width * height <= 4096 * 4096)
      .refine(({ width, height }) => Math.max(width / height, height / width) <= 16),
  }),
]);
const bodySchema = orderSchema
  .refine(
    ({ model, input }) => input.image_urls.length > 0 || !withReferences.has(model),
    'Invalid parameter: image_urls',
  )
  .refine(({ input }) => input.image_urls.length + input.n <= 15, 'Invalid parameter: n');

/** PoYo's tasks, on one origin. Charges: one for a taken task, withdrawn when it fails, less what was not made. */
export async function createFakePoyo(options: FakePoyoOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, codes = 'status' } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });

  const body = (code: number, message: string) => ({
    code,
    error: { message, type: 'invalid_request_error' },
  });
  const refused = (code: number, message: string): Answer =>
    jsonAnswer(codes === 'body' ? 200 : code, body(code, message));

  const errors: Record<NonNullable<FakeJob['failed']>, string> = {
    moderation: 'The request was rejected because it may violate our content policy',
    reference: 'The image could not be read',
    trouble: 'Generation failed, please try again',
    cancelled: '',
  };

  function shape(job: FakeJob, { fault }: Call): void {
    jobs.shape(job, fault);
    const charge = jobs.charges.find(({ jobId }) => jobId === job.id);
    if (charge) charge.pictures = job.makes;
  }

  function submit(call: Call): Answer {
    if (call.fault?.kind === 'moderation') return refused(400, errors.moderation);
    const parsed = bodySchema.safeParse(call.request.body);
    if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
    const { width, height, n: pictures, image_urls: links } = parsed.data.input;
    const job = jobs.take({ width, height, pictures, from: JSON.stringify(parsed.data) });
    if (!links.every((link) => jobs.canFetch(link, call.origin))) jobs.fail(job, 'reference');
    shape(job, call);
    const data = { task_id: job.id, status: 'not_started', created_time: '2026-11-21T10:30:00' };
    return jsonAnswer(200, { code: 200, data });
  }

  async function status(job: FakeJob, origin: string): Promise<Answer> {
    const state = jobs.ask(job);
    const answer = (more: object) =>
      jsonAnswer(200, {
        code: 200,
        data: {
          task_id: job.id,
          progress: 0,
          files: [],
          created_time: '2026-11-21T10:30:00',
          error_message: null,
          ...more,
        },
      });
    if (state === 'new') return answer({ status: 'not_started' });
    if (state === 'working') return answer({ status: 'running', progress: 40 });
    if (job.failed !== undefined)
      return answer({ status: 'failed', error_message: job.message ?? errors[job.failed] });
    const files = (await jobs.draw(job)).map((path) => ({
      file_url: `${origin}${path}`,
      file_type: 'image',
    }));
    return answer({ status: 'finished', progress: 100, files });
  }

  async function handle(call: Call): Promise<Answer> {
    const { path, points } = call.request;
    if (points.includes('download')) return jobs.file(path);
    if (points.includes('submit')) return submit(call);
    if (call.request.method === 'GET' && path === '/api/user/balance')
      return jsonAnswer(200, { code: 200, data: { email: 'a@b.example', credits_amount: 17_276 } });
    const id = statusPath.exec(path)?.[1];
    const known = jobs.get(id);
    if (known) shape(known, call);
    const job = jobs.get(id);
    return job ? status(job, call.origin) : refused(404, 'Task not found');
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      lacks: ['catalogue', 'upload', 'cancel'],
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['submit', 'result'],
        partial: ['submit', 'result'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result'],
      },
      badKey: () => refused(401, 'Invalid API key'),
      // PoYo's papers name no code for this one.
      noBalance: (code) => refused(code ?? 403, 'Insufficient credits'),
      // What stands before PoYo refuses by the status, whatever PoYo itself does.
      refusal: (code) => jsonAnswer(code, body(code, `Refused with ${code}`)),
      expired: (code) => textAnswer(code, code === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
