import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FakeJobs, type FakeJob } from './fake-jobs';
import type { FakeVendor, MultipartSummary, RequestPoint } from './fake-vendor';
import {
  bytesAnswer,
  jsonAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeReplicateOptions {
  key?: string;
  /** The question with this number is the first that finds the prediction ended. */
  pollsUntilDone?: number;
  /** The hour is over: what succeeded has no output any more. */
  isDataRemoved?: boolean;
}

const orderPath = /^\/v1\/models\/bytedance\/(seedream-4|seedream-4\.5|seedream-5-lite)\/predictions$/;
const predictionPath = /^\/v1\/predictions\/([^/]+)(\/cancel)?$/;
const filePath = /^\/v1\/files\/([^/]+)$/;

const problem = (status: number, title: string, detail: string): Answer =>
  jsonAnswer(status, { title, detail, status });

function pointsOf(method: string, path: string): readonly RequestPoint[] {
  if (path === '/v1/files') return ['upload'];
  if (path.startsWith('/files/')) return ['download'];
  const [, , isCancel] = predictionPath.exec(path) ?? [];
  if (isCancel !== undefined) return ['cancel'];
  if (predictionPath.test(path)) return ['status', 'result'];
  return method === 'POST' ? ['submit'] : [];
}

const aspects = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'] as const;
const side = z.int().min(1024).max(4096).default(2048);
const shared = {
  prompt: z.string().min(1),
  aspect_ratio: z.enum(['match_input_image', ...aspects]).default('match_input_image'),
  sequential_image_generation: z.enum(['disabled', 'auto']).default('disabled'),
  max_images: z.int().min(1).max(15).default(1),
};
const images = (most: number) => z.array(z.string().min(1)).max(most).default([]);
/** Versions of the models as their pages list them; only `input` may be at the top. */
const inputs: Record<string, z.ZodType<Input>> = {
  'seedream-4': z.strictObject({
    ...shared,
    image_input: images(10),
    size: z.enum(['1K', '2K', '4K', 'custom']).default('2K'),
    width: side,
    height: side,
    enhance_prompt: z.boolean().optional(),
  }),
  'seedream-4.5': z.strictObject({
    ...shared,
    prompt: z.string().min(1).max(4000),
    image_input: images(14),
    size: z.enum(['2K', '4K', 'custom']).default('2K'),
    width: side,
    height: side,
    disable_safety_checker: z.boolean().optional(),
  }),
  'seedream-5-lite': z.strictObject({
    ...shared,
    image_input: images(14),
    size: z.enum(['2K', '3K']).default('2K'),
    output_format: z.enum(['png', 'jpeg']).optional(),
  }),
};
interface Input {
  image_input: string[];
  size: string;
  aspect_ratio: string;
  width?: number;
  height?: number;
  sequential_image_generation: string;
  max_images: number;
}
const squares: Record<string, number> = { '1K': 1024, '2K': 2048, '3K': 3072, '4K': 4096 };

function sizeOf({ size, aspect_ratio: aspect, width = 2048, height = 2048 }: Input) {
  if (size === 'custom') return { width, height };
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  const unit = Math.sqrt((squares[size] ?? 2048) ** 2 / (across * down) || 4_194_304);
  return { width: Math.round(across * unit) || 2048, height: Math.round(down * unit) || 2048 };
}

/**
 * Replicate's predictions for Seedream with its files and its delivery host, on one origin. Charges: the pictures that
 * were asked for; a prediction that fails or is stopped in time costs nothing here.
 */
export async function createFakeReplicate(options: FakeReplicateOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1, isDataRemoved = false } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: true });
  const uploads = new Map<string, { bytes: Buffer; contentType: string }>();

  function submit({ request, origin, fault }: Call, model: string): Answer {
    const body = z.strictObject({ input: inputs[model]! }).safeParse(request.body);
    if (!body.success)
      return problem(
        422,
        'Input validation failed',
        `- ${z.prettifyError(body.error).replaceAll('\n', ' ')}`,
      );
    const { input } = body.data;
    const pictures = input.sequential_image_generation === 'auto' ? input.max_images : 1;
    const { width, height } = sizeOf(input);
    const from = `${request.path} ${JSON.stringify(request.body)}`;
    const job = jobs.take({ width, height, pictures, from });
    // ByteDance's own limits are met only when the model runs.
    const isLarge = width * height >= (model === 'seedream-4' ? 960 * 960 : 2560 * 1440);
    if (!isLarge || input.image_input.length + pictures > 15) jobs.fail(job, 'trouble', 'Invalid size.');
    const own = `${origin}/v1/files/`;
    const isThere = (link: string) => !link.startsWith(own) || uploads.has(link.slice(own.length));
    if (!input.image_input.every(isThere)) jobs.fail(job, 'reference');
    jobs.shape(job, fault);
    return jsonAnswer(201, { ...facts(job, origin), status: 'starting', output: null, error: null });
  }

  function facts(job: FakeJob, origin: string) {
    const get = `${origin}/v1/predictions/${job.id}`;
    return {
      id: job.id,
      model: 'bytedance/seedream',
      version: 'hidden',
      input: {},
      logs: '',
      data_removed: false,
      created_at: '2026-11-21T12:00:00.000Z',
      started_at: job.polls > 1 ? '2026-11-21T12:00:02.000Z' : null,
      urls: { get, cancel: `${get}/cancel` },
    };
  }

  async function prediction({ origin, fault }: Call, id: string | undefined, isCancel: boolean) {
    const known = jobs.get(id);
    if (known) jobs.shape(known, fault);
    const job = jobs.get(id);
    if (!job) return problem(404, 'Not found', 'The requested resource could not be found.');
    if (isCancel && jobs.state(job) !== 'ended') jobs.fail(job, 'cancelled');
    const state = isCancel ? jobs.state(job) : jobs.ask(job);
    const own = { ...facts(job, origin), output: null, error: null };
    if (state !== 'ended')
      return jsonAnswer(200, { ...own, status: state === 'new' ? 'starting' : 'processing' });
    if (job.failed === 'cancelled') return jsonAnswer(200, { ...own, status: 'canceled' });
    if (job.failed !== undefined)
      return jsonAnswer(200, { ...own, status: 'failed', error: job.message ?? errors[job.failed] });
    if (isDataRemoved) return jsonAnswer(200, { ...own, status: 'succeeded', data_removed: true });
    const output = (await jobs.draw(job)).map((path) => `${origin}${path}`);
    return jsonAnswer(200, { ...own, status: 'succeeded', output, metrics: { predict_time: 9.5 } });
  }

  const errors: Record<NonNullable<FakeJob['failed']>, string> = {
    moderation:
      'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
    reference: 'Failed to download an input image.',
    trouble: 'Prediction failed.',
    cancelled: '',
  };

  function upload({ request, origin }: Call): Answer {
    const file = (request.body as MultipartSummary | undefined)?.files?.find(
      ({ field }) => field === 'content',
    );
    if (!file) return problem(400, 'Bad request', 'Missing content');
    const id = randomUUID();
    uploads.set(id, file);
    return jsonAnswer(201, {
      id,
      content_type: file.contentType,
      size: file.bytes.length,
      created_at: '2026-11-21T12:00:00.000Z',
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
      urls: { get: `${origin}/v1/files/${id}` },
    });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path } = call.request;
    if (method === 'GET' && path.startsWith('/files/')) return jobs.file(path);
    if (method === 'POST' && path === '/v1/files') return upload(call);
    const file = uploads.get(filePath.exec(path)?.[1] ?? '');
    if (method === 'GET' && file) return bytesAnswer(200, file.bytes, file.contentType);
    if (method === 'GET' && path === '/v1/account')
      return jsonAnswer(200, { type: 'organization', username: 'acme', name: 'Acme Corp, Inc.' });
    const asked = predictionPath.exec(path);
    if (asked && (method === 'POST') === (asked[2] !== undefined))
      return prediction(call, asked[1], asked[2] !== undefined);
    const model = orderPath.exec(path)?.[1];
    if (method === 'POST' && model !== undefined) return submit(call, model);
    return problem(404, 'Not found', 'The requested resource could not be found.');
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
      badKey: () => problem(401, 'Unauthenticated', 'You did not pass a valid authentication token'),
      noBalance: (status) =>
        problem(status ?? 402, 'Insufficient credit', 'You have insufficient credit to run this model.'),
      refusal: (status) =>
        status === 429
          ? jsonAnswer(429, { detail: 'Request was throttled. Your rate limit resets in ~30s.' })
          : problem(status, 'Refused', `Refused with ${status}`),
      expired: (status) => textAnswer(status, status === 410 ? 'Gone' : 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
