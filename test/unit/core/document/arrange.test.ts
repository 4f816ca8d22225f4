import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, around, distribute, frameAround, sides, type Box } from '#core/document/arrange';

const side = fc.integer({ min: -2000, max: 2000 });
const length = fc.integer({ min: 1, max: 600 });
const box: fc.Arbitrary<Box> = fc.record({ x: side, y: side, width: length, height: length });
const boxes = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), box, { minKeys: 1, maxKeys: 12 });

const moved = (all: Record<string, Box>, places: Record<string, readonly [number, number]>) =>
  Object.fromEntries(
    Object.entries(all).map(([id, one]) => [id, { ...one, x: places[id]![0], y: places[id]![1] }]),
  );

describe('align', () => {
  it('puts three boxes on each line', () => {
    const three = {
      a: { x: 0, y: 0, width: 10, height: 20 },
      b: { x: 40, y: 30, width: 20, height: 10 },
      c: { x: 90, y: 80, width: 10, height: 20 },
    };
    expect(align(three, 'left')).toEqual({ a: [0, 0], b: [0, 30], c: [0, 80] });
    expect(align(three, 'center')).toEqual({ a: [45, 0], b: [40, 30], c: [45, 80] });
    expect(align(three, 'right')).toEqual({ a: [90, 0], b: [80, 30], c: [90, 80] });
    expect(align(three, 'top')).toEqual({ a: [0, 0], b: [40, 0], c: [90, 0] });
    expect(align(three, 'middle')).toEqual({ a: [0, 40], b: [40, 45], c: [90, 40] });
    expect(align(three, 'bottom')).toEqual({ a: [0, 80], b: [40, 90], c: [90, 80] });
  });

  it('never leaves the box around them, moves in one direction only, and does nothing the second time', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom(...sides), (all, to) => {
        const after = moved(all, align(all, to));
        const [old, fresh] = [around(Object.values(all))!, around(Object.values(after))!];
        expect(fresh.x).toBeGreaterThanOrEqual(old.x);
        expect(fresh.y).toBeGreaterThanOrEqual(old.y);
        expect(fresh.x + fresh.width).toBeLessThanOrEqual(old.x + old.width);
        expect(fresh.y + fresh.height).toBeLessThanOrEqual(old.y + old.height);
        const still = to === 'left' || to === 'center' || to === 'right' ? 'y' : 'x';
        for (const [id, one] of Object.entries(after)) expect(one[still]).toBe(all[id]![still]);
        for (const [id, [x, y]] of Object.entries(align(after, to))) {
          expect(x).toBeCloseTo(after[id]!.x, 6);
          expect(y).toBeCloseTo(after[id]!.y, 6);
        }
      }),
    );
  });
});

describe('distribute', () => {
  it('keeps the order, the first edge and, where there is room, the last; the gaps are equal', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom('across', 'down'), (all, direction) => {
        const [start, long] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
        const after = moved(all, distribute(all, direction));
        const order = Object.keys(after).sort((left, right) => after[left]![start] - after[right]![start]);
        const [old, fresh] = [around(Object.values(all))!, around(Object.values(after))!];
        expect(fresh[start]).toBe(old[start]);
        const used = Object.values(all).reduce((sum, one) => sum + one[long], 0);
        if (used <= old[long] && order.length > 1) expect(fresh[long]).toBeCloseTo(old[long], 6);
        const gaps = order.slice(1).map((id, at) => {
          const before = after[order[at]!]!;
          return after[id]![start] - before[start] - before[long];
        });
        for (const gap of gaps) {
          expect(gap).toBeCloseTo(gaps[0]!, 6);
          expect(gap).toBeGreaterThan(-1e-6);
        }
        for (const [at, id] of order.entries())
          if (at > 0) expect(all[id]![start]).toBeGreaterThanOrEqual(all[order[at - 1]!]![start]);
      }),
    );
  });
});

it('a frame holds its boxes with room on every side', () => {
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 6 }), (all) => {
      const frame = frameAround(all)!;
      for (const one of all) {
        expect(one.x - frame.x).toBeGreaterThanOrEqual(20);
        expect(one.y - frame.y).toBeGreaterThanOrEqual(56);
        expect(frame.x + frame.width - one.x - one.width).toBeGreaterThanOrEqual(20);
        expect(frame.y + frame.height - one.y - one.height).toBeGreaterThanOrEqual(20);
      }
    }),
  );
  expect(frameAround([])).toBeUndefined();
});
