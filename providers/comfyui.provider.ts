import { z } from 'zod';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { KeyReport } from '#core/key-check';
import type { FreeTools, Provider, ProviderTools, RemoteJob, RemoteState } from '#core/provider';
import type { MachineSpec } from '#core/route-economics';
import { addressOf, comfyui, comfyuiError, getRequest, postRequest } from './kit/comfyui-client';
import { comfyuiLoras } from './kit/comfyui-loras';
import { lossNode } from './kit/comfyui-samples';
import { forgottenJob, savedPicture, ticketSchema } from './kit/comfyui-results';
import { serverVersion } from './kit/comfyui-server';
import { followJob } from './kit/comfyui-socket';
import { submitRecipe } from './kit/comfyui-submit';
import { JobAnswers } from './kit/job-answers';
import { submitTraining } from './kit/comfyui-training';
import { trainingEnd } from './kit/comfyui-training-end';
import { recipes } from './kit/recipes/catalogue';
import { readOwnRecipes, recipeEnding } from './kit/recipes/own-recipe';
import type { Recipe } from './kit/recipes/recipe';
import { answered, readAnswer, words } from './kit/vendor-answer';

/**
 * Any ComfyUI: on this computer, or on a RunPod pod (`https://{podId}-8188.proxy.runpod.net`). We choose the prompt's id, so
 * a job can always be asked for, also when the answer to its submit never came. Sources: ComfyUI 0.8 `server.py`,
 * `execution.py`; its queue and history live in memory only, so a job that is in neither is lost, never done.
 */
const jobs = new JobAnswers(comfyui, 'job');
const imageSchema = z.object({ filename: z.string(), subfolder: words, type: z.string() });
const outputsSchema = z.record(
  z.string(),
  z
    .object({ images: z.array(imageSchema).nullish().catch(null), text: z.unknown().optional() })
    .catch({ images: [], text: undefined }),
);
type Shown = z.infer<typeof outputsSchema>;
const errorSchema = z.object({ exception_message: words, exception_type: words, node_type: words });
const statusSchema = z.object({
  status_str: words,
  messages: z
    .array(z.tuple([z.string(), z.unknown()]).rest(z.unknown()))
    .nullish()
    .catch(null),
});
const jobSchema = z.object({
  id: words,
  status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled']),
  outputs: outputsSchema.nullish(),
  execution_error: errorSchema.nullish().catch(null),
  execution_status: statusSchema.nullish().catch(null),
});
const queueItem = z.tuple([z.unknown(), z.coerce.string()]).rest(z.unknown());
const queueSchema = z.object({ queue_running: z.array(queueItem), queue_pending: z.array(queueItem) });
const historySchema = z.record(
  z.string(),
  z.object({ outputs: outputsSchema.nullish(), status: statusSchema.extend({ status_str: z.string() }) }),
);

async function check(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const { state, shown } = await checkJob(job, tools);
  return trainingEnd(job, state, shown?.[lossNode]?.text, tools);
}

/** `shown`: of a job that ended, what its nodes gave to see. */
interface Seen {
  state: RemoteState;
  shown?: Shown;
}

async function checkJob(job: RemoteJob, tools: ProviderTools): Promise<Seen> {
  const asked = await answered(tools.ask(getRequest(tools, `/api/jobs/${encodeURIComponent(job.id)}`)));
  if (!asked.ok && asked.failure.code !== 'not-found') throw new FailureError(asked.failure);
  const known = asked.ok ? jobSchema.safeParse(asked.answer.json).data : undefined;
  if (asked.ok) jobs.expectSame(known?.id, job, asked.answer);
  if (known?.status === 'pending') return { state: { state: 'waiting' } };
  if (known?.status === 'in_progress') return { state: { state: 'running' } };
  // Of the jobs that ended only those with their outputs are enough; older servers have no such route at all.
  if (known?.outputs)
    return ended(job, known.status, known.outputs, known.execution_status, known.execution_error, tools);
  return checkQueue(job, tools);
}

/** Queue first, history second: a job on its way from one to the other is seen by one of them. */
async function checkQueue(job: RemoteJob, tools: ProviderTools): Promise<Seen> {
  const queued = await tools.ask(getRequest(tools, '/queue'));
  const queue = readAnswer(queueSchema, queued, comfyui, 'the question for its queue');
  if (queue.queue_running.some(([, id]) => id === job.id)) return { state: { state: 'running' } };
  const place = queue.queue_pending.findIndex(([, id]) => id === job.id);
  if (place >= 0) return { state: { state: 'waiting' } };
  const remembered = await tools.ask(getRequest(tools, `/history/${encodeURIComponent(job.id)}`));
  const history = readAnswer(historySchema, remembered, comfyui, 'the question for a job');
  const entry = history[job.id];
  if (entry === undefined) {
    // A job that it does not know has an empty history.
    if (Object.keys(history).length > 0) throw jobs.unreadable(remembered, ' (it spoke of another one)');
    return { state: await forgottenJob(job, tools) };
  }
  const status = entry.status.status_str === 'success' ? 'completed' : 'failed';
  return ended(job, status, entry.outputs ?? {}, entry.status, undefined, tools);
}

