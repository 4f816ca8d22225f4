import type { Issue } from '#core/issue';
import { canonicalJson, type JsonValue } from '#core/json';
import type { ModelSpec, OwnFile } from '#core/provider';
import type { ImageTask } from '#core/task';
import { baseName, isFileName } from '../comfyui-inputs';
import type { Link, ModelFile, RecipeGraph, RecipeInput } from '../comfyui-graph';
import { loraChain } from './graph-parts';
import { isLink, placesOf, readRecipeFile, splitPlace, type OwnRecipeFile } from './own-recipe-file';
import { ownGpuPrice, type Recipe, type RecipeGiven } from './recipe';

/** Of a person's own recipes. */
export const recipeEnding = '.recipe.json';

/** The recipes among the files, and what is wrong with the others. `taken`: ids that there are already. */
export function readOwnRecipes(
  files: readonly OwnFile[],
  taken: ReadonlySet<string>,
): { recipes: Recipe[]; issues: Issue[] } {
  const recipes: Recipe[] = [];
  const issues: Issue[] = [];
  for (const { name, text } of files) {
    const refuse = (message: string) =>
      issues.push({ code: 'bad-recipe', severity: 'error', message, place: { path: name } });
    const id = name.slice(0, -recipeEnding.length);
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(id)) {
      refuse(
        `A recipe's file is named in small letters, digits, "-" and ".": rename it, as "my-style${recipeEnding}".`,
      );
      continue;
    }
    if (taken.has(id)) {
      refuse(`There is a model "${id}" already; rename the file.`);
      continue;
    }
    const read = readRecipeFile(text);
    if (read.ok) recipes.push(ownRecipe(id, read.recipe));
    else for (const problem of read.problems) refuse(problem);
  }
  return { recipes, issues };
}

export function ownRecipe(id: string, file: OwnRecipeFile): Recipe {
  return { model: modelOf(id, file), build: (task, given) => graphOf(file, task, given) };
}

function modelOf(id: string, file: OwnRecipeFile): ModelSpec {
  const { name, tasks, inputs, limits, loras, needsMask, seconds } = file;
  const { maxCount = 4, maxPromptLength, factors, ...size } = limits;
  const defined = Object.fromEntries(Object.entries(size).filter(([, limit]) => limit !== undefined));
  return {
    id,
    label: name,
    tasks: [...new Set(tasks)],
    pinned: true,
    revision: revisionOf(file),
    ...(Object.keys(defined).length === 0 ? {} : { size: defined }),
    ...(inputs.images === undefined ? {} : { maxReferences: inputs.images.length }),
    ...(needsMask === undefined ? {} : { needsMask }),
    maxCount: inputs.count === undefined ? 1 : maxCount,
    ...(maxPromptLength === undefined ? {} : { maxPromptLength }),
    takes: {
      seed: inputs.seed !== undefined,
      negative: inputs.negative !== undefined,
      loras: loras !== undefined,
      loraClip: loras?.clip !== undefined,
      mask: inputs.mask !== undefined,
      strength: inputs.strength !== undefined,
      // What its text encoder makes of them is not known here; ComfyUI's own reads them.
      weights: true,
      ...(inputs.width === undefined ? { size: false as const } : {}),
    },
    ...(factors === undefined ? {} : { factors }),
    ...(loras?.base === undefined ? {} : { loraBase: loras.base }),
    price: ownGpuPrice,
    seconds: { low: Math.min(...seconds), high: Math.max(...seconds) },
  };
}

/** A prime, so that a change anywhere in the text changes the remainder. */
const remainders = 281_474_976_710_597n;

/** Another number for another graph: what an edited recipe makes is not what it made before. Below 2^48. */
function revisionOf({ prompt, inputs, loras }: OwnRecipeFile): number {
  let hash = 0n;
  // For whom a LoRA is made is only told; it draws nothing.
  const { base: _base, ...wired } = loras ?? {};
  for (const character of canonicalJson({ prompt, inputs, loras: loras && wired }))
    hash = (hash * 1_000_003n + BigInt(character.codePointAt(0) ?? 0)) % remainders;
  return Number(hash);
}

