import type { MissingPart } from '#core/failure';
import type { ModelFile, RecipeGraph, RecipeInput } from '../comfyui-graph';
import { baseName, isFileName, listedFile } from '../comfyui-inputs';

/**
 * The model files of a server that cannot be asked, as the person lists them: `flux/flux1-dev.safetensors`, a file as ComfyUI
 * lists it there; `flux1-dev.safetensors=my-flux.safetensors`, the server's file in the place of a recipe's. Separated by
 * commas or lines.
 */
export interface ChosenFiles {
  listed: readonly string[];
  /** Base name of a recipe's file, in small letters → the server's. */
  instead: ReadonlyMap<string, string>;
}

export function readChosenFiles(text: string): ChosenFiles {
  const listed: string[] = [];
  const instead = new Map<string, string>();
  for (const entry of text.split(/[,\n]/)) {
    const [left = '', right = ''] = entry.split('=').map((part) => part.trim());
    if (left === '') continue;
    if (right === '') listed.push(left);
    else instead.set(baseName(left).toLowerCase(), right);
  }
  return { listed, instead };
}

/**
 * The graph with a name in the place of each model file: the person's choice, else one that is listed, else the first the
 * recipe names. `files`: what is then assumed to be there.
 */
export function withChosenFiles(
  graph: RecipeGraph,
  chosen: ChosenFiles,
): { graph: RecipeGraph; files: MissingPart[] } {
  const files = new Map<string, MissingPart>();
  const named = (input: RecipeInput): RecipeInput => {
    if (typeof input !== 'object' || !('file' in input)) return input;
    const name = nameOf(input.file, chosen);
    files.set(name, partOf(input.file, name));
    return name;
  };
  const nodes = Object.entries(graph).map(([id, node]) => {
    const inputs = Object.entries(node.inputs).map(([name, input]) => [name, named(input)]);
    return [id, { ...node, inputs: Object.fromEntries(inputs) as Record<string, RecipeInput> }];
  });
  return { graph: Object.fromEntries(nodes) as RecipeGraph, files: [...files.values()] };
}

function nameOf({ names }: ModelFile, { listed, instead }: ChosenFiles): string {
  for (const name of names) {
    const other = instead.get(baseName(name).toLowerCase());
    if (other !== undefined) return other;
  }
  const [first = ''] = names;
  // A LoRA may be named without its ending, and ComfyUI lists it with it.
  return listedFile(names, [[...listed]]) ?? (isFileName(first) ? first : `${first}.safetensors`);
}

/** Size, licence and address are those of one of the recipe's names. */
function partOf({ names, offered, folder, bytes, licence, url }: ModelFile, name: string): MissingPart {
  const part: MissingPart = { kind: 'model-file', name, folder };
  if (baseName(name) !== (offered ?? names[0])) return part;
  return {
    ...part,
    ...(bytes === undefined ? {} : { bytes }),
    ...(licence === undefined ? {} : { licence }),
    ...(url === undefined ? {} : { url }),
  };
}
