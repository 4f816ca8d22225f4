import { defineNode } from '#core/node';
import { choiceParam, numberParam, optionalSizeParam, seedParam, textParam, toggleParam } from '#core/param';

export default defineNode({
  type: 'edit',
  version: 1,
  title: 'Edit',
  group: 'model',
  icon: 'wand-sparkles',
  summary: 'Changes a picture as you say, and leaves the rest of it alone.',
  keywords: ['image to image', 'img2img', 'change', 'retouch', 'restyle', 'background'],
  params: {
    prompt: textParam({
      label: 'Prompt',
      hint: 'What to change and what to keep. A wired prompt is used instead of this one.',
      lines: 6,
      placeholder: 'Put it on a wet black stone at night. Keep the label as it is.',
      onCard: true,
      prompt: 'weights',
    }),
    size: optionalSizeParam({
      label: 'Size',
      hint: 'As the picture that comes in, or a size of your own.',
      onCard: true,
    }),
    count: numberParam({
      label: 'Pictures',
      hint: 'How many from each picture. Asking for more later only pays for the new ones.',
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
    strength: choiceParam<'auto' | number>({
      label: 'Strength',
      hint: 'How far the result may go from the picture, for models that take it (Stable Diffusion, Flux on your own GPU).',
      options: [
        { value: 'auto', label: 'As the model does' },
        { value: 0.2, label: '0.2 · a touch' },
        { value: 0.35, label: '0.35 · light' },
        { value: 0.5, label: '0.5 · half' },
        { value: 0.65, label: '0.65 · strong' },
        { value: 0.8, label: '0.8 · very strong' },
        { value: 0.95, label: '0.95 · nearly new' },
      ],
      initial: 'auto',
    }),
  },
  inputs: {
    image: { type: 'image', label: 'Image', takes: 'one', required: true },
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
      images: [inputs.image],
      size: params.size,
      count,
      ...(params.seed === null ? {} : { seed: params.seed + copy }),
      ...(params.strength === 'auto' ? {} : { strength: params.strength }),
      loras: inputs.loras,
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});
