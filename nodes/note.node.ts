import { defineNode } from '#core/node';
import { textParam } from '#core/param';

export default defineNode({
  type: 'note',
  version: 1,
  title: 'Note',
  group: 'other',
  icon: 'sticky-note',
  summary: 'Words for whoever opens the workflow next. Does nothing.',
  keywords: ['comment', 'text', 'remark', 'help'],
  params: {
    text: textParam({ label: 'Text', lines: 8, placeholder: 'What this part is for', onCard: true }),
  },
  inputs: {},
  outputs: {},
  work: { on: 'plan', values: () => ({}) },
});
