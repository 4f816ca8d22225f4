import { z } from 'zod';
import { FailureError, userFailure, type Failure } from '#core/failure';
import { canonicalJson } from '#core/json';
import type { Layer, PictureTools } from '#core/pictures';
import type {
  ModelSpec,
  Provider,
  ProviderTools,
  RemotePicture,
  RemoteResult,
  Submitted,
} from '#core/provider';
import {
  imageTaskSchema,
  picturesAsked,
  trainLoraTaskSchema,
  type Task,
  type TaskOf,
  type TrainLoraTask,
} from '#core/task';
import type { ImageRef } from '#core/values';
import { artFor, tideFor, washFor } from './kit/sandbox-art';
import {
  baseBadge,
  captionLayers,
  filmstripLayers,
  layoutFor,
  sandboxMark,
  type Layout,
} from './kit/sandbox-caption';
import { drawInpainted } from './kit/sandbox-inpaint';
import { rehearsedLora } from './kit/sandbox-lora';
import {
  cutFailure,
  faultFailure,
  missingPicture,
  rehearsalModels,
  rehearsedDelay,
  rehearsedFault,
} from './kit/sandbox-rehearsal';

type Made = TaskOf<'generate'> | TaskOf<'edit'>;

const mostPixels = 64_000_000;
const defaultStrength = 0.6;

/** What a slow picture is remembered by: enough to draw it after a restart. */
const ticketSchema = z.object({
  readyAt: z.number(),
  delay: z.number(),
  task: z.union([imageTaskSchema, trainLoraTaskSchema]),
});

/** In order: what there is no room for is cut from the end. */
function factsOf(task: Made, index: number): string[] {
  const facts = [`${task.size.width} × ${task.size.height}`];
  if (task.seed !== undefined) facts.push(`seed ${task.seed}`);
  if (task.count > 1) facts.push(`${index + 1} of ${task.count}`);
  if (task.kind === 'edit') {
    const { length } = task.images;
    facts.push(length === 1 ? '1 picture' : `${length} pictures`);
    if (task.strength !== undefined) facts.push(`strength ${task.strength}`);
  }
  facts.push(`${task.model.provider}/${task.model.model}`);
  for (const { name, strength, trained } of task.loras)
    facts.push(`LoRA ${trained?.trigger || name} ×${strength}`);
  return facts;
}

/** Everything of the task that would make another picture with a real model. */
function variationOf(task: Made, index: number): string {
  const { model: _model, count: _count, size: _size, ...rest } = task;
  return canonicalJson({ ...rest, index });
}

function editLayers(
  task: TaskOf<'edit'>,
  motif: { prompt: string; variation: string },
  layout: Layout,
): Layer[] {
  const [base, ...others] = task.images;
  if (base === undefined) return [];
  const { width, height, artHeight } = layout;
  const strength = task.strength ?? defaultStrength;
  const thumbnails = others.map((image, index) => ({ image, label: String(index + 2) }));
  const opacity = 1 - 0.6 * strength;
  return [
    { kind: 'svg', svg: washFor(motif, layout) },
    { kind: 'image', image: base, left: 0, top: 0, width, height, fit: 'cover', opacity },
    { kind: 'svg', svg: tideFor(motif, layout, strength) },
    ...(artHeight < height ? [...filmstripLayers(layout, thumbnails), ...baseBadge(layout)] : []),
  ];
}

function drawMade(task: Made, index: number, pictures: PictureTools): Promise<ImageRef> {
  const layout = layoutFor(task.size, factsOf(task, index));
  const motif = { prompt: task.prompt, variation: variationOf(task, index) };
  if (task.kind === 'edit' && task.mask !== undefined)
    return drawInpainted({ ...task, mask: task.mask }, motif, pictures);
  const art: Layer[] =
    task.kind === 'edit' ? editLayers(task, motif, layout) : [{ kind: 'svg', svg: artFor(motif, layout) }];
  return pictures.compose({
    ...task.size,
    background: '#000000',
    layers: [...art, ...captionLayers(layout, task.prompt)],
    description: `Seedloom sandbox picture, not made by a model. Prompt: ${task.prompt}`,
  });
}

function drawUpscaled({ image, factor }: TaskOf<'upscale'>, pictures: PictureTools): Promise<ImageRef> {
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  return pictures.compose({
    width,
    height,
    background: null,
    layers: [
      { kind: 'image', image, left: 0, top: 0, width, height, fit: 'fill' },
      ...sandboxMark(layoutFor({ width, height }, []), '', ` ×${factor}`),
    ],
    description: `Seedloom sandbox picture, not made by a model: enlarged ${factor} times with Lanczos.`,
  });
}

/** The LoRA, and its samples as the sandbox draws a picture with it. */
async function drawTraining(task: TrainLoraTask, tools: ProviderTools): Promise<RemotePicture[]> {
  const trained = rehearsedLora(task);
  const { samples, resolution, model, seed, variation } = task;
  const pictures: RemotePicture[] = [trained];
  if (samples === undefined) return pictures;
  const sample: TaskOf<'generate'> = {
    kind: 'generate',
    model,
    prompt: samples.prompt,
    count: samples.count,
    size: { width: resolution, height: resolution },
    loras: [{ ...trained.lora, strength: 1 }],
    ...(seed === undefined ? {} : { seed }),
    ...(variation === undefined ? {} : { variation }),
  };
  for (let place = 0; place < samples.count; place += 1)
    pictures.push({ from: 'store', image: await drawMade(sample, place, tools.pictures) });
  return pictures;
}

