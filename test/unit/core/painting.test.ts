import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filledStroke,
  mostStrokes,
  paintingSchema,
  paintingSvg,
  readPainting,
  readStroke,
  simplified,
  strokeText,
  type StrokePoint,
} from '#core/painting';

const part = fc.double({ min: -0.5, max: 1.5, noNaN: true });
const points = fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 300 });
const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});

/** How far a point is from a line of points. */
function away([x, y]: StrokePoint, line: readonly StrokePoint[]): number {
  let least = Infinity;
  for (const [at, [bx, by]] of line.entries()) {
    const [ax, ay] = line[Math.max(0, at - 1)]!;
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}

describe('a stroke', () => {
  it('is a text the file may hold, read as what was painted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('add', 'erase'),
        fc.integer({ min: 0, max: 9999 }),
        points,
        size,
        (does, width, line, of) => {
          const text = strokeText({ does, width: width / 10_000, points: line }, of);
          expect(paintingSchema.safeParse([text]).success).toBe(true);
          const read = readStroke(text);
          expect(read).toMatchObject({ does, width: width / 10_000 });
          const [first, last] = [line[0]!, line.at(-1)!];
          for (const [given, kept] of [
            [first, read!.points[0]!],
            [last, read!.points.at(-1)!],
          ] as const) {
            expect(Math.abs(given[0] - kept[0])).toBeLessThanOrEqual(0.000051);
            expect(Math.abs(given[1] - kept[1])).toBeLessThanOrEqual(0.000051);
          }
        },
      ),
    );
  });

  it('keeps what is seen of a line, with as few points as that takes', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.0001, max: 0.2, noNaN: true }), (line, tolerance) => {
        const kept = simplified(line, tolerance);
        expect(kept.length).toBeLessThanOrEqual(line.length);
        for (const point of line) expect(away(point, kept)).toBeLessThanOrEqual(tolerance + 1e-9);
      }),
    );
    const straight = Array.from({ length: 500 }, (_, at): StrokePoint => [at / 500, at / 500]);
    expect(simplified(straight, 0.001)).toHaveLength(2);
  });

  it('stays small however wild it was', () => {
    const wild = Array.from({ length: 20_000 }, (_, at): StrokePoint => [
      (at * 0.618) % 1,
      (at * 0.7548) % 1,
    ]);
    const text = strokeText({ does: 'add', width: 0.01, points: wild }, { width: 4000, height: 3000 });
    expect(paintingSchema.safeParse([text]).success).toBe(true);
  });

  it('is refused where the file says something else', () => {
    for (const wrong of [
      '',
      'add 10',
      'draw 10 1,1',
      'add 10 1,1 ',
      'add -1 1,1',
      'add 1 1.5,2',
      'add 1 1,1"/><x',
    ])
      expect(paintingSchema.safeParse([wrong]).success, wrong).toBe(false);
    const many = Array.from({ length: mostStrokes + 1 }, () => filledStroke);
    expect(paintingSchema.safeParse(many).success).toBe(false);
    expect(readPainting(['no stroke', filledStroke])).toHaveLength(1);
  });
});

describe('a painting as a drawing', () => {
  it('has a line, a dot and an area, each at its place', () => {
    const svg = paintingSvg(['add 1000 0,5000 10000,5000', 'erase 500 2500,2500', filledStroke], {
      width: 200,
      height: 100,
    });
    expect(svg).toContain('<polyline points="0,50 200,50" fill="none" stroke="#fff" stroke-width="20"');
    expect(svg).toContain('<circle cx="50" cy="25" r="5" fill="#000"/>');
    expect(svg).toContain('<polygon points="0,0 200,0 200,100 0,100" fill="#fff"/>');
  });
});
