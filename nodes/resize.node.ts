import { defineNode } from '#core/node';
import { choiceParam, colorParam, numberParam } from '#core/param';

export default defineNode({
  type: 'resize',
  version: 1,
  title: 'Resize',
  group: 'picture',
  icon: 'scaling',
  summary: 'Brings pictures to a size in pixels, whole, cropped or with a border.',
  keywords: ['scale', 'shrink', 'crop', 'fit', 'pad', 'dimensions', 'square'],
  params: {
    width: numberParam({ label: 'Width', min: 16, max: 16384, initial: 1024, unit: 'px', onCard: true }),
    height: numberParam({ label: 'Height', min: 16, max: 16384, initial: 1024, unit: 'px', onCard: true }),
    fit: choiceParam({
      label: 'Fit',
      hint: 'Inside: the whole picture in its own shape. Cover: fills the size, the rest is cut. Contain: the whole picture with a border. Stretch: exactly the size.',
      options: [
        { value: 'inside', label: 'Inside' },
        { value: 'cover', label: 'Cover' },
        { value: 'contain', label: 'Contain' },
        { value: 'fill', label: 'Stretch' },
      ],
      initial: 'inside',
      onCard: true,
    }),
    background: colorParam({ label: 'Border', hint: 'Only for "Contain".', initial: '#ffffff' }),
  },
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { width, height, fit, ...params }, inputs }, tools) => {
      const border = fit === 'contain' ? { background: params.background } : {};
      return { image: [await tools.pictures.resize(inputs.image, { width, height, fit, ...border })] };
    },
  },
});
