import { aspectOf, type Aspect } from '#core/aspect';
import type { ImageTask } from '#core/task';
import { marketProvider, type MarketOrder, type MarketVendor } from './kit/market-tasks';
import { seedream } from './kit/seedream';

/**
 * ModKie, which copies the shape of kie.ai. Sources: modkie.com/docs (api-platform, create-task, record-info) and
 * modkie.com/seedream-4-5. What its pages do not show is not asked of it: of Seedream it is 4.5 from words, one picture a
 * task, three aspects, and the one quality of the examples (2K at kie.ai).
 *
 * No edit: what its model would be called is known of kie.ai only, and its page has no field for pictures. Unverified:
 * everything beyond those pages, so also the prompt's length (that of kie.ai is taken), the place of the links in a result,
 * and how long they live.
 *
 * The price is the page's own: 18 credits a picture, 17.82 dollars. That looks like an error, but nothing else in dollars was
 * found, and who reserves too little pays by surprise: so it is what is reserved, until the person sets a price of their own.
 * The other bound is what third parties say that 18 credits cost at kie.ai, which it copies: half a cent each.
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
          perPicture: 17.82,
          orElse: { perPicture: 0.09 },
          asOf: '2026-11-21',
          source:
            'modkie.com/seedream-4-5: 18 credits, 17.82 dollars by the page, which may be an error (0.09 at half a cent a credit, as at kie.ai); set your own price',
        },
        seconds: { low: 8, high: 90 },
      },
    ],
  },
  order,
);
