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
import { beginUpload, fal as vendor, falHeaders, falStorage, uploadToFal } from './kit/fal-storage';
import { gatewayAddress } from './kit/gateway-address';
import { askToStop, JobAnswers } from './kit/job-answers';
import { ofEach, referencePicture } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
import { answered, httpFailure, ownRefusal, readAnswer, unreadable, words } from './kit/vendor-answer';

/**
 * fal.ai's queue. Sources: fal.ai/docs (queue, storage, errors) and the types of its own client, fal-ai/fal-js. Its client
 * is not used: it sends the billable request again after a 5xx or a cut connection.
 */
const queue = 'https://queue.fal.run';
const jobs = new JobAnswers(vendor, 'job');

/** Model id → the vendor's endpoint without its last part (`text-to-image` or `edit`). */
const endpoints: Readonly<Record<string, string>> = {
  'seedream-4.0': 'fal-ai/bytedance/seedream/v4',
  'seedream-4.5': 'fal-ai/bytedance/seedream/v4.5',
  'seedream-5-lite': 'bytedance/seedream/v5/lite',
};

const shared = {
  tasks: ['generate', 'edit'],
  pinned: false,
  // Over ten fal uses the last ten and says nothing.
  maxReferences: 10,
  maxReferencesAndCount: seedreamReferencesAndCount,
  maxCount: 6,
  sets: true,
  seconds: { low: 8, high: 60 },
} as const satisfies Partial<ModelSpec>;
const price = (perPicture: number, source: string) => ({ perPicture, asOf: '2026-11-21', source });

const models: ModelSpec[] = [
  {
    id: 'seedream-4.5',
    ...seedream['4.5'],
    ...shared,
    takes: { seed: true },
    price: price(0.04, 'price lists of third parties; fal.ai shows the price of the day'),
  },
  {
    id: 'seedream-4.0',
    ...seedream['4.0'],
    ...shared,
    takes: { seed: true },
    price: price(0.03, 'fal.ai/models/fal-ai/bytedance/seedream/v4/edit'),
  },
  {
    id: 'seedream-5-lite',
    ...seedream['5-lite'],
    ...shared,
    takes: {},
    price: price(0.035, 'fal.ai/models/fal-ai/bytedance/seedream/v5/lite/text-to-image'),
  },
];

const ticketSchema = z.object({ status: z.string(), response: z.string(), cancel: z.string() });
const acceptedSchema = z.object({
  request_id: z.string().min(1),
  status_url: words,
  response_url: words,
  cancel_url: words,
});
const statusSchema = z.object({
  request_id: words,
  status: z.string(),
  queue_position: z.number().nullish().catch(null),
  error: words,
});
const resultSchema = z.object({
  images: z.array(z.object({ url: z.string().min(1) })),
  seed: z.number().nullish().catch(null),
});
const problem = z.object({ loc: z.array(z.coerce.string()).catch([]), msg: words, type: words });
const errorSchema = z.object({ detail: z.union([z.string(), z.array(problem)]) });

/** Not by `URL.canParse`: Node 18.15, in the oldest Electron that is supported, has none. */
function originOf(link: string): string | undefined {
  try {
    return new URL(link).origin;
  } catch {
    return undefined;
  }
}

/** A link of the vendor's answer, where it leads to the vendor: the key goes nowhere else. */
function ownLink(link: string | null | undefined, otherwise: string, tools: ProviderTools): string {
  const base = tools.settings['baseUrl'] ?? '';
  const origins = [...provider.hosts, originOf(base)];
  const origin = originOf(link ?? '');
  return link && origin !== undefined && origins.includes(origin) ? link : otherwise;
}

async function upload(image: ImageRef, place: number, tools: ProviderTools) {
  const { bytes, format, name } = await referencePicture(image, place, seedreamReferences, tools);
  return uploadToFal({ name, data: bytes, type: `image/${format}` }, tools);
}

async function submit(task: ImageTask, tools: ProviderTools) {
  const endpoint = endpoints[task.model.model];
  if (task.kind === 'upscale' || endpoint === undefined) throw new Error('checkTask refuses this');
  const references =
    task.kind === 'edit'
      ? { image_urls: await ofEach(task.images, (image, place) => upload(image, place, tools)) }
      : {};
  const path = `${endpoint}/${task.kind === 'edit' ? 'edit' : 'text-to-image'}`;
  const answer = await tools.spend({
    method: 'POST',
    url: `${queue}/${path}`,
    headers: falHeaders(tools),
    json: {
      ...task.extra,
      prompt: task.prompt,
      ...references,
      image_size: { width: task.size.width, height: task.size.height },
      // The product of both is the most there can be: a set is what one generation gives.
      num_images: 1,
      max_images: task.count,
      ...(task.seed === undefined || task.model.model === 'seedream-5-lite' ? {} : { seed: task.seed }),
    },
  });
  const accepted = readAnswer(acceptedSchema, answer, vendor, 'the order');
  // Status and result live under owner/alias, never under the whole endpoint.
  const base = `${queue}/${path.split('/', 2).join('/')}/requests/${encodeURIComponent(accepted.request_id)}`;
  const ticket = {
    status: ownLink(accepted.status_url, `${base}/status`, tools),
    response: ownLink(accepted.response_url, base, tools),
    cancel: ownLink(accepted.cancel_url, `${base}/cancel`, tools),
  };
  const { provider: id, model } = task.model;
  return { state: 'accepted' as const, job: { provider: id, model, id: accepted.request_id, ticket } };
}

