import type { ModelSpec } from '#core/provider';
import type { ReferenceLimits } from './reference-picture';

/**
 * ByteDance's own limits of Seedream; they hold at every reseller, which may add narrower ones.
 * Source: BytePlus ModelArk, image generation API (docs.byteplus.com/en/docs/ModelArk/1541523 and 1824121).
 */
const most = { maxPixels: 4096 * 4096, maxAspect: 16 };

/** By version: what a `ModelSpec` says the same everywhere. */
export const seedream = {
  '4.0': { label: 'Seedream 4.0', size: { minPixels: 960 * 960, ...most } },
  '4.5': { label: 'Seedream 4.5', size: { minPixels: 2560 * 1440, ...most } },
  '5-lite': { label: 'Seedream 5.0 Lite', size: { minPixels: 2560 * 1440, ...most } },
} as const satisfies Record<string, Pick<ModelSpec, 'label' | 'size'>>;

/** References and pictures made together. */
export const seedreamReferencesAndCount = 15;

export const seedreamReferences: ReferenceLimits = {
  formats: ['png', 'jpeg', 'webp', 'gif', 'tiff'],
  maxBytes: 10_000_000,
  minSide: 15,
  maxPixels: 36_000_000,
  maxAspect: 16,
};
