import { z } from 'zod';
import { FailureError } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpAnswer,
  HttpRequest,
  ModelSpec,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
  Submitted,
} from '#core/provider';
import type { ImageTask } from '#core/task';
import { dataLink } from './kit/base64';
import { gatewayAddress } from './kit/gateway-address';
import { JobAnswers } from './kit/job-answers';
import { ofEach, referencePicture } from './kit/reference-picture';
import { seedream, seedreamReferences } from './kit/seedream';
import { readError, runware as vendor, statusOf } from './kit/runware-errors';
import { answered, bearer, readAnswer, unreadable, words } from './kit/vendor-answer';

/**
 * Runware's task interface: one address, and a list of tasks in each body. Sources: runware.ai/docs/platform
 * (authentication, task-polling, task-details, errors, account-management), runware.ai/docs/models (bytedance-seedream-4-0 and
 * -4-5), and its own clients on GitHub (Runware: runware-typescript for the polling, the codes and the model ids, sdk-python
 * for `conflictTaskUUID`).
 *
 * The task's id is ours, so a task is asked for by it even when the answer to the order never came. A task cannot be stopped.
 * Nothing here was tried on the real service. Not verified: the price of 4.5, which code an unknown task gets (taken to be
 * `taskNotFound`; only where the archive says it too, the task was never taken), whether failed tasks are billed, how long
 * tasks and links are kept, how heavy a request may be, the longest prompt, references of 4.0 (so it only generates).
 */
const host = 'https://api.runware.ai';
const tasks = new JobAnswers(vendor, 'task');

/** Model id → the vendor's own. */
const names: Readonly<Record<string, string>> = {
  'seedream-4.0': 'bytedance:5@0',
  'seedream-4.5': 'bytedance:seedream@4.5',
};

const shared = {
  pinned: false,
  maxCount: 1,
  maxPromptLength: 2000,
  takes: {},
  seconds: { low: 8, high: 60 },
} as const satisfies Partial<ModelSpec>;

const models: ModelSpec[] = [
  {
    id: 'seedream-4.5',
    ...seedream['4.5'],
    ...shared,
    tasks: ['generate', 'edit'],
    maxReferences: 14,
    price: {
      perPicture: 0.04,
      asOf: '2026-11-21',
      source:
        'not seen on its own pages: what code for Runware on GitHub counts with; compare runware.ai/pricing',
    },
  },
  {
    id: 'seedream-4.0',
    ...seedream['4.0'],
    ...shared,
    tasks: ['generate'],
    price: {
      perPicture: 0.03,
      asOf: '2026-11-21',
      source: 'runware.ai/models/bytedance-seedream-4-0 (undated)',
    },
  },
];

/** A number that is good to have and no reason to give up on an answer. */
const figure = z
  .number()
  .nonnegative()
  .nullish()
  .catch(null)
  .transform((value) => value ?? undefined);
const taskSchema = z.object({ taskUUID: z.string().min(1) });
const acceptedSchema = z.object({ data: z.tuple([taskSchema]).rest(z.unknown()) });
const madeSchema = z.object({ imageURL: z.url(), cost: figure, seed: figure });
const stateSchema = z.object({
  data: z.tuple([
    z.discriminatedUnion('status', [
      taskSchema.extend({ status: z.literal('processing'), progress: figure }),
      taskSchema.extend({ status: z.literal('success'), ...madeSchema.shape }),
    ]),
  ]),
});
const archiveSchema = z.object({ data: z.tuple([z.object({ taskUUID: words, response: z.unknown() })]) });
const archivedSchema = z.object({ data: z.tuple([madeSchema]) });
const accountSchema = z.object({
  data: z.tuple([z.object({ balance: figure })]).rest(z.unknown()),
});

/** Every call is a list of one task. */
function call(task: JsonObject, tools: Pick<ProviderTools, 'secret'>): HttpRequest {
  return {
    method: 'POST',
    url: `${host}/v1`,
    headers: bearer(tools),
    json: [task],
  };
}

