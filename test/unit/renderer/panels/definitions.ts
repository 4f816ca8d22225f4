import { defineNode, nodeCatalogue } from '#core/node';
import { textParam } from '#core/param';
import type { ModelSpec, ProviderInfo } from '#core/provider';

/** Node kinds and providers made up for the tests of the panels. */

const prompt = defineNode({
  type: 'test-prompt',
  version: 1,
  title: 'Prompt',
  group: 'source',
  icon: 'type',
  summary: 'Words.',
  keywords: ['text'],
  params: { prompt: textParam({ label: 'Prompt' }) },
  inputs: {},
  outputs: { text: { type: 'text', label: 'Text' } },
  work: { on: 'plan', values: ({ params }) => ({ text: [params.prompt] }) },
});

const edit = defineNode({
  type: 'test-edit',
  version: 1,
  title: 'Edit',
  group: 'model',
  icon: 'wand',
  summary: 'Pictures from pictures.',
  params: { prompt: textParam({ label: 'Prompt' }) },
  inputs: {
    mask: { type: 'mask', label: 'Mask', takes: 'one', required: false },
    style: { type: 'image', label: 'Style', takes: 'one', required: false },
    images: { type: 'image', label: 'Images', takes: 'all', required: true },
    prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'provider',
    kind: 'edit',
    toTask: ({ params, inputs }) => ({
      kind: 'edit',
      prompt: params.prompt,
      images: inputs.images,
      size: null,
      count: 1,
      loras: [],
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});

export const definitions = { prompt, edit };
export const catalogue = nodeCatalogue({ a: { default: prompt }, b: { default: edit } });

export function model(id: string, more: Partial<ModelSpec> = {}): ModelSpec {
  return {
    id,
    label: `Model ${id}`,
    tasks: ['edit'],
    pinned: false,
    maxCount: 1,
    takes: {},
    price: { perPicture: 0.03, asOf: '2026-01-01', source: 'https://example.com/prices' },
    seconds: { low: 5, high: 20 },
    ...more,
  };
}

export function provider(id: string, models: ModelSpec[]): ProviderInfo {
  return {
    id,
    label: `Provider ${id}`,
    homepage: 'https://example.com',
    revision: 1,
    summary: '',
    secrets: [],
    settings: [],
    limits: { together: 1 },
    models,
    recovery: 'ticket',
    cancels: false,
  };
}
