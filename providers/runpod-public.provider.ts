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
import { gatewayAddress } from './kit/gateway-address';
import { askToStop, JobAnswers, speaksOfSafety } from './kit/job-answers';
import { ofEach, referenceLink } from './kit/reference-picture';
import { seedream, seedreamReferences } from './kit/seedream';
import {
  answered,
  bearer,
  httpFailure,
  ownRefusal,
  readAnswer,
  words,
  type VendorName,
} from './kit/vendor-answer';

/**
 * RunPod's public endpoint for Seedream 4.0. Source: docs.runpod.io (public-endpoints; serverless job operations and states).
 *
 * By `/run`, whose result can be asked for during 30 minutes; the answer of `/runsync` is gone after one. There is no
 * endpoint for 4.5 or 5.0, and no batch. The endpoint for edits takes links only, and no seed; RunPod has no upload of its own,
 * so its references go by the person's image host. How many it takes is not said: ByteDance's own limit holds.
 *
 * The price is not certain: the page says 0.027 a picture, but the costs in its own examples are exactly 0.027 a megapixel.
 * The plan says both, the dearer one is reserved; what RunPod says it charged is what the receipt shows. Not verified, so
 * read liberally: the bodies of refusals, an empty balance, moderation, what is said of a job whose result is gone.
 */
const vendor: VendorName = {
  name: 'RunPod',
  keys: 'console.runpod.io/user/settings',
  billing: 'console.runpod.io/user/billing',
};
const jobs = new JobAnswers(vendor, 'job');
const host = 'https://api.runpod.ai';

/** Model id → the vendor's endpoint. */
const endpoints: Readonly<Record<string, string>> = {
  'seedream-4.0': 'seedream-v4-t2i',
  'seedream-4.0-edit': 'seedream-v4-edit',
};

const shared = {
  ...seedream['4.0'],
  pinned: false,
  maxCount: 1,
  seconds: { low: 5, high: 60 },
} as const satisfies Partial<ModelSpec>;
const price = (page: string): ModelSpec['price'] => ({
  perPicture: 0,
  perMegapixel: 0.027,
  orElse: { perPicture: 0.027 },
  asOf: '2026-11-21',
  source: `docs.runpod.io/public-endpoints/models/${page}: its examples cost 0.027 a megapixel, its table says 0.027 a picture`,
});

const models: ModelSpec[] = [
  {
    id: 'seedream-4.0',
    ...shared,
    tasks: ['generate'],
    takes: { seed: true, negative: true },
    price: price('seedream-4-t2i'),
  },
  {
    id: 'seedream-4.0-edit',
    ...shared,
    label: 'Seedream 4.0 Edit',
    tasks: ['edit'],
    maxReferences: 14,
    takes: {},
    price: price('seedream-4-edit'),
  },
];

const acceptedSchema = z.object({ id: z.string().min(1), status: words, error: words });
const jobSchema = z.object({
  id: words,
  status: z.string(),
  error: words,
  output: z
    .object({ image_url: words, cost: z.number().nonnegative().nullish().catch(null), error: words })
    .nullish()
    .catch(null),
});
const saidSchema = z
  .object({ status: words, error: words, message: words, detail: words, title: words })
  .transform(({ status, error, message, detail, title }) => {
    return { isVerdict: status === 'FAILED', said: error ?? message ?? detail ?? title };
  });

