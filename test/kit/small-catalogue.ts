import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { userFailure } from '#core/failure';
import type { JsonValue } from '#core/json';
import { defineNode, type NodeCatalogue, type NodeDefinition } from '#core/node';
import {
  imageFileParam,
  numberParam,
  optionalSizeParam,
  seedParam,
  sizeParam,
  textParam,
  toggleParam,
} from '#core/param';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import choose from '#nodes/choose.node';
import switchNode from '#nodes/switch.node';

/** A few kinds of node with nothing to spare, for tests of the core and the engine; those of a trait of their own are the real ones. */
const definitions: NodeDefinition[] = [
  choose,
  switchNode,
  defineNode({
    type: 'words',
    version: 1,
    title: 'Words',
    group: 'source',
    icon: 'list',
    summary: 'A text for each line.',
    params: { lines: textParam({ label: 'Lines', initial: 'a cat' }) },
    inputs: {},
    outputs: { text: { type: 'text', label: 'Text' } },
    work: {
      on: 'plan',
      values: ({ params }) => {
        if (params.lines === 'refuse') return userFailure('refused', 'These words are refused.');
        return { text: params.lines.split('\n').filter(Boolean) };
      },
    },
  }),
  defineNode({
    type: 'join',
    version: 1,
    title: 'Join',
    group: 'source',
    icon: 'link',
    summary: 'Two texts in one.',
    params: {},
    inputs: {
      left: { type: 'text', label: 'Left', takes: 'one', required: true },
      right: { type: 'text', label: 'Right', takes: 'one', required: true },
    },
    outputs: { text: { type: 'text', label: 'Text' } },
    work: { on: 'plan', values: ({ inputs }) => ({ text: [`${inputs.left} ${inputs.right}`] }) },
  }),
  defineNode({
    type: 'picture',
    version: 1,
    title: 'Picture',
    group: 'source',
    icon: 'image',
    summary: 'A picture file.',
    params: { file: imageFileParam({ label: 'File' }) },
    inputs: {},
    outputs: { image: { type: 'image', label: 'Image' } },
    work: { on: 'plan', values: ({ params }) => ({ image: [params.file] }) },
  }),
  defineNode({
    type: 'make',
    version: 1,
    title: 'Make',
    group: 'model',
    icon: 'sparkles',
    summary: 'A picture from words.',
    params: {
      prompt: textParam({ label: 'Prompt', initial: 'a cat' }),
      size: sizeParam({ label: 'Size', initial: { width: 64, height: 64 } }),
      seed: seedParam({ label: 'Seed' }),
      count: numberParam({ label: 'Count', min: 1, max: 8, initial: 1 }),
      set: toggleParam({ label: 'Set', initial: false }),
    },
    inputs: { prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false } },
    outputs: { image: { type: 'image', label: 'Image' } },
    copies: 'count',
    asSet: 'set',
    work: {
      on: 'provider',
      kind: 'generate',
      toTask: ({ params, count }) => ({
        kind: 'generate',
        prompt: params.prompt,
        size: params.size,
        count,
        loras: [],
        ...(params.seed === null ? {} : { seed: params.seed }),
      }),
      toOutputs: (pictures) => ({ image: pictures }),
    },
  }),
  defineNode({
    type: 'change',
    version: 1,
    title: 'Change',
    group: 'model',
    icon: 'brush',
    summary: 'A picture from pictures.',
    params: {
      prompt: textParam({ label: 'Prompt', initial: 'make it blue' }),
      size: optionalSizeParam({ label: 'Size' }),
    },
    inputs: {
      prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false },
      images: { type: 'image', label: 'Images', takes: 'all', required: true },
    },
    outputs: { image: { type: 'image', label: 'Image' } },
    work: {
      on: 'provider',
      kind: 'edit',
      toTask: ({ params, inputs }) => ({
        kind: 'edit',
        prompt: params.prompt,
        images: inputs.images,
        size: params.size,
        count: 1,
        loras: [],
      }),
      toOutputs: (pictures) => ({ image: pictures }),
    },
  }),
  defineNode({
    type: 'shrink',
    version: 1,
    title: 'Shrink',
    group: 'picture',
    icon: 'minimize',
    summary: 'Half the size.',
    params: {},
    inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
    outputs: { image: { type: 'image', label: 'Image' } },
    work: {
      on: 'machine',
      effect: 'none',
      run: async ({ inputs }, tools) => {
        const { width, height } = inputs.image;
        const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
        return { image: [await tools.pictures.resize(inputs.image, { ...half, fit: 'fill' })] };
      },
    },
  }),
  defineNode({
    type: 'write',
    version: 1,
    title: 'Write',
    group: 'result',
    icon: 'save',
    summary: 'A file.',
    params: { name: textParam({ label: 'Name', initial: 'out' }) },
    inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
    outputs: { image: { type: 'image', label: 'Image' } },
    work: {
      on: 'machine',
      effect: 'writes-files',
      run: async ({ params, inputs, index }, tools) => {
        await tools.files.save({ image: inputs.image, folder: '', name: `${params.name}-${index + 1}` });
        return { image: [inputs.image] };
      },
    },
  }),
];

export const smallNodes: NodeCatalogue = new Map(
  definitions.map((definition) => [definition.type, definition]),
);

export const smallModel: ModelSpec = {
  id: 'one',
  label: 'Model one',
  tasks: ['generate', 'edit'],
  pinned: true,
  maxCount: 4,
  sets: true,
  maxReferences: 3,
  takes: { seed: true },
  price: { perPicture: 0.04, asOf: '2026-11-21', source: 'a test' },
  seconds: { low: 5, high: 20 },
};

export const smallProvider: ProviderInfo = {
  id: 'shop',
  label: 'Shop',
  homepage: 'https://example.com',
  revision: 1,
  summary: 'A vendor of tests.',
  secrets: [],
  settings: [],
  limits: { together: 4 },
  models: [smallModel],
  recovery: 'ticket',
  cancels: false,
};

type NodeLine = [id: string, type: string, params?: Record<string, JsonValue>];

/** A document from a few lines: nodes, then edges as `"a.image > b.images"`. Model nodes run at the shop. */
export function small(nodes: readonly NodeLine[], edges: readonly string[] = []): WorkflowDocument {
  let document: WorkflowDocument = {
    ...createDocument('document-1', 'Small'),
    routes: { generate: 'shop/one', edit: 'shop/one' },
  };
  for (const [id, type, params] of nodes) {
    const definition = smallNodes.get(type);
    const node = definition === undefined ? { type, version: 1, params: {} } : newNode(definition);
    document = addNode(document, id, node, [0, 0]);
    for (const [name, value] of Object.entries(params ?? {})) document = setParam(document, id, name, value);
  }
  for (const edge of edges) {
    const [from, to] = edge.split(' > ');
    document = connect(document, { from: from!, to: to! }, { replace: false });
  }
  return document;
}
