import { defineNode } from '#core/node';

export default defineNode({
  type: 'compare',
  version: 1,
  title: 'Compare',
  group: 'flow',
  icon: 'square-split-horizontal',
  summary: 'Lays two pictures over each other with a slider between them, and passes both on.',
  keywords: ['before', 'after', 'difference', 'slider', 'side by side', 'versus'],
  params: {},
  inputs: {
    a: { type: 'image', label: 'A', takes: 'one', required: true },
    b: { type: 'image', label: 'B', takes: 'one', required: true },
  },
  outputs: { a: { type: 'image', label: 'A' }, b: { type: 'image', label: 'B' } },
  shows: 'slider',
  work: { on: 'plan', values: ({ inputs: { a, b } }) => ({ a: [a], b: [b] }) },
});
