import { defineNode } from '#core/node';
import { choiceParam, numberParam, seedParam, sliderParam, textParam } from '#core/param';
import { isImageRef, isLoraRef } from '#core/values';

export default defineNode({
  type: 'train-lora',
  version: 1,
  title: 'Train LoRA',
  group: 'model',
  icon: 'graduation-cap',
  summary:
    'Teaches a model a person, a product or a style from pictures, and gives the LoRA to the next node.',
  keywords: ['finetune', 'dreambooth', 'character', 'style', 'learn', 'training', 'weights'],
  params: {
    trigger: textParam({
      label: 'Trigger word',
      hint: 'A word the model does not know yet. It stands before every caption, and later in the prompt.',
      placeholder: 'ohwx woman',
      max: 200,
      onCard: true,
    }),
    steps: numberParam({
      label: 'Steps',
      hint: 'About a hundred for each picture. Too many, and every picture looks like those it learned from.',
      min: 1,
      max: 20_000,
      initial: 1500,
      onCard: true,
    }),
    written: textParam({
      label: 'Captions',
      hint: 'One line for each picture, in their order: what is to be seen besides the subject. Wired captions are used instead.',
      lines: 6,
      placeholder: 'smiling, in a garden\nfrom the side, studio light',
    }),
    rank: sliderParam({
      label: 'Rank',
      hint: 'How much the LoRA can hold. Twice the rank is twice the file and more memory.',
      min: 1,
      max: 32,
      step: 1,
      initial: 16,
    }),
    learningRate: numberParam({
      label: 'Learning rate',
      hint: 'How far each step goes. Less of it wants more steps; more of it can spoil the LoRA.',
      min: 0.000_001,
      max: 0.01,
      step: 0.000_001,
      initial: 0.0001,
    }),
    resolution: choiceParam({
      label: 'Resolution',
      hint: 'Pictures are cropped to about so many pixels a side, in the shape nearest to their own.',
      options: [
        { value: 512, label: '512' },
        { value: 768, label: '768' },
        { value: 1024, label: '1024' },
      ],
      initial: 1024,
    }),
    seed: seedParam({ label: 'Seed', hint: 'The same seed trains the same way again.' }),
    samples: sliderParam({
      label: 'Samples',
      hint: 'Pictures made with the LoRA when it is trained. A change trains nothing anew; it counts for the next training.',
      min: 0,
      max: 4,
      step: 1,
      initial: 1,
    }),
    samplePrompt: textParam({
      label: 'Sample prompt',
      hint: 'What the samples show. Empty: the trigger word alone.',
      lines: 2,
      placeholder: 'ohwx woman in a garden',
    }),
  },
  inputs: {
    images: { type: 'image', label: 'Pictures', takes: 'all', required: true },
    captions: { type: 'text', label: 'Captions', takes: 'all', required: false },
    trigger: { type: 'text', label: 'Trigger word', takes: 'one', required: false },
  },
  outputs: { lora: { type: 'lora', label: 'LoRA' }, samples: { type: 'image', label: 'Samples' } },
  beside: ['samples', 'samplePrompt'],
  work: {
    on: 'provider',
    kind: 'train-lora',
    toTask: ({ params, inputs }) => {
      const { trigger, steps, rank, learningRate, resolution, samples, samplePrompt, seed } = params;
      const written = linesOf(params.written);
      return {
        kind: 'train-lora',
        images: inputs.images,
        captions: inputs.captions.length > 0 ? inputs.captions : written,
        trigger: trigger.trim(),
        steps,
        rank: Math.round(rank),
        learningRate,
        resolution,
        ...(samples < 1
          ? {}
          : { samples: { count: Math.round(samples), prompt: samplePrompt.trim() || trigger.trim() } }),
        ...(seed === null ? {} : { seed }),
      };
    },
    toOutputs: (made) => ({ lora: made.filter(isLoraRef), samples: made.filter(isImageRef) }),
  },
});

/** An empty line between others is a picture without a caption; those at the end are nothing. */
function linesOf(text: string): string[] {
  const trimmed = text.trimEnd();
  return trimmed === '' ? [] : trimmed.split(/\r?\n/).map((line) => line.trim());
}
