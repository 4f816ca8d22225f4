import { userFailure } from '#core/failure';
import { defineNode } from '#core/node';
import { loraFileParam, sliderParam, toggleParam } from '#core/param';

export default defineNode({
  type: 'lora',
  version: 1,
  title: 'LoRA',
  group: 'model',
  icon: 'blend',
  summary: 'Adds a trained style, face or product to a model. Chain several, one after the other.',
  keywords: ['style', 'adapter', 'character', 'finetune', 'weights'],
  params: {
    name: loraFileParam({
      label: 'File',
      hint: 'The name of the LoRA file where the model runs, for example film-grain.safetensors.',
      placeholder: 'film-grain.safetensors',
      onCard: true,
    }),
    strength: sliderParam({
      label: 'Strength',
      hint: '1 is as trained, 0 is off. Sliders made as LoRAs also take values below 0.',
      min: -2,
      max: 2,
      initial: 1,
      onCard: true,
    }),
    ownClip: toggleParam({
      label: 'Text encoder apart',
      hint: 'Gives the text encoder a strength of its own. Stable Diffusion and SDXL have one that LoRAs change.',
      initial: false,
    }),
    clip: sliderParam({
      label: 'Text encoder',
      hint: '0 leaves it as it is: the look of the LoRA without its words.',
      min: -2,
      max: 2,
      initial: 1,
      when: { param: 'ownClip', is: true },
    }),
  },
  inputs: {
    loras: { type: 'lora', label: 'LoRAs', takes: 'all', required: false },
    strength: { type: 'number', label: 'Strength', takes: 'one', required: false },
  },
  outputs: { loras: { type: 'lora', label: 'LoRAs' } },
  work: {
    on: 'plan',
    values: ({ params, inputs }) => {
      const name = params.name.trim();
      if (name === '') return userFailure('no-lora', 'Choose a LoRA file, or take this node out.');
      const { strength, clip, ownClip } = params;
      return { loras: [...inputs.loras, { name, strength, ...(ownClip ? { clip } : {}) }] };
    },
  },
});
