import type { MachineTools, NodeArgs, NodeDefinition } from '#core/node';
import type { ParamSpecs } from '#core/param';
import type { Area, ComposeOptions, MaskShape, MaskSource, PictureTools } from '#core/pictures';
import type { InputSpecs } from '#core/port';
import type { ImageRef, Outputs } from '#core/values';
import type { Failure } from '#core/failure';
import { nodes } from '#nodes/catalogue';
import { pictureOf } from '#test/kit/small-knowledge';

export interface Given {
  params?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  index?: number;
  copy?: number;
  count?: number;
}

export function definitionOf(type: string): NodeDefinition {
  const definition = nodes.get(type);
  if (definition === undefined) throw new Error(`there is no node ${type}`);
  return definition;
}

/** What a node's code gets: initial params, empty lists and no items, but for what is given. */
export function argsOf(definition: NodeDefinition, given: Given = {}): NodeArgs<ParamSpecs, InputSpecs> {
  const params = Object.fromEntries(
    Object.entries(definition.params).map(([name, spec]) => [name, spec.initial as unknown]),
  );
  const inputs = Object.fromEntries(
    Object.entries(definition.inputs).map(([port, spec]) => [port, spec.takes === 'all' ? [] : undefined]),
  );
  return {
    params: { ...params, ...given.params },
    inputs: { ...inputs, ...given.inputs } as never,
    index: given.index ?? 0,
    copy: given.copy ?? 0,
    count: given.count ?? 1,
  };
}

/** What a pure node gives. */
export function valuesOf(type: string, given: Given = {}): Outputs | Failure {
  const definition = definitionOf(type);
  if (definition.work.on !== 'plan') throw new Error(`${type} is not a pure node`);
  return definition.work.values(argsOf(definition, given));
}

/** What a model node asks for. */
export function taskOf(type: string, given: Given = {}) {
  const definition = definitionOf(type);
  if (definition.work.on !== 'provider') throw new Error(`${type} asks no model`);
  return definition.work.toTask(argsOf(definition, given));
}

/** Tools that do nothing but write down what they were asked; a made picture has the size that was asked. */
export class RecordingTools implements MachineTools {
  readonly composed: ComposeOptions[] = [];
  readonly resized: { image: ImageRef; options: Parameters<PictureTools['resize']>[1] }[] = [];
  readonly encoded: { image: ImageRef; options: Parameters<PictureTools['encode']>[1] }[] = [];
  readonly cropped: { image: ImageRef; area: Area }[] = [];
  readonly masked: { image: ImageRef; source: MaskSource; shape: MaskShape }[] = [];
  readonly saved: { image: ImageRef; folder: string; name: string }[] = [];
  readonly signal = new AbortController().signal;

  readonly pictures: PictureTools = {
    read: async () => new Uint8Array(),
    store: async () => pictureOf('stored'),
    resize: async (image, options) => {
      this.resized.push({ image, options });
      return { ...pictureOf(`${image.hash} resized`), width: options.width, height: options.height };
    },
    encode: async (image, options) => {
      this.encoded.push({ image, options });
      return { ...image, hash: `${image.hash} as ${options.format}`, format: options.format };
    },
    crop: async (image, area) => {
      this.cropped.push({ image, area });
      const { width, height } = area;
      return { ...pictureOf(`${image.hash} cropped`), width, height };
    },
    mask: async (image, source, shape) => {
      this.masked.push({ image, source, shape });
      return { ...image, hash: `${image.hash} mask`, format: 'png' };
    },
    markedArea: async ({ width, height }) => ({ left: 0, top: 0, width, height }),
    compose: async (options) => {
      this.composed.push(options);
      return { ...pictureOf('composed'), width: options.width, height: options.height };
    },
  };

  readonly files: MachineTools['files'] = {
    save: async (options) => {
      this.saved.push(options);
      return `/out/${options.name}`;
    },
  };

  report(): void {}
}

/** Runs a machine node. */
export async function runNode(
  definition: NodeDefinition,
  given: Given = {},
): Promise<{ outputs: Outputs; tools: RecordingTools }> {
  if (definition.work.on !== 'machine') throw new Error(`${definition.type} does not run on this computer`);
  const tools = new RecordingTools();
  return { outputs: await definition.work.run(argsOf(definition, given), tools), tools };
}

/** A picture of a size; the text tells two of one size apart. */
export function sized(width: number, height: number, text = ''): ImageRef {
  return { ...pictureOf(`${width} × ${height} ${text}`), width, height };
}
