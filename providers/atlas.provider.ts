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
 * Atlas Cloud's predictions. Sources: atlascloud.ai/docs (errors, refunds), its model pages, and its own code on GitHub
 * (AtlasCloudAI: mcp-server, atlas-cloud-skills, atlascloud_comfyui). The body is flat as in that code; the model pages show
 * a wrapper that it does not use.
 *
 * A task cannot be stopped, and nothing can be asked after a cut submit. A seed is named for sequences of 4.0 only, so it is
 * not taken. Not verified: statuses before "processing", how long links live, the limits of 4.7 (taken to be those of 4.5),
 * whether 5.0 Lite takes sizes besides the sixteen its page offers.
 *
 * More than one picture in one task is a sequence of related pictures: the prompt should name their number as well.
 * Seedloom's own nodes ask for one picture a task.
 */
const vendor: VendorName = {
  name: 'Atlas Cloud',
  keys: 'atlascloud.ai/console/api-keys',
  billing: 'atlascloud.ai/console/billing',
};
const tasks = new JobAnswers(vendor, 'task');
const host = 'https://api.atlascloud.ai';
const api = `${host}/api/v1/model`;

/** Model id → the vendor's name without its variant. */
const names: Readonly<Record<string, string>> = {
  'seedream-4.0': 'bytedance/seedream-v4',
  'seedream-4.5': 'bytedance/seedream-v4.5',
  'seedream-4.7': 'bytedance/seedream-v4.7',
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
    price: price(0.036, 'atlascloud.ai/models, page of Seedream 4.5 (undated)'),
  },
  {
    id: 'seedream-4.7',
    ...seedream['4.5'],
    label: 'Seedream 4.7',
    ...shared,
    price: price(0.03, 'atlascloud.ai/models, page of Seedream 4.7 Sequential (undated)'),
  },
  {
    id: 'seedream-4.0',
    ...seedream['4.0'],
    ...shared,
    maxCount: 14,
    price: price(0.036, 'none found for 4.0; taken to be that of 4.5 on atlascloud.ai/models'),
  },
  {
    id: 'seedream-5-lite',
    ...seedream['5-lite'],
    ...shared,
    price: price(0.032, 'atlascloud.ai/models, page of Seedream v5.0 Lite Edit (undated)'),
  },
];

/** Its own code for a refusal by the safety check. */
const ofSafetyCheck = 1039;
const saidSchema = z
  .object({ code: codeSchema, msg: words, message: words })
  .transform(({ code, msg, message }) => ({ code, said: msg ?? message }));
const acceptedSchema = z.object({ data: z.object({ id: z.string().min(1) }) });
const uploadSchema = z.object({ data: z.object({ download_url: z.url() }) });
const outputSchema = z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]);
const outputsSchema = z.union([z.array(outputSchema), outputSchema.transform((one) => [one])]).nullish();
const predictionSchema = z.object({
  data: z.object({
    id: words,
    status: z.string(),
    outputs: outputsSchema,
    output: outputsSchema,
    error: words,
    error_code: codeSchema.nullish().catch(null),
  }),
});
const ticketSchema = z.object({ takenAt: z.number() });

async function upload(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  const to = { url: `${api}/uploadMedia`, headers: bearer(tools) };
  const answer = await postReference(image, place, seedreamReferences, to, tools);
  return readAnswer(uploadSchema, answer, vendor, 'the upload of a reference').data.download_url;
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const name = names[task.model.model];
  if (task.kind === 'upscale' || name === undefined) throw new Error('checkTask refuses this');
  const isBatch = task.count > 1;
  const references =
    task.kind === 'edit'
      ? { images: await ofEach(task.images, (image, place) => upload(image, place, tools)) }
      : {};
  const variant = [task.kind === 'edit' ? 'edit' : '', isBatch ? 'sequential' : ''].filter(Boolean).join('-');
  const answer = await tools.spend({
    method: 'POST',
    url: `${api}/generateImage`,
    headers: bearer(tools),
    json: {
      ...task.extra,
      model: [name, variant].filter(Boolean).join('/'),
      prompt: task.prompt,
      ...references,
      size: `${task.size.width}*${task.size.height}`,
      // As in the vendor's own examples: sequences are shown without it.
      ...(isBatch ? { max_images: task.count } : { enable_base64_output: false }),
    },
  });
  const { id } = readAnswer(acceptedSchema, answer, vendor, 'the order').data;
  return { state: 'accepted', job: { ...task.model, id, ticket: { takenAt: tools.now() } } };
}

