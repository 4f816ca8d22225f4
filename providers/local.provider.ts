import { FailureError, userFailure } from '#core/failure';
import type { Provider } from '#core/provider';

const mostPixels = 100_000_000;

const local: Provider = {
  id: 'local',
  label: 'This machine',
  homepage: 'https://sharp.pixelplumbing.com/api-resize',
  revision: 1,
  summary: 'Enlarges on this machine with Lanczos: free and offline; sharp, but invents no detail.',
  hosts: [],
  secrets: [],
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      initial: '',
      hint: 'Not used: this machine does the work and calls nobody.',
    },
  ],
  limits: { together: 1 },
  models: [
    {
      id: 'lanczos',
      label: 'Lanczos upscale',
      tasks: ['upscale'],
      pinned: true,
      maxCount: 1,
      enlarges: { maxPixels: mostPixels },
      takes: {},
      price: { perPicture: 0, asOf: '2026-11-21', source: 'Done on this machine.' },
      seconds: { low: 0.1, high: 5 },
    },
  ],
  recovery: 'ticket',

  async submit(task, tools) {
    if (task.kind !== 'upscale') {
      const message = 'This machine only enlarges. Choose another route for this node.';
      throw new FailureError(userFailure('wrong-task', message));
    }
    const { image, factor } = task;
    const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
    if (width * height > mostPixels) {
      const message = `${factor} times ${image.width} × ${image.height} is over 100 million pixels. Choose a smaller factor.`;
      throw new FailureError(userFailure('picture-too-large', message));
    }
    const enlarged = await tools.pictures.resize(image, { width, height, fit: 'fill' });
    return { state: 'done', result: { pictures: [{ from: 'store', image: enlarged }], price: 0 } };
  },

  readError: ({ status }) => ({
    code: 'unexpected-answer',
    act: 'us',
    charge: 'none',
    message: `This machine calls nobody, and yet somebody answered with ${status}. Please report it.`,
  }),
};

export default local;
