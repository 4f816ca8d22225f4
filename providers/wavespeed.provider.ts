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
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { gatewayAddress } from './kit/gateway-address';
import { JobAnswers, speaksOfSafety } from './kit/job-answers';
import { ofEach, postReference } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
import {
  answered,
  bearer,
  codeSchema,
  httpFailure,
  ownRefusal,
  readAnswer,
  statusByCode,
  words,
  type VendorName,
} from './kit/vendor-answer';

/**
 * WaveSpeedAI's predictions. Sources: wavespeed.ai/docs (submit-task, get-result, error-codes, model pages) and its own
 * client, WaveSpeedAI/wavespeed-javascript. That client is not used: it sends the billable request up to five times.
 *
 * There is no seed, no way to stop a task, and nothing to ask after a cut submit. Not verified, so read liberally: the body
 * of a refusal over HTTP, the answer for an empty balance and for an unknown prediction, where a failed task has its code.
 *
 * More than one picture in one task is a sequence of related pictures: the prompt must name their number as well, and every
 * picture asked for is billed. Seedloom's own nodes ask for one picture a task.
 */
const vendor: VendorName = {
  name: 'WaveSpeedAI',
  keys: 'wavespeed.ai/accesskey',
  billing: 'wavespeed.ai/top-up',
};
const tasks = new JobAnswers(vendor, 'task');
const host = 'https://api.wavespeed.ai';
const api = `${host}/api/v3`;

/** Model id → the vendor's path without its variant. */
const paths: Readonly<Record<string, string>> = {
  'seedream-4.0': 'bytedance/seedream-v4',
  'seedream-4.5': 'bytedance/seedream-v4.5',
  'seedream-5-lite': 'bytedance/seedream-v5.0-lite',
};

const shared = {
  tasks: ['generate', 'edit'],
  pinned: false,
  maxReferences: 10,
  maxReferencesAndCount: seedreamReferencesAndCount,
  maxCount: 15,
  sets: true,
  takes: {},
  seconds: { low: 8, high: 60 },
} as const satisfies Partial<ModelSpec>;
const price = (perPicture: number, source: string) => ({ perPicture, asOf: '2026-11-21', source });

const models: ModelSpec[] = [
  {
    id: 'seedream-4.5',
    ...seedream['4.5'],
    ...shared,
    price: price(0.04, 'wavespeed.ai/docs, pages of Seedream 4.5'),
  },
  {
    id: 'seedream-4.0',
    ...seedream['4.0'],
    ...shared,
    price: price(0.04, 'none found for 4.0; taken to be that of 4.5 on wavespeed.ai/docs'),
  },
  {
    id: 'seedream-5-lite',
    ...seedream['5-lite'],
    ...shared,
    price: {
      ...price(0.04, 'wavespeed.ai/docs, page of Seedream 5.0 Lite (another place on it says 0.035)'),
      orElse: { perPicture: 0.035 },
    },
  },
];

const saidSchema = z.object({ code: codeSchema, message: z.string() });
/** What is wrong with a task has codes of its own, by wavespeed.ai/docs/error-codes; from 5000 on it is their trouble. */
const isOfTask = (code = 0) => code >= 1000 && code < 5000;
const acceptedSchema = z.object({ data: z.object({ id: z.string().min(1) }) });
const uploadSchema = z.object({ data: z.object({ download_url: z.url() }) });
const predictionSchema = z.object({
  code: codeSchema.nullish().catch(null),
  data: z.object({
    id: words,
    status: z.string(),
    outputs: z.array(z.string()).nullish(),
    has_nsfw_contents: z.array(z.boolean()).nullish().catch(null),
    error: words,
    code: codeSchema.nullish().catch(null),
  }),
});

async function upload(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  const to = { url: `${api}/media/upload/binary`, headers: bearer(tools) };
  const answer = await postReference(image, place, seedreamReferences, to, tools);
  return readAnswer(uploadSchema, answer, vendor, 'the upload of a reference').data.download_url;
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const path = paths[task.model.model];
  if (task.kind === 'upscale' || path === undefined) throw new Error('checkTask refuses this');
  const isBatch = task.count > 1;
  const references =
    task.kind === 'edit'
      ? { images: await ofEach(task.images, (image, place) => upload(image, place, tools)) }
      : {};
  const variant = [task.kind === 'edit' ? 'edit' : '', isBatch ? 'sequential' : ''].filter(Boolean).join('-');
  const answer = await tools.spend({
    method: 'POST',
    url: `${api}/${[path, variant].filter(Boolean).join('/')}`,
    headers: bearer(tools),
    json: {
      ...task.extra,
      prompt: task.prompt,
      ...references,
      size: `${task.size.width}*${task.size.height}`,
      // The schema is closed: a field it does not know would be refused.
      ...(isBatch ? { max_images: task.count } : {}),
    },
  });
  const { id } = readAnswer(acceptedSchema, answer, vendor, 'the order').data;
  return { state: 'accepted', job: { ...task.model, id, ticket: null } };
}

