import { defineNode } from '#core/node';
import { numberParam, seedParam, sizeParam, textParam, toggleParam } from '#core/param';

export default defineNode({
  type: 'multi-reference',
  version: 1,
  title: 'Multi-reference',
  group: 'model',
  icon: 'layers',
  summary:
    'A new picture from several: a face, a dress, a place. Call them "image 1", "image 2" in the prompt.',
  keywords: ['references', 'character', 'consistent', 'combine', 'product', 'brand', 'shelf'],
  params: {
    prompt: textParam({
      label: 'Prompt',
      hint: 'Name the references by their order: "the woman of image 1 in the coat of image 2". A wired prompt is used instead of this one.',
      lines: 6,
      placeholder: 'The woman of image 1 wearing the coat of image 2, walking through rain',
      onCard: true,
      prompt: 'weights',
    }),
    size: sizeParam({ label: 'Size', initial: { width: 2048, height: 2048 }, onCard: true }),
    count: numberParam({
      label: 'Pictures',
      hint: 'How many from each prompt. Asking for more later only pays for the new ones.',
      min: 1,
      max: 15,
      initial: 1,
      onCard: true,
    }),
    set: toggleParam({
      label: 'As one set',
      hint: 'One request for all, so that they belong together: a story, a character from all sides. Name the number in the prompt: fewer may come. Another number pays for all anew.',
      initial: false,
    }),
    seed: seedParam({
      label: 'Seed',
      hint: 'The same seed gives the same picture again, where the model takes one. A second picture gets the next seed.',
    }),
  },
  inputs: {
    references: { type: 'image', label: 'References', takes: 'all', required: true },
    prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false },
    loras: { type: 'lora', label: 'LoRAs', takes: 'all', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  copies: 'count',
  asSet: 'set',
  work: {
    on: 'provider',
    kind: 'edit',
    toTask: ({ params, inputs, copy, count }) => ({
      kind: 'edit',
      prompt: params.prompt,
      images: inputs.references,
      size: params.size,
      count,
      ...(params.seed === null ? {} : { seed: params.seed + copy }),
      loras: inputs.loras,
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});
