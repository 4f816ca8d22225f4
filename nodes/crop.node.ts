import { defineNode } from '#core/node';
import { choiceParam, numberParam } from '#core/param';
import type { Area } from '#core/pictures';
import type { Size } from '#core/values';

/** Where the kept part lies, along and down what is left over: 0 one end, 1 the other. */
const places = {
  center: [0.5, 0.5],
  top: [0.5, 0],
  bottom: [0.5, 1],
  left: [0, 0.5],
  right: [1, 0.5],
  'top-left': [0, 0],
  'top-right': [1, 0],
  'bottom-left': [0, 1],
  'bottom-right': [1, 1],
} as const;

/** The largest part of this shape (width over height). */
function shaped(picture: Size, aspect: number, [across, down]: readonly [number, number]): Area {
  const width = Math.max(1, Math.min(picture.width, Math.round(picture.height * aspect)));
  const height = Math.max(1, Math.min(picture.height, Math.round(picture.width / aspect)));
  return {
    left: Math.round((picture.width - width) * across),
    top: Math.round((picture.height - height) * down),
    width,
    height,
  };
}

export default defineNode({
  type: 'crop',
  version: 1,
  title: 'Crop',
  group: 'picture',
  icon: 'crop',
  summary: 'Cuts pictures to a shape or to a part in pixels, without scaling them.',
  keywords: ['cut', 'trim', 'aspect', 'square', 'ratio', 'part'],
  params: {
    by: choiceParam({
      label: 'Keeps',
      options: [
        { value: 'shape', label: 'The most of a shape' },
        { value: 'part', label: 'A part in pixels' },
      ],
      initial: 'shape',
      onCard: true,
    }),
    shape: choiceParam({
      label: 'Shape',
      options: [
        { value: '1:1', label: '1:1' },
        { value: '4:3', label: '4:3' },
        { value: '3:4', label: '3:4' },
        { value: '3:2', label: '3:2' },
        { value: '2:3', label: '2:3' },
        { value: '16:9', label: '16:9' },
        { value: '9:16', label: '9:16' },
        { value: '21:9', label: '21:9' },
      ],
      initial: '1:1',
      onCard: true,
      when: { param: 'by', is: 'shape' },
    }),
    place: choiceParam<keyof typeof places>({
      label: 'From',
      hint: 'Which part stays where something is cut.',
      options: [
        { value: 'center', label: 'The middle' },
        { value: 'top', label: 'Top' },
        { value: 'bottom', label: 'Bottom' },
        { value: 'left', label: 'Left' },
        { value: 'right', label: 'Right' },
        { value: 'top-left', label: 'Top left' },
        { value: 'top-right', label: 'Top right' },
        { value: 'bottom-left', label: 'Bottom left' },
        { value: 'bottom-right', label: 'Bottom right' },
      ],
      initial: 'center',
      onCard: true,
      when: { param: 'by', is: 'shape' },
    }),
    left: numberParam({
      label: 'Left',
      min: 0,
      max: 16384,
      initial: 0,
      unit: 'px',
      onCard: true,
      when: { param: 'by', is: 'part' },
    }),
    top: numberParam({
      label: 'Top',
      min: 0,
      max: 16384,
      initial: 0,
      unit: 'px',
      onCard: true,
      when: { param: 'by', is: 'part' },
    }),
    width: numberParam({
      label: 'Width',
      min: 1,
      max: 16384,
      initial: 1024,
      unit: 'px',
      onCard: true,
      when: { param: 'by', is: 'part' },
    }),
    height: numberParam({
      label: 'Height',
      min: 1,
      max: 16384,
      initial: 1024,
      unit: 'px',
      onCard: true,
      when: { param: 'by', is: 'part' },
    }),
  },
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  framing: {
    over: 'image',
    left: 'left',
    top: 'top',
    width: 'width',
    height: 'height',
    when: { param: 'by', is: 'part' },
  },
  work: {
    on: 'machine',
    effect: 'none',
    run: async ({ params: { by, shape, place, ...part }, inputs: { image } }, tools) => {
      const [across = 1, down = 1] = shape.split(':').map(Number);
      const area = by === 'shape' ? shaped(image, across / down, places[place]) : part;
      return { image: [await tools.pictures.crop(image, area)] };
    },
  },
});
