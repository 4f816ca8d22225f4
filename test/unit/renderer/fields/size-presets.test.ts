import { describe, expect, it } from 'vitest';
import {
  aspectLabel,
  aspects,
  nearestPreset,
  presetFor,
  presetOf,
  presetSize,
  swapSides,
  tiers,
  withSide,
} from '../../../../renderer/fields/size-presets';

const aspect = (label: string) => aspects.find((one) => one.label === label)!;

describe('presetSize', () => {
  it.each([
    ['1:1', 2048, 2048, 2048],
    ['4:3', 2048, 2304, 1728],
    ['3:2', 2048, 2496, 1664],
    ['16:9', 2048, 2560, 1440],
    ['21:9', 2048, 3024, 1296],
    ['9:16', 2048, 1440, 2560],
    ['1:1', 1024, 1024, 1024],
    ['16:9', 1024, 1280, 720],
    ['1:1', 4096, 4096, 4096],
  ])('%s at %i is %i × %i', (label, side, width, height) =>
    expect(presetSize(aspect(label), side)).toEqual({ width, height }),
  );

  it('has exactly its aspect, sides of 16, and never more pixels than the square', () => {
    for (const one of aspects)
      for (const { side } of tiers) {
        const { width, height } = presetSize(one, side);
        expect(width * one.ratio[1]).toBe(height * one.ratio[0]);
        expect([width % 16, height % 16]).toEqual([0, 0]);
        expect(width * height).toBeLessThanOrEqual(side * side);
        expect(width * height).toBeGreaterThan(side * side * 0.8);
        expect(presetOf({ width, height })).toEqual({ aspect: one, side });
      }
  });
});

describe('free sizes', () => {
  it('are no preset, but near one', () => {
    expect(presetOf({ width: 1000, height: 1000 })).toBeUndefined();
    expect(nearestPreset({ width: 1000, height: 990 })).toEqual({ aspect: aspect('1:1'), side: 1024 });
    expect(nearestPreset({ width: 1920, height: 1080 }).aspect.label).toBe('16:9');
    expect(nearestPreset({ width: 900, height: 1600 }).aspect.label).toBe('9:16');
    expect(nearestPreset({ width: 5000, height: 4000 }).side).toBe(4096);
  });
  it('say their aspect when it is short', () => {
    expect(aspectLabel({ width: 1920, height: 1080 })).toBe('16:9');
    expect(aspectLabel({ width: 1280, height: 1024 })).toBe('5:4');
    expect(aspectLabel({ width: 1023, height: 1024 })).toBeUndefined();
  });
  it('swap', () => expect(swapSides({ width: 3, height: 4 })).toEqual({ width: 4, height: 3 }));
});

describe('sizes of a route', () => {
  it('brings a preset to what it makes, and says when it makes nothing of the aspect', () => {
    const large = { minPixels: 2560 * 1440, maxPixels: 4096 * 4096 };
    expect(presetFor(aspect('16:9'), 1024, large)).toEqual({ width: 2560, height: 1440 });
    expect(presetFor(aspect('16:9'), 2048, undefined)).toEqual({ width: 2560, height: 1440 });
    expect(presetFor(aspect('21:9'), 2048, { aspects: ['1:1', '4:3'] })).toBeUndefined();
    expect(presetFor(aspect('21:9'), 2048, { maxAspect: 2 })).toBeUndefined();
  });

  it('keeps the aspect while a side is typed, and does not lead away from that of a preset', () => {
    const wide = { width: 2560, height: 1440 };
    expect(withSide(wide, 'width', 1920, 1)).toEqual({ width: 1920, height: 1080 });
    expect(withSide(wide, 'height', 1000, 16)).toEqual({ width: 1776, height: 1000 });
    expect(withSide({ width: 1776, height: 1000 }, 'width', 2560, 1)).toEqual(wide);
    expect(withSide({ width: 1000, height: 300 }, 'height', 600, 1)).toEqual({ width: 2000, height: 600 });
    expect(withSide(wide, 'width', 16, 16)).toEqual({ width: 16, height: 16 });
  });
});
