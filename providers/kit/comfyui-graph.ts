import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { JsonObject, JsonValue } from '#core/json';

/** A model file a recipe needs, in a folder of ComfyUI's `models/`. */
export interface ModelFile {
  /** Any of these does; the first that is there is taken. */
  names: readonly string[];
  folder: string;
  /** Where to get it. */
  from: string;
}

/** What a recipe says of an input: a value, another node's output by its name, or a model file. */
export type RecipeInput = string | number | { node: string; output: string } | { file: ModelFile };

/** A prompt in ComfyUI's API format before it is fitted to one server: by node id. */
export type RecipeGraph = Record<string, { nodeClass: string; inputs: Record<string, RecipeInput> }>;

const section = z.record(z.string(), z.array(z.unknown())).nullish().catch(null);
const names = z.array(z.unknown()).nullish().catch(null);
/** One entry of `/object_info`. Sections and options may be null (ComfyUI 0.8, `GET /object_info`). */
export const nodeClassSchema = z.object({
  input: z.object({ required: section }).nullish().catch(null),
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
 * output name, required inputs the recipe does not know by their defaults. Everything that is lacking is found at once.
 * Throws a `FailureError` where a class has changed beyond that.
 */
export function completeGraph(graph: RecipeGraph, classes: NodeClasses): Completed {
  const lackingClasses = new Set<string>();
  const lackingFiles = new Map<string, ModelFile>();
  const prompt: JsonObject = {};
  for (const [id, { nodeClass, inputs }] of Object.entries(graph)) {
    const known = classes.get(nodeClass);
    if (known === undefined) {
      lackingClasses.add(nodeClass);
      continue;
    }
    const given: JsonObject = {};
    for (const [name, input] of Object.entries(inputs)) {
      if (typeof input !== 'object') given[name] = input;
      else if ('node' in input) given[name] = link(input, graph, classes);
      else {
        const found = findFile(input.file, known.input?.required?.[name]);
        if (found === undefined) lackingFiles.set(input.file.names.join(), input.file);
        else given[name] = found;
      }
    }
    for (const [name, spec] of Object.entries(known.input?.required ?? {}))
      if (!(name in inputs)) given[name] = defaultOf(spec, `${nodeClass}.${name}`);
    prompt[id] = { class_type: nodeClass, inputs: given };
  }
  if (lackingClasses.size === 0 && lackingFiles.size === 0) return { ok: true, prompt };
  return { ok: false, lacks: { classes: [...lackingClasses], files: [...lackingFiles.values()] } };
}

/** The file name without its folders, whichever way the server's system writes them. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A combo's choices, in both of its shapes: `[["a"], {}]` and `["COMBO", { "options": ["a"] }]`. */
function choicesOf([type, options]: readonly unknown[]): string[] | undefined {
  const listed = Array.isArray(type) ? (type as unknown[]) : optionOf(options, 'options');
  return Array.isArray(listed) ? listed.filter((choice) => typeof choice === 'string') : undefined;
}

function optionOf(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null
    ? (options as Record<string, unknown>)[name]
    : undefined;
}

/** The value to send for a file; a name without its ending matches too. */
function findFile({ names: wanted }: ModelFile, spec: readonly unknown[] | undefined): string | undefined {
  const choices = (spec && choicesOf(spec)) ?? [];
  for (const name of wanted) {
    if (choices.includes(name)) return name;
    const plain = baseName(name).toLowerCase();
    const same = (choice: string) => {
      const listed = baseName(choice).toLowerCase();
      return listed === plain || listed.replace(/\.[a-z]+$/, '') === plain;
    };
    const found = choices.find(same);
    if (found !== undefined) return found;
  }
  return undefined;
}

function link(to: { node: string; output: string }, graph: RecipeGraph, classes: NodeClasses): JsonValue {
  const nodeClass = graph[to.node]?.nodeClass;
  if (nodeClass === undefined) throw new Error(`a recipe links to node ${to.node}, which it does not have`);
  const known = classes.get(nodeClass);
  // A class the server lacks is reported as lacking; the link does not matter then.
  if (known === undefined) return [to.node, 0];
  const byName = known.output_name?.indexOf(to.output) ?? -1;
  const slot = byName >= 0 ? byName : (known.output?.indexOf(to.output) ?? -1);
  if (slot < 0) throw changed(`${nodeClass} has no output ${to.output}`);
  return [to.node, slot];
}

function defaultOf(spec: readonly unknown[], place: string): JsonValue {
  const initial = z.json().safeParse(optionOf(spec[1], 'default'));
  if (initial.success) return initial.data as JsonValue;
  const first = choicesOf(spec)?.[0];
  if (first !== undefined) return first;
  if (spec[0] === 'STRING') return '';
  if (spec[0] === 'BOOLEAN') return false;
  throw changed(`${place} is required and has no default`);
}

function changed(problem: string): FailureError {
  return new FailureError(
    userFailure(
      'comfyui-changed',
      "This ComfyUI's nodes differ from those the recipe is made for. Update ComfyUI or Seedloom, or choose another route.",
      problem,
    ),
  );
}
