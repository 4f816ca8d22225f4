import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '#core/document/schema';
import {
  hits,
  middleOf,
  nearest,
  pathText,
  samples,
  wireCurves,
  type Box,
} from '../../../../renderer/canvas/wire-path';
import { routeAround } from '../../../../renderer/canvas/wire-routing';
import { createWireWays, mostWays, type DrawnWire } from '../../../../renderer/canvas/wire-ways';

const card = (x: number, y: number, height = 340): Box => ({ x, y, width: 272, height });
const drawnHits = (from: Point, to: Point, boxes: readonly Box[]) =>
  hits(samples(wireCurves(from, to, routeAround(from, to, boxes)), 40), boxes);

describe('the curve of a wire', () => {
  it('leaves and arrives level, through its points in order', () => {
    const through: Point[] = [
      [100, -80],
      [300, -80],
    ];
    const curves = wireCurves([0, 0], [400, 40], through);
    expect(curves.map(([, , , end]) => end)).toEqual([...through, [400, 40]]);
    expect(curves[0]?.[1][1]).toBe(0);
    expect(curves[2]?.[2][1]).toBe(40);
    expect(pathText(curves)).toMatch(/^M0 0C.+C.+C.+400 40$/);
    expect(Math.min(...samples(curves).map(([, y]) => y))).toBeGreaterThanOrEqual(-80.5);
  });

  it('is smooth at its points: it leaves each in the direction it came', () => {
    const place = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));
    fc.assert(
      fc.property(place, place, fc.array(place, { minLength: 1, maxLength: 5 }), (from, to, through) => {
        const curves = wireCurves(from, to, through);
        for (const [place, curve] of curves.slice(1).entries()) {
          const [, , before, joint] = curves[place]!;
          const after = curve[1];
          const [ax, ay] = [joint[0] - before[0], joint[1] - before[1]];
          const [bx, by] = [after[0] - joint[0], after[1] - joint[1]];
          expect(Math.abs(ax * by - ay * bx)).toBeLessThan(
            1e-6 * (1 + Math.hypot(ax, ay) * Math.hypot(bx, by)),
          );
          expect(ax * bx + ay * by).toBeGreaterThanOrEqual(-1e-9);
        }
        for (const [x, y] of samples(curves)) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      }),
    );
  });

  it('knows its middle, and which part of it is nearest', () => {
    const curves = wireCurves([0, 0], [200, 0]);
    expect(middleOf(curves)[0]).toBeCloseTo(100, 0);
    const led = wireCurves([0, 0], [400, 0], [[200, 100]]);
    expect(nearest(led, [300, 60]).curve).toBe(1);
    expect(nearest(led, [200, 100]).away).toBeLessThan(1);
  });
});

