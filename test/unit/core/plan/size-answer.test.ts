import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestSize, sizeAnswer, sizeFaults } from '#core/plan/size-answer';
import type { ModelSpec } from '#core/provider';

const takes = {};
const large: ModelSpec['size'] = { minPixels: 2560 * 1440, maxPixels: 4096 * 4096, maxAspect: 16 };
const named = (width: number, height: number, size: ModelSpec['size']) =>
  sizeFaults({ width, height }, size).map(({ limit }) => limit);

describe('what becomes of a size on a model', () => {
  it('is sent as it is, asked for as a shape, or not sent at all', () => {
    const size = { width: 2560, height: 1440 };
    expect(sizeAnswer(size, { takes, size: large })).toEqual({ sends: 'pixels', size });
    expect(sizeAnswer(size, { takes })).toEqual({ sends: 'pixels', size });
    expect(sizeAnswer(size, { takes: { size: false }, size: large })).toEqual({ sends: 'nothing' });
    const tiers = [
      { name: '1K', side: 1024 },
      { name: '2K', side: 2048 },
    ] as const;
    expect(sizeAnswer(size, { takes, size: { aspects: ['1:1', '16:9'], tiers } })).toEqual({
      sends: 'shape',
      aspect: '16:9',
      tier: '2K',
    });
    expect(sizeAnswer(size, { takes, size: { aspects: ['16:9'] } })).toEqual({
      sends: 'shape',
      aspect: '16:9',
    });
  });

  it('says every limit that is not kept, and the nearest size that keeps them', () => {
    expect(sizeAnswer({ width: 1024, height: 576 }, { takes, size: large })).toEqual({
      sends: 'refused',
      faults: [{ limit: 'min-pixels', of: 2560 * 1440 }],
      nearest: { width: 2560, height: 1440 },
    });
    expect(named(8192, 100, { maxAspect: 16, maxSide: 4096, minSide: 256, multipleOf: 16 })).toEqual([
      'min-side',
      'max-side',
      'max-aspect',
      'multiple-of',
    ]);
    expect(named(5000, 5000, large)).toEqual(['max-pixels']);
    expect(named(1000, 700, { aspects: ['1:1', '3:2'] })).toEqual(['aspects']);
    expect(nearestSize({ width: 1000, height: 700 }, { aspects: ['1:1', '3:2'] })).toEqual({
      width: 1025,
      height: 683,
    });
    // A side of 100 cannot be had of pictures that are larger at both ends.
    expect(nearestSize({ width: 100, height: 100 }, { maxSide: 64, minPixels: 10_000 })).toBeUndefined();
  });

  it('the nearest size is always one that is made', () => {
    const side = fc.integer({ min: 16, max: 16_384 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 8, 16, 64), (width, height, multipleOf) => {
        const limits = { ...large, multipleOf };
        const nearest = nearestSize({ width, height }, limits);
        if (nearest !== undefined) expect(sizeFaults(nearest, limits)).toEqual([]);
        const isModerate = Math.max(width / height, height / width) < 8;
        if (isModerate) expect(nearest).toBeDefined();
      }),
    );
  });
});
