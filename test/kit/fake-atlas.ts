import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, MultipartSummary, RequestPoint } from './fake-vendor';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeAtlasOptions {
  key?: string;
  /** The question with this number is the first that finds the prediction ended. */
  pollsUntilDone?: number;
  /** So many questions after the order are answered with 404 (it can take half a minute until a prediction is known). */
  unknownAtFirst?: number;
}

const api = '/api/v1/model';
const predictionPath = /^\/api\/v1\/model\/prediction\/([^/]+)$/;
const modelName = /^bytedance\/seedream-(v4|v4\.5|v4\.7|v5\.0-lite)(\/edit|\/sequential|\/edit-sequential)?$/;

const refused = (status: number, msg: string): Answer => {
  const request = `req-${status}`;
  const body = { code: status, msg, request_id: request, data: null };
  return jsonAnswer(status, body, { 'x-request-id': request });
};
const taken = (data: unknown): Answer => jsonAnswer(200, { code: 200, data });

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path === `${api}/uploadMedia`) return ['upload'];
  if (path.startsWith('/files/')) return ['download'];
  if (predictionPath.test(path)) return ['status', 'result'];
  return method === 'POST' ? ['submit'] : [];
}

/** The body is flat. Whether a field that is not known is refused is not in the papers; here it is. */
function readInput(version: string, variant: string, body: unknown) {
  const least = version === 'v4' ? 960 * 960 : 2560 * 1440;
  const sides = z
    .string()
    .regex(/^\d+\*\d+$/)
    .transform((size) => size.split('*').map(Number) as [number, number])
    .refine(([width, height]) => width * height >= least && width * height <= 4096 * 4096)
    .refine(([width, height]) => Math.max(width / height, height / width) <= 16);
  const isEdit = variant.includes('edit');
  const most = version === 'v4' ? 14 : 15;
  const schema = z
    .strictObject({
      model: z.string(),
      prompt: z.string().min(1),
      size: sides.default([2048, 2048]),
      enable_base64_output: z.literal(false).optional(),
      images: isEdit ? z.array(z.url()).min(1).max(10) : z.never().optional(),
      max_images: variant.includes('sequential') ? z.int().min(1).max(most).default(1) : z.never().optional(),
    })
    .transform(({ size, images = [], max_images: pictures = 1 }) => ({ size, images, pictures }))
    .refine(({ images, pictures }) => images.length + pictures <= 15);
  return schema.safeParse(body);
}

/**
 * Atlas Cloud's predictions for Seedream with its upload and its file host, on one origin. Charges: every picture that was
 * requested; given back when the task fails. It cannot be asked to stop. A path it does not know is a 401.
 */
export async function createFakeAtlas(options: FakeAtlasOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, unknownAtFirst = 0 } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });
  const askedEarly = new Map<string, number>();

  const failures: Record<NonNullable<FakeJob['failed']>, { error_code?: number; error: string }> = {
    moderation: { error_code: 1039, error: 'The input was refused.' },
    reference: { error: 'Failed to fetch an input image.' },
    trouble: { error: 'The generation failed.' },
    cancelled: { error: 'The generation failed.' },
  };

  function submit({ request, origin, fault }: Call): Answer {
    const model = modelName.exec((request.body as { model?: string } | undefined)?.model ?? '');
    if (!model) return refused(404, 'model not found');
    const { data: input, error } = readInput(model[1] ?? '', model[2] ?? '', request.body);
    if (input === undefined) return refused(400, z.prettifyError(error));
    const [width, height] = input.size;
    const job = jobs.take({ width, height, pictures: input.pictures, from: JSON.stringify(request.body) });
    if (!input.images.every((link) => jobs.canFetch(link, origin))) jobs.fail(job, 'reference');
    jobs.shape(job, fault);
    return taken({ id: job.id, status: 'processing', created_at: '2026-11-21T12:00:00Z' });
  }

  async function prediction({ origin, fault }: Call, id = ''): Promise<Answer> {
    const known = jobs.get(id);
    if (known) jobs.shape(known, fault);
    const job = jobs.get(id);
    const early = askedEarly.get(id) ?? 0;
    askedEarly.set(id, early + 1);
    if (!job || early < unknownAtFirst) return refused(404, 'prediction not found');
    const own = { id: job.id, created_at: '2026-11-21T12:00:00Z' };
    const state = jobs.ask(job);
    if (state !== 'ended') return taken({ ...own, status: state === 'new' ? 'starting' : 'processing' });
    if (job.failed !== undefined) {
      const { error, ...code } = failures[job.failed];
      return taken({ ...own, status: 'failed', error: job.message ?? error, ...code, outputs: null });
    }
    const outputs = (await jobs.draw(job)).map((path) => `${origin}${path}`);
    const metrics = { predict_time: 45.2 };
    const flags = outputs.map(() => false);
    return taken({ ...own, status: 'completed', outputs, metrics, has_nsfw_contents: flags });
  }

  async function upload({ request, origin }: Call): Promise<Answer> {
    const file = (request.body as MultipartSummary | undefined)?.files?.find(({ field }) => field === 'file');
    if (!file) return refused(400, 'file is required');
    const { path } = await jobs.keep(file.bytes);
    const facts = { download_url: `${origin}${path}`, filename: file.name, size: file.bytes.length };
    return jsonAnswer(200, { code: 200, message: 'success', data: { type: 'image', ...facts } });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (method === 'GET' && path.startsWith('/files/')) return jobs.file(path);
    if (method === 'POST' && path === `${api}/uploadMedia`) return upload(call);
    if (method === 'POST' && path === `${api}/generateImage`) return submit(call);
    if (method === 'GET' && path === '/public/v1/balance')
      return jsonAnswer(200, { object: 'balance', available: { value: '12.340000', currency: 'usd' } });
    const asked = predictionPath.exec(path);
    return method === 'GET' && asked ? prediction(call, asked[1]) : refused(401, 'unauthorized');
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
      badKey: () => refused(401, 'unauthorized'),
      noBalance: (status) => refused(status ?? 402, 'insufficient balance'),
      refusal: (status) => refused(status, `refused with ${status}`),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