/** The model's own refusals and failures, as against trouble on the way to them. */
const verdicts: ReadonlySet<string> = new Set(['moderation', 'refused', 'job-failed', 'cancelled']);

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const ticket = ticketSchema.parse(job.ticket);
  const asked = await answered(tools.ask({ method: 'GET', url: ticket.status, headers: falHeaders(tools) }));
  if (!asked.ok) return jobs.unanswered(asked.failure);
  const told = jobs.read(statusSchema, asked.answer, job, ({ request_id: id }) => id);
  const { status, queue_position: place, error } = told;
  if (status === 'IN_QUEUE') return { state: 'waiting', ...(place ? { place } : {}) };
  if (status === 'IN_PROGRESS') return { state: 'running' };
  // COMPLETED only means that there is an answer: the result request has the model's own error.
  const collected = await answered(
    tools.ask({ method: 'GET', url: ticket.response, headers: falHeaders(tools) }),
  );
  if (collected.ok) return result(job, collected.answer);
  const { failure } = collected;
  if (verdicts.has(failure.code)) return { state: 'failed', failure: billed(failure) };
  // The state itself said that the job failed: then a 5xx at the result is that failure and no accident.
  if (error && failure.code === 'vendor-down') return { state: 'failed', failure: jobFailed(error) };
  return jobs.unanswered(failure);
}

/** fal's questions and answers on billing: a 5xx is never billed, a 422 may be. */
function billed(failure: Failure): Failure {
  const free = failure.code === 'job-failed' || failure.code === 'cancelled';
  return { ...failure, charge: free ? 'none' : 'possible' };
}

function jobFailed(said: string): Failure {
  const message = 'fal took the job and could not make the picture. Run it again.';
  return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail: said };
}

function result(job: RemoteJob, answer: HttpAnswer): RemoteState {
  const { images, seed } = readAnswer(resultSchema, answer, vendor, 'the result of a job');
  if (images.length === 0) {
    const failure = { ...unreadable(answer, vendor, 'a job'), code: 'no-pictures' };
    return { state: 'failed', failure: { ...failure, message: 'fal finished the job without a picture.' } };
  }
  const links = images.map(({ url }) => url);
  return jobs.made(links, job, seed === undefined || seed === null ? {} : { notes: { seed } });
}

async function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  const { cancel: url } = ticketSchema.parse(job.ticket);
  // It answers ALREADY_COMPLETED with 400 and NOT_FOUND with 404.
  await askToStop(tools.ask({ method: 'PUT', url, headers: falHeaders(tools) }));
}

/** fal has no question for an account; it hands a place for a file to who has a key. Nothing is put there. */
async function checkKey(tools: FreeTools): Promise<KeyReport> {
  await beginUpload({ name: 'key-check.png', type: 'image/png' }, tools);
  return { note: 'fal tells no balance.' };
}

/** What the vendor says is wrong, and whether it is the model that says it. */
function readDetail(answer: HttpAnswer): { said?: string; types: string[]; byModel: boolean } {
  const detail = errorSchema.safeParse(answer.json).data?.detail;
  if (detail === undefined) return { types: [], byModel: false };
  if (typeof detail === 'string') return { said: detail, types: [], byModel: false };
  const parts = detail.map(({ loc, msg }) => [loc.slice(1).join('.'), msg].filter(Boolean).join(': '));
  // A list is the model's own error; a text is the infrastructure's.
  return { said: parts.join('; '), types: detail.map(({ type }) => type ?? ''), byModel: detail.length > 0 };
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const { said, types, byModel } = readDetail(answer);
  const failure = httpFailure(answer, vendor, said);
  if (types.some((type) => /content_policy|moderat|nsfw|safety|sensitive/i.test(type)))
    return jobs.moderated(failure.detail ?? '');
  if (status === 403 && /balance|locked|top up/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  if (status === 404 && said !== undefined) return { ...failure, code: 'no-such-job' };
  if (status === 400 && /in progress/i.test(said ?? '')) return { ...failure, code: 'busy', act: 'wait' };
  if (status === 499) return { ...failure, code: 'cancelled', message: 'The job was cancelled at fal.' };
  if (status >= 500 && byModel) return { ...jobFailed(said ?? ''), charge: 'possible' };
  return ownRefusal(failure, said !== undefined);
}

const provider: Provider = {
  id: 'fal',
  label: 'fal',
  homepage: 'https://fal.ai',
  revision: 1,
  summary:
    'Seedream 4.0, 4.5 and 5.0 Lite on a queue; pictures of this computer are uploaded to its storage.',
  hosts: [queue, falStorage],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://fal.ai/dashboard/keys' }],
  settings: [gatewayAddress],
  // A new account runs two jobs at once; more wait in its queue and are not refused.
  limits: { together: 8 },
  models,
  recovery: 'ticket',
  submit,
  check,
  cancel,
  checkKey,
  readError,
};

export default provider;
