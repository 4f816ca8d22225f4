import { z } from 'zod';
import { aspectOf, tierOf, type Aspect, type SizeTier } from '#core/aspect';
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
import type { ImageRef, Size } from '#core/values';
import { gatewayAddress } from './kit/gateway-address';
import { askToStop, JobAnswers } from './kit/job-answers';
import { ofEach, postReference } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
import {
  answered,
  bearer,
  httpFailure,
  ownRefusal,
  readAnswer,
  words,
  type VendorName,
} from './kit/vendor-answer';
import { reasonIn } from './kit/vendor-reason';

/**
 * Replicate's predictions of its official models. Sources: its OpenAPI description (api.replicate.com/openapi.json), its own
 * client replicate/replicate-javascript, replicate.com/docs/topics/predictions (lifecycle, rate-limits), and the input
 * tables of the models' version pages. Its client is not used: it sends the billable request again after a 429.
 *
 * There is no seed, and nothing to ask after a cut submit. Predictions can be stopped; their pictures are deleted an hour
 * after they were made. There is a page for each version of a model, and whether an official model can be pinned to one is
 * not verified, so it is not. Not verified either, and read liberally: the bodies of refusals (402, 422), how moderation is
 * worded, how long an uploaded file lives, and the limits of 4.0 (taken from a copy of its page).
 *
 * 5.0 Lite has no size in pixels: it is asked for an aspect, and for 2K or 3K, whichever has nearer as many pixels.
 * More than one picture in one job is a sequence of related pictures: the model decides how many it makes, so the prompt
 * should name their number as well. Seedloom's own nodes ask for one picture a job.
 */
const vendor: VendorName = {
  name: 'Replicate',
  keys: 'replicate.com/account/api-tokens',
  billing: 'replicate.com/account/billing',
};
const jobs = new JobAnswers(vendor, 'job');
const host = 'https://api.replicate.com';
const api = `${host}/v1`;

/** Model id → the vendor's. */
const names: Readonly<Record<string, string>> = {
  'seedream-4.0': 'bytedance/seedream-4',
  'seedream-4.5': 'bytedance/seedream-4.5',
  'seedream-5-lite': 'bytedance/seedream-5-lite',
};

const aspects: readonly Aspect[] = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'];
const tiers = [
  { name: '2K', side: 2048 },
  { name: '3K', side: 3072 },
] as const satisfies readonly SizeTier[];
const shared = {
  tasks: ['generate', 'edit'],
  pinned: false,
  maxReferencesAndCount: seedreamReferencesAndCount,
  maxCount: 15,
  sets: true,
  takes: {},
  seconds: { low: 8, high: 60 },
} as const satisfies Partial<ModelSpec>;
const sides = { minSide: 1024, maxSide: 4096 };
const price = (perPicture: number, source: string) => ({ perPicture, asOf: '2026-11-21', source });

const models: ModelSpec[] = [
  {
    id: 'seedream-4.5',
    label: seedream['4.5'].label,
    size: { ...seedream['4.5'].size, ...sides },
    ...shared,
    maxReferences: 14,
    maxPromptLength: 4000,
    price: {
      ...price(0.045, 'price lists of third parties; replicate.com shows the price of the day'),
      orElse: { perPicture: 0.04 },
    },
  },
  {
    id: 'seedream-4.0',
    label: seedream['4.0'].label,
    size: { ...seedream['4.0'].size, ...sides },
    ...shared,
    maxReferences: 10,
    price: price(0.03, 'a copy of replicate.com/bytedance/seedream-4 (undated)'),
  },
  {
    id: 'seedream-5-lite',
    label: seedream['5-lite'].label,
    size: { aspects, tiers },
    ...shared,
    maxReferences: 14,
    price: price(0.035, 'price lists of third parties; replicate.com shows the price of the day'),
  },
];

const acceptedSchema = z.object({ id: z.string().min(1) });
const uploadSchema = z.object({ urls: z.object({ get: z.url() }), expires_at: words });
const predictionSchema = z.object({
  id: words,
  status: z.string(),
  output: z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish(),
  error: words,
  started_at: z.unknown().optional(),
  data_removed: z.boolean().nullish().catch(null),
});

/** When its answer does not say how long a file lives. */
const usualUploadLife = 3_600_000;

function upload(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  return tools.uploaded(image.hash, async () => {
    const to = { url: `${api}/files`, headers: bearer(tools), field: 'content' };
    const answer = await postReference(image, place, seedreamReferences, to, tools);
    const file = readAnswer(uploadSchema, answer, vendor, 'the upload of a reference');
    const until = Date.parse(file.expires_at ?? '');
    return { link: file.urls.get, until: Number.isNaN(until) ? tools.now() + usualUploadLife : until };
  });
}

