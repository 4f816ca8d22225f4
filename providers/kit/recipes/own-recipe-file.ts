import { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/json';
import { loraBaseSchema } from '#core/lora/lora';
import { imageTaskKinds } from '#core/task';
import { readExactJson } from '../exact-json';

/** The file of a person's own recipe: a short header, and a prompt in ComfyUI's API format. docs/add-a-recipe.md explains it. */

/** `"6.text"`: an input of a node of the prompt; one value may go to several. */
const placeSchema = z.string().regex(/^[^.]+\..+$/, 'is written "NODE.INPUT", as "6.text"');
const placesSchema = z.union([placeSchema, z.array(placeSchema).min(1)]);
/** As ComfyUI writes a wire: the node and the place of its output, from 0. */
const linkSchema = z.tuple([z.string(), z.number().int().nonnegative()]);
const pixels = z.number().int().positive();

const inputsSchema = z.strictObject({
  prompt: placesSchema.optional(),
  negative: placesSchema.optional(),
  seed: placesSchema.optional(),
  width: placesSchema.optional(),
  height: placesSchema.optional(),
  count: placesSchema.optional(),
  strength: placesSchema.optional(),
  factor: placesSchema.optional(),
  images: z.array(placeSchema).min(1).optional(),
  mask: placeSchema.optional(),
});

const limitsSchema = z.strictObject({
  minPixels: pixels.optional(),
  maxPixels: pixels.optional(),
  minSide: pixels.optional(),
  maxSide: pixels.optional(),
  maxAspect: z.number().min(1).optional(),
  multipleOf: pixels.optional(),
  maxCount: z.number().int().min(1).max(64).optional(),
  maxPromptLength: pixels.optional(),
  factors: z.array(z.number().min(1).max(8)).min(1).optional(),
});

const fileSchema = z.strictObject({
  name: z.string().min(1),
  folder: z.string().min(1),
  from: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  bytes: z.number().int().positive().optional(),
  licence: z.string().optional(),
});

const nodeSchema = z.object({ class_type: z.string().min(1), inputs: z.record(z.string(), z.json()) });

const ownRecipeSchema = z.strictObject({
  seedloomRecipe: z.literal(1),
  name: z.string().trim().min(1).max(60),
  tasks: z.array(z.enum(imageTaskKinds)).min(1),
  inputs: inputsSchema,
  /** Where LoRAs go in: behind these outputs. Without `clip` they change the model alone. `base`: whose LoRAs it takes. */
  loras: z
    .strictObject({ model: linkSchema, clip: linkSchema.optional(), base: loraBaseSchema.optional() })
    .optional(),
  needsMask: z.literal(true).optional(),
  limits: limitsSchema.default({}),
  /** Usual time of a picture, from and to. */
  seconds: z.tuple([z.number().nonnegative(), z.number().nonnegative()]).default([5, 300]),
  files: z.array(fileSchema).default([]),
  prompt: z.record(z.string(), nodeSchema),
});
export type OwnRecipeFile = z.infer<typeof ownRecipeSchema>;

export type ReadRecipe = { ok: true; recipe: OwnRecipeFile } | { ok: false; problems: string[] };

/** Reads a recipe's text. The problems are whole sentences, each with its place in the file. */
export function readRecipeFile(text: string): ReadRecipe {
  let json: unknown;
  try {
    json = readExactJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, problems: [`This is not JSON (${(error as Error).message}).`] };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json) || !('seedloomRecipe' in json))
    return { ok: false, problems: [noHeader(json)] };
  if (isEditorFormat((json as { prompt?: unknown }).prompt)) return { ok: false, problems: [editorFormat] };
  const read = ownRecipeSchema.safeParse(json);
  if (!read.success) return { ok: false, problems: read.error.issues.map(zodWords) };
  const problems = [...wiringProblems(read.data), ...taskProblems(read.data)];
  return problems.length === 0 ? { ok: true, recipe: read.data } : { ok: false, problems };
}

const editorFormat =
  'This is a workflow as ComfyUI\'s editor saves it. In ComfyUI choose Workflow, Export (API), and put that file\'s content under "prompt".';

function isEditorFormat(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'nodes' in json && 'links' in json;
}

function noHeader(json: unknown): string {
  if (isEditorFormat(json)) return editorFormat;
  return 'The header is missing: a recipe begins with "seedloomRecipe": 1 and has the nodes under "prompt". See "Add a recipe" in the documents.';
}

const shapes: Record<string, object> = {
  '': ownRecipeSchema.shape,
  inputs: inputsSchema.shape,
  limits: limitsSchema.shape,
};

