import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { panes, pixelDifference, scaleOnto } from '../../../../renderer/panels/compare-maths';
import { movedPlace, tilesIn } from '../../../../renderer/panels/gallery-places';

describe('moving among pictures', () => {
  const grid = { columns: 4, page: 3, total: 10 };
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 9, 9],
    ['ArrowDown', 1, 5],
    ['ArrowUp', 1, 1],
    ['ArrowUp', 5, 1],
    // Below is no whole row: the last one is nearest.
    ['ArrowDown', 7, 9],
    ['ArrowDown', 8, 8],
    ['PageUp', 9, 1],
    ['PageDown', 0, 9],
    ['Home', 6, 0],
    ['End', 6, 9],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(movedPlace(key, from, grid)).toBe(to);
  });

  it('never leaves the list, and other keys do not move', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
    const sizes = fc.record({
      columns: fc.integer({ min: 1, max: 9 }),
      page: fc.nat(9),
      total: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(sizes, fc.nat(98), fc.constantFrom(...keys), (size, at, key) => {
        const to = movedPlace(key, at % size.total, size)!;
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThan(size.total);
      }),
    );
    expect(movedPlace('x', 0, grid)).toBeUndefined();
    expect(movedPlace('End', 0, { ...grid, total: 0 })).toBeUndefined();
  });

  it('fills a row: no tile is smaller than asked for, and no further one would fit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 3000 }), fc.integer({ min: 96, max: 384 }), (width, tile) => {
        const { columns, edge } = tilesIn(width, tile, 8);
        expect(edge).toBeGreaterThanOrEqual(tile);
        expect(columns * edge + (columns - 1) * 8).toBeLessThanOrEqual(width);
        expect((columns + 1) * tile + columns * 8).toBeGreaterThan(width);
      }),
    );
  });
});

describe('comparing pictures', () => {
  it('counts the pixels that differ in any channel, and the greatest difference', () => {
    const left = [0, 0, 0, 255, 10, 20, 30, 255];
    expect(pixelDifference(left, left)).toEqual({ share: 0, most: 0 });
    expect(pixelDifference(left, [0, 0, 0, 255, 10, 71, 30, 255])).toEqual({ share: 0.5, most: 0.2 });
    expect(pixelDifference(left, [0, 0, 0, 0, 10, 20, 31, 255])).toEqual({ share: 1, most: 1 });
    expect(pixelDifference([], [])).toEqual({ share: 0, most: 0 });
  });

  it('draws a picture of another size within the first', () => {
    const first = { width: 1000, height: 500 };
    expect(scaleOnto(first, { width: 500, height: 250 })).toBe(2);
    expect(scaleOnto(first, { width: 1000, height: 1000 })).toBe(0.5);
    expect(scaleOnto(first, { width: 0, height: 0 })).toBe(1);
  });

  it('lays pictures so that each is as large as it can be', () => {
    const wide = { width: 1600, height: 900 };
    expect(panes(2, { width: 900, height: 1600 }, wide)).toEqual({ columns: 2, rows: 1 });
    expect(panes(2, { width: 3000, height: 800 }, wide)).toEqual({ columns: 1, rows: 2 });
    expect(panes(4, wide, wide)).toEqual({ columns: 2, rows: 2 });
  });
});