async function draw(task: Task, tools: ProviderTools): Promise<RemoteResult> {
  const result = await drawWhole(task, tools);
  const { pictures } = result;
  if (rehearsedFault(task) !== 'missing' || pictures.length < 2) return result;
  return { ...result, pictures: [...pictures.slice(0, -1), { from: 'nowhere', failure: missingPicture }] };
}

async function drawWhole(task: Task, tools: ProviderTools): Promise<RemoteResult> {
  if (task.kind === 'train-lora') return { pictures: await drawTraining(task, tools), price: 0 };
  const pictures: RemoteResult['pictures'] = [];
  for (let index = 0; index < picturesAsked(task); index += 1) {
    const image =
      task.kind === 'upscale'
        ? await drawUpscaled(task, tools.pictures)
        : await drawMade(task, index, tools.pictures);
    pictures.push({ from: 'store', image });
  }
  return { pictures, price: 0 };
}

function delayOf(task: Task, { settings }: ProviderTools): number {
  const fault = rehearsedFault(task);
  if (fault !== undefined) return rehearsedDelay(fault);
  const delay = Number(settings.delay ?? '0');
  if (Number.isFinite(delay) && delay >= 0) return delay;
  const message = 'The sandbox’s delay is not a number of milliseconds. Change it in the settings.';
  throw new FailureError(userFailure('bad-setting', message));
}

/** The rehearsal of a failure, as a vendor that refuses a prompt would tell it. */
function rehearsedFailure(task: Task, { settings }: ProviderTools): Failure | undefined {
  if (rehearsedFault(task) !== undefined) return faultFailure(task);
  const words = (settings.failOn ?? '').trim().toLowerCase();
  if (words === '') return undefined;
  const told = task.kind === 'train-lora' ? task.trigger : 'prompt' in task ? task.prompt : '';
  const isMeant = words === '*' || told.toLowerCase().includes(words);
  const message = `The sandbox was told to fail on "${words}". Change "Fail on" in its settings.`;
  return isMeant ? { code: 'rehearsed-failure', act: 'vendor', charge: 'none', message } : undefined;
}

/** Jobs that were told to stop, of this process: only the run that cancels asks for them again. */
const stopped = new Set<string>();

const stoppedFailure: Failure = {
  code: 'cancelled',
  act: 'user',
  charge: 'none',
  message: 'It was cancelled before it was drawn.',
};

async function rehearse(task: Task, tools: ProviderTools): Promise<Submitted> {
  const delay = delayOf(task, tools) * picturesAsked(task);
  if (delay > 0) {
    const ticket = { readyAt: tools.now() + delay, delay, task: z.json().parse(task) };
    return { state: 'accepted', job: { ...task.model, id: tools.requestId, ticket } };
  }
  const failure = rehearsedFailure(task, tools);
  if (failure !== undefined) throw new FailureError(failure);
  return { state: 'done', result: await draw(task, tools) };
}

const pictureModel: ModelSpec = {
  id: 'picture',
  label: 'Sandbox picture',
  tasks: ['generate', 'edit', 'upscale', 'train-lora'],
  pinned: true,
  size: { minSide: 16, maxPixels: mostPixels },
  maxReferences: 14,
  maxCount: 15,
  sets: true,
  takes: {
    seed: true,
    negative: true,
    loras: true,
    loraClip: true,
    mask: true,
    strength: true,
    weights: true,
  },
  training: { secondsPerStep: { low: 0, high: 0 } },
  price: { perPicture: 0, asOf: '2026-11-21', source: 'Drawn on this machine.' },
  seconds: { low: 0.1, high: 1 },
};

const models: readonly ModelSpec[] = [pictureModel, ...rehearsalModels(pictureModel)];

const sandbox: Provider = {
  id: 'sandbox',
  label: 'Sandbox (free, offline)',
  homepage: 'https://sharp.pixelplumbing.com',
  revision: 1,
  summary: 'Draws a labelled picture for any task on this machine: free, offline, the same every time.',
  hosts: [],
  secrets: [],
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      initial: '',
      hint: 'Not used: the sandbox draws on this machine and calls nobody.',
    },
    {
      name: 'delay',
      label: 'Milliseconds a picture takes',
      initial: '0',
      hint: 'To rehearse a run as slow as a real service.',
    },
    {
      name: 'failOn',
      label: 'Fail on',
      initial: '',
      hint: 'To rehearse failures: a word in the prompt, or * for every task. Empty: nothing fails.',
    },
  ],
  limits: { together: 4 },
  models,
  recovery: 'ticket',

  submit: (task, tools) => rehearse(task, tools),
  train: (task, tools) => rehearse(task, tools),

  async check(job, tools) {
    if (stopped.delete(job.id)) return { state: 'failed', failure: stoppedFailure };
    const { readyAt, delay, task } = ticketSchema.parse(job.ticket);
    const fraction = 1 - (readyAt - tools.now()) / delay;
    // The first tenth rehearses a queue.
    if (fraction < 0.1) return { state: 'waiting' };
    if (fraction < 0.8 && rehearsedFault(task) === 'rate-limit')
      return { state: 'waiting', words: 'too many requests, waits' };
    if (fraction < 1) return { state: 'running', fraction };
    if (rehearsedFault(task) === 'cut') return { state: 'in-doubt', failure: cutFailure };
    const failure = rehearsedFailure(task, tools);
    if (failure !== undefined) return { state: 'failed', failure };
    return { state: 'done', result: await draw(task, tools) };
  },

  async cancel(job) {
    stopped.add(job.id);
  },

  readError: ({ status }) => ({
    code: 'unexpected-answer',
    act: 'us',
    charge: 'none',
    message: `The sandbox calls nobody, and yet somebody answered with ${status}. Please report it.`,
  }),
};

export default sandbox;