async function submit(task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const name = names[task.model.model];
  if (task.kind === 'upscale' || name === undefined) throw new Error('checkTask refuses this');
  const { requestId } = tools;
  const accepted: Submitted = { state: 'accepted', job: { ...task.model, id: requestId, ticket: null } };
  const inputs: Record<string, JsonValue> = {};
  if (task.kind === 'edit') {
    const referenceImages = await ofEach(task.images, async (image, place) =>
      dataLink(await referencePicture(image, place, seedreamReferences, tools)),
    );
    inputs['inputs'] = { referenceImages };
  }
  const order = call(
    {
      ...task.extra,
      taskType: 'imageInference',
      taskUUID: requestId,
      model: name,
      positivePrompt: task.prompt,
      ...inputs,
      width: task.size.width,
      height: task.size.height,
      numberResults: 1,
      outputType: 'URL',
      outputFormat: 'PNG',
      includeCost: true,
      deliveryMethod: 'async',
    },
    tools,
  );
  let answer: HttpAnswer;
  try {
    answer = await tools.spend(order);
  } catch (thrown) {
    // A task of this id is there already: something on the way has sent the order twice.
    if (thrown instanceof FailureError && thrown.failure.code === 'taken-before') return accepted;
    throw thrown;
  }
  const [{ taskUUID }] = readAnswer(acceptedSchema, answer, vendor, 'the order').data;
  if (taskUUID !== requestId)
    throw new FailureError(unreadable(answer, vendor, 'the order (it spoke of another task)'));
  return accepted;
}

/** What ends a task; everything else that is said instead of an answer is about the question. */
const verdicts: ReadonlySet<string> = new Set(['moderation', 'job-failed', 'refused']);

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const asked = await answered(tools.ask(call({ taskType: 'getResponse', taskUUID: job.id }, tools)));
  if (!asked.ok) {
    const { failure } = asked;
    if (failure.code === 'no-such-job') return askArchive(job, tools);
    if (!verdicts.has(failure.code)) throw new FailureError(failure);
    // Its papers do not say that a task which failed is free.
    return { state: 'failed', failure: { ...failure, charge: 'possible' } };
  }
  const [task] = tasks.read(stateSchema, asked.answer, job, ({ data }) => data[0].taskUUID).data;
  if (task.status === 'processing') {
    const { progress } = task;
    return { state: 'running', ...(progress === undefined ? {} : { fraction: Math.min(1, progress / 100) }) };
  }
  return done(job, task);
}

/** It keeps each task's answer longer than the task itself: what is there was taken, and must not be sent again. */
async function askArchive(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const asked = await answered(tools.ask(call({ taskType: 'getTaskDetails', taskUUID: job.id }, tools)));
  if (!asked.ok) {
    if (asked.failure.code !== 'no-such-job') throw new FailureError(asked.failure);
    return { state: 'lost', failure: { ...asked.failure, charge: 'possible' } };
  }
  const [{ response }] = tasks.read(archiveSchema, asked.answer, job, ({ data }) => data[0].taskUUID).data;
  const made = archivedSchema.safeParse(response).data?.data[0];
  if (made !== undefined) return done(job, made);
  const message = 'Runware took this task and has no picture of it any more. Look at your usage there.';
  return { state: 'failed', failure: { code: 'no-pictures', act: 'vendor', charge: 'possible', message } };
}

function done(job: RemoteJob, { imageURL, cost, seed }: z.infer<typeof madeSchema>): RemoteState {
  return tasks.made([imageURL], job, {
    ...(cost === undefined ? {} : { price: cost }),
    ...(seed === undefined ? {} : { notes: { seed } }),
  });
}

async function checkKey(tools: FreeTools): Promise<KeyReport> {
  // The question needs an id of its own, and nothing will ever be asked by it.
  const taskUUID = `00000000-0000-4000-8000-${tools.now().toString(16).padStart(12, '0')}`;
  const question = call({ taskType: 'accountManagement', taskUUID, operation: 'getDetails' }, tools);
  const answer = await tools.ask(question);
  const [{ balance }] = readAnswer(accountSchema, answer, vendor, 'the question for the account').data;
  return balance === undefined ? {} : { balance };
}

const provider: Provider = {
  id: 'runware',
  label: 'Runware',
  homepage: 'https://runware.ai',
  revision: 1,
  summary: 'Seedream 4.0 and 4.5, found again by an id of ours; takes no seed, and a task cannot be stopped.',
  hosts: [host],
  secrets: [{ name: 'key', label: 'API key', required: true, help: 'https://runware.ai/signup' }],
  settings: [gatewayAddress],
  // It names no limit and queues what is too much; this is ours.
  limits: { together: 4 },
  models,
  recovery: 'own-id',
  submit,
  check,
  checkKey,
  statusOf,
  readError,
};

export default provider;
