import { defineNode } from '#core/node';
import { choiceParam, sliderParam, textParam } from '#core/param';

/** `{n}` is the number of the picture, from 1; with more letters, `{nnn}`, it has at least as many digits. */
function fileName(pattern: string, index: number): string {
  const name = pattern
    .trim()
    .replace(/\{(n+)\}/g, (_match, digits: string) => String(index + 1).padStart(digits.length, '0'));
  return name === '' ? 'picture' : name;
}

export default defineNode({
  type: 'save',
  version: 1,
  title: 'Save',
  group: 'result',
  icon: 'save',
  summary: 'Writes pictures to your disk. Never over another file.',
  keywords: ['export', 'write', 'file', 'output', 'png', 'jpeg', 'webp', 'convert'],
  params: {
    name: textParam({
      label: 'Name',
      hint: 'Without the ending. {n} is the number of the picture, {nn} the same with a zero in front.',
      initial: 'picture-{nn}',
      max: 1000,
      onCard: true,
    }),
    folder: textParam({
      label: 'Folder',
      hint: "Inside the run's output folder, or a full path. Empty: the output folder itself.",
      placeholder: 'the output folder',
      max: 1000,
    }),
    format: choiceParam({
      label: 'Format',
      options: [
        { value: 'as-it-is', label: 'As it is' },
        { value: 'png', label: 'PNG' },
        { value: 'jpeg', label: 'JPEG' },
        { value: 'webp', label: 'WebP' },
      ],
      initial: 'as-it-is',
      onCard: true,
    }),
    quality: sliderParam({
      label: 'Quality',
      hint: 'For JPEG and WebP: 90 looks the same to the eye, 75 is small.',
      min: 1,
      max: 100,
      step: 1,
      initial: 90,
    }),
  },
  inputs: {
    image: { type: 'image', label: 'Image', takes: 'one', required: true },
    name: { type: 'text', label: 'Name', takes: 'one', required: false },
  },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'machine',
    effect: 'writes-files',
    run: async ({ params, inputs, index }, tools) => {
      const { format } = params;
      // A PNG again from a PNG would hold the same pixels and lose the words written into the file.
      const isAsWanted = format === 'as-it-is' || (format === 'png' && inputs.image.format === 'png');
      const image = isAsWanted
        ? inputs.image
        : await tools.pictures.encode(inputs.image, {
            format,
            ...(format === 'png' ? {} : { quality: Math.round(params.quality) }),
          });
      await tools.files.save({ image, folder: params.folder.trim(), name: fileName(params.name, index) });
      return { image: [image] };
    },
  },
});