function zodWords(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  const place = path === '' ? 'At the top' : `At "${path}"`;
  if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}.`;
  const known = shapes[path];
  const unknown = issue.keys.map((key) => `"${key}"`).join(', ');
  return `${place}: ${unknown} is not known here${known === undefined ? '' : `; there are ${Object.keys(known).join(', ')}`}.`;
}

export function isLink(value: JsonValue | undefined): value is [string, number] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number'
  );
}

export function placesOf(places: string | readonly string[] | undefined): readonly string[] {
  return places === undefined ? [] : typeof places === 'string' ? [places] : places;
}

/** `"57:3.images.image0"`: ComfyUI's own ids have no dot, its inputs may have some. */
export function splitPlace(place: string): [node: string, input: string] {
  const dot = place.indexOf('.');
  return [place.slice(0, dot), place.slice(dot + 1)];
}

function wiringProblems({ inputs, loras, prompt }: OwnRecipeFile): string[] {
  const problems: string[] = [];
  const ids = Object.keys(prompt);
  for (const [id, node] of Object.entries(prompt))
    for (const [name, value] of Object.entries(node.inputs as JsonObject)) {
      if (isLink(value) && !ids.includes(value[0]))
        problems.push(
          `At "prompt.${id}.inputs.${name}": it is wired to node "${value[0]}", which is not there.`,
        );
    }
  for (const [what, places] of Object.entries(inputs))
    for (const place of placesOf(places)) {
      const [id, name] = splitPlace(place);
      // A node may be called as a member that every object has.
      const node = Object.hasOwn(prompt, id) ? prompt[id] : undefined;
      const own = node && Object.hasOwn(node.inputs, name) ? (node.inputs[name] as JsonValue) : undefined;
      const at = `At "inputs.${what}": ${place}`;
      if (node === undefined) problems.push(`${at}: there is no node "${id}"; there are ${ids.join(', ')}.`);
      else if (own === undefined)
        problems.push(
          `${at}: ${node.class_type} has no input "${name}" here; it has ${Object.keys(node.inputs).join(', ')}.`,
        );
      else if (isLink(own))
        problems.push(`${at} is wired from node "${own[0]}". Name the input that holds the value itself.`);
      else if ((what === 'images' || what === 'mask') && !node.class_type.startsWith('LoadImage'))
        problems.push(`${at}: a picture goes into a LoadImage node, and this is ${node.class_type}.`);
    }
  if (loras !== undefined && ids.some((id) => /^lora-\d+$/.test(id)))
    problems.push(
      'At "prompt": nodes named "lora-1", "lora-2" and so on are made for the LoRAs; rename yours.',
    );
  for (const what of ['model', 'clip'] as const) {
    const link = loras?.[what];
    if (link !== undefined && !ids.includes(link[0]))
      problems.push(`At "loras.${what}": there is no node "${link[0]}".`);
  }
  if (!Object.values(prompt).some(({ class_type: nodeClass }) => nodeClass === 'SaveImage'))
    problems.push('At "prompt": there is no SaveImage node, so no picture would come back.');
  return problems;
}

/** What each kind of task cannot do without. */
function taskProblems({ tasks, inputs, limits, needsMask }: OwnRecipeFile): string[] {
  const problems: string[] = [];
  const wanted = (is: boolean, message: string) => {
    if (is) problems.push(message);
  };
  const makes = tasks.some((kind) => kind !== 'upscale');
  const pictures = inputs.images?.length ?? 0;
  wanted(makes && inputs.prompt === undefined, 'At "inputs": say where the prompt goes ("prompt").');
  wanted(
    tasks.includes('generate') && (inputs.width === undefined || inputs.height === undefined),
    'At "inputs": for "generate" say where the size goes ("width", "height").',
  );
  wanted(
    (inputs.width === undefined) !== (inputs.height === undefined),
    'At "inputs": "width" and "height" go together.',
  );
  wanted(
    tasks.includes('edit') && pictures === 0,
    'At "inputs": for "edit" say where the pictures go ("images").',
  );
  wanted(
    tasks.includes('upscale') && pictures !== 1,
    'At "inputs": for "upscale" name exactly one place for the picture ("images").',
  );
  wanted(
    tasks.includes('upscale') &&
      inputs.factor === undefined &&
      inputs.width === undefined &&
      limits.factors?.length !== 1,
    'At "inputs": for "upscale" say where the factor goes ("factor", or "width" and "height"), or name the one there is in "limits.factors".',
  );
  wanted(!makes && tasks.length > 1, 'At "tasks": name each task once.');
  wanted(
    needsMask === true && inputs.mask === undefined,
    'At "inputs": say where the mask goes ("mask"), since "needsMask" is set.',
  );
  return problems;
}
