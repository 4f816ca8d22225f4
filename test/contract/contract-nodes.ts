import { createDocument } from '#core/document/create';
import { addNode, newNode, setParam } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import { defineNode, type NodeCatalogue } from '#core/node';
import { imageFileParam, imageFolderParam, numberParam, seedParam, sizeParam, textParam } from '#core/param';
import type { TaskKind } from '#core/task';

/** One node for each kind of task, that asks for exactly what its params say. */

const made = {
  prompt: textParam({ label: 'Prompt', initial: 'a red bicycle' }),
  size: sizeParam({ label: 'Size', initial: { width: 2048, height: 2048 } }),
  count: numberParam({ label: 'Count', min: 1, max: 8, initial: 1 }),
  seed: seedParam({ label: 'Seed' }),
};
const image = { image: { type: 'image', label: 'Image' } } as const;
const look = {
  version: 1,
  group: 'model',
  icon: 'sparkles',
  summary: 'For the contract of providers.',
} as const;

const generate = defineNode({
  ...look,
  type: 'generate',
  title: 'Generate',
  params: { ...made, negative: textParam({ label: 'Negative' }), lora: textParam({ label: 'LoRA' }) },
  inputs: {},
  outputs: image,
  work: {
    on: 'provider',
    kind: 'generate',
    toTask: ({ params: { prompt, size, count, seed, negative, lora } }) => ({
      kind: 'generate',
      prompt,
      size,
      count,
      extra: undefined,
      loras: lora === '' ? [] : [{ name: lora, strength: 0.7 }],
      ...(negative === '' ? {} : { negative }),
      ...(seed === null ? {} : { seed }),
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});

const edit = defineNode({
  ...look,
  type: 'edit',
  title: 'Edit',
  params: { ...made, references: imageFolderParam({ label: 'References' }) },
  inputs: {},
  outputs: image,
  work: {
    on: 'provider',
    kind: 'edit',
    toTask: ({ params: { prompt, size, count, seed, references } }) => ({
      kind: 'edit',
      prompt,
      size,
      count,
      extra: undefined,
      images: references,
      loras: [],
      ...(seed === null ? {} : { seed }),
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});

const upscale = defineNode({
  ...look,
  type: 'upscale',
  title: 'Upscale',
  params: {
    picture: imageFileParam({ label: 'Picture' }),
    factor: numberParam({ label: 'Factor', min: 1, max: 8, initial: 2 }),
  },
  inputs: {},
  outputs: image,
  work: {
    on: 'provider',
    kind: 'upscale',
    toTask: ({ params }) => ({
      kind: 'upscale',
      image: params.picture,
      factor: params.factor,
      extra: undefined,
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});

export const contractNodes: NodeCatalogue = new Map(
  [generate, edit, upscale].map((definition) => [definition.type, definition]),
);

/** A workflow of the one node `it`. */
export function oneNode(
  kind: TaskKind,
  route: string,
  params: Readonly<Record<string, JsonValue>> = {},
): WorkflowDocument {
  const definition = contractNodes.get(kind)!;
  let document = addNode(createDocument('contract'), 'it', { ...newNode(definition), route }, [0, 0]);
  for (const [name, value] of Object.entries(params)) document = setParam(document, 'it', name, value);
  return document;
}
