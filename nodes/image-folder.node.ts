import { defineNode } from '#core/node';
import { imageFolderParam } from '#core/param';

export default defineNode({
  type: 'image-folder',
  version: 1,
  title: 'Image folder',
  group: 'source',
  icon: 'images',
  summary: 'Every picture of a folder, by name. What follows runs once for each of them.',
  keywords: ['pictures', 'photos', 'files', 'batch', 'directory', 'load'],
  params: {
    folder: imageFolderParam({
      label: 'Folder',
      hint: 'PNG, JPEG, WebP, AVIF, GIF and TIFF files; folders inside it are left out.',
      onCard: true,
    }),
  },
  inputs: {},
  outputs: { image: { type: 'image', label: 'Images' } },
  work: { on: 'plan', values: ({ params }) => ({ image: params.folder }) },
});
