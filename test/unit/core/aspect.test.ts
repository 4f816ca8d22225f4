import { expect, test } from 'vitest';
import { aspectOf, tierOf } from '#core/aspect';

test.each([
  [1920, 1080, '16:9'],
  [1366, 768, '16:9'],
  [2048, 2048, '1:1'],
  [2000, 1500, undefined],
])('%d × %d is %s', (width, height, aspect) => {
  expect(aspectOf({ width, height }, ['1:1', '16:9'])).toBe(aspect);
});

test.each([
  [1, 1, '2K'],
  [2048, 2048, '2K'],
  [2049, 2048, '2K'],
  [2900, 2800, '2K'],
  [3000, 2900, '4K'],
  [4096, 4096, '4K'],
  [9000, 9000, '4K'],
])('%d × %d is asked for in %s', (width, height, tier) => {
  const tiers = [
    { name: '4K', side: 4096 },
    { name: '2K', side: 2048 },
  ] as const;
  expect(tierOf({ width, height }, tiers).name).toBe(tier);
});
