import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf, frameOf, shapedFrame } from '../../../../renderer/panels/crop-area';

const side = fc.integer({ min: 1, max: 8000 });
const part = fc.double({ min: -20, max: 120, noNaN: true });

describe('a frame on a picture', () => {
  it('is a part of it in whole pixels, whatever the hand did', () => {
    fc.assert(
      fc.property(part, part, part, part, side, side, (x, y, wide, high, width, height) => {
        const area = areaOf({ x, y, width: wide, height: high }, { width, height });
        expect(Object.values(area).every(Number.isInteger)).toBe(true);
        expect(Math.min(area.left, area.top, area.width - 1, area.height - 1)).toBeGreaterThanOrEqual(0);
        expect(area.left + area.width).toBeLessThanOrEqual(width);
        expect(area.top + area.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it('is the area again that it was made from', () => {
    const area = { left: 100, top: 7, width: 333, height: 401 };
    expect(areaOf(frameOf(area, { width: 1024, height: 768 }), { width: 1024, height: 768 })).toEqual(area);
    expect(frameOf({ ...area, left: 5000 }, { width: 1024, height: 768 })).toEqual({
      x: 0,
      y: 0,
      width: 100,
      height: 100,
    });
  });

  it('takes a shape around its middle, within what it was', () => {
    const shaped = shapedFrame({ x: 0, y: 0, width: 100, height: 100 }, 1, { width: 2000, height: 1000 });
    expect(shaped).toEqual({ x: 25, y: 0, width: 50, height: 100 });
  });
});
