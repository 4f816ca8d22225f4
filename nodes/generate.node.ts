import { defineNode } from '#core/node';
import { numberParam, seedParam, sizeParam, textParam, toggleParam } from '#core/param';

export default defineNode({
  type: 'generate',
  version: 1,
  title: 'Generate',
  group: 'model',
  icon: 'sparkles',
  summary: 'Makes pictures from words alone.',
  keywords: ['text to image', 'create', 'txt2img', 'draw'],
  params: {
    prompt: textParam({
      label: 'Prompt',
      hint: 'What to show. A wired prompt is used instead of this one.',
      lines: 6,
      placeholder: 'A red fox asleep in deep snow, soft morning light',
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
    negative: textParam({
      label: 'Negative prompt',
      prompt: 'weights',
      hint: 'What to keep out, for models that take one.',
      lines: 3,
      placeholder: 'blurry, text, watermark',
    }),
  },
  inputs: {
    prompt: { type: 'text', label: 'Prompt', takes: 'one', required: false },
    seed: { type: 'number', label: 'Seed', takes: 'one', required: false },
    loras: { type: 'lora', label: 'LoRAs', takes: 'all', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  copies: 'count',
  asSet: 'set',
  work: {
    on: 'provider',
    kind: 'generate',
    toTask: ({ params, inputs, copy, count }) => ({
      kind: 'generate',
      prompt: params.prompt,
      ...(params.negative.trim() === '' ? {} : { negative: params.negative }),
      size: params.size,
      count,
      ...(params.seed === null ? {} : { seed: params.seed + copy }),
      loras: inputs.loras,
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});
