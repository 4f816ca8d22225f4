import { z } from 'zod';
import { aspectOf, type Aspect } from '#core/aspect';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type {
  HttpAnswer,
  ModelSpec,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import type { Size } from '#core/values';
import { dataLink } from './kit/base64';
import { gatewayAddress } from './kit/gateway-address';
import { askToStop, JobAnswers, speaksOfSafety } from './kit/job-answers';
import { ofEach, referencePicture, type ReferenceLimits } from './kit/reference-picture';
import { linksIn } from './kit/result-links';
import { seedream, seedreamReferences } from './kit/seedream';
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
import { reasonIn } from './kit/vendor-reason';

/**
 * RunComfy's Model API. Sources: docs.runcomfy.com/model-apis/async-queue-endpoints, the models' API pages on runcomfy.com,
 * and its own code on GitHub (runcomfy-com: runcomfy-mcp, comfyui-runcomfy-partner-nodes).
 *
 * Its papers contradict themselves on the field for pictures, and do not list the sizes. So each order first asks, free of
 * charge, for the model's own input schema, and takes both from there; a size the schema does not have is refused before
 * anything is sent. Where no schema comes, the field is the one third parties use with success, and the size is written as
 * in their requests: `2048x2048 (1:1)`.
 *
 * Pictures go as data links, as its own ComfyUI nodes send them (PNG to 6 MiB each, 64 MiB a request); one third party says
 * that Seedream there takes web links only. Not verified besides, and read liberally: where the schema is in the answer,
 * where a result has its pictures, every refusal's body and code, what a failed job costs, all prices. A seed is in some
 * requests and its effect nowhere, so it is not taken; batches are not documented. Only what waits in the queue can be
 * stopped, and nothing can be asked after a cut submit.
 */
const vendor: VendorName = {
  name: 'RunComfy',
  keys: 'runcomfy.com/profile',
  billing: 'runcomfy.com/profile',
  usage: 'your generations there',
};
const jobs = new JobAnswers(vendor, 'job');
const host = 'https://model-api.runcomfy.net';
const api = `${host}/v1`;

/** Model id → the vendor's name without `text-to-image` or `edit`, and its field for pictures. */
const names: Readonly<Record<string, { path: string; pictures: string }>> = {
  'seedream-4.0': { path: 'bytedance/seedream-4-0', pictures: 'images' },
  'seedream-4.5': { path: 'bytedance/seedream-4-5', pictures: 'images' },
  'seedream-5-lite': { path: 'bytedance/seedream-5/lite', pictures: 'image' },
};

const unknownPrice = 'an upper estimate: RunComfy shows the price of the day only; set your own price';
const model = (
  id: string,
  version: keyof typeof seedream,
  perPicture: number,
  source: string,
): ModelSpec => ({
  id,
  ...seedream[version],
  tasks: ['generate', 'edit'],
  pinned: false,
  maxReferences: 14,
  maxCount: 1,
  takes: {},
  price: { perPicture, asOf: '2026-11-21', source },
  seconds: { low: 10, high: 90 },
});

/** The whole request may have 64 MiB, and a data link has four characters for three bytes. */
const requestBytes = 46 * 1024 * 1024;
function referenceLimits(count: number): ReferenceLimits {
  const maxBytes = Math.min(6 * 1024 * 1024, Math.floor(requestBytes / count));
  return { ...seedreamReferences, formats: ['png', 'jpeg'], maxBytes, maxPixels: 32_000_000 };
}

const acceptedSchema = z.object({ request_id: z.string().min(1) });
const schemaSchema = z.object({
  input_schema: z.object({
    properties: z.record(
      z.string(),
      z.object({ enum: z.array(z.string()).min(1).optional().catch(undefined) }),
    ),
  }),
});
const resultSchema = z.object({
  request_id: words,
  status: z.string(),
  queue_position: z.number().nullish().catch(null),
  cost: z.number().nonnegative().nullish().catch(null),
});
const reasons = ['error_message', 'message', 'error', 'detail'];
const codedSchema = z.object({ error_code: codeSchema });

const aspects: readonly Aspect[] = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9', '9:21'];

/** A size in RunComfy's words, by the model's own list where there is one. */
function resolutionOf(size: Size, listed: readonly string[] | undefined, label: string): string {
  const { width, height } = size;
  const same = listed?.find((one) => new RegExp(`^${width}\\s*[x*×]\\s*${height}(?!\\d)`).test(one));
  if (same !== undefined) return same;
  if (listed !== undefined) {
    const message = `RunComfy makes ${label} as ${listed.join(', ')} only, not ${width} × ${height}. Choose one of these sizes, or another route.`;
    throw new FailureError(userFailure('size', message));
  }
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(width, height);
  return `${width}x${height} (${aspectOf(size, aspects) ?? `${width / common}:${height / common}`})`;
}

/** The fields of the model's own input schema, where the vendor gives one. */
async function inputFields(name: string, tools: ProviderTools) {
  const answer = await tools.ask({ method: 'GET', url: `${api}/models/${name}`, headers: bearer(tools) });
  const properties = schemaSchema.safeParse(answer.json).data?.input_schema.properties;
  return properties !== undefined && 'prompt' in properties ? properties : undefined;
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const named = names[task.model.model];
  const label = models.find(({ id }) => id === task.model.model)?.label;
  if (task.kind === 'upscale' || named === undefined || label === undefined)
    throw new Error('checkTask refuses this');
  const name = `${named.path}/${task.kind === 'edit' ? 'edit' : 'text-to-image'}`;
  const fields = await inputFields(name, tools);
  if (fields !== undefined && !('resolution' in fields)) {
    const message = `RunComfy takes no size for ${label}, so it cannot be asked for this one. Choose another route.`;
    throw new FailureError(userFailure('size', message));
  }
  const resolution = resolutionOf(task.size, fields?.['resolution']?.enum, label);
  const known = [named.pictures, 'images', 'image', 'image_urls'];
  const pictures = known.find((field) => fields !== undefined && field in fields) ?? named.pictures;
  const references: Record<string, string[]> = {};
  if (task.kind === 'edit') {
    const limits = referenceLimits(task.images.length);
    references[pictures] = await ofEach(task.images, async (image, place) =>
      dataLink(await referencePicture(image, place, limits, tools)),
    );
  }
  const answer = await tools.spend({
    method: 'POST',
    url: `${api}/models/${name}`,
    headers: bearer(tools),
    json: { ...task.extra, prompt: task.prompt, ...references, resolution },
  });
  const { request_id: id } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  return { state: 'accepted', job: { ...task.model, id, ticket: null } };
}

/** It may say no inside an HTTP 200, by a code of its own. */
function statusOf(answer: HttpAnswer): number {
  const code = codedSchema.safeParse(answer.json).data?.error_code;
  if (code === undefined) return answer.status;
  const isAnswer = [acceptedSchema, resultSchema].some((schema) => schema.safeParse(answer.json).success);
  // What the numbers mean is written nowhere: those that begin as HTTP's refusals do are read as such.
  const status = Number(`${code}`.slice(0, 3));
  return statusByCode(answer, status >= 400 && status < 500 ? status : 500, isAnswer);
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const url = `${api}/requests/${encodeURIComponent(job.id)}/result?include_cost=true`;
  const asked = await answered(tools.ask({ method: 'GET', url, headers: bearer(tools) }));
  if (!asked.ok) return refusedQuestion(asked.failure);
  const { answer } = asked;
  const result = jobs.read(resultSchema, answer, job, ({ request_id: id }) => id);
  switch (result.status.toLowerCase()) {
    case 'in_queue':
    case 'pending':
    case 'waiting': {
      const place = result.queue_position;
      return { state: 'waiting', ...(place ? { place } : {}) };
    }
    case 'in_progress':
    case 'starting':
    case 'processing':
      return { state: 'running' };
    case 'completed':
    case 'succeeded':
      return completed(job, answer, result.cost);
    case 'failed':
    case 'error':
      return { state: 'failed', failure: jobFailed(reasonIn(answer.json, reasons) ?? '') };
    case 'cancelled':
    case 'canceled':
      // Only what waited in the queue can be stopped.
      return { state: 'failed', failure: jobs.stopped() };
    default:
      throw jobs.unreadable(answer);
  }
}

function refusedQuestion(failure: Failure): RemoteState {
  if (failure.code === 'moderation') return { state: 'failed', failure: { ...failure, charge: 'possible' } };
  return jobs.unanswered(failure);
}

function completed(job: RemoteJob, answer: HttpAnswer, cost: number | null | undefined): RemoteState {
  const links = linksIn(answer.json, ['output', 'outputs', 'images', 'image', 'url']);
  if (links.length === 0) return jobs.withoutPictures(answer.text.slice(0, 500));
  return jobs.made(links, job, typeof cost === 'number' ? { price: cost } : {});
}

/** Whether a job that failed costs anything is said nowhere. */
function jobFailed(said: string): Failure {
  return { ...jobs.failed(said), charge: 'possible' };
}

function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  const url = `${api}/requests/${encodeURIComponent(job.id)}/cancel`;
  return askToStop(tools.ask({ method: 'POST', url, headers: bearer(tools) }));
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const said = reasonIn(answer.json, reasons);
  if (status < 500 && status !== 429 && said !== undefined) {
    if (/insufficient|\bbalance\b|add funds/i.test(said))
      return httpFailure({ ...answer, status: 402 }, vendor, said);
    if (status !== 401 && speaksOfSafety(said)) return { ...jobFailed(said), charge: 'none' };
  }
  const failure = httpFailure(answer, vendor, said);
  if (status === 404 && said !== undefined) return jobs.unknown(failure, said);
  return ownRefusal(failure, said !== undefined);
}

const models: ModelSpec[] = [
  model('seedream-4.5', '4.5', 0.05, unknownPrice),
  model('seedream-4.0', '4.0', 0.05, unknownPrice),
  model('seedream-5-lite', '5-lite', 0.05, `${unknownPrice} (the page of 5.0 Lite Edit says 0.028)`),
];

const provider: Provider = {
  id: 'runcomfy',
  label: 'RunComfy',
  homepage: 'https://www.runcomfy.com',
  revision: 1,
  summary: 'Seedream 4.0, 4.5 and 5.0 Lite in its own list of sizes; takes no seed. Says what each job cost.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API token', required: true, help: 'https://www.runcomfy.com/profile' }],
  settings: [gatewayAddress],
  limits: { together: 4 },
  models,
  recovery: 'ticket',
  submit,
  check,
  cancel,
  statusOf,
  readError,
};

export default provider;