describe('a wire around cards', () => {
  it('keeps its own curve where nothing is in its way', () => {
    expect(routeAround([272, 100], [700, 100], [card(340, 300), card(340, -500)])).toEqual([]);
  });

  it('goes clear of one card, of a row of cards, and by the nearer side', () => {
    const one = [card(360, 0)];
    expect(drawnHits([272, 100], [720, 100], one)).toBe(0);
    expect(routeAround([272, 60], [720, 60], one).every(([, y]) => y < 0)).toBe(true);
    expect(routeAround([272, 300], [720, 300], one).every(([, y]) => y > 340)).toBe(true);
    const row = [card(360, 0), card(720, 0), card(1080, 0)];
    expect(drawnHits([272, 100], [1440, 100], row)).toBe(0);
  });

  it('finds the gap between two rows', () => {
    const grid = [0, 420, 840].flatMap((y) => [360, 720, 1080].map((x) => card(x, y)));
    expect(drawnHits([272, 520], [1440, 520], grid)).toBe(0);
  });

  it('makes no loop around a card that lies over one of its ends', () => {
    // Two cards and their wire, copied twice.
    const [from, to]: [Point, Point] = [
      [334, 113],
      [453, 174],
    ];
    const copied = [card(0, 0, 600), card(32, 32, 600), card(389, 62, 320), card(421, 94, 320)];
    expect(routeAround(from, to, copied)).toEqual([]);
    // What is in the way besides is gone around all the same.
    const far: Point = [1132, 132];
    const inTheWay = card(600, 0);
    const way = routeAround(from, far, [card(1100, 0), inTheWay]);
    expect(way.length).toBeGreaterThan(0);
    expect(hits(samples(wireCurves(from, far, way), 40), [inTheWay])).toBe(0);
  });

  it('never runs through more of the cards than its own curve did', () => {
    const box = fc
      .tuple(
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: -600, max: 600 }),
        fc.integer({ min: 80, max: 500 }),
      )
      .map(([x, y, height]) => card(x, y, height));
    fc.assert(
      fc.property(
        fc.array(box, { maxLength: 12 }),
        fc.integer({ min: -200, max: 1800 }),
        fc.integer({ min: -400, max: 400 }),
        (boxes, x, y) => {
          const [from, to]: [Point, Point] = [
            [0, 0],
            [x, y],
          ];
          const cores = boxes.map((one) => ({
            x: one.x + 4,
            y: one.y + 4,
            width: 264,
            height: one.height - 8,
          }));
          const share = (through: readonly Point[]) => {
            const along = samples(wireCurves(from, to, through), through.length === 0 ? 48 : 20);
            return hits(along, cores);
          };
          expect(share(routeAround(from, to, boxes))).toBeLessThanOrEqual(share([]));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the ways of all wires', () => {
  const wire = (from: Point, to: Point, change: Partial<DrawnWire> = {}): DrawnWire => ({
    source: 'a',
    target: 'b',
    from,
    to,
    curves: wireCurves(from, to),
    isLed: false,
    ...change,
  });
  const cards = [
    { id: 'a', ...card(0, 0) },
    { id: 'between', ...card(360, 0) },
    { id: 'b', ...card(720, 0) },
    { id: 'far', ...card(5000, 5000) },
  ];

  it('are worked out once, and again only for the wires whose cards moved', () => {
    const ways = createWireWays();
    const heard: string[] = [];
    ways.listen('one', () => heard.push('one'));
    ways.draw('one', wire([272, 100], [720, 100]));
    ways.draw('two', wire([272, 3000], [720, 3000]));
    expect(ways.workOut(cards, true)).toEqual({ anew: 2, isDone: true });
    expect(heard).toEqual(['one']);
    const through = ways.through('one', [272, 100], [720, 100]);
    expect(through.length).toBeGreaterThan(0);
    expect(ways.workOut(cards, true)).toEqual({ anew: 0, isDone: true });
    expect(ways.through('one', [272, 100], [720, 100])).toBe(through);
    const farther = cards.map((one) => (one.id === 'far' ? { ...one, x: 6000 } : one));
    expect(ways.workOut(farther, true)).toEqual({ anew: 0, isDone: true });
    const gone = farther.filter(({ id }) => id !== 'between');
    expect(ways.workOut(gone, true)).toEqual({ anew: 1, isDone: true });
    expect(ways.through('one', [272, 100], [720, 100])).toEqual([]);
    expect(heard).toEqual(['one', 'one']);
  });

  it('are worked out in pieces where there is no time for all at once', () => {
    const ways = createWireWays();
    ways.draw('one', wire([272, 100], [720, 100]));
    ways.draw('two', wire([272, 200], [720, 200]));
    let left = 1;
    const mayGoOn = () => left-- > 0;
    expect(ways.workOut(cards, true, mayGoOn)).toEqual({ anew: 1, isDone: false });
    expect(ways.workOut(cards, true)).toEqual({ anew: 1, isDone: true });
  });

  it('have the plain curve while an end moves, when led by hand, when switched off', () => {
    const ways = createWireWays();
    ways.draw('one', wire([272, 100], [720, 100]));
    ways.workOut(cards, true);
    expect(ways.through('one', [272, 101], [720, 100])).toEqual([]);
    ways.workOut(cards, false);
    expect(ways.through('one', [272, 100], [720, 100])).toEqual([]);
    ways.draw('one', wire([272, 100], [720, 100], { isLed: true }));
    expect(ways.workOut(cards, true)).toEqual({ anew: 0, isDone: true });
  });

  it('are asked for when a wire is drawn elsewhere, not when it is drawn again, and end at a ceiling', () => {
    const ways = createWireWays();
    let asked = 0;
    ways.onRequest(() => (asked += 1));
    ways.draw('one', wire([272, 100], [720, 100]));
    ways.draw('one', wire([272, 100], [720, 100]));
    expect(asked).toBe(1);
    for (let at = 0; at < mostWays + 20; at += 1) ways.draw(`w${at}`, wire([272, 100], [720, 100]));
    ways.workOut(cards, true);
    const led = [...ways.drawn.keys()].filter((id) => ways.through(id, [272, 100], [720, 100]).length > 0);
    expect(led).toHaveLength(mostWays);
  });
});
