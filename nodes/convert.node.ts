import { defineNode } from '#core/node';
import { choiceParam, sliderParam } from '#core/param';

export default defineNode({
  type: 'convert',
  version: 1,
  title: 'Convert',
  group: 'picture',
  icon: 'file-image',
  summary: 'Writes pictures in another file format, lighter or without loss.',
  keywords: ['format', 'jpeg', 'jpg', 'png', 'webp', 'avif', 'tiff', 'compress', 'encode'],
  params: {
    format: choiceParam({
      label: 'Format',
      hint: 'JPEG keeps no transparency: what is clear becomes white.',
      options: [
        { value: 'png', label: 'PNG' },
        { value: 'jpeg', label: 'JPEG' },
        { value: 'webp', label: 'WebP' },
        { value: 'avif', label: 'AVIF' },
        { value: 'tiff', label: 'TIFF' },
      ],
      initial: 'jpeg',
      onCard: true,
    }),
    quality: sliderParam({
      label: 'Quality',
      hint: 'For JPEG, WebP and AVIF: less is lighter.',
      min: 1,
      max: 100,
      step: 1,
      initial: 90,
    }),
  },
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { format, quality }, inputs: { image } }, tools) => {
      const isLossless = format === 'png' || format === 'tiff';
      const options = isLossless ? { format } : { format, quality };
      return { image: [await tools.pictures.encode(image, options)] };
    },
  },
});
