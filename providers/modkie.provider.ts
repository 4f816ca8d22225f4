import { aspectOf, type Aspect } from '#core/aspect';
import type { ImageTask } from '#core/task';
import { marketProvider, type MarketOrder, type MarketVendor } from './kit/market-tasks';
import { seedream } from './kit/seedream';

/**
 * ModKie, which copies the shape of kie.ai. Sources: modkie.com/docs (api-platform, create-task, record-info) and
 * modkie.com/seedream-4-5. What its pages do not show is not asked of it: of Seedream it is 4.5 from words, one picture a
 * task, three aspects, and the one quality of the examples (2K at kie.ai).
 *
 * An edit takes links only, and no upload was found: it comes with an image host. Unverified: everything beyond those pages,
 * so also the prompt's length (that of kie.ai is taken), the place of the links in a result, how long they live, and the
 * dollars: its page counts 18 credits a picture at 0.99 dollars each, which is taken for an error.
 */
const vendor: MarketVendor = {
  name: 'ModKie',
  keys: 'modkie.com',
  billing: 'modkie.com',
  host: 'https://modkie.com',
  // Without it a task may be looked for among the videos.
  question: { capability: 'image' },
  failsFree: true,
};
const aspects = ['1:1', '16:9', '9:16'] as const satisfies readonly Aspect[];

function order(task: ImageTask): Promise<MarketOrder> {
  const aspect = task.kind === 'generate' ? aspectOf(task.size, aspects) : undefined;
  if (task.kind !== 'generate' || aspect === undefined) throw new Error('checkTask refuses this');
  const input = { prompt: task.prompt, aspect_ratio: aspect, quality: 'basic' };
  return Promise.resolve({ model: 'seedream/4.5-text-to-image', input });
}

export default marketProvider(
  vendor,
  {
    id: 'modkie',
    label: 'ModKie',
    homepage: 'https://modkie.com',
    summary: 'Seedream 4.5 from words, in three aspects at 2K; a task cannot be stopped.',
    hosts: [vendor.host],
    // No limit is named.
    limits: { together: 4 },
    models: [
      {
        id: 'seedream-4.5',
        ...seedream['4.5'],
        // The largest of ByteDance's own sizes at 2K in these aspects.
        size: {
          ...seedream['4.5'].size,
          maxPixels: 2848 * 1600,
          aspects,
          tiers: [{ name: '2K', side: 2048 }],
        },
        tasks: ['generate'],
        pinned: false,
        maxCount: 1,
        maxPromptLength: 3000,
        takes: {},
        price: {
          perPicture: 0.18,
          asOf: '2026-11-21',
          source:
            'an upper estimate: 18 credits by modkie.com/seedream-4-5, a cent each (the page itself says 17.82 dollars); set your own',
        },
        seconds: { low: 8, high: 90 },
      },
    ],
  },
  order,
);
