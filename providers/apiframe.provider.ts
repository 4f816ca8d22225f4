import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  ModelSpec,
  Provider,
  ProviderTools,
  RemoteJob,
  RemotePicture,
  RemoteState,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { referencePicture, type ReferenceLimits } from './kit/reference-picture';
import { seedream, seedreamReferences } from './kit/seedream';
import { answered, httpFailure, readAnswer, type VendorName } from './kit/vendor-answer';

/**
 * Apiframe v2. Source: its own OpenAPI description (api.apiframe.ai/v2/openapi.json). It is the one reseller that takes an
 * `Idempotency-Key` and gives the same job back for 24 hours. Unverified: the shape of `result` (a link, a list of links or
 * of objects with one is read), and the price, which it names in credits only.
 */
const vendor: VendorName = {
  name: 'Apiframe',
  keys: 'apiframe.ai/dashboard',
  billing: 'apiframe.ai/dashboard',
};
const host = 'https://api.apiframe.ai';

/** Our id → the vendor's. */
const vendorModels: Readonly<Record<string, string>> = {
  'seedream-4.5': 'seedream-4.5',
  'seedream-4.0': 'seedream-4',
  'seedream-5-lite': 'seedream-5-lite',
};

function model(id: string, version: keyof typeof seedream): ModelSpec {
  const { label, size } = seedream[version];
  return {
    id,
    label,
    size: { ...size, minSide: 512, maxSide: 4096 },
    tasks: ['generate', 'edit'],
    pinned: false,
    maxReferences: 14,
    maxPromptLength: 2000,
    // It has no batch: several pictures are several jobs.
    maxCount: 1,
    takes: { seed: true },
    price: {
      perPicture: 0.05,
      asOf: '2026-11-21',
      source: 'an upper estimate: Apiframe charges credits and names no dollars; set your own price',
    },
    seconds: { low: 10, high: 90 },
  };
}

const references: ReferenceLimits = { ...seedreamReferences, formats: ['png', 'jpeg', 'webp'] };
/** It promises an hour or two. */
const usualUploadLife = 3_600_000;

const words = z.string().nullish().catch(null);
const acceptedSchema = z.object({ jobId: z.string().min(1) });
const jobSchema = z.object({
  status: z.string(),
  progress: z.number().nullish().catch(null),
  result: z.unknown().optional(),
  error: words,
  creditCost: z.number().nullish().catch(null),
  expired: z.boolean().nullish().catch(null),
});
const uploadSchema = z.object({ url: z.string().min(1), expiresAt: words });
const errorSchema = z.object({
  error: z.string(),
  details: z.record(z.string(), z.array(z.string())).nullish().catch(null),
});

function headers(tools: Pick<ProviderTools, 'secret'>): Record<string, string> {
  return { 'x-api-key': tools.secret('key') };
}

function upload(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  return tools.uploaded(image.hash, async () => {
    const { bytes, format, name } = await referencePicture(image, place, references, tools);
    const file = { name, data: bytes, type: `image/${format}` };
    const answer = await tools.ask({
      method: 'POST',
      url: `${host}/v2/uploads`,
      headers: headers(tools),
      form: [{ name: 'file', file }],
    });
    const { url, expiresAt } = readAnswer(uploadSchema, answer, vendor, 'the upload of a reference');
    const until = Date.parse(expiresAt ?? '');
    return { link: url, until: Number.isNaN(until) ? tools.now() + usualUploadLife : until };
  });
}

