import { z } from 'zod';
import { marketSize, startFakeMarket, type FakeMarketOptions } from './fake-market';
import type { FakeVendor } from './fake-vendor';

export interface FakeModkieOptions extends FakeMarketOptions {
  /** How the result looks: its pages show an empty object. */
  resultJson?: (links: readonly string[]) => unknown;
}

const inputSchema = z.strictObject({
  prompt: z.string().min(1),
  aspect_ratio: z.enum(['1:1', '16:9', '9:16']).default('1:1'),
  quality: z.literal('basic').default('basic'),
  nsfw_checker: z.boolean().optional(),
});

/** ModKie, as far as its pages tell. A task that fails is not paid for; one that is asked for without `capability` is not found. */
export function createFakeModkie(options: FakeModkieOptions = {}): Promise<FakeVendor> {
  const { resultJson = (links: readonly string[]) => ({ resultUrls: links }) } = options;
  return startFakeMarket(
    {
      read(model, input) {
        if (model !== 'seedream/4.5-text-to-image') return { problem: 'unknown model' };
        const parsed = inputSchema.safeParse(input);
        if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
        return { ...marketSize(parsed.data.aspect_ratio, 1), pictures: 1, links: [] };
      },
      states: { new: 'pending', working: 'processing' },
      resultJson,
      refunds: true,
      question: { capability: 'image' },
      record: () => ({}),
    },
    { refuses: 'by-status', ...options },
  );
}