/** The envelope has a code of its own, and may say no inside an HTTP 200. */
function statusOf(answer: HttpAnswer): number {
  const code = saidSchema.safeParse(answer.json).data?.code;
  const isTaken = acceptedSchema.safeParse(answer.json).success;
  return statusByCode(answer, code === ofSafetyCheck ? 400 : code, isTaken);
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${api}/prediction/${encodeURIComponent(job.id)}`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return refusedQuestion(asked.failure, job, tools);
  const { data } = tasks.read(predictionSchema, asked.answer, job, (body) => body.data.id);
  switch (data.status) {
    case 'created':
    case 'starting':
    case 'queued':
      return { state: 'waiting' };
    case 'processing':
      return { state: 'running' };
    case 'completed':
    case 'succeeded': {
      const links = data.outputs ?? data.output ?? [];
      return links.length === 0 ? tasks.withoutPictures() : tasks.made(links, job);
    }
    case 'failed':
      return { state: 'failed', failure: taskFailed(data.error_code ?? 0, data.error ?? '') };
    default:
      throw tasks.unreadable(asked.answer);
  }
}

/** Right after the order the question may be answered with 400 or 404; Atlas Cloud's own client waits 30 seconds. */
const grace = 60_000;

function refusedQuestion(failure: Failure, job: RemoteJob, tools: ProviderTools): RemoteState {
  const isUnknown = failure.code === 'no-such-job';
  const takenAt = ticketSchema.safeParse(job.ticket).data?.takenAt ?? 0;
  const isNew = Math.abs(tools.now() - takenAt) < grace;
  if (isNew && (isUnknown || failure.code === 'refused')) return { state: 'waiting' };
  return tasks.unanswered(failure, { verdicts: ['moderation'] });
}

/** By atlascloud.ai/docs (errors, billing/refunds): what ends in a failed state is not charged. */
function taskFailed(code: number, said: string): Failure {
  const detail = [code || '', said].filter(Boolean).join(': ');
  return code === ofSafetyCheck ? tasks.moderated(detail) : tasks.failed(said, detail);
}

const balanceSchema = z.object({
  available: z.object({ value: z.coerce.number(), currency: z.string().nullish().catch(null) }),
});

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const url = `${host}/public/v1/balance`;
  const answer = await tools.ask({ method: 'GET', url, headers: bearer(tools) });
  const { available } = readAnswer(balanceSchema, answer, vendor, 'the question for the balance');
  const { value, currency } = available;
  return (currency ?? 'usd').toLowerCase() === 'usd'
    ? { balance: value }
    : { note: `${value} ${currency} left.` };
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const body = saidSchema.safeParse(answer.json).data;
  const said = body?.said ?? undefined;
  if (body?.code === ofSafetyCheck || (status === 400 && speaksOfSafety(said ?? '')))
    return taskFailed(ofSafetyCheck, said ?? '');
  if (status < 500 && /insufficient|balance/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  const failure = httpFailure(answer, vendor, said);
  const because = said === undefined ? '' : ` It said: ${said}`;
  if (status === 404 && body !== undefined)
    return tasks.unknown(failure, said, ', or keeps it from this account');
  if (status === 451)
    return { ...failure, code: 'region', message: `Atlas Cloud does not serve this region.${because}` };
  return ownRefusal(failure, body !== undefined);
}

const provider: Provider = {
  id: 'atlas',
  label: 'Atlas Cloud',
  homepage: 'https://www.atlascloud.ai',
  revision: 1,
  summary: 'Seedream 4.0, 4.5, 4.7 and 5.0 Lite; takes no seed, and a task cannot be stopped.',
  hosts: [host],
  secrets: [
    { name: 'key', label: 'API key', required: true, help: 'https://www.atlascloud.ai/console/api-keys' },
  ],
  settings: [gatewayAddress],
  // Its limits are per account and model, and no number is given.
  limits: { together: 4 },
  models,
  recovery: 'ticket',
  submit,
  check,
  checkKey,
  statusOf,
  readError,
};

export default provider;
