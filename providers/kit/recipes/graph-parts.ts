import type { TaskOf } from '#core/task';
import type { Link, ModelFile, RecipeGraph, RecipeInput } from '../comfyui-graph';
import { loraFile, type RecipeGiven } from './recipe';

/** Parts that several recipes are put together from. Node ids are words, so that an error of ComfyUI can be understood. */

export function link(node: string, output: string): Link {
  return { node, output };
}

/** `model`, `clip` and `vae` of a model that comes in three files. */
export function loaders(model: ModelFile, clip: RecipeGraph[string], vae: ModelFile): RecipeGraph {
  return {
    model: { nodeClass: 'UNETLoader', inputs: { unet_name: { file: model }, weight_dtype: 'default' } },
    clip,
    vae: { nodeClass: 'VAELoader', inputs: { vae_name: { file: vae } } },
  };
}

/** How strongly a picture is changed when nobody says: within a mask nearly all of it. */
const usualStrength = { whole: 0.6, masked: 0.8 };

type Loras = TaskOf<'generate'>['loras'];

/** A LoRA after the other behind a model, and behind its text encoder where `clip` is given. */
export function loraChain(
  loras: Loras,
  model: Link,
  clip?: Link,
): { graph: RecipeGraph; model: Link; clip: Link | undefined } {
  const graph: RecipeGraph = {};
  const last = { model, clip };
  for (const [index, { name, strength, clip: clipStrength = strength }] of loras.entries()) {
    const id = `lora-${index + 1}`;
    const inputs = { model: last.model, lora_name: { file: loraFile(name) }, strength_model: strength };
    if (last.clip === undefined) graph[id] = { nodeClass: 'LoraLoaderModelOnly', inputs };
    else {
      graph[id] = {
        nodeClass: 'LoraLoader',
        inputs: { ...inputs, clip: last.clip, strength_clip: clipStrength },
      };
      last.clip = link(id, 'CLIP');
    }
    last.model = link(id, 'MODEL');
  }
  return { graph, ...last };
}

/** Prompt and negative prompt, each through the text encoder. */
export function encodedTexts(task: TaskOf<'generate'> | TaskOf<'edit'>, clip: Link): RecipeGraph {
  const negative = (task.kind === 'generate' && task.negative) || '';
  return {
    positive: { nodeClass: 'CLIPTextEncode', inputs: { text: task.prompt, clip } },
    negative: { nodeClass: 'CLIPTextEncode', inputs: { text: negative, clip } },
  };
}

/** A negative for models that take none: the prompt with nothing in it. */
export function zeroed(conditioning: Link): RecipeGraph[string] {
  return { nodeClass: 'ConditioningZeroOut', inputs: { conditioning } };
}

export interface Sampling {
  task: TaskOf<'generate'> | TaskOf<'edit'>;
  given: RecipeGiven;
  model: Link;
  vae: Link;
  positive: Link;
  negative: Link;
  emptyLatent: string;
  settings: { steps: number; cfg: number; sampler_name: string; scheduler: string };
}

/** From prompt to files, for every model that draws from noise and over a picture alike. */
export function samplePictures(sampling: Sampling): RecipeGraph {
  return sampling.task.kind === 'generate' ? sampleFromNoise(sampling) : sampleOverPicture(sampling);
}

/** New pictures of the task's size, several in one batch. */
export function sampleFromNoise(sampling: Sampling): RecipeGraph {
  const { task, given, emptyLatent } = sampling;
  const { width, height } = task.size;
  return {
    latent: { nodeClass: emptyLatent, inputs: { width, height, batch_size: task.count } },
    ...sampled(sampling, { suffix: '', latent: link('latent', 'LATENT'), seed: given.seed, denoise: 1 }),
  };
}

/**
 * The task's first picture, scaled to the task's size, drawn over: each result with a sampler and a seed of its own
 * (seed, seed + 1, …), all from the one encoded input. With a mask only its light parts are drawn over.
 */
