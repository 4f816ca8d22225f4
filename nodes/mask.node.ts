import { defineNode } from '#core/node';
import { choiceParam, colorParam, numberParam, paintingParam, sliderParam, toggleParam } from '#core/param';
import type { MaskSource } from '#core/pictures';

export default defineNode({
  type: 'mask',
  version: 1,
  title: 'Mask',
  group: 'picture',
  icon: 'squares-subtract',
  summary: 'Marks a part of a picture: painted by hand, or by its transparency, its brightness or a colour.',
  keywords: [
    'paint',
    'draw',
    'brush',
    'select',
    'selection',
    'alpha',
    'matte',
    'cut-out',
    'threshold',
    'color key',
    'inpaint',
  ],
  params: {
    from: choiceParam({
      label: 'Marks',
      hint: 'What is marked is white in the mask: an Inpaint node paints it anew.',
      options: [
        { value: 'clear', label: 'What is clear' },
        { value: 'bright', label: 'What is bright' },
        { value: 'color', label: 'A colour' },
        { value: 'shades', label: 'White of a drawn mask' },
        { value: 'painted', label: 'What is painted' },
      ],
      initial: 'clear',
      onCard: true,
    }),
    threshold: sliderParam({
      label: 'Threshold',
      hint: 'What is at least so bright is marked: 0 everything, 1 only pure white.',
      min: 0,
      max: 1,
      step: 0.01,
      initial: 0.5,
      onCard: true,
      when: { param: 'from', is: 'bright' },
    }),
    color: colorParam({
      label: 'Colour',
      initial: '#00ff00',
      onCard: true,
      when: { param: 'from', is: 'color' },
    }),
    tolerance: sliderParam({
      label: 'Tolerance',
      hint: 'How far from the colour still counts: 0 exactly the colour, 1 everything.',
      min: 0,
      max: 1,
      step: 0.01,
      initial: 0.15,
      onCard: true,
      when: { param: 'from', is: 'color' },
    }),
    painting: paintingParam({
      label: 'Painting',
      hint: 'Painted over the picture. With a list of pictures the same painting lies over each, stretched to its size.',
      over: 'image',
      invert: 'invert',
      feather: 'feather',
      onCard: true,
      late: true,
      when: { param: 'from', is: 'painted' },
    }),
    invert: toggleParam({ label: 'Invert', hint: 'Marks everything else.', initial: false, onCard: true }),
    grow: numberParam({
      label: 'Grow',
      hint: 'Moves the edge outwards; below 0 inwards.',
      min: -256,
      max: 256,
      initial: 0,
      unit: 'px',
    }),
    feather: numberParam({
      label: 'Feather',
      hint: 'Width of the soft edge.',
      min: 0,
      max: 256,
      initial: 0,
      unit: 'px',
    }),
  },
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { mask: { type: 'mask', label: 'Mask' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { from, invert, grow, feather, ...params }, inputs }, tools) => {
      const sources: { [K in typeof from]: MaskSource } = {
        clear: { from: 'clear' },
        bright: { from: 'bright', threshold: params.threshold },
        shades: { from: 'shades' },
        color: { from: 'color', color: params.color, tolerance: params.tolerance },
        painted: { from: 'painted', painting: params.painting },
      };
      const source = sources[from];
      return { mask: [await tools.pictures.mask(inputs.image, source, { invert, grow, feather })] };
    },
  },
});
