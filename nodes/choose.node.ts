import type { ChoiceRule } from '#core/choice';
import { defineNode } from '#core/node';
import { choiceParam, numberParam, picksParam } from '#core/param';

const asked = {
  any: 'Any of them',
  exactly: 'An exact number',
  best: 'The best one',
  all: 'All, without asking',
};

export default defineNode({
  type: 'choose',
  version: 1,
  title: 'Choose',
  group: 'flow',
  icon: 'list-checks',
  summary: 'You pick which pictures go on; the run waits for you. Nothing else is paid for.',
  keywords: ['pick', 'select', 'approve', 'gate', 'wait', 'funnel', 'survivor', 'filter', 'best'],
  params: {
    mode: choiceParam({
      label: 'Pick',
      options: [
        { value: 'any', label: asked.any },
        { value: 'exactly', label: asked.exactly },
        { value: 'best', label: asked.best },
        { value: 'all', label: asked.all },
      ],
      initial: 'any',
      onCard: true,
    }),
    count: numberParam({
      label: 'How many',
      min: 1,
      max: 1000,
      initial: 3,
      onCard: true,
      when: { param: 'mode', is: 'exactly' },
    }),
    again: choiceParam({
      label: 'New pictures',
      hint: 'When pictures come that were not there when you chose. What you picked and is still there stays picked.',
      options: [
        { value: 'ask', label: 'Ask again' },
        { value: 'keep', label: 'Keep what was picked' },
      ],
      initial: 'ask',
    }),
    picks: picksParam({ label: 'Picked' }),
  },
  inputs: { images: { type: 'image', label: 'Images', takes: 'all', required: true } },
  outputs: { image: { type: 'image', label: 'Picked' } },
  work: {
    on: 'person',
    from: 'images',
    gives: 'image',
    picks: 'picks',
    rule: ({ mode, count, again }): ChoiceRule => {
      const [fewest, most] = mode === 'exactly' ? [count, count] : mode === 'best' ? [1, 1] : [1, Infinity];
      return { all: mode === 'all', fewest, most, again: again === 'ask' };
    },
  },
});
