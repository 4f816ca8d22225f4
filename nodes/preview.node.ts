import { defineNode } from '#core/node';

export default defineNode({
  type: 'preview',
  version: 1,
  title: 'Preview',
  group: 'result',
  icon: 'eye',
  summary: 'Shows the pictures that come in, side by side, and passes them on.',
  keywords: ['show', 'view', 'look', 'gallery', 'compare', 'collect'],
  params: {},
  inputs: { images: { type: 'image', label: 'Images', takes: 'all', required: true } },
  outputs: { image: { type: 'image', label: 'Images' } },
  work: {
    on: 'machine',
    effect: 'none',
    gives: ({ inputs }) => ({ image: inputs.images.length }),
    run: async ({ inputs }) => ({ image: inputs.images }),
  },
});