function graphOf(file: OwnRecipeFile, task: ImageTask, given: RecipeGiven): RecipeGraph {
  const graph: RecipeGraph = {};
  for (const [id, node] of Object.entries(file.prompt)) {
    const inputs = Object.entries(node.inputs).map(([name, value]) => [
      name,
      inputOf(value as JsonValue, file.files),
    ]);
    graph[id] = {
      nodeClass: node.class_type,
      inputs: Object.fromEntries(inputs) as Record<string, RecipeInput>,
    };
    // Each node that saves writes files of its own, whatever the recipe calls them.
    if (node.class_type === 'SaveImage')
      graph[id].inputs['filename_prefix'] = `${given.prefix}-${id.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
  }
  for (const [place, value] of valuesOf(file, task, given)) {
    const [id, name] = splitPlace(place);
    graph[id]!.inputs[name] = value;
  }
  return withLoras(graph, file, task);
}

function inputOf(value: JsonValue, files: OwnRecipeFile['files']): RecipeInput {
  if (isLink(value)) return { node: value[0], output: value[1] };
  if (typeof value === 'object') return { value };
  if (typeof value !== 'string' || !isFileName(value)) return value;
  const told = files.find(({ name }) => baseName(name) === baseName(value));
  return told === undefined ? value : { file: modelFileOf(value, told) };
}

function modelFileOf(value: string, told: OwnRecipeFile['files'][number]): ModelFile {
  const { folder, from = 'named by your recipe', url, bytes, licence } = told;
  return {
    names: [value],
    folder,
    from,
    ...(url === undefined ? {} : { url }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(licence === undefined ? {} : { licence }),
  };
}

/** What of the task goes where; what the task does not say stays as it is in the file. */
function valuesOf({ inputs }: OwnRecipeFile, task: ImageTask, given: RecipeGiven): [string, RecipeInput][] {
  const values: [string, RecipeInput][] = [];
  const put = (places: string | readonly string[] | undefined, value: RecipeInput | undefined) => {
    if (value !== undefined) for (const place of placesOf(places)) values.push([place, value]);
  };
  put(inputs.seed, given.seed);
  for (const [index, place] of (inputs.images ?? []).entries())
    put(place, given.images[index] ?? { absent: `picture ${index + 1}` });
  put(inputs.mask, given.mask ?? { absent: 'a mask' });
  if (task.kind === 'upscale') {
    put(inputs.factor, task.factor);
    put(inputs.width, Math.round(task.image.width * task.factor));
    put(inputs.height, Math.round(task.image.height * task.factor));
    return values;
  }
  put(inputs.prompt, task.prompt);
  put(inputs.width, task.size.width);
  put(inputs.height, task.size.height);
  put(inputs.count, task.count);
  if (task.kind === 'generate') put(inputs.negative, task.negative);
  else put(inputs.strength, task.strength);
  return values;
}

/** Everything that was wired to the chain's beginning is wired to its end. */
function withLoras(graph: RecipeGraph, { loras }: OwnRecipeFile, task: ImageTask): RecipeGraph {
  if (loras === undefined || task.kind === 'upscale' || task.loras.length === 0) return graph;
  const from = (link: [string, number]): Link => ({ node: link[0], output: link[1] });
  const clip = loras.clip && from(loras.clip);
  const chain = loraChain(task.loras, from(loras.model), clip);
  const ends: [Link, Link][] = [[from(loras.model), chain.model]];
  if (clip !== undefined && chain.clip !== undefined) ends.push([clip, chain.clip]);
  const rewired = (input: RecipeInput): RecipeInput => {
    if (typeof input !== 'object' || !('node' in input)) return input;
    const end = ends.find(([begin]) => begin.node === input.node && begin.output === input.output);
    return end === undefined ? input : end[1];
  };
  const nodes = Object.entries(graph).map(([id, { nodeClass, inputs }]) => {
    const all = Object.entries(inputs).map(([name, input]) => [name, rewired(input)]);
    return [id, { nodeClass, inputs: Object.fromEntries(all) as Record<string, RecipeInput> }];
  });
  return { ...(Object.fromEntries(nodes) as RecipeGraph), ...chain.graph };
}
