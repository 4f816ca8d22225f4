import type { NodeClass, NodeClasses, RecipeGraph } from './comfyui-graph';

/**
 * ComfyUI's own node classes as far as recipes link them (ComfyUI 0.8, `GET /object_info`), for a server that cannot be
 * asked. `name:TYPE`, `name?:TYPE` for what may be left out, `TYPE` alone where the name is the same; a test holds them
 * against an answer of ComfyUI.
 */
const links: Readonly<Record<string, readonly [inputs: string, outputs: string]>> = {
  CFGNorm: ['model:MODEL', 'patched_model:MODEL'],
  CLIPLoader: ['', 'CLIP'],
  CLIPTextEncode: ['clip:CLIP', 'CONDITIONING'],
  CLIPTextEncodeFlux: ['clip:CLIP', 'CONDITIONING'],
  CheckpointLoaderSimple: ['', 'MODEL CLIP VAE'],
  ConditioningZeroOut: ['conditioning:CONDITIONING', 'CONDITIONING'],
  DifferentialDiffusion: ['model:MODEL', 'MODEL'],
  DualCLIPLoader: ['', 'CLIP'],
  EmptyLatentImage: ['', 'LATENT'],
  EmptySD3LatentImage: ['', 'LATENT'],
  FluxGuidance: ['conditioning:CONDITIONING', 'CONDITIONING'],
  FluxKontextImageScale: ['image:IMAGE', 'IMAGE'],
  ImageCompositeMasked: ['destination:IMAGE source:IMAGE mask?:MASK', 'IMAGE'],
  ImageScale: ['image:IMAGE', 'IMAGE'],
  ImageScaleBy: ['image:IMAGE', 'IMAGE'],
  ImageScaleToTotalPixels: ['image:IMAGE', 'IMAGE'],
  ImageToMask: ['image:IMAGE', 'MASK'],
  ImageUpscaleWithModel: ['upscale_model:UPSCALE_MODEL image:IMAGE', 'IMAGE'],
  InpaintModelConditioning: [
    'positive:CONDITIONING negative:CONDITIONING vae:VAE pixels:IMAGE mask:MASK',
    'positive:CONDITIONING negative:CONDITIONING latent:LATENT',
  ],
  KSampler: ['model:MODEL positive:CONDITIONING negative:CONDITIONING latent_image:LATENT', 'LATENT'],
  LoadImage: ['image:COMBO', 'IMAGE MASK'],
  LoraLoader: ['model:MODEL clip:CLIP', 'MODEL CLIP'],
  LoraLoaderModelOnly: ['model:MODEL', 'MODEL'],
  ModelSamplingAuraFlow: ['model:MODEL', 'MODEL'],
  PreviewImage: ['images:IMAGE', ''],
  ReferenceLatent: ['conditioning:CONDITIONING latent?:LATENT', 'CONDITIONING'],
  SaveImage: ['images:IMAGE', ''],
  SetLatentNoiseMask: ['samples:LATENT mask:MASK', 'LATENT'],
  TextEncodeQwenImageEditPlus: [
    'clip:CLIP vae?:VAE image1?:IMAGE image2?:IMAGE image3?:IMAGE',
    'CONDITIONING',
  ],
  UNETLoader: ['', 'MODEL'],
  UpscaleModelLoader: ['', 'UPSCALE_MODEL'],
  VAEDecode: ['samples:LATENT vae:VAE', 'IMAGE'],
  VAEEncode: ['pixels:IMAGE vae:VAE', 'LATENT'],
  VAELoader: ['', 'VAE'],
};

/** More outputs than any node has. */
const mostOutputs = 32;

/** The classes a graph names, taken on trust: those of ComfyUI as they are known here, any other as the graph uses it. */
export function assumedClasses(graph: RecipeGraph): NodeClasses {
  const classes = new Map<string, NodeClass>();
  for (const { nodeClass, inputs } of Object.values(graph)) {
    const known = links[nodeClass];
    const names = Object.keys(inputs);
    classes.set(
      nodeClass,
      known === undefined ? unknownClass(names, classes.get(nodeClass)) : linkedClass(known),
    );
  }
  return classes;
}

function linkedClass([inputs, outputs]: readonly [string, string]): NodeClass {
  const required: Record<string, unknown[]> = {};
  const optional: Record<string, unknown[]> = {};
  for (const [name, type] of pairs(inputs))
    if (name.endsWith('?')) optional[name.slice(0, -1)] = [type];
    else required[name] = [type];
  const given = pairs(outputs);
  return {
    input: { required, optional },
    output: given.map(([, type]) => type),
    output_name: given.map(([name]) => name),
  };
}

/** `before`: the class as the nodes before this one use it. Nobody knows what it can do without: what all of them have is required. */
function unknownClass(inputs: readonly string[], before: NodeClass | undefined): NodeClass {
  const earlier = Object.keys(before?.input?.required ?? {});
  const any = Array.from({ length: mostOutputs }, () => '*');
  const of = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ['*']]));
  const required = before === undefined ? inputs : inputs.filter((name) => earlier.includes(name));
  return {
    input: {
      required: of(required),
      optional: { ...before?.input?.optional, ...of([...earlier, ...inputs]) },
    },
    output: any,
    output_name: any,
  };
}

function pairs(text: string): [name: string, type: string][] {
  return text.split(' ').flatMap((word) => {
    const [name = '', type = name] = word.split(':');
    return name === '' ? [] : [[name, type] as [string, string]];
  });
}
