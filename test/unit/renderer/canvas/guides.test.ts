import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostNeighbours, snap, snapIndex } from '../../../../renderer/canvas/guides';

const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height });
const snapped = (others: ReturnType<typeof box>[], dragged: ReturnType<typeof box>, within = 6) =>
  snap(snapIndex(others, dragged), dragged, within);

describe('a dragged card', () => {
  it('snaps to the edges and the middle of another', () => {
    expect(snapped([box(0, 0)], box(4, 300))).toMatchObject({ dx: -4, dy: 0 });
    expect(snapped([box(0, 0)], box(97, 300))).toMatchObject({ dx: 3, dy: 0 });
    expect(snapped([box(0, 0)], box(27, 300, 40))).toMatchObject({ dx: 3, dy: 0 });
    expect(snapped([box(0, 0)], box(400, 18, 100, 20))).toMatchObject({ dx: 0, dy: -3 });
  });

  it('stays where it is when nothing is near', () => {
    expect(snapped([box(0, 0)], box(7, 300))).toEqual({ dx: 0, dy: 0, guides: [], gaps: [] });
    expect(snapped([], box(0, 0))).toEqual({ dx: 0, dy: 0, guides: [], gaps: [] });
  });

  it('shows a line over all that stands on it', () => {
    const { guides } = snapped([box(0, 0, 80), box(0, 600, 60)], box(3, 300, 200));
    expect(guides).toEqual([{ axis: 'x', at: 0, from: 0, to: 650 }]);
  });

  it('stands in the middle between two', () => {
    const { dx, gaps } = snapped([box(0, 0), box(500, 7)], box(246, 3), 6);
    expect(dx).toBe(4);
    expect(gaps).toEqual(
      [
        { axis: 'x', from: 100, to: 250, at: 28.5 },
        { axis: 'x', from: 350, to: 500, at: 30 },
      ].map((gap) => ({ ...gap, at: expect.any(Number) as number })),
    );
  });

  it('stands as far on as the two before it are apart, in either direction', () => {
    const row = [box(0, 3), box(140, 8)];
    expect(snapped(row, box(283, 0)).dx).toBe(-3);
    expect(snapped(row, box(283, 0)).gaps).toHaveLength(2);
    expect(snapped(row, box(-143, 0)).dx).toBe(3);
    const column = [box(3, 0), box(8, 90)];
    expect(snapped(column, box(0, 177)).dy).toBe(3);
  });

  it('never goes further than it may, and what it snapped to holds it there', () => {
    const any = fc
      .tuple(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
      )
      .map(([x, y, width, height]) => ({ x, y, width, height }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), any, (others, dragged) => {
        const { dx, dy, guides, gaps } = snapped(others, dragged);
        expect(Math.abs(dx)).toBeLessThanOrEqual(6);
        expect(Math.abs(dy)).toBeLessThanOrEqual(6);
        if (dx !== 0) expect([...guides, ...gaps].some(({ axis }) => axis === 'x')).toBe(true);
        if (dy !== 0) expect([...guides, ...gaps].some(({ axis }) => axis === 'y')).toBe(true);
        for (const guide of guides) {
          const ends = others.flatMap((one) =>
            guide.axis === 'x'
              ? [one.x, one.x + one.width / 2, one.x + one.width]
              : [one.y, one.y + one.height / 2, one.y + one.height],
          );
          expect(ends.some((at) => Math.abs(at - guide.at) <= 0.5)).toBe(true);
        }
        for (const gap of gaps) expect(gap.to).toBeGreaterThan(gap.from);
      }),
    );
  });

  it('looks at its neighbours only, however many cards there are', () => {
    const many = Array.from({ length: 1000 }, (_, at) => box((at % 40) * 300, Math.floor(at / 40) * 200));
    const index = snapIndex(many, box(0, 0));
    expect(index.lines.x).toHaveLength(3 * mostNeighbours);
    expect(index.rows.y).toHaveLength(mostNeighbours);
  });
});
