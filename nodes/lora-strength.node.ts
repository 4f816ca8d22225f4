import { defineNode } from '#core/node';
import { sliderParam } from '#core/param';

export default defineNode({
  type: 'lora-strength',
  version: 1,
  title: 'LoRA strength',
  group: 'model',
  icon: 'sliders-horizontal',
  summary: 'How strongly the LoRAs that go through it count. Changing it trains nothing anew.',
  keywords: ['weight', 'adapter', 'scale', 'train'],
  params: {
    strength: sliderParam({
      label: 'Strength',
      hint: '1 is as trained, 0 is off.',
      min: -2,
      max: 2,
      initial: 0.8,
      onCard: true,
    }),
  },
  inputs: {
    loras: { type: 'lora', label: 'LoRAs', takes: 'all', required: true },
    strength: { type: 'number', label: 'Strength', takes: 'one', required: false },
  },
  outputs: { loras: { type: 'lora', label: 'LoRAs' } },
  work: {
    on: 'plan',
    values: ({ params, inputs }) => ({
      loras: inputs.loras.map((lora) => ({ ...lora, strength: params.strength })),
    }),
  },
});
