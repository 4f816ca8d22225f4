import { z } from 'zod';
import { FailureError } from '#core/failure';
import type { JsonObject } from '#core/json';
import { trainedBase } from '#core/plan/check-training';
import type { ProviderTools, Submitted } from '#core/provider';
import type { TrainLoraTask } from '#core/task';
import { bucketOf, bucketsOf, captionsOf } from '#core/training';
import type { ImageRef } from '#core/values';
import { recipeClasses } from './comfyui-classes';
import { fitRecipe, uploadRequest } from './comfyui-client';
import { completeGraph, type NodeClasses, type RecipeGraph } from './comfyui-graph';
import { prefixesIn, type Ticket } from './comfyui-results';
import { isBeside, lossGraph, sampleGraph } from './comfyui-samples';
import { postPrompt, seedOf } from './comfyui-submit';
import { samplesOf, type TrainingTicket } from './comfyui-training-end';
import type { Recipe } from './recipes/recipe';

/** Training on a ComfyUI by its own nodes: the pictures there, and the prompt. */

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
  const seed = task.seed ?? seedOf(requestId);
  const training = recipe.train(task, {
    folder,
    sizes: bucketsOf(task.images, task.resolution).length,
    seed,
    prefix: `loras/${slugOf(task.trigger)}-${requestId}`,
  });
  const sampling = sampleGraph(recipe, task, training, { seed, prefix: `seedloom/${samplesOf(requestId)}` });
  // What the server lacks is found before a picture is uploaded.
  const classes = await recipeClasses({ ...training, ...lossGraph, ...sampling }, tools);
  let prompt = fitRecipe(training, classes, tools);
  prompt = withBeside(prompt, { ...training, ...lossGraph }, classes) ?? prompt;
  const sampled =
    task.samples === undefined ? undefined : withBeside(prompt, { ...training, ...sampling }, classes);
  prompt = sampled ?? prompt;
  await uploadSet(task, folder, tools);
  const { trigger, steps, rank, images } = task;
  const asked = task.samples?.count;
  const lacking = Object.values(sampling).find(({ nodeClass }) => !classes.has(nodeClass));
  const ticket = {
    training: {
      base: trainedBase(recipe.model),
      trigger,
      steps,
      rank,
      pictures: images.length,
    },
    prefixes: prefixesIn(prompt),
    steps: stepsIn(prompt),
    ...(asked === undefined ? {} : { pictures: asked }),
    ...(asked === undefined || sampled !== undefined ? {} : { unsampled: lacking?.nodeClass ?? '' }),
  } satisfies TrainingTicket & Omit<Ticket, 'samplers'>;
  return postPrompt(prompt, task.model, tools, ticket, isBeside);
}

/** A prompt with nodes that the LoRA does not need, where this server takes them. */
function withBeside(prompt: JsonObject, graph: RecipeGraph, classes: NodeClasses): JsonObject | undefined {
  try {
    const completed = completeGraph(graph, classes);
    return completed.ok ? { ...prompt, ...completed.prompt } : undefined;
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

/** Of the nodes that tell their progress. */
function stepsIn(prompt: JsonObject): Record<string, number> {
  const stepped = z.object({
    class_type: z.enum(['TrainLoraNode', 'KSampler']),
    inputs: z.object({ steps: z.number() }),
  });
  return Object.fromEntries(
    Object.entries(prompt).flatMap(([id, node]) => {
      const steps = stepped.safeParse(node).data?.inputs.steps;
      return steps === undefined ? [] : [[id, steps]];
    }),
  );
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