/** The envelope has a code of its own, and may say no inside an HTTP 200. */
function statusOf(answer: HttpAnswer): number {
  const code = saidSchema.safeParse(answer.json).data?.code;
  const isTaken = acceptedSchema.safeParse(answer.json).success;
  return statusByCode(answer, isOfTask(code) ? 400 : code, isTaken);
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${api}/predictions/${encodeURIComponent(job.id)}/result`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return tasks.unanswered(asked.failure, { verdicts: ['moderation'] });
  const { code, data } = tasks.read(predictionSchema, asked.answer, job, (body) => body.data.id);
  switch (data.status) {
    case 'created':
      return { state: 'waiting' };
    case 'processing':
      return { state: 'running' };
    case 'completed':
      return completed(job, data.outputs ?? [], data.has_nsfw_contents ?? []);
    case 'failed':
      return { state: 'failed', failure: taskFailed(data.code ?? code ?? 0, data.error ?? '') };
    case 'cancelled':
    case 'timeout':
    case 'deleted': {
      const message = `WaveSpeedAI ended the task without a picture (${data.status}). Look at your usage there before you run it again.`;
      return { state: 'failed', failure: { code: 'job-failed', act: 'vendor', charge: 'possible', message } };
    }
    default:
      throw tasks.unreadable(asked.answer);
  }
}

function completed(job: RemoteJob, outputs: string[], flags: boolean[]): RemoteState {
  if (outputs.length > 0) return tasks.made(outputs, job);
  if (!flags.includes(true)) return tasks.withoutPictures();
  return { state: 'failed', failure: { ...taskFailed(1200, ''), charge: 'possible' } };
}

/** By wavespeed.ai/docs/error-codes; the price of a failed task is given back within three hours. */
function taskFailed(code: number, said: string): Failure {
  const detail = [code || '', said].filter(Boolean).join(': ');
  const user = (name: string, message: string): Failure => {
    return { code: name, act: 'user', charge: 'none', message, detail };
  };
  if (code === 1200 || speaksOfSafety(said)) return tasks.moderated(detail);
  if (code === 1402)
    return user('reference-unread', 'WaveSpeedAI could not read a reference picture. Run it again.');
  if (code === 1400 || code === 1401)
    return user('refused', `WaveSpeedAI refused the request. It said: ${said}`);
  const message = 'WaveSpeedAI took the task and could not make the picture. Run it again.';
  return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail };
}

/** wavespeed.ai/docs/docs-common-api/balance, US dollars. */
const balanceSchema = z.object({ data: z.object({ balance: z.number() }) });

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: `${api}/balance`, headers: bearer(tools) });
  return readAnswer(balanceSchema, answer, vendor, 'the question for the balance').data;
}

function readError(answer: HttpAnswer): Failure {
  const said = saidSchema.safeParse(answer.json).data;
  const code = said?.code ?? 0;
  const { status } = answer;
  if (said !== undefined && status < 500 && /insufficient|balance|credit|top.?up/i.test(said.message))
    return httpFailure({ ...answer, status: 402 }, vendor, said.message);
  const isOwnCode = isOfTask(code) && status < 500;
  if (said !== undefined && (isOwnCode || (status === 400 && speaksOfSafety(said.message))))
    return taskFailed(code, said.message);
  const failure = httpFailure(answer, vendor, said?.message);
  if (status === 404 && said !== undefined) return { ...failure, code: 'no-such-job' };
  return ownRefusal(failure, said !== undefined);
}

const provider: Provider = {
  id: 'wavespeed',
  label: 'WaveSpeedAI',
  homepage: 'https://wavespeed.ai',
  revision: 1,
  summary:
    'Seedream 4.0, 4.5 and 5.0 Lite; takes no seed, and a task cannot be stopped. Keys work after a top-up.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://wavespeed.ai/accesskey' }],
  settings: [gatewayAddress],
  // The lowest tier runs two at once (and two pictures a minute; beyond that it answers 429).
  limits: { together: 2 },
  models,
  recovery: 'ticket',
  submit,
  check,
  checkKey,
  statusOf,
  readError,
};

export default provider;
