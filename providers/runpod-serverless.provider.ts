import { z } from 'zod';
import { FailureError, missingPartSchema, userFailure, type Failure } from '#core/failure';
import type { JsonValue } from '#core/json';
import type { KeyReport } from '#core/key-check';
import type {
  FreeTools,
  HttpRequest,
  Provider,
  ProviderTools,
  RemoteJob,
  RemoteState,
  Submitted,
} from '#core/provider';
import { picturesAsked, type ImageTask } from '#core/task';
import { askToStop, JobAnswers } from './kit/job-answers';
import { healthSchema, queueWords, workersWords } from './kit/runpod-health';
import { answered, bearer, readAnswer, words } from './kit/vendor-answer';
import { readOutput, workerFailure, workerInput } from './kit/worker-comfyui';
import { recipes } from './kit/recipes/catalogue';
import { readOwnRecipes, recipeEnding } from './kit/recipes/own-recipe';
import type { Recipe } from './kit/recipes/recipe';
import { endpointOf, pricedByTime, readSettings, settings, workerOf } from './kit/runpod-endpoint';
import { lost, readError, timedOut, vendor } from './kit/runpod-serverless-errors';

/**
 * The person's own RunPod Serverless endpoint with worker-comfyui on it: the recipes of a pod, on as many workers as the
 * endpoint has. Sources: docs.runpod.io (serverless: operation reference, job states, pricing), runpod-workers/worker-comfyui.
 *
 * By `/run`, which takes 10 MB and keeps a result for 30 minutes; `/runsync` takes 20 MB and keeps it for one minute, too
 * short to be fetched after a crash. The job's id comes with the answer and nothing else finds it: `ticket`. An endpoint is
 * billed by the second of its workers, so a job is reserved with the longest it may take and priced with `executionTime`; a
 * worker's start and its idle seconds are on RunPod's bill and on no job's. The ticket has the endpoint and the price of the
 * day it was sent. Not verified, so read liberally: the bodies of refusals, what workers before 5.0 give, how long a job
 * may wait in the queue (24 hours by the papers).
 */
const jobs = new JobAnswers(vendor, 'job');
const host = 'https://api.runpod.ai';
/** Of a `/run`, all of it. */
const mostPayload = 10_000_000;
/** `sentAt`: milliseconds since 1970. `files`: what the recipe takes for granted. `pictures`: how many were asked for. */
const ticketSchema = z.object({
  endpoint: z.string(),
  perSecond: z.number(),
  longest: z.number(),
  sentAt: z.number(),
  files: z.array(missingPartSchema),
  pictures: z.number(),
});

const milliseconds = z.number().nonnegative().nullish().catch(null);
const acceptedSchema = z.object({ id: z.string().min(1) });
const jobSchema = z.object({
  id: words,
  status: z.string(),
  executionTime: milliseconds,
  workerId: words,
  error: z.unknown().optional(),
  output: z.unknown().optional(),
});
const progressSchema = z.object({ percent: z.number().min(0).max(100) });

type Ticket = z.infer<typeof ticketSchema>;
type Settled = Pick<ProviderTools, 'settings' | 'secret'>;

function request(tools: Settled, method: 'GET' | 'POST', endpoint: string, path: string): HttpRequest {
  return {
    method,
    url: `${host}/v2/${encodeURIComponent(endpoint)}/${path}`,
    headers: bearer(tools),
  };
}

async function submit(offered: readonly Recipe[], task: ImageTask, tools: ProviderTools): Promise<Submitted> {
  const chosen = readSettings(tools.settings);
  const policy = { executionTimeout: chosen.longest * 1000 };
  const { input, files } = await workerInput(
    offered,
    task,
    // The rest of the body is the policy and a few brackets.
    { files: chosen.files, linkNode: chosen.linkNode, mostBytes: mostPayload - 1000 },
    tools,
  );
  const answer = await tools.spend({
    ...request(tools, 'POST', chosen.endpoint, 'run'),
    json: { input, policy },
  });
  const { id } = readAnswer(acceptedSchema, answer, vendor, 'the order');
  const { endpoint, perSecond, longest } = chosen;
  const pictures = picturesAsked(task);
  const told = { endpoint, perSecond, longest, sentAt: tools.now(), files, pictures } satisfies Ticket;
  // What is left out of a missing part would be `undefined` otherwise, which is no JSON.
  const ticket = JSON.parse(JSON.stringify(told)) as JsonValue;
  return { state: 'accepted', job: { ...task.model, id, ticket } };
}

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const ticket = ticketSchema.parse(job.ticket);
  const path = `status/${encodeURIComponent(job.id)}`;
  const asked = await answered(tools.ask(request(tools, 'GET', ticket.endpoint, path)));
  if (!asked.ok) {
    // Only RunPod's own "no such job" is a verdict.
    if (asked.failure.code !== 'no-such-job') throw new FailureError(asked.failure);
    return { state: 'lost', failure: lost(asked.failure, tools.now() - ticket.sentAt) };
  }
  const said = jobs.read(jobSchema, asked.answer, job, ({ id }) => id);
  const cost = priceOf(said.executionTime, ticket);
  switch (said.status) {
    case 'IN_QUEUE':
      return { state: 'waiting', ...(await whyWaiting(ticket, tools)) };
    case 'IN_PROGRESS':
    case 'RUNNING': {
      // Newer workers tell ComfyUI's own steps.
      const progress = progressSchema.safeParse(said.output).data;
      return { state: 'running', ...(progress === undefined ? {} : { fraction: progress.percent / 100 }) };
    }
    case 'COMPLETED':
      return completed(job, said.output, cost, ticket);
    case 'FAILED':
      return failed(workerFailure(reasonOf(said.error, said.output), ticket.files), cost);
    case 'TIMED_OUT':
      return failed(timedOut(ticket.longest), cost);
    case 'CANCELLED':
      // One that no worker had taken cost nothing.
      return failed(
        userFailure('cancelled', 'The job was cancelled at RunPod.'),
        cost ?? (said.workerId ? undefined : { price: 0 }),
      );
    default:
      throw jobs.unreadable(asked.answer);
  }
}

