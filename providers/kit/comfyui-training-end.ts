import { z } from 'zod';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { ProviderTools, RemoteJob, RemotePicture, RemoteState } from '#core/provider';
import { trainedSchema, type Trained } from '#core/values';
import { comfyui, getRequest, viewRequest } from './comfyui-client';
import { baseName } from './comfyui-inputs';
import { isNoFile } from './comfyui-results';
import { lossIn } from './training-loss';
import { answered, readAnswer } from './vendor-answer';

/** What comes of a training on a ComfyUI: its file, its losses and its samples. */

/** Milliseconds for the whole file. */
const downloadPatience = 900_000;
const listSchema = z.array(z.string());
const trainingTicket = z.object({
  training: trainedSchema,
  /** How many samples are asked for. */
  pictures: z.number().int().min(1).optional(),
  /** None is made: the server lacks this node, or (empty) something else. */
  unsampled: z.string().optional(),
});
export type TrainingTicket = z.infer<typeof trainingTicket>;

/** What its samples are called. */
export function samplesOf(requestId: string): string {
  return `${requestId}-sample`;
}

/**
 * The LoRA of a training: the node that saves it tells nothing, so it is found among the server's LoRAs by the id of the
 * attempt, which is part of its name. `undefined` for a job that has none.
 */
async function trainedLora(
  job: RemoteJob,
  trained: Trained | undefined,
  tools: ProviderTools,
): Promise<RemotePicture | undefined> {
  const asked = await answered(tools.ask(getRequest(tools, '/models/loras')));
  const isListed = asked.ok
    ? listSchema.safeParse(asked.answer.json).success
    : !isNoFile.has(asked.failure.code);
  // A server without such a list, of a job that most likely is no training.
  if (trained === undefined && !isListed) return undefined;
  if (!asked.ok) throw new FailureError(asked.failure);
  const listed = readAnswer(listSchema, asked.answer, comfyui, 'the question for its LoRAs');
  const name = listed.map(baseName).find((file) => file.includes(`-${job.id}_`));
  if (name === undefined) return undefined;
  const request = viewRequest(tools, { filename: name, subfolder: 'loras', type: 'output' });
  return {
    from: 'training',
    lora: { name, ...(trained === undefined ? {} : { trained }) },
    file: { ...request, timeout: downloadPatience },
  };
}

const lostWords =
  'What was trained until then is lost: ComfyUI writes a LoRA only when its training is over, so it begins again.';

type Ended = Exclude<RemoteState, { state: 'waiting' | 'running' }>;

function isEnded(state: RemoteState): state is Ended {
  return state.state !== 'waiting' && state.state !== 'running';
}

/**
 * How a training ended. Its file is written as soon as it is trained: whatever went wrong after that, or when the server has
 * forgotten the job, the LoRA is the result, and it is said which samples are missing and why. `loss` is what the server shows
 * of the losses. Any other job stays as it is.
 */
export async function trainingEnd(
  job: RemoteJob,
  state: RemoteState,
  loss: unknown,
  tools: ProviderTools,
): Promise<RemoteState> {
  if (!isEnded(state)) return state;
  const ticket = trainingTicket.safeParse(job.ticket).data;
  if (ticket === undefined && !mayBeTraining(job, state)) return state;
  const curve = lossIn(textOf(loss));
  const trained = ticket && { ...ticket.training, ...(curve === undefined ? {} : { loss: curve }) };
  const lora = await trainedLora(job, trained, tools);
  if (lora === undefined) {
    if (ticket === undefined) return state;
    return state.state === 'done'
      ? { state: 'failed', failure: noLora }
      : { ...state, failure: trainingFailure(state.failure) };
  }
  const samples = samplesIn(state);
  const why = ticket?.unsampled === undefined ? failureIn(state) : lackingFailure(ticket.unsampled);
  const missing = Math.max(0, (ticket?.pictures ?? 0) - samples.length);
  const pictures: RemotePicture[] = [lora, ...samples];
  for (let place = 0; place < missing; place += 1) pictures.push({ from: 'nowhere', failure: noSample(why) });
  return { state: 'done', result: { pictures } };
}

/** Without a ticket, the answer to its submit never came, a job can be either. */
function mayBeTraining(job: RemoteJob, state: Ended): boolean {
  if (job.ticket !== null || state.state === 'lost') return false;
  const name = `${samplesOf(job.id)}_`;
  return state.state === 'failed' || samplesIn(state).some(({ request }) => request.url.includes(name));
}

function samplesIn(state: Ended): Extract<RemotePicture, { from: 'url' }>[] {
  return state.state === 'done' ? state.result.pictures.filter((picture) => picture.from === 'url') : [];
}

function failureIn(state: Ended): Failure | undefined {
  if (state.state !== 'done') return state.failure;
  return state.result.pictures.flatMap((picture) => (picture.from === 'nowhere' ? [picture.failure] : []))[0];
}

/** `PreviewAny` shows a list of one text. */
function textOf(shown: unknown): string {
  return [shown]
    .flat(2)
    .filter((each) => typeof each === 'string')
    .join('\n');
}

const noLora: Failure = userFailure(
  'no-lora',
  'ComfyUI ended the training, and there is no file of it among its LoRAs. Look at its log and in its folder output/loras.',
);

function lackingFailure(nodeClass: string): Failure {
  const lacking = nodeClass === '' ? 'what makes them' : `the node ${nodeClass}`;
  return userFailure('comfyui-lacks', `this ComfyUI lacks ${lacking}. Update it.`);
}

/** In place of a sample, beside a LoRA that is there. */
function noSample(why: Failure | undefined): Failure {
  return userFailure(
    'no-sample',
    `The LoRA is trained and here, but not this sample of it: ${sampleWords(why)}`,
    why?.detail,
  );
}

function sampleWords(why: Failure | undefined): string {
  switch (why?.code) {
    case undefined:
    case 'no-pictures':
      return 'ComfyUI made none and does not say why.';
    case 'out-of-memory':
      return "the GPU's memory was full. Make pictures with the LoRA by the next node instead.";
    case 'cancelled':
      return 'the job was stopped on ComfyUI when the LoRA was saved.';
    case 'lost':
      return 'ComfyUI was restarted, or ran out of memory, when the LoRA was saved.';
    default:
      return why!.message;
  }
}

function trainingFailure(failure: Failure): Failure {
  switch (failure.code) {
    case 'out-of-memory':
      return {
        ...failure,
        message: `The GPU's memory is full. Train at a lower resolution or rank, or on a GPU with more memory. ${lostWords}`,
      };
    case 'no-pictures':
      return noLora;
    case 'cancelled':
      return { ...failure, message: `The training was interrupted on ComfyUI. ${lostWords}` };
    case 'lost':
      return {
        ...failure,
        message: `ComfyUI does not know this training: it was restarted, ran out of memory, or the job was deleted there. ${lostWords}`,
      };
    default:
      return { ...failure, message: `${failure.message} ${lostWords}` };
  }
}