function ended(
  job: RemoteJob,
  status: z.infer<typeof jobSchema>['status'],
  shown: Shown,
  told: z.infer<typeof statusSchema> | null | undefined,
  error: z.infer<typeof errorSchema> | null | undefined,
  tools: ProviderTools,
): Seen {
  const messages = told?.messages ?? [];
  const said = (type: string) => messages.find(([name]) => name === type)?.[1];
  if (status === 'cancelled' || said('execution_interrupted') !== undefined)
    return {
      state: { state: 'failed', failure: userFailure('cancelled', 'The job was cancelled on ComfyUI.') },
      shown,
    };
  const pictures = Object.entries(shown)
    .sort(([left], [right]) => left.localeCompare(right, 'en', { numeric: true }))
    .flatMap(([, { images }]) => images ?? [])
    .filter(({ type }) => type === 'output')
    .map(({ filename, subfolder, type }) =>
      savedPicture({ filename, subfolder: subfolder ?? '', type }, job, tools),
    );
  if (status === 'completed' && pictures.length > 0)
    return { state: { state: 'done', result: { pictures } }, shown };
  const failure = executionFailure(error ?? errorSchema.safeParse(said('execution_error')).data);
  // What was finished before the failure is there and is worth having.
  if (pictures.length > 0)
    return {
      state: { state: 'done', result: { pictures: [...pictures, { from: 'nowhere', failure }] } },
      shown,
    };
  return { state: { state: 'failed', failure }, shown };
}

/** In the words of CUDA, ROCm, Apple's and the processor's own memory; "Allocation on device" is ComfyUI's since 0.3. */
const outOfMemory = /out ?of ?memory|allocation on device|not enough memory/i;

function executionFailure(error: z.infer<typeof errorSchema> | undefined): Failure {
  if (error === undefined)
    return userFailure('no-pictures', 'ComfyUI ended the job without a picture. Look at its log.');
  const { exception_type: type, exception_message: message, node_type: node } = error;
  const detail = [node, type, message].filter(Boolean).join(': ');
  return outOfMemory.test(`${type ?? ''} ${message ?? ''}`)
    ? userFailure(
        'out-of-memory',
        "The GPU's memory is full. Choose a smaller size, fewer pictures or a smaller model.",
        detail,
      )
    : userFailure(
        'job-failed',
        `ComfyUI failed at ${node ?? 'a node'}: ${(message ?? 'no reason given').trim()}`,
        detail,
      );
}

/** A waiting job is taken out of the queue, a running one interrupted; neither touches anybody else's. */
async function cancel(job: RemoteJob, tools: ProviderTools): Promise<void> {
  await tools.ask(postRequest(tools, '/queue', { delete: [job.id] }));
  await tools.ask(postRequest(tools, '/interrupt', { prompt_id: job.id }));
}

/** ComfyUI asks for no key: this tells whether it, and a gateway before it, can be reached. */
async function checkKey(tools: FreeTools): Promise<KeyReport> {
  const version = await serverVersion(tools);
  return { note: version === undefined ? 'ComfyUI answers.' : `ComfyUI ${version} answers.` };
}

/** This computer's time costs nothing unless the person says so. */
function machineOf(settings: Readonly<Record<string, string>>): MachineSpec {
  const address = addressOf({ settings });
  const text = (settings['perHour'] ?? '').trim();
  const said = Number(text);
  const isSaid = text !== '' && Number.isFinite(said) && said >= 0;
  const isHere = /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/i.test(address);
  const perHour = isSaid ? { perHour: said } : isHere ? { perHour: 0 } : {};
  return { paidBy: 'hour', address, ...perHour };
}

/** The provider over these recipes. */
function providerOf(offered: readonly Recipe[]): Provider {
  return {
    id: 'comfyui',
    label: 'ComfyUI (your GPU)',
    homepage: 'https://github.com/comfyanonymous/ComfyUI',
    revision: 1,
    summary:
      'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN and recipes of your own on your ComfyUI: this computer, or a pod by its address.',
    hosts: [],
    secrets: [
      {
        name: 'key',
        label: 'Key or password',
        required: false,
        help: 'Only for a gateway before ComfyUI: its token, or "name:password".',
      },
    ],
    settings: [
      {
        name: 'baseUrl',
        label: 'Address',
        initial: 'http://127.0.0.1:8188',
        hint: 'On RunPod: https://{podId}-8188.proxy.runpod.net',
      },
      {
        name: 'perHour',
        label: 'Price of the computer, $ an hour',
        initial: '',
        hint: 'To compare routes by. 0 for your own. What a pod of yours costs is known.',
      },
    ],
    onPods: true,
    limits: { together: 2 },
    machine: machineOf,
    models: offered.map(({ model }) => model),
    ownModels: {
      folder: 'recipes',
      ending: recipeEnding,
      read(files) {
        const own = readOwnRecipes(files, new Set(offered.map(({ model }) => model.id)));
        return { provider: providerOf([...offered, ...own.recipes]), issues: own.issues };
      },
    },
    loras: comfyuiLoras,
    recovery: 'own-id',
    submit: (task, tools) => submitRecipe(offered, task, tools),
    train: (task, tools) => submitTraining(offered, task, tools),
    check,
    cancel,
    watch: (job, tools, watch) =>
      followJob(job, ticketSchema.safeParse(job.ticket).data ?? { samplers: 1 }, tools, watch),
    checkKey,
    readError: comfyuiError,
  };
}

export default providerOf(recipes);
