import { FailureError, userFailure } from '#core/failure';
import { maskMismatch } from '#core/mask-shape';
import { defineNode } from '#core/node';
import { choiceParam, sliderParam } from '#core/param';

export default defineNode({
  type: 'composite',
  version: 1,
  title: 'Composite',
  group: 'picture',
  icon: 'layers-2',
  summary: 'Lays one picture over another, whole or through a mask.',
  keywords: ['overlay', 'layer', 'blend', 'merge', 'paste', 'watermark', 'logo', 'mask'],
  params: {
    fit: choiceParam({
      label: 'Upper picture',
      hint: 'Cover: fills the lower picture, the rest is cut. Stretch: exactly its size. Place: at a size and a place of your own.',
      options: [
        { value: 'cover', label: 'Cover' },
        { value: 'fill', label: 'Stretch' },
        { value: 'place', label: 'Place' },
      ],
      initial: 'cover',
      onCard: true,
    }),
    size: sliderParam({
      label: 'Size',
      hint: 'Its width in parts of the width of the lower picture.',
      min: 0.01,
      max: 2,
      step: 0.01,
      initial: 0.5,
      onCard: true,
      when: { param: 'fit', is: 'place' },
    }),
    across: sliderParam({
      label: 'Across',
      hint: '0 at the left edge, 0.5 in the middle, 1 at the right edge.',
      min: 0,
      max: 1,
      step: 0.01,
      initial: 0.5,
      onCard: true,
      when: { param: 'fit', is: 'place' },
    }),
    down: sliderParam({
      label: 'Down',
      hint: '0 at the upper edge, 0.5 in the middle, 1 at the lower edge.',
      min: 0,
      max: 1,
      step: 0.01,
      initial: 0.5,
      onCard: true,
      when: { param: 'fit', is: 'place' },
    }),
    opacity: sliderParam({ label: 'Opacity', min: 0, max: 1, step: 0.01, initial: 1 }),
  },
  inputs: {
    lower: { type: 'image', label: 'Lower', takes: 'one', required: true },
    upper: { type: 'image', label: 'Upper', takes: 'one', required: true },
    mask: { type: 'mask', label: 'Mask', takes: 'one', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { fit, size, across, down, opacity }, inputs: { lower, upper, mask } }, tools) => {
      const { width, height } = lower;
      const whole = { left: 0, top: 0, width, height };
      const wide = Math.max(1, Math.round(width * size));
      const high = Math.max(1, Math.round((wide * upper.height) / upper.width));
      const placed = {
        left: Math.round((width - wide) * across),
        top: Math.round((height - high) * down),
        width: wide,
        height: high,
      };
      const box = fit === 'place' ? placed : whole;
      const mismatch = mask && maskMismatch(mask, fit === 'place' ? upper : box);
      if (mismatch !== undefined) throw new FailureError(userFailure('mask-size', mismatch));
      const image = await tools.pictures.compose({
        width,
        height,
        background: null,
        layers: [
          { kind: 'image', image: lower, ...whole, fit: 'fill' },
          {
            kind: 'image',
            image: upper,
            ...box,
            fit: fit === 'cover' ? 'cover' : 'fill',
            opacity,
            ...(mask === undefined ? {} : { mask }),
          },
        ],
      });
      return { image: [image] };
    },
  },
});
