import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakEven,
  byTotal,
  costOf,
  totalOf,
  type FromCount,
  type Machine,
  type RouteCost,
} from '#core/route-economics';

const pod: Machine = {
  id: 'own',
  paidBy: 'hour',
  pod: 'portraits',
  perHour: 0.6,
  startUp: { seconds: { low: 60, high: 600 }, from: 'seen' },
  idle: 15,
};
const listed = { price: { low: 0, high: 0 }, seconds: { low: 6, high: 60 } };
const vendor = (low: number, high = low) => costOf({ price: { low, high }, seconds: { low: 5, high: 20 } });

/** A dollar range in whole ten-thousandths, so that sums of the test are exact enough to compare. */
const range = (most: number) =>
  fc
    .tuple(fc.nat({ max: most }), fc.nat({ max: most }))
    .map(([one, other]) => ({ low: Math.min(one, other) / 1e4, high: Math.max(one, other) / 1e4 }));

const machineCost = fc
  .record({ each: range(1000), start: range(5000), idle: range(5000) })
  .map(({ each, start, idle }): RouteCost => ({
    paidBy: 'hour',
    machine: 'own',
    from: 'usual-time',
    each,
    start,
    idle,
    first: { low: 0 },
    notes: [],
  }));

describe('what a picture costs by the time of a machine', () => {
  it('is its seconds by the price an hour: the median of the receipts before the usual time', () => {
    const usual = costOf(listed, pod);
    expect(usual).toMatchObject({ from: 'usual-time', paidBy: 'hour', pod: 'portraits' });
    expect(usual.each?.low).toBeCloseTo(0.001, 10);
    expect(usual.each?.high).toBeCloseTo(0.01, 10);
    const seen = costOf(listed, pod, { seconds: 12, receipts: 7 });
    expect(seen).toMatchObject({ from: 'receipts', receipts: 7 });
    expect(seen.each?.low).toBeCloseTo(0.002, 10);
    expect(seen.each?.high).toBe(seen.each?.low);
  });

  it('has the start and the idle time until it stops besides, once', () => {
    const cost = costOf(listed, pod);
    expect(cost.start?.low).toBeCloseTo(0.01, 10);
    expect(cost.start?.high).toBeCloseTo(0.1, 10);
    expect(cost.idle?.high).toBeCloseTo(0.15, 10);
    expect(cost.first).toEqual({ low: 66, high: 660 });
    const up = costOf(listed, { ...pod, startUp: { seconds: { low: 0, high: 0 }, from: 'up' } });
    expect(up.start).toEqual({ low: 0, high: 0 });
    expect(up.first).toEqual({ low: 6, high: 60 });
  });

  it('counts a start once for all routes of one machine', () => {
    const cost = costOf(listed, pod, { seconds: 6, receipts: 1 });
    const both = totalOf([
      { cost, pictures: 10 },
      { cost, pictures: 30 },
    ]);
    expect(both?.high).toBeCloseTo(40 * 0.001 + 0.1 + 0.15, 10);
    expect(totalOf([{ cost, pictures: 0 }])).toEqual({ low: 0, high: 0 });
  });

  it('leaves out what nobody knows, and says so', () => {
    const forever = costOf(listed, { ...pod, idle: null });
    expect(forever.notes).toEqual(['never-idle']);
    expect(totalOf([{ cost: forever, pictures: 1 }])).not.toHaveProperty('high');
    const { perHour: _price, pod: _pod, startUp: _start, idle: _idle, ...bare } = pod;
    const unpriced = costOf(listed, bare);
    expect(unpriced).not.toHaveProperty('each');
    expect(unpriced.notes).toEqual(['no-price']);
    expect(totalOf([{ cost: unpriced, pictures: 1 }])).toBeUndefined();
    expect(costOf(listed, { ...bare, perHour: 1 }).notes).toEqual(['not-known-pod']);
    const own = costOf(listed, { ...bare, perHour: 0 });
    expect(totalOf([{ cost: own, pictures: 9 }])).toEqual({ low: 0, high: 0 });
  });

  it('is what a worker was paid for, where its vendor said so; when a worker begins is not known', () => {
    const worker: Machine = { id: 'own', paidBy: 'second', perHour: 3.6 };
    const cost = costOf(listed, worker, { seconds: 99, price: 0.02, receipts: 3 });
    expect(cost).toMatchObject({ each: { low: 0.02, high: 0.02 }, from: 'receipts', receipts: 3 });
    expect(cost.notes).toEqual(['worker-start']);
    expect(cost.first).not.toHaveProperty('high');
    expect(costOf(listed, worker, { seconds: 99, receipts: 3 })).toMatchObject({
      each: { low: 0.006, high: 0.06 },
      from: 'usual-time',
    });
  });
});

