import { z } from 'zod';
import type { Failure } from '#core/failure';
import { trainedBase } from '#core/plan/check-training';
import type { ProviderTools, RemoteJob, RemotePicture, RemoteState, Submitted } from '#core/provider';
import type { TrainLoraTask } from '#core/task';
import { bucketOf, bucketsOf, captionsOf } from '#core/training';
import { trainedSchema, type ImageRef, type Trained } from '#core/values';
import { recipeClasses } from './comfyui-classes';
import { comfyui, fitRecipe, getRequest, uploadRequest, viewRequest } from './comfyui-client';
import { baseName } from './comfyui-inputs';
import { postPrompt, seedOf } from './comfyui-submit';
import type { Recipe } from './recipes/recipe';
import { readAnswer } from './vendor-answer';

/** Training on a ComfyUI by its own nodes: the pictures there, the prompt, and the file that comes of it. */

/** Milliseconds for the whole file. */
const downloadPatience = 900_000;
const trainingTicket = z.object({ training: trainedSchema });

function isTraining({ ticket }: RemoteJob): boolean {
  return trainingTicket.safeParse(ticket).success;
}

/** Puts the pictures, cropped, and their captions into a folder of this attempt and posts the training under our own id. */
export async function submitTraining(
  recipes: readonly Recipe[],
  task: TrainLoraTask,
  tools: ProviderTools,
): Promise<Submitted> {
  const recipe = recipes.find(({ model }) => model.id === task.model.model);
  if (recipe?.train === undefined) throw new Error(`${task.model.model} does not train`);
  const { requestId } = tools;
  const folder = `seedloom-${requestId}`;
  const graph = recipe.train(task, {
    folder,
    sizes: bucketsOf(task.images, task.resolution).length,
    seed: task.seed ?? seedOf(requestId),
    prefix: `loras/${slugOf(task.trigger)}-${requestId}`,
  });
  // What the server lacks is found before a picture is uploaded.
  const prompt = fitRecipe(graph, await recipeClasses(graph, tools), tools);
  await uploadSet(task, folder, tools);
  const { trigger, steps, rank, images } = task;
  const training: Trained = {
    base: trainedBase(recipe.model),
    trigger,
    steps,
    rank,
    pictures: images.length,
  };
  return postPrompt(prompt, task.model, tools, { training: { ...training } });
}

/** For a file's name: `ohwx-woman`. */
function slugOf(trigger: string): string {
  const slug = trigger
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  return slug === '' ? 'lora' : slug;
}

/** `0001.png` with `0001.txt` beside it, and so on. */
async function uploadSet(task: TrainLoraTask, subfolder: string, tools: ProviderTools): Promise<void> {
  const captions = captionsOf(task);
  const send = (name: string, data: Uint8Array, type: string) =>
    tools.ask(uploadRequest(tools, { name, data, type }, { type: 'input', subfolder }));
  for (const [place, image] of task.images.entries()) {
    const name = String(place + 1).padStart(4, '0');
    const cropped = await croppedPicture(image, task.resolution, tools);
    await send(`${name}.png`, await tools.pictures.read(cropped), 'image/png');
    const caption = captions[place] ?? '';
    // A picture without a text file has an empty caption.
    if (caption !== '') await send(`${name}.txt`, new TextEncoder().encode(caption), 'text/plain');
  }
}

/** What is transparent becomes white: ComfyUI would show whatever colour lies under it. */
function croppedPicture(image: ImageRef, resolution: number, tools: ProviderTools): Promise<ImageRef> {
  const size = bucketOf(image, resolution);
  return tools.pictures.compose({
    ...size,
    background: '#ffffff',
    layers: [{ kind: 'image', image, left: 0, top: 0, ...size, fit: 'cover' }],
    format: 'png',
  });
}

/**
 * The LoRA of a training that ended well: the node that saves it tells nothing, so it is found among the server's LoRAs by the
 * id of the attempt, which is part of its name. `undefined` for a job that has none.
 */
export async function trainedLora(job: RemoteJob, tools: ProviderTools): Promise<RemotePicture | undefined> {
  // Without a ticket, the answer to its submit never came, it can be either.
  if (job.ticket !== null && !isTraining(job)) return undefined;
  const answer = await tools.ask(getRequest(tools, '/models/loras'));
  const listed = readAnswer(z.array(z.string()), answer, comfyui, 'the question for its LoRAs');
  const name = listed.map(baseName).find((file) => file.includes(`-${job.id}_`));
  if (name === undefined) return undefined;
  const request = viewRequest(tools, { filename: name, subfolder: 'loras', type: 'output' });
  const ticket = trainingTicket.safeParse(job.ticket).data;
  return {
    from: 'training',
    lora: { name, ...(ticket === undefined ? {} : { trained: ticket.training }) },
    file: { ...request, timeout: downloadPatience },
  };
}

const lostWords =
  'What was trained until then is lost: ComfyUI writes a LoRA only when its training is over, so it begins again.';

/**
 * How a training ended. A server that has forgotten it may have its file all the same; what went wrong is told with what became
 * of the training.
 */
export async function trainingEnd(
  job: RemoteJob,
  state: RemoteState,
  tools: ProviderTools,
): Promise<RemoteState> {
  if (!isTraining(job) || (state.state !== 'failed' && state.state !== 'lost')) return state;
  const saved = state.state === 'lost' ? await trainedLora(job, tools) : undefined;
  if (saved !== undefined) return { state: 'done', result: { pictures: [saved] } };
  return { ...state, failure: trainingFailure(state.failure) };
}

function trainingFailure(failure: Failure): Failure {
  switch (failure.code) {
    case 'out-of-memory':
      return {
        ...failure,
        message: `The GPU's memory is full. Train at a lower resolution or rank, or on a GPU with more memory. ${lostWords}`,
      };
    case 'no-pictures':
      return {
        ...failure,
        code: 'no-lora',
        message:
          'ComfyUI ended the training, and there is no file of it among its LoRAs. Look at its log and in its folder output/loras.',
      };
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