function address(verb: string, { model, id }: Pick<RemoteJob, 'model' | 'id'>): string {
  return `${host}/v2/${endpoints[model] ?? ''}/${verb}/${encodeURIComponent(id)}`;
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const endpoint = endpoints[task.model.model];
  if (task.kind === 'upscale' || endpoint === undefined) throw new Error('checkTask refuses this');
  const asked =
    task.kind === 'edit'
      ? {
          images: await ofEach(task.images, (image, place) =>
            referenceLink(image, place, seedreamReferences, tools),
          ),
        }
      : {
          ...(task.negative ? { negative_prompt: task.negative } : {}),
          ...(task.seed === undefined ? {} : { seed: task.seed }),
        };
  const answer = await tools.spend({
    method: 'POST',
    url: `${host}/v2/${endpoint}/run`,
    headers: bearer(tools),
    json: {
      input: {
        ...task.extra,
        prompt: task.prompt,
        ...asked,
        size: `${task.size.width}*${task.size.height}`,
      },
    },
  });
  // A job that has failed at once is a refusal; nothing else without an id is one.
  if (saidSchema.safeParse(answer.json).data?.isVerdict) {
    const failure = jobFailed(saidSchema.parse(answer.json).said ?? '');
    return { state: 'done', result: { pictures: [{ from: 'nowhere', failure }] } };
  }
  const { id } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  return { state: 'accepted', job: { ...task.model, id, ticket: null } };
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const asked = await answered(
    tools.ask({ method: 'GET', url: address('status', job), headers: bearer(tools) }),
  );
  if (!asked.ok) return jobs.unanswered(asked.failure, { verdicts, because: kept });
  const { status, error, output } = jobs.read(jobSchema, asked.answer, job, ({ id }) => id);
  switch (status) {
    case 'IN_QUEUE':
      return { state: 'waiting' };
    case 'IN_PROGRESS':
    case 'RUNNING':
      return { state: 'running' };
    case 'COMPLETED':
      return completed(job, output?.image_url, output?.cost, output?.error ?? error);
    case 'FAILED':
      return { state: 'failed', failure: jobFailed(error ?? output?.error ?? '') };
    case 'TIMED_OUT':
      return { state: 'failed', failure: jobFailed(error ?? status) };
    case 'CANCELLED':
      return { state: 'failed', failure: jobs.stopped() };
    default:
      throw jobs.unreadable(asked.answer);
  }
}

/** Codes of a job's own failure, as against trouble on the way to it. */
const verdicts = ['moderation', 'job-failed', 'invalid'];
const kept = ': it keeps a result for 30 minutes';

function completed(
  job: RemoteJob,
  url: string | null | undefined,
  cost: number | null | undefined,
  error: string | null | undefined,
): RemoteState {
  if (url) return jobs.made([url], job, typeof cost === 'number' ? { price: cost } : {});
  if (error) return { state: 'failed', failure: { ...jobFailed(error), charge: 'possible' } };
  return jobs.withoutPictures();
}

/** "You will not be charged for failed generations" (docs.runpod.io/public-endpoints/overview). */
function jobFailed(said: string): Failure {
  if (speaksOfSafety(said) || !/invalid|must be|required|not allowed/i.test(said)) return jobs.failed(said);
  const message = `RunPod refused the request. It said: ${said}`;
  return { code: 'invalid', act: 'user', charge: 'none', message, detail: said };
}

function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  return askToStop(tools.ask({ method: 'POST', url: address('cancel', job), headers: bearer(tools) }));
}

/** The health of the endpoint is told to who may use it; RunPod tells no balance there. */
async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const url = `${host}/v2/${endpoints['seedream-4.0']}/health`;
  const answer = await tools.ask({ method: 'GET', url, headers: bearer(tools) });
  readAnswer(z.object({}), answer, vendor, 'the question for its health');
  return {};
}

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const body = saidSchema.safeParse(answer.json).data;
  const said = body?.said ?? undefined;
  if (status < 500 && /insufficient|balance|credits|funds/i.test(said ?? ''))
    return httpFailure({ ...answer, status: 402 }, vendor, said);
  // RunPod shows a job that failed as the body of an HTTP 400.
  if (status === 400 && body?.isVerdict) return jobFailed(said ?? '');
  if (status === 400 && said !== undefined && jobFailed(said).code === 'moderation') return jobFailed(said);
  const failure = httpFailure(answer, vendor, said);
  if (status === 404 && said !== undefined) return { ...failure, code: 'no-such-job' };
  return ownRefusal(failure, said !== undefined);
}

const provider: Provider = {
  id: 'runpod-public',
  label: 'RunPod public endpoints',
  homepage: 'https://www.runpod.io',
  revision: 1,
  summary:
    'Seedream 4.0; takes pictures by link only, so edits need an image host. Results are kept for 30 minutes.',
  hosts: [host],
  secrets: [
    {
      name: 'key',
      label: 'API key, for pods too',
      required: true,
      help: 'https://console.runpod.io/user/settings',
    },
  ],
  settings: [gatewayAddress],
  // It allows 200 at once; more than this would only fill memory here.
  limits: { together: 8 },
  picturesIn: 'links',
  models,
  recovery: 'ticket',
  submit,
  check,
  cancel,
  checkKey,
  readError,
};

export default provider;