describe('the number of pictures from which a machine is cheaper', () => {
  it('is known by hand', () => {
    const cost = costOf(listed, { ...pod, idle: 10 }, { seconds: 60, receipts: 1 });
    // 1 cent a picture; 1 to 10 cents for the start, 10 for the idle time. The vendor takes 4 to 5.
    expect(breakEven(cost, vendor(0.04, 0.05))).toEqual({ atBest: 3, atWorst: 7 });
    expect(breakEven(cost, vendor(0.01))).toEqual({ atBest: 'never', atWorst: 'never' });
  });

  it('is the first one, at best and at worst: one picture fewer is not cheaper, any more are', () => {
    fc.assert(
      fc.property(machineCost, range(1000), fc.nat({ max: 500 }), (cost, price, more) => {
        const other = vendor(price.low, price.high);
        const { atBest, atWorst } = breakEven(cost, other);
        const own = (pictures: number) => totalOf([{ cost, pictures }])!;
        const best = (pictures: number) => own(pictures).low < pictures * price.high;
        const worst = (pictures: number) => own(pictures).high! < pictures * price.low;
        const check = (first: FromCount, isBelow: (pictures: number) => boolean) => {
          if (typeof first !== 'number') {
            expect(first).toBe('never');
            for (const pictures of [1, 10, 1000, 1_000_000]) expect(isBelow(pictures)).toBe(false);
            return;
          }
          // Sums of a test and of the code may be a rounding apart exactly where both are equal.
          const isEqual = (pictures: number) =>
            Math.abs(own(pictures).low - pictures * price.high) < 1e-9 ||
            Math.abs(own(pictures).high! - pictures * price.low) < 1e-9;
          expect(isBelow(first) || isEqual(first)).toBe(true);
          expect(isBelow(first + 1 + more)).toBe(true);
          if (first > 1) expect(isBelow(first - 1) && !isEqual(first - 1)).toBe(false);
        };
        check(atBest, best);
        check(atWorst, worst);
      }),
    );
  });

  it('is never later at best than at worst, and comes sooner with a dearer vendor, later with a dearer start', () => {
    const place = (first: FromCount) => (typeof first === 'number' ? first : Infinity);
    const cents = fc.nat({ max: 1000 }).map((value) => value / 1e4);
    fc.assert(
      fc.property(machineCost, range(1000), cents, (cost, price, more) => {
        const now = breakEven(cost, vendor(price.low, price.high));
        expect(place(now.atBest)).toBeLessThanOrEqual(place(now.atWorst));
        const dearer = breakEven(cost, vendor(price.low + more, price.high + more));
        const start = { low: cost.start!.low + more, high: cost.start!.high! + more };
        const later = breakEven({ ...cost, start }, vendor(price.low, price.high));
        for (const end of ['atBest', 'atWorst'] as const) {
          expect(place(dearer[end])).toBeLessThanOrEqual(place(now[end]));
          expect(place(later[end])).toBeGreaterThanOrEqual(place(now[end]));
        }
      }),
    );
  });

  it('is not known at worst where a start is not, but never is never', () => {
    const cost = costOf(listed, { ...pod, idle: null }, { seconds: 60, receipts: 1 });
    expect(breakEven(cost, vendor(0.05)).atWorst).toBe('unknown');
    expect(breakEven(cost, vendor(0.005))).toEqual({ atBest: 'never', atWorst: 'never' });
  });

  it('has no answer beside a route that is paid by time as well, or without a price', () => {
    const cost = costOf(listed, pod);
    const unknown = { atBest: 'unknown', atWorst: 'unknown' };
    expect(breakEven(cost, cost)).toEqual(unknown);
    const { perHour: _price, ...unpriced } = pod;
    expect(breakEven(costOf(listed, unpriced), vendor(1))).toEqual(unknown);
  });
});

it('puts first what costs least for so many pictures at worst, and last what is not known', () => {
  const rows = [
    { id: 'unknown', cost: costOf(listed, { id: 'own', paidBy: 'hour' as const }) },
    { id: 'pod', cost: costOf(listed, pod, { seconds: 60, receipts: 1 }) },
    { id: 'vendor', cost: vendor(0.04, 0.05) },
  ];
  const order = (pictures: number) => byTotal(rows, pictures).map(({ id }) => id);
  expect(order(2)).toEqual(['vendor', 'pod', 'unknown']);
  expect(order(100)).toEqual(['pod', 'vendor', 'unknown']);
});
