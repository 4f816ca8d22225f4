import { userFailure } from '#core/failure';
import { defineNode } from '#core/node';
import { textParam } from '#core/param';

const gap = '{}';

/** Put in as one more phrase: after a comma, unless the text already ends in a mark of its own. */
function appended(text: string, insert: string): string {
  const start = text.trimEnd();
  if (start === '') return insert;
  return /[\p{P}]$/u.test(start) ? `${start} ${insert}` : `${start}, ${insert}`;
}

export default defineNode({
  type: 'prompt',
  version: 1,
  title: 'Prompt',
  group: 'source',
  icon: 'text-quote',
  summary: 'Words for a model, written once and wired to as many nodes as you like.',
  keywords: ['text', 'words', 'template', 'insert'],
  params: {
    text: textParam({
      label: 'Text',
      hint: 'Write {} where the inserted text should stand. Without {} it is added at the end.',
      lines: 6,
      placeholder: 'A red fox asleep in deep snow, soft morning light',
      onCard: true,
    }),
  },
  inputs: { insert: { type: 'text', label: 'Insert', takes: 'one', required: false } },
  outputs: { text: { type: 'text', label: 'Text' } },
  work: {
    on: 'plan',
    values: ({ params: { text }, inputs: { insert } }) => {
      const hasGap = text.includes(gap);
      if (insert !== undefined)
        return { text: [hasGap ? text.split(gap).join(insert) : appended(text, insert)] };
      if (hasGap)
        return userFailure(
          'nothing-to-insert',
          'The text has a {} but nothing is wired to "Insert". Wire a text in, or take the {} out.',
        );
      return { text: [text] };
    },
  },
});