async function submit(task: ImageTask, tools: ProviderTools) {
  const vendorModel = vendorModels[task.model.model];
  if (task.kind === 'upscale' || vendorModel === undefined) throw new Error('checkTask refuses this');
  const links =
    task.kind === 'edit'
      ? { image_input: await Promise.all(task.images.map((image, index) => upload(image, index + 1, tools))) }
      : {};
  const answer = await tools.spend({
    method: 'POST',
    url: `${host}/v2/images/generate`,
    headers: { ...headers(tools), 'idempotency-key': tools.requestId },
    json: {
      ...task.extra,
      model: vendorModel,
      prompt: task.prompt,
      seedreamParams: {
        width: task.size.width,
        height: task.size.height,
        // Its own default is a JPEG.
        output_format: 'png',
        ...links,
        ...(task.seed === undefined ? {} : { seed: task.seed }),
      },
    },
  });
  const { jobId } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  const { provider: id, model: modelId } = task.model;
  return { state: 'accepted' as const, job: { provider: id, model: modelId, id: jobId, ticket: null } };
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${host}/v2/jobs/${encodeURIComponent(job.id)}`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: headers(tools) }));
  if (!asked.ok) return withoutAnswer(asked.failure);
  const read = readAnswer(jobSchema, asked.answer, vendor, 'the state of a job');
  switch (read.status) {
    case 'COMPLETED':
      return finished(job, asked.answer, read);
    case 'FAILED':
    case 'CANCELLED':
      return { state: 'failed', failure: jobFailure(read.status, read.error ?? '') };
    case 'QUEUED':
      return { state: 'waiting' };
    default: {
      const fraction =
        typeof read.progress === 'number' ? Math.min(1, Math.max(0, read.progress / 100)) : undefined;
      return { state: 'running', ...(fraction === undefined ? {} : { fraction }) };
    }
  }
}

function withoutAnswer(failure: Failure): RemoteState {
  if (failure.code !== 'no-such-job') throw new FailureError(failure);
  const message =
    'Apiframe knows nothing of this job any more. Look at your account there before you run it again.';
  return { state: 'lost', failure: { ...failure, code: 'lost', act: 'vendor', charge: 'possible', message } };
}

function finished(
  job: RemoteJob,
  answer: HttpAnswer,
  { result, creditCost }: z.infer<typeof jobSchema>,
): RemoteState {
  const links = linksIn(result);
  if (links.length === 0) {
    const message = 'Apiframe finished the job without a picture.';
    const detail = answer.text.slice(0, 500);
    return {
      state: 'failed',
      failure: { code: 'no-pictures', act: 'vendor', charge: 'possible', message, detail },
    };
  }
  const pictures = links.map((url): RemotePicture => ({ from: 'url', request: { method: 'GET', url } }));
  const notes = typeof creditCost === 'number' ? { notes: { credits: creditCost } } : {};
  return { state: 'done', result: { pictures, vendorId: job.id, ...notes } };
}

/** The links in a result whose shape nobody promises: a link, or lists and objects that have some. */
function linksIn(result: unknown): string[] {
  if (typeof result === 'string') return /^https?:/.test(result) ? [result] : [];
  if (Array.isArray(result)) return result.flatMap(linksIn);
  if (typeof result !== 'object' || result === null) return [];
  const { url, images, image, output } = result as Record<string, unknown>;
  return [url, images, image, output].flatMap(linksIn);
}

/** Only what succeeds is billed. */
function jobFailure(status: string, said: string): Failure {
  if (/moderat|content policy|nsfw|safety|sensitive|flagged/i.test(said)) {
    const message =
      'The safety check at Apiframe refused this prompt or a picture. Change the words or the pictures.';
    return { code: 'moderation', act: 'user', charge: 'none', message, detail: said };
  }
  const message =
    status === 'CANCELLED'
      ? 'The job was cancelled at Apiframe.'
      : 'Apiframe took the job and could not make the picture. Run it again.';
  return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail: said };
}

const accountSchema = z.object({ team: z.object({ credits: z.number() }).nullish().catch(null) });

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: `${host}/v2/me`, headers: headers(tools) });
  const { team } = readAnswer(accountSchema, answer, vendor, 'the question for the account');
  return team ? { credits: team.credits } : {};
}

function readError(answer: HttpAnswer): Failure {
  const { data } = errorSchema.safeParse(answer.json);
  const details = Object.entries(data?.details ?? {}).map(
    ([field, problems]) => `${field}: ${problems.join(', ')}`,
  );
  const said = data === undefined ? undefined : [data.error, ...details].join('; ');
  const failure = httpFailure(answer, vendor, said);
  if (answer.status === 400 && /moderat|content policy|nsfw|safety|sensitive|flagged/i.test(said ?? ''))
    return jobFailure('FAILED', said ?? '');
  if (answer.status === 404 && said !== undefined) return { ...failure, code: 'no-such-job' };
  // A refusal without its own words comes from something before it.
  return said === undefined && failure.code === 'refused' ? { ...failure, code: 'unreadable' } : failure;
}

const provider: Provider = {
  id: 'apiframe',
  label: 'Apiframe',
  homepage: 'https://apiframe.ai',
  revision: 1,
  summary:
    'Seedream 4.0, 4.5 and 5.0 Lite; a request that was cut is sent again without being charged twice.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://apiframe.ai/dashboard' }],
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      initial: '',
      hint: 'Only for a gateway: every call goes to this origin.',
    },
  ],
  limits: { together: 4 },
  models: [model('seedream-4.5', '4.5'), model('seedream-4.0', '4.0'), model('seedream-5-lite', '5-lite')],
  recovery: 'idempotency-key',
  submit,
  check,
  checkKey,
  readError,
};

export default provider;
