import { defineNode } from '#core/node';
import { choiceParam, textParam } from '#core/param';

export default defineNode({
  type: 'note',
  version: 1,
  title: 'Note',
  group: 'other',
  icon: 'sticky-note',
  look: 'note',
  summary: 'Words for whoever opens the workflow next. Does nothing.',
  keywords: ['comment', 'text', 'remark', 'help'],
  params: {
    text: textParam({ label: 'Text', lines: 8, placeholder: 'What this part is for', onCard: true }),
    color: choiceParam({
      label: 'Colour',
      options: [
        { value: 'amber', label: 'Amber' },
        { value: 'green', label: 'Green' },
        { value: 'blue', label: 'Blue' },
        { value: 'violet', label: 'Violet' },
        { value: 'rose', label: 'Rose' },
        { value: 'grey', label: 'Grey' },
      ],
      initial: 'amber',
    }),
  },
  inputs: {},
  outputs: {},
  work: { on: 'plan', values: () => ({}) },
});
