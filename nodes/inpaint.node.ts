import { defineNode } from '#core/node';
import { choiceParam, numberParam, seedParam, textParam } from '#core/param';

export default defineNode({
  type: 'inpaint',
  version: 1,
  title: 'Inpaint',
  group: 'model',
  icon: 'paintbrush',
  summary: 'Paints the marked part of a picture anew and keeps the rest as it is.',
  keywords: ['fill', 'mask', 'remove', 'replace', 'retouch', 'repair', 'flux fill'],
  params: {
    prompt: textParam({
      label: 'Prompt',
      hint: 'What is to be seen in the marked part. A wired prompt is used instead of this one.',
      lines: 4,
      placeholder: 'A wet black stone with moss',
      onCard: true,
      prompt: 'weights',
    }),
    count: numberParam({
      label: 'Pictures',
      hint: 'How many from each picture. Asking for more later only pays for the new ones.',
      min: 1,
      max: 8,
      initial: 1,
      onCard: true,
    }),
    seed: seedParam({
      label: 'Seed',
      hint: 'The same seed gives the same picture again, where the model takes one. A second picture gets the next seed.',
    }),
    strength: choiceParam<'auto' | number>({
      label: 'Strength',
      hint: 'How much of what is there now may go, for models that take it (Stable Diffusion, Flux Dev on your own GPU). Flux Fill paints it all anew.',
      options: [
        { value: 'auto', label: 'As the model does' },
        { value: 0.35, label: '0.35 · light' },
        { value: 0.5, label: '0.5 · half' },
        { value: 0.65, label: '0.65 · strong' },
        { value: 0.8, label: '0.8 · very strong' },
        { value: 1, label: '1 · all new' },
      ],
      initial: 'auto',
    }),
  },
  inputs: {
    image: { type: 'image', label: 'Image', takes: 'one', required: true },
    mask: { type: 'mask', label: 'Mask', takes: 'one', required: true },
    prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false },
    loras: { type: 'lora', label: 'LoRAs', takes: 'all', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  copies: 'count',
  work: {
    on: 'provider',
    kind: 'edit',
    toTask: ({ params, inputs, copy, count }) => ({
      kind: 'edit',
      prompt: params.prompt,
      images: [inputs.image],
      mask: inputs.mask,
      // Another size would move what is to be kept.
      size: null,
      count,
      ...(params.seed === null ? {} : { seed: params.seed + copy }),
      ...(params.strength === 'auto' ? {} : { strength: params.strength }),
      loras: inputs.loras,
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});
