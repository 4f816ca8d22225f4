import { defineNode } from '#core/node';
import { choiceParam } from '#core/param';

export default defineNode({
  type: 'upscale',
  version: 1,
  title: 'Upscale',
  group: 'model',
  icon: 'maximize-2',
  summary: 'Makes a picture larger: on this computer for nothing, or by a model that adds detail.',
  keywords: ['enlarge', 'enhance', 'resolution', 'esrgan', 'lanczos', 'super resolution'],
  params: {
    factor: choiceParam({
      label: 'Factor',
      options: [
        { value: 2, label: '2 ×' },
        { value: 4, label: '4 ×' },
      ],
      initial: 2,
      onCard: true,
    }),
  },
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'provider',
    kind: 'upscale',
    toTask: ({ params, inputs }) => ({ kind: 'upscale', image: inputs.image, factor: params.factor }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});
