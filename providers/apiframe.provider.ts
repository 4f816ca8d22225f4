import { z } from 'zod';
import type { Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  ModelSpec,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { gatewayAddress } from './kit/gateway-address';
import { JobAnswers, speaksOfSafety } from './kit/job-answers';
import { linksIn } from './kit/result-links';
import { ofEach, postReference, type ReferenceLimits } from './kit/reference-picture';
import { seedream, seedreamReferences } from './kit/seedream';
import { answered, httpFailure, ownRefusal, readAnswer, words, type VendorName } from './kit/vendor-answer';

/**
 * Apiframe v2. Source: its own OpenAPI description (api.apiframe.ai/v2/openapi.json). It is the one reseller that takes an
 * `Idempotency-Key` and gives the same job back for 24 hours. Unverified: the shape of `result` (a link, a list of links or
 * of objects with one is read), and the price, which it names in credits only.
 */
const vendor: VendorName = {
  name: 'Apiframe',
  keys: 'apiframe.ai/dashboard',
  billing: 'apiframe.ai/dashboard',
  usage: 'your account there',
};
const jobs = new JobAnswers(vendor, 'job');
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

const acceptedSchema = z.object({ jobId: z.string().min(1) });
const jobSchema = z.object({
  id: words,
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
    const to = { url: `${host}/v2/uploads`, headers: headers(tools) };
    const answer = await postReference(image, place, references, to, tools);
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
      ? { image_input: await ofEach(task.images, (image, place) => upload(image, place, tools)) }
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
  if (!asked.ok) return jobs.unanswered(asked.failure);
  const read = jobs.read(jobSchema, asked.answer, job, ({ id }) => id);
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

function finished(
  job: RemoteJob,
  answer: HttpAnswer,
  { result, creditCost }: z.infer<typeof jobSchema>,
): RemoteState {
  const links = linksIn(result, ['url', 'images', 'image', 'output']);
  if (links.length === 0) return jobs.withoutPictures(answer.text.slice(0, 500));
  return jobs.made(links, job, typeof creditCost === 'number' ? { notes: { credits: creditCost } } : {});
}

/** Only what succeeds is billed. */
function jobFailure(status: string, said: string): Failure {
  if (speaksOfSafety(said)) return jobs.moderated(said);
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
  if (answer.status === 400 && speaksOfSafety(said ?? '')) return jobFailure('FAILED', said ?? '');
  if (answer.status === 404 && said !== undefined) return { ...failure, code: 'no-such-job' };
  return ownRefusal(failure, said !== undefined);
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
  settings: [gatewayAddress],
  limits: { together: 4 },
  models: [model('seedream-4.5', '4.5'), model('seedream-4.0', '4.0'), model('seedream-5-lite', '5-lite')],
  recovery: 'idempotency-key',
  submit,
  check,
  checkKey,
  readError,
};

export default provider;