/** US dollars for what the worker says it worked; nothing where it says nothing. */
function priceOf(executionTime: number | null | undefined, ticket: Ticket): { price: number } | undefined {
  if (typeof executionTime !== 'number') return undefined;
  return { price: Math.round((executionTime / 1000) * ticket.perSecond * 1e6) / 1e6 };
}

/** A failed job has cost what the worker worked at it; where that is not said, nobody knows. */
function failed(failure: Failure, cost: { price: number } | undefined): RemoteState {
  if (cost === undefined) return { state: 'failed', failure: { ...failure, charge: 'possible' } };
  return { state: 'failed', failure: { ...failure, charge: cost.price > 0 ? 'certain' : 'none' }, ...cost };
}

function completed(
  job: RemoteJob,
  output: unknown,
  cost: { price: number } | undefined,
  ticket: Ticket,
): RemoteState {
  const { pictures, problems } = readOutput(output);
  if (pictures.length === 0)
    return failed(
      problems === ''
        ? userFailure(
            'no-pictures',
            'The worker ended the job without a picture. A workflow must save it (SaveImage); a preview gives nothing.',
          )
        : workerFailure(problems, ticket.files),
      cost,
    );
  // Beside all that was asked for they are warnings.
  if (problems !== '' && pictures.length < ticket.pictures)
    pictures.push({ from: 'nowhere', failure: workerFailure(problems, ticket.files) });
  return { state: 'done', result: { pictures, vendorId: job.id, ...cost } };
}

function reasonOf(error: unknown, output: unknown): string {
  if (typeof error === 'string' && error !== '') {
    const { problems } = readOutput(output);
    return problems === '' || error.includes(problems) ? error : `${error}\n${problems}`;
  }
  if (error !== null && typeof error === 'object') return JSON.stringify(error);
  return readOutput(output).problems;
}

/** What the endpoint says of its workers; where it says nothing the job simply waits. */
async function whyWaiting(ticket: Ticket, tools: ProviderTools): Promise<{ words?: string }> {
  const asked = await answered(tools.ask(request(tools, 'GET', ticket.endpoint, 'health')));
  const health = asked.ok ? healthSchema.safeParse(asked.answer.json).data : undefined;
  return health === undefined ? {} : { words: queueWords(health) };
}

async function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  const { endpoint } = ticketSchema.parse(job.ticket);
  const path = `cancel/${encodeURIComponent(job.id)}`;
  await askToStop(tools.ask(request(tools, 'POST', endpoint, path)));
}

/** The health of the endpoint is told to who may use it; RunPod tells no balance there. */
async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const answer = await tools.ask(request(tools, 'GET', endpointOf(tools.settings), 'health'));
  return { note: workersWords(readAnswer(healthSchema, answer, vendor, 'the question for its health')) };
}

/** The provider over these recipes. */
function providerOf(offered: readonly Recipe[]): Provider {
  const settled = (given: Readonly<Record<string, string>>) => pricedByTime(offered, given);
  return {
    id: 'runpod-serverless',
    label: 'RunPod Serverless (your endpoint)',
    homepage: 'https://www.runpod.io/product/serverless',
    revision: 1,
    summary:
      'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN and recipes of your own on an endpoint of yours with worker-comfyui: many workers at once, paid by the second, none while nothing runs.',
    hosts: [host],
    secrets: [
      { name: 'key', label: 'API key', required: true, help: 'https://console.runpod.io/user/settings' },
    ],
    settings,
    ...settled(Object.fromEntries(settings.map(({ name, initial }) => [name, initial]))),
    withSettings: settled,
    machine: workerOf,
    ownModels: {
      folder: 'recipes',
      ending: recipeEnding,
      read(files) {
        const own = readOwnRecipes(files, new Set(offered.map(({ model }) => model.id)));
        // What is wrong with a file is told by the ComfyUI provider, which reads the same folder.
        return { provider: providerOf([...offered, ...own.recipes]), issues: [] };
      },
    },
    recovery: 'ticket',
    submit: (task, tools) => submit(offered, task, tools),
    check,
    cancel,
    checkKey,
    readError,
  };
}

export default providerOf(recipes);
