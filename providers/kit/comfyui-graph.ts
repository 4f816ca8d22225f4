import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';
import { baseName, choicesOf, isFileName, listedFile, optionOf, typeOf } from './comfyui-inputs';

/** A model file a recipe needs, in a folder of ComfyUI's `models/`. */
export interface ModelFile {
  /** Any of these does; the first that is there is taken. */
  names: readonly string[];
  folder: string;
  /** Where to get it, for the person. */
  from: string;
  /** Which of the names the three below are of; the first when left out. */
  offered?: string;
  /** `url`: the file itself, where it has an address of its own. */
  url?: string;
  /** About, as its page shows it. */
  bytes?: number;
  licence?: string;
}

/** Another node's output, by its name or by its place. */
export interface Link {
  node: string;
  output: string | number;
}

/**
 * What a recipe says of an input: a value, another node's output, a model file, JSON as it is, or a picture that the task
 * does not have (`absent` says which).
 */
export type RecipeInput =
  string | number | boolean | Link | { file: ModelFile } | { value: JsonValue } | { absent: string };

/** A prompt in ComfyUI's API format before it is fitted to one server: by node id. */
export type RecipeGraph = Record<string, { nodeClass: string; inputs: Record<string, RecipeInput> }>;

const section = z.record(z.string(), z.array(z.unknown())).nullish().catch(null);
const names = z.array(z.unknown()).nullish().catch(null);
/** One entry of `/object_info`. Sections and options may be null (ComfyUI 0.8, `GET /object_info`). */
export const nodeClassSchema = z.object({
  input: z.object({ required: section, optional: section }).nullish().catch(null),
  output: names,
  output_name: names,
});
export type NodeClass = z.infer<typeof nodeClassSchema>;
export type NodeClasses = ReadonlyMap<string, NodeClass>;

/** What a server lacks for a recipe. */
export interface Lacks {
  classes: string[];
  files: ModelFile[];
}

export type Completed = { ok: true; prompt: JsonObject } | { ok: false; lacks: Lacks };

/**
 * Fits a recipe to the node classes of one server: model files by base name (the listed value is what is sent), links by
 * output name, required inputs the recipe does not know by their defaults, nodes of pictures the task does not have left out.
 * Everything that is lacking is found at once. Throws a `FailureError` that names every place where the classes have changed
 * beyond that, or a picture that is needed and is not there.
 */
export function completeGraph(graph: RecipeGraph, classes: NodeClasses): Completed {
  const present = withoutAbsent(graph, classes);
  const lackingClasses = new Set<string>();
  const lackingFiles = new Map<string, ModelFile>();
  const problems: string[] = [];
  const prompt: JsonObject = {};
  for (const [id, { nodeClass, inputs }] of Object.entries(present)) {
    const known = classes.get(nodeClass);
    if (known === undefined) {
      lackingClasses.add(nodeClass);
      continue;
    }
    const given: JsonObject = {};
    for (const [name, input] of Object.entries(inputs)) {
      const spec = specOf(known, name);
      const place = `${nodeClass}.${name}`;
      const lack = (file: ModelFile) => void lackingFiles.set(file.names.join(), file);
      if (typeof input === 'string') given[name] = choiceOf(input, spec, place, lack, problems);
      else if (typeof input !== 'object') given[name] = input;
      else if ('value' in input) given[name] = input.value;
      else if ('node' in input) given[name] = linkTo(input, spec, place, present, classes, problems);
      else if ('file' in input) {
        const found = listedFile(input.file.names, spec);
        if (found === undefined) lack(input.file);
        else given[name] = found;
      }
    }
    for (const [name, spec] of Object.entries(known.input?.required ?? {}))
      if (!(name in inputs) && !isSpread(name, spec, inputs))
        given[name] = defaultOf(spec, `${nodeClass}.${name}`, problems);
    prompt[id] = { class_type: nodeClass, inputs: given };
  }
  if (lackingClasses.size > 0 || lackingFiles.size > 0)
    return { ok: false, lacks: { classes: [...lackingClasses], files: [...lackingFiles.values()] } };
  if (problems.length > 0) throw changed(problems);
  return { ok: true, prompt };
}

function specOf({ input }: NodeClass, name: string): readonly unknown[] | undefined {
  return input?.required?.[name] ?? input?.optional?.[name];
}

/** A text that a combo must list: as it is, or the file of that base name. */
function choiceOf(
  text: string,
  spec: readonly unknown[] | undefined,
  place: string,
  lack: (file: ModelFile) => void,
  problems: string[],
): string {
  const choices = spec && choicesOf(spec);
  // An upload that is not in the list yet is as good as one that is.
  if (choices === undefined || choices.includes(text) || optionOf(spec?.[1], 'image_upload') === true)
    return text;
  const listed = isFileName(text) ? listedFile([text], spec) : undefined;
  if (listed === undefined && isFileName(text)) lack(fileNamed(text, place));
  else if (listed === undefined) problems.push(`${place} does not know "${text}"`);
  return listed ?? text;
}

