import { defineNode } from '#core/node';
import { choiceParam, numberParam, textParam } from '#core/param';
import { escapedPrompt, resolvePrompt } from '#core/prompt';

export default defineNode({
  type: 'prompt',
  version: 2,
  title: 'Prompt',
  group: 'source',
  icon: 'text-quote',
  summary: 'Words for a model, with variables and wildcards, wired to as many nodes as you like.',
  keywords: ['text', 'words', 'template', 'insert', 'variable', 'wildcard', 'random', 'alternatives'],
  params: {
    text: textParam({
      label: 'Text',
      hint: 'Wildcards {red|green}, variables $name or {name}, {} for the inserted text, weights (word:1.2). A backslash takes a sign as it is.',
      lines: 6,
      placeholder: 'A red fox asleep in deep snow, soft morning light',
      onCard: true,
      prompt: 'template',
    }),
    variables: textParam({
      label: 'Variables',
      hint: 'One a line, as name = value. A value may have wildcards: it falls the same way wherever the name stands.',
      lines: 3,
      placeholder: 'coat = {red|green} wool coat',
      prompt: 'template',
    }),
    wildcards: choiceParam({
      label: 'Wildcards',
      hint: 'One draw is one prompt. Every way is a list: what follows runs, and costs, once for each.',
      options: [
        { value: 'draw', label: 'One draw' },
        { value: 'all', label: 'Every way, as a list' },
      ],
      initial: 'draw',
    }),
    draw: numberParam({
      label: 'Draw',
      hint: 'The same number always falls the same way; each way comes once before any comes again.',
      min: 1,
      max: 1_000_000,
      initial: 1,
      when: { param: 'wildcards', is: 'draw' },
    }),
  },
  inputs: {
    insert: { type: 'text', label: 'Insert', takes: 'one', required: false },
    variables: { type: 'text', label: 'Variables', takes: 'one', required: false },
    draw: { type: 'number', label: 'Draw', takes: 'one', required: false },
  },
  outputs: { text: { type: 'text', label: 'Text' } },
  upgrades: [
    {
      // Only {} had a meaning; every other sign stood for itself.
      from: 1,
      params: (old) => (typeof old['text'] === 'string' ? { ...old, text: escapedPrompt(old['text']) } : old),
    },
  ],
  work: {
    on: 'plan',
    values: ({ params: { text, variables, wildcards, draw }, inputs: { insert } }) => {
      const prompts = resolvePrompt(text, { insert, variables, draw: wildcards === 'all' ? 'all' : draw });
      return Array.isArray(prompts) ? { text: prompts } : prompts;
    },
  },
});
