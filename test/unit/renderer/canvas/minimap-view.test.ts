import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimapView, seenBox } from '../../../../renderer/canvas/minimap-view';

const size = { width: 200, height: 150 };
const box = fc.record({
  x: fc.integer({ min: -20000, max: 20000 }),
  y: fc.integer({ min: -20000, max: 20000 }),
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 }),
});

describe('a minimap', () => {
  it('has room for every card and for what is looked at, and fills its width or its height', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 20 }), box, (cards, seen) => {
        const { origin, scale } = minimapView(cards, seen, size);
        const all = [...cards, seen].map(({ x, y, width, height }) => ({
          left: (x - origin.x) * scale,
          top: (y - origin.y) * scale,
          right: (x + width - origin.x) * scale,
          bottom: (y + height - origin.y) * scale,
        }));
        const wide = Math.max(...all.map(({ right }) => right)) - Math.min(...all.map(({ left }) => left));
        const high = Math.max(...all.map(({ bottom }) => bottom)) - Math.min(...all.map(({ top }) => top));
        for (const { left, top, right, bottom } of all) {
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(5.99);
          expect(right).toBeLessThanOrEqual(194.01);
          expect(bottom).toBeLessThanOrEqual(144.01);
        }
        expect(Math.max(wide / 188, high / 138)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('has what is looked at where the canvas shows it', () => {
    expect(seenBox([-300, 60, 0.5], { width: 1000, height: 600 })).toEqual({
      x: 600,
      y: -120,
      width: 2000,
      height: 1200,
    });
  });
});