function sizeFields(model: string, size: Size) {
  if (model !== 'seedream-5-lite') return { size: 'custom', width: size.width, height: size.height };
  const aspect = aspectOf(size, aspects);
  if (aspect === undefined) throw new Error('checkTask refuses this');
  return { size: tierOf(size, tiers).name, aspect_ratio: aspect };
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const { model } = task.model;
  const name = names[model];
  if (task.kind === 'upscale' || name === undefined) throw new Error('checkTask refuses this');
  const references =
    task.kind === 'edit'
      ? { image_input: await ofEach(task.images, (image, place) => upload(image, place, tools)) }
      : {};
  const answer = await tools.spend({
    method: 'POST',
    url: `${api}/models/${name}/predictions`,
    headers: bearer(tools),
    json: {
      input: {
        ...task.extra,
        prompt: task.prompt,
        ...references,
        ...sizeFields(model, task.size),
        ...(task.count > 1 ? { sequential_image_generation: 'auto', max_images: task.count } : {}),
      },
    },
  });
  const { id } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  return { state: 'accepted', job: { ...task.model, id, ticket: null } };
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${api}/predictions/${encodeURIComponent(job.id)}`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return jobs.unanswered(asked.failure);
  const prediction = jobs.read(predictionSchema, asked.answer, job, ({ id }) => id);
  switch (prediction.status) {
    case 'starting':
      return { state: 'waiting' };
    case 'processing':
      return { state: 'running' };
    case 'succeeded':
      return succeeded(job, prediction.output ?? [], prediction.data_removed === true);
    case 'failed':
      return { state: 'failed', failure: predictionFailed(prediction.error ?? '') };
    // By its papers (predictions/lifecycle) what had not begun is free, and what had begun is not.
    case 'canceled':
      return { state: 'failed', failure: jobs.stopped(prediction.started_at !== null) };
    // Its deadline passed before it began.
    case 'aborted':
      return { state: 'failed', failure: jobs.stopped() };
    default:
      throw jobs.unreadable(asked.answer);
  }
}

function succeeded(job: RemoteJob, output: string[], isRemoved: boolean): RemoteState {
  if (output.length > 0) return jobs.made(output, job);
  if (!isRemoved) return jobs.withoutPictures();
  const message =
    'Replicate made the picture and has deleted it: it keeps results for an hour. Running again is charged anew.';
  return { state: 'failed', failure: { code: 'result-gone', act: 'vendor', charge: 'certain', message } };
}

/** Seedream is billed by the picture that comes out; a prediction that failed has none. */
function predictionFailed(said: string): Failure {
  return said.includes('E005') ? jobs.moderated(said) : jobs.failed(said);
}

function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  const url = `${api}/predictions/${encodeURIComponent(job.id)}/cancel`;
  return askToStop(tools.ask({ method: 'POST', url, headers: bearer(tools) }));
}

const accountSchema = z.object({ username: z.string().min(1) });

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask({ method: 'GET', url: `${api}/account`, headers: bearer(tools) });
  readAnswer(accountSchema, answer, vendor, 'the question for the account');
  return { note: 'Replicate tells no balance.' };
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const said = reasonIn(answer.json, ['detail', 'title']);
  if (said !== undefined && (status === 400 || status === 422)) {
    const failure = predictionFailed(said);
    if (failure.code === 'moderation') return failure;
  }
  if (status < 500 && status !== 429 && /insufficient credit|billing required/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  const failure = httpFailure(answer, vendor, said);
  if (status === 404 && said !== undefined)
    return jobs.unknown(failure, said, ', or keeps it from this account');
  return ownRefusal(failure, said !== undefined);
}

const provider: Provider = {
  id: 'replicate',
  label: 'Replicate',
  homepage: 'https://replicate.com',
  revision: 1,
  summary:
    'Seedream 4.0, 4.5 and 5.0 Lite; takes no seed. Jobs can be stopped; results are kept for an hour.',
  hosts: [host],
  secrets: [
    { name: 'key', label: 'API token', required: true, help: 'https://replicate.com/account/api-tokens' },
  ],
  settings: [gatewayAddress],
  // 600 orders a minute, and far fewer while the credit is low; beyond that it answers 429.
  limits: { together: 8, perMinute: 600 },
  models,
  recovery: 'ticket',
  submit,
  check,
  cancel,
  checkKey,
  readError,
};

export default provider;
