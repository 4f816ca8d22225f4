import { defineNode } from '#core/node';
import { imageFileParam } from '#core/param';

export default defineNode({
  type: 'image',
  version: 1,
  title: 'Image',
  group: 'source',
  icon: 'image',
  summary: 'One picture from your disk. Drop a file on the canvas to get one.',
  keywords: ['picture', 'photo', 'file', 'load', 'reference'],
  params: { file: imageFileParam({ label: 'Picture', onCard: true }) },
  inputs: {},
  outputs: { image: { type: 'image', label: 'Image' } },
  work: { on: 'plan', values: ({ params }) => ({ image: [params.file] }) },
});
