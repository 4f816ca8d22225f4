import { defineNode } from '#core/node';
import { choiceParam } from '#core/param';

const image = (label: string) => ({ type: 'image', label, takes: 'all', required: false }) as const;

export default defineNode({
  type: 'switch',
  version: 1,
  title: 'Switch',
  group: 'flow',
  icon: 'split',
  summary: 'Passes on one of its inputs. What only the others need does not run and is not paid for.',
  keywords: ['select', 'route', 'branch', 'either', 'or', 'alternative', 'variant', 'if'],
  params: {
    pass: choiceParam({
      label: 'Passes on',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
        { value: 'c', label: 'C' },
        { value: 'd', label: 'D' },
      ],
      initial: 'a',
      onCard: true,
    }),
  },
  inputs: { a: image('A'), b: image('B'), c: image('C'), d: image('D') },
  outputs: { image: { type: 'image', label: 'Images' } },
  work: { on: 'wire', passes: ({ pass }) => ({ image: pass }) },
});
