import type { ModelSpec } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ModelFile, RecipeGraph, RecipeInput } from '../comfyui-graph';

/** What a recipe gets beside the task. */
export interface RecipeGiven {
  /** The value for `LoadImage.image`; only for tasks that have a picture. */
  image?: string;
  /** The task's seed, or one for this attempt; at most 2^53 - 1. */
  seed: number;
  /** Of the written files; of this attempt alone, so that a server that has it all in its cache still writes them. */
  prefix: string;
}

/** One model of the pod: its limits, and the graph for a task within them. */
export interface Recipe {
  model: ModelSpec;
  build(task: ImageTask, given: RecipeGiven): RecipeGraph;
}

export const ownGpuPrice = { perPicture: 0, asOf: '2026-11-21', source: "your own GPU's time" } as const;

/** A LoRA the person named. */
export function loraFile(name: string): ModelFile {
  return {
    names: [name],
    folder: 'loras',
    from: 'copy your LoRA there, or correct the name in the LoRA node',
  };
}

/** The file of a single name. */
export function modelFile(name: string, folder: string, from: string): ModelFile {
  return { names: [name], folder, from };
}

type Link = { node: string; output: string };

interface Sampling {
  task: TaskOf<'generate'> | TaskOf<'edit'>;
  given: RecipeGiven;
  model: Link;
  vae: Link;
  positive: Link;
  negative: Link;
  emptyLatent: string;
  settings: { steps: number; cfg: number; sampler_name: string; scheduler: string };
}

/**
 * From prompt to files, the same for every diffusion model: several new pictures in one batch; of an edit each with a
 * sampler and a seed of its own (seed, seed + 1, …), all from the one encoded input scaled to the task's size.
 */
export function samplePictures(sampling: Sampling): RecipeGraph {
  const { task, given, model, vae, positive, negative, emptyLatent, settings } = sampling;
  const { width, height } = task.size;
  const graph: RecipeGraph = {};
  const sample = (suffix: string, latent: Link, seed: number, denoise: number) => {
    const [sampler, decode, save] = [`sampler${suffix}`, `decode${suffix}`, `save${suffix}`];
    const inputs: Record<string, RecipeInput> = { model, positive, negative, latent_image: latent, seed };
    graph[sampler] = { nodeClass: 'KSampler', inputs: { ...inputs, ...settings, denoise } };
    graph[decode] = {
      nodeClass: 'VAEDecode',
      inputs: { samples: { node: sampler, output: 'LATENT' }, vae },
    };
    graph[save] = {
      nodeClass: 'SaveImage',
      inputs: { images: { node: decode, output: 'IMAGE' }, filename_prefix: `${given.prefix}${suffix}` },
    };
  };
  if (task.kind === 'generate') {
    graph['latent'] = { nodeClass: emptyLatent, inputs: { width, height, batch_size: task.count } };
    sample('', { node: 'latent', output: 'LATENT' }, given.seed, 1);
    return graph;
  }
  graph['input'] = loadImage(given);
  graph['scaled'] = {
    nodeClass: 'ImageScale',
    inputs: {
      image: { node: 'input', output: 'IMAGE' },
      upscale_method: 'lanczos',
      width,
      height,
      crop: 'center',
    },
  };
  graph['encoded'] = {
    nodeClass: 'VAEEncode',
    inputs: { pixels: { node: 'scaled', output: 'IMAGE' }, vae },
  };
  for (let index = 0; index < task.count; index += 1) {
    const seed = given.seed <= Number.MAX_SAFE_INTEGER - index ? given.seed + index : index;
    sample(`-${index + 1}`, { node: 'encoded', output: 'LATENT' }, seed, task.strength ?? 0.6);
  }
  return graph;
}

export function loadImage({ image }: RecipeGiven): RecipeGraph[string] {
  if (image === undefined) throw new Error('a recipe with an input picture was given none');
  return { nodeClass: 'LoadImage', inputs: { image } };
}

/** The narrowing every diffusion recipe starts with: `checkTask` has refused everything else. */
export function madePicture(task: ImageTask): TaskOf<'generate'> | TaskOf<'edit'> {
  if (task.kind === 'upscale') throw new Error(`${task.model.model} does not upscale`);
  return task;
}