function sampleOverPicture(sampling: Sampling): RecipeGraph {
  const { task, given, vae } = sampling;
  const masked = given.mask !== undefined;
  const graph: RecipeGraph = {
    ...scaledPicture(sampling),
    encoded: { nodeClass: 'VAEEncode', inputs: { pixels: link('scaled', 'IMAGE'), vae } },
  };
  if (masked)
    graph['masked'] = {
      nodeClass: 'SetLatentNoiseMask',
      inputs: { samples: link('encoded', 'LATENT'), mask: link('mask', 'MASK') },
    };
  const strength = task.kind === 'edit' ? task.strength : undefined;
  return {
    ...graph,
    ...sampledEach(
      sampling,
      link(masked ? 'masked' : 'encoded', 'LATENT'),
      strength ?? (masked ? usualStrength.masked : usualStrength.whole),
    ),
  };
}

/** Each picture of the task with a sampler and a seed of its own, from one latent. */
export function sampledEach(sampling: Sampling, latent: Link, denoise: number): RecipeGraph {
  const { task, given } = sampling;
  const parts: RecipeGraph[] = [];
  for (let index = 0; index < task.count; index += 1) {
    const seed = given.seed <= Number.MAX_SAFE_INTEGER - index ? given.seed + index : index;
    parts.push(sampled(sampling, { suffix: `-${index + 1}`, latent, seed, denoise }));
  }
  return Object.assign({}, ...parts) as RecipeGraph;
}

function sampled(
  sampling: Sampling,
  one: { suffix: string; latent: Link; seed: number; denoise: number },
): RecipeGraph {
  const { given, model, positive, negative, vae, settings } = sampling;
  const { suffix, latent, seed, denoise } = one;
  const [sampler, decode, kept] = [`sampler${suffix}`, `decode${suffix}`, `kept${suffix}`];
  const inputs: Record<string, RecipeInput> = { model, positive, negative, latent_image: latent, seed };
  const graph: RecipeGraph = {
    [sampler]: { nodeClass: 'KSampler', inputs: { ...inputs, ...settings, denoise } },
    [decode]: { nodeClass: 'VAEDecode', inputs: { samples: link(sampler, 'LATENT'), vae } },
  };
  // Encoding and decoding alter every pixel a little; what the mask keeps is kept to the pixel.
  if (given.mask !== undefined)
    graph[kept] = {
      nodeClass: 'ImageCompositeMasked',
      inputs: {
        destination: link('scaled', 'IMAGE'),
        source: link(decode, 'IMAGE'),
        x: 0,
        y: 0,
        resize_source: false,
        mask: link('mask', 'MASK'),
      },
    };
  graph[`save${suffix}`] = {
    nodeClass: 'SaveImage',
    inputs: {
      images: link(given.mask === undefined ? decode : kept, 'IMAGE'),
      filename_prefix: `${given.prefix}${suffix}`,
    },
  };
  return graph;
}

/** The first picture at the task's size (`scaled`), and its mask with it (`mask`), where there is one. */
export function scaledPicture({ task, given }: Pick<Sampling, 'task' | 'given'>): RecipeGraph {
  const scaled = (image: Link) => ({
    nodeClass: 'ImageScale',
    inputs: { image, upscale_method: 'lanczos', ...task.size, crop: 'center' },
  });
  const graph: RecipeGraph = {
    input: loadPicture(given, 0),
    scaled: scaled(link('input', 'IMAGE')),
  };
  if (given.mask === undefined) return graph;
  return {
    ...graph,
    'mask-input': { nodeClass: 'LoadImage', inputs: { image: given.mask } },
    'mask-scaled': scaled(link('mask-input', 'IMAGE')),
    mask: {
      nodeClass: 'ImageToMask',
      inputs: { image: link('mask-scaled', 'IMAGE'), channel: 'red' },
    },
  };
}

export function loadPicture({ images }: RecipeGiven, place: number): RecipeGraph[string] {
  const image = images[place];
  if (image === undefined)
    throw new Error(`a recipe wants picture ${place + 1} and was given ${images.length}`);
  return { nodeClass: 'LoadImage', inputs: { image } };
}
