import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, MultipartSummary, RequestPoint } from './fake-vendor';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeWavespeedOptions {
  key?: string;
  /** The question with this number is the first that finds the prediction ended. */
  pollsUntilDone?: number;
}

const api = '/api/v3';
const modelPath =
  /^\/api\/v3\/bytedance\/seedream-(v4|v4\.5|v5\.0-lite)(\/edit|\/sequential|\/edit-sequential)?$/;
const predictionPath = /^\/api\/v3\/predictions\/([^/]+)(?:\/result)?$/;
const leastPixels: Record<string, number> = { v4: 960 * 960, 'v4.5': 2560 * 1440, 'v5.0-lite': 2560 * 1440 };

// The form of a refusal over HTTP is not in WaveSpeed's papers; this is the envelope of its other answers.
const refused = (status: number, message: string, code = status): Answer =>
  jsonAnswer(status, { code, message });
const taken = (data: unknown): Answer => jsonAnswer(200, { code: 200, message: 'success', data });

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path.startsWith(`${api}/media/`)) return ['upload'];
  if (path.startsWith('/files/')) return ['download'];
  if (predictionPath.test(path)) return ['status', 'result'];
  return method === 'POST' ? ['submit'] : [];
}

/** The schema is closed: a field it does not know is refused. */
function readInput(version: string, variant: string, body: unknown) {
  const sides = z
    .string()
    .regex(/^\d+\*\d+$/)
    .transform((size) => size.split('*').map(Number) as [number, number])
    .refine((both) => both.every((side) => side >= 64 && side <= 16_384))
    .refine(([width, height]) => Math.max(width / height, height / width) <= 16)
    .refine(([width, height]) => width * height >= (leastPixels[version] ?? 0))
    .refine(([width, height]) => width * height <= 4096 * 4096);
  const isEdit = variant.includes('edit');
  const schema = z
    .strictObject({
      prompt: z.string().min(1),
      size: sides.default([2048, 2048]),
      enable_sync_mode: z.boolean().optional(),
      enable_base64_output: z.boolean().optional(),
      images: isEdit ? z.array(z.url()).min(1).max(10) : z.never().optional(),
      max_images: variant.includes('sequential') ? z.int().min(1).max(15).default(1) : z.never().optional(),
    })
    .transform(({ size, images = [], max_images: pictures = 1 }) => ({ size, images, pictures }))
    .refine(({ images, pictures }) => images.length + pictures <= 15);
  return schema.safeParse(body);
}

/**
 * WaveSpeedAI's predictions for Seedream with its upload and its file host, on one origin. Charges: every picture that was
 * requested, also where fewer were made; given back when the task fails. It cannot be asked to stop.
 */
export async function createFakeWavespeed(options: FakeWavespeedOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1 } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });

  const failures: Record<NonNullable<FakeJob['failed']>, { code: number; error: string }> = {
    moderation: { code: 1200, error: 'The content was flagged as potentially sensitive.' },
    reference: { code: 1402, error: 'Media access failed.' },
    trouble: { code: 1403, error: 'Task failed.' },
    cancelled: { code: 1405, error: 'Task failed.' },
  };

  function submit({ request, origin, fault }: Call, version: string, variant: string): Answer {
    const { data: input, error } = readInput(version, variant, request.body);
    if (input === undefined) return refused(400, z.prettifyError(error));
    const [width, height] = input.size;
    const from = `${request.path} ${JSON.stringify(request.body)}`;
    const job = jobs.take({ width, height, pictures: input.pictures, from });
    if (!input.images.every((link) => jobs.canFetch(link, origin))) jobs.fail(job, 'reference');
    jobs.shape(job, fault);
    return taken({ ...facts(job, origin), status: 'created', outputs: [] });
  }

  function facts(job: FakeJob, origin: string) {
    return {
      id: job.id,
      model: 'bytedance/seedream',
      urls: { get: `${origin}${api}/predictions/${job.id}/result` },
      created_at: '2026-11-21T12:00:00.000Z',
    };
  }

  async function prediction({ origin, fault }: Call, id: string | undefined): Promise<Answer> {
    const known = jobs.get(id);
    if (known) jobs.shape(known, fault);
    const job = jobs.get(id);
    if (!job) return refused(404, 'Prediction not found');
    const state = jobs.ask(job);
    const own = facts(job, origin);
    const nothing = { outputs: [], error: '' };
    if (state !== 'ended')
      return taken({ ...own, ...nothing, status: state === 'new' ? 'created' : 'processing' });
    if (job.failed !== undefined) {
      const { code, error } = failures[job.failed];
      return taken({ ...own, ...nothing, status: 'failed', code, error: job.message ?? error });
    }
    const outputs = (await jobs.draw(job)).map((path) => `${origin}${path}`);
    const flags = outputs.map(() => false);
    const timings = { inference: 12_345 };
    return taken({ ...own, status: 'completed', outputs, has_nsfw_contents: flags, error: '', timings });
  }

  async function upload({ request, origin }: Call): Promise<Answer> {
    const file = (request.body as MultipartSummary | undefined)?.files?.find(({ field }) => field === 'file');
    if (!file) return refused(400, 'file is required');
    const { path } = await jobs.keep(file.bytes);
    return taken({
      type: 'image',
      download_url: `${origin}${path}`,
      filename: file.name,
      size: file.bytes.length,
    });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (method === 'GET' && path.startsWith('/files/')) return jobs.file(path);
    if (method === 'POST' && path === `${api}/media/upload/binary`) return upload(call);
    if (method === 'GET' && path === `${api}/balance`) return taken({ balance: 12.5 });
    const asked = predictionPath.exec(path);
    if (method === 'GET' && asked) return prediction(call, asked[1]);
    const model = modelPath.exec(path);
    if (method === 'POST' && model) return submit(call, model[1] ?? '', model[2] ?? '');
    return refused(404, 'Not found');
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: pointsOf,
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['submit', 'result'],
        partial: ['submit', 'result'],
        'job-failed': ['submit', 'result'],
        lost: ['status', 'result'],
      },
      badKey: () => refused(401, 'Unauthorized'),
      // WaveSpeed's papers name no status for this one.
      noBalance: (status) => refused(status ?? 400, 'Insufficient credits. Please top up.'),
      refusal: (status) => refused(status, `Refused with ${status}`),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
