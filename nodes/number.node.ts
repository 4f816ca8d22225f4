import { defineNode } from '#core/node';
import { numberParam } from '#core/param';

export default defineNode({
  type: 'number',
  version: 1,
  title: 'Number',
  group: 'source',
  icon: 'hash',
  summary: 'One number for several nodes, for example a seed they share.',
  keywords: ['value', 'seed', 'strength'],
  params: {
    number: numberParam({
      label: 'Number',
      min: -10_000_000_000,
      max: 10_000_000_000,
      step: 0.1,
      initial: 1,
      onCard: true,
    }),
  },
  inputs: {},
  outputs: { number: { type: 'number', label: 'Number' } },
  work: { on: 'plan', values: ({ params }) => ({ number: [params.number] }) },
});