/** Where ComfyUI looks for the files its own loaders list. */
const folders: Record<string, string> = {
  'CheckpointLoaderSimple.ckpt_name': 'checkpoints',
  'UNETLoader.unet_name': 'diffusion_models',
  'CLIPLoader.clip_name': 'text_encoders',
  'DualCLIPLoader.clip_name1': 'text_encoders',
  'DualCLIPLoader.clip_name2': 'text_encoders',
  'VAELoader.vae_name': 'vae',
  'LoraLoader.lora_name': 'loras',
  'LoraLoaderModelOnly.lora_name': 'loras',
  'ControlNetLoader.control_net_name': 'controlnet',
  'CLIPVisionLoader.clip_name': 'clip_vision',
  'StyleModelLoader.style_model_name': 'style_models',
  'UpscaleModelLoader.model_name': 'upscale_models',
};

function fileNamed(name: string, place: string): ModelFile {
  const folder = folders[place];
  return {
    names: [baseName(name)],
    folder: folder ?? '',
    from: `wanted by ${place}${folder === undefined ? ', which knows its folder' : ''}`,
  };
}

function linkTo(
  to: Link,
  spec: readonly unknown[] | undefined,
  place: string,
  graph: RecipeGraph,
  classes: NodeClasses,
  problems: string[],
): JsonValue {
  const nodeClass = graph[to.node]?.nodeClass;
  if (nodeClass === undefined) throw new Error(`a recipe links to node ${to.node}, which it does not have`);
  const known = classes.get(nodeClass);
  const byPlace = typeof to.output === 'number';
  // A class the server lacks is reported as lacking; the link does not matter then.
  if (known === undefined) return [to.node, byPlace ? to.output : 0];
  const slot = byPlace ? (to.output as number) : outputSlot(known, to.output as string);
  const type = slot < 0 ? undefined : known.output?.[slot];
  if (type === undefined) problems.push(`${nodeClass} has no output ${to.output}`);
  // Nodes that other people write may take inputs they do not list; ComfyUI leaves out without a word what it does not know.
  else if (spec === undefined && !byPlace) problems.push(`${place} is not there any more`);
  else if (!fits(type, spec))
    problems.push(`${place} takes ${String(spec?.[0])}, and ${nodeClass} gives ${JSON.stringify(type)}`);
  return [to.node, slot];
}

function outputSlot(known: NodeClass, name: string): number {
  const byName = known.output_name?.indexOf(name) ?? -1;
  return byName >= 0 ? byName : (known.output?.indexOf(name) ?? -1);
}

/** Whether an output's type goes into an input. Only plain types can be compared: combos and `COMFY_…` have rules of their own. */
function fits(type: unknown, spec: readonly unknown[] | undefined): boolean {
  const wanted = spec && typeOf(spec);
  if (wanted === undefined || typeof type !== 'string' || type === '*') return true;
  return wanted === '*' || wanted.startsWith('COMFY_') || wanted.split(',').includes(type);
}

/** An input that is given in parts: `images` as `images.image0`, `images.image1` (`COMFY_AUTOGROW_V3` and its kind). */
function isSpread(name: string, spec: readonly unknown[], inputs: Record<string, RecipeInput>): boolean {
  const parts = Object.keys(inputs).some((given) => given.startsWith(`${name}.`));
  return parts && typeof spec[0] === 'string' && spec[0].startsWith('COMFY_');
}

function defaultOf(spec: readonly unknown[], place: string, problems: string[]): JsonValue {
  const initial = z.json().safeParse(optionOf(spec[1], 'default'));
  if (initial.success) return initial.data as JsonValue;
  const first = choicesOf(spec)?.[0];
  if (first !== undefined) return first;
  if (spec[0] === 'STRING') return '';
  if (spec[0] === 'BOOLEAN') return false;
  problems.push(`${place} is required and has no default`);
  return null;
}

/**
 * The graph without the inputs of pictures that are absent. A node that requires one of them goes too, and so on, until the
 * picture would have been optional. Throws a `FailureError` where nothing would be left to save.
 */
function withoutAbsent(graph: RecipeGraph, classes: NodeClasses): RecipeGraph {
  const gone = new Map<string, string>();
  const absentIn = (input: RecipeInput): string | undefined => {
    if (typeof input !== 'object') return undefined;
    return 'absent' in input ? input.absent : 'node' in input ? gone.get(input.node) : undefined;
  };
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const [id, { nodeClass, inputs }] of Object.entries(graph)) {
      const required = classes.get(nodeClass)?.input?.required ?? {};
      for (const [name, input] of Object.entries(inputs)) {
        const absent = absentIn(input);
        if (absent !== undefined && name in required && !gone.has(id)) gone.set(id, absent);
      }
    }
  }
  for (const [id, absent] of gone)
    if (graph[id]?.nodeClass === 'SaveImage')
      throw new FailureError(
        userFailure(
          'reference-missing',
          `This recipe needs ${absent}, which is not there. Wire one more picture.`,
        ),
      );
  const left = Object.entries(graph).filter(([id]) => !gone.has(id));
  return Object.fromEntries(
    left.map(([id, node]) => {
      const inputs = Object.entries(node.inputs).filter(([, input]) => absentIn(input) === undefined);
      return [id, { ...node, inputs: Object.fromEntries(inputs) }];
    }),
  );
}

function changed(problems: readonly string[]): FailureError {
  return new FailureError(
    userFailure(
      'comfyui-changed',
      "This ComfyUI's nodes differ from those the recipe is made for. Update ComfyUI or Seedloom, or choose another route.",
      problems.join('\n'),
    ),
  );
}
