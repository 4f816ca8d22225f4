import { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/json';
import type { HttpRequest, ProviderTools, RemoteJob, Submitted } from '#core/provider';
import { picturesAsked, type ImageTask, type ModelRef } from '#core/task';
import type { ImageRef } from '#core/values';
import { recipeClasses } from './comfyui-classes';
import { comfyui, fitRecipe, nodeErrorsSchema, postRequest, promptRefused } from './comfyui-client';
import { bringLoras } from './comfyui-bring-loras';
import { prefixesIn, type Ticket } from './comfyui-results';
import { uploadPicture } from './comfyui-upload';
import { exactJson } from './exact-json';
import type { Recipe } from './recipes/recipe';
import { answered, readAnswer } from './vendor-answer';

const submittedSchema = z.object({ node_errors: nodeErrorsSchema.nullish() });

const samplerClasses = /^((KSampler|SamplerCustom)(Advanced)?|TrainLoraNode)$/;

/** A seed for a task without one: a new picture with every attempt, the same when the attempt is looked at again. */
export function seedOf(requestId: string): number {
  let hash = 0n;
  for (const character of requestId)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % (1n << 53n);
  return Number(hash);
}

/** The pictures of a task. */
export interface Pictures {
  images: readonly ImageRef[];
  mask: ImageRef | undefined;
}

export function picturesOf(task: ImageTask): Pictures {
  if (task.kind === 'generate') return { images: [], mask: undefined };
  if (task.kind === 'upscale') return { images: [task.image], mask: undefined };
  return { images: task.images, mask: task.mask };
}

/** Makes a task into a prompt by its recipe, puts its pictures on the server and posts it under our own id. */
export async function submitRecipe(
  recipes: readonly Recipe[],
  task: ImageTask,
  tools: ProviderTools,
): Promise<Submitted> {
  const recipe = recipes.find(({ model }) => model.id === task.model.model);
  if (recipe === undefined) throw new Error(`there is no recipe ${task.model.model}`);
  const { requestId } = tools;
  const pictures = picturesOf(task);
  const seed = ('seed' in task ? task.seed : undefined) ?? seedOf(requestId);
  const build = (images: readonly string[], mask: string) =>
    recipe.build(task, {
      images,
      ...(pictures.mask === undefined ? {} : { mask }),
      seed,
      prefix: `seedloom/${requestId}`,
    });
  // What the server lacks is found before a picture or a LoRA is uploaded.
  const draft = build(
    pictures.images.map(() => ''),
    '',
  );
  const loras = 'loras' in task ? task.loras : [];
  const classes = await bringLoras(draft, loras, await recipeClasses(draft, tools), tools);
  fitRecipe(draft, classes, tools);
  const { images, mask } = await uploaded(pictures, tools);
  const prompt = fitRecipe(build(images, mask), classes, tools);
  const ticket = { prefixes: prefixesIn(prompt), pictures: picturesAsked(task) } satisfies Omit<
    Ticket,
    'samplers'
  >;
  return postPrompt(prompt, task.model, tools, ticket);
}

/**
 * Posts a prompt under our own id. `ticket`: what `check` has to know besides how many of its nodes tell their progress. A node that
 * `isBeside` may be refused: the others are run without it.
 */
export async function postPrompt(
  prompt: JsonObject,
  { provider: id, model }: ModelRef,
  tools: ProviderTools,
  ticket: Record<string, JsonValue>,
  isBeside: (node: string) => boolean = () => false,
): Promise<Submitted> {
  const { requestId } = tools;
  const answer = await tools.spend(
    promptRequest(tools, {
      prompt,
      prompt_id: requestId,
      client_id: requestId,
      // The server's own default is no previews.
      extra_data: { preview_method: 'auto' },
    }),
  );
  const { node_errors: nodeErrors } = readAnswer(submittedSchema, answer, comfyui, 'the prompt');
  const samplers = Math.max(1, samplersIn(prompt));
  const job: RemoteJob = { provider: id, model, id: requestId, ticket: { samplers, ...ticket } };
  if (nodeErrors && !Object.keys(nodeErrors).every(isBeside)) {
    // Taken, but some of its pictures will not be made: a picture less than asked for is not what was asked for.
    await answered(tools.ask(postRequest(tools, '/queue', { delete: [requestId] })));
    await answered(tools.ask(postRequest(tools, '/interrupt', { prompt_id: requestId })));
    return { state: 'done', result: { pictures: [{ from: 'nowhere', failure: promptRefused(nodeErrors) }] } };
  }
  return { state: 'accepted', job };
}

function promptRequest(tools: ProviderTools, body: JsonObject): HttpRequest {
  const { json, ...request } = postRequest(tools, '/prompt', body);
  const exact = exactJson(body);
  if (exact === JSON.stringify(json)) return { ...request, json: body };
  return { ...request, bytes: { data: new TextEncoder().encode(exact), type: 'application/json' } };
}

function samplersIn(prompt: JsonObject): number {
  const classOf = (node: unknown) => (node as { class_type: string }).class_type;
  return Object.values(prompt).filter((node) => samplerClasses.test(classOf(node))).length;
}

/** The values for `LoadImage.image`; a picture that comes twice is sent once. */
async function uploaded(
  { images, mask }: Pictures,
  tools: ProviderTools,
): Promise<{ images: string[]; mask: string }> {
  const sent = new Map<string, Promise<string>>();
  const send = (image: ImageRef, place: number) => {
    const before = sent.get(image.hash) ?? uploadPicture(image, place, tools);
    sent.set(image.hash, before);
    return before;
  };
  const values = await Promise.all(images.map((image, index) => send(image, index + 1)));
  return { images: values, mask: mask === undefined ? '' : await send(mask, images.length + 1) };
}
