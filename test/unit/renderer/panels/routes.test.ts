import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recoveries } from '#core/provider';
import { routeRows, sizeWords, type RouteAnswer, type RouteRow } from '#core/route-comparison';
import { differenceOf, lossWords } from '../../../../renderer/panels/routes-difference';
import { nextOrder, routeColumns, sortRoutes, standing } from '../../../../renderer/panels/routes-order';
import { model, provider } from './definitions';

function row(id: string, more: Partial<RouteRow> = {}): RouteRow {
  const [made] = routeRows(
    [provider('one', [model(id)])],
    () => undefined,
    () => undefined,
  );
  return { ...made!, ...more };
}

const price = (usd: number) => ({ low: usd, high: usd });
const ignored = (field: string): RouteAnswer => ({
  notes: [{ effect: 'ignored', field, message: `Model takes no ${field}.` }],
});
const refused: RouteAnswer = { notes: [{ effect: 'refused', field: 'size', message: 'Too small.' }] };
const cannot: RouteAnswer = { cannot: 'Model a does not edit pictures.', notes: [] };
const ids = (rows: readonly RouteRow[]) => rows.map(({ model: label }) => label.slice(-1));

describe('the order of the routes', () => {
  it('turns round at the second click, and begins with the good end of a column', () => {
    const batch = routeColumns.find(({ id }) => id === 'batch')!;
    const first = nextOrder({ by: 'price', top: 'least' }, batch);
    expect(first).toEqual({ by: 'batch', top: 'most' });
    expect(nextOrder(first, batch)).toEqual({ by: 'batch', top: 'least' });
  });

  it('goes by what the node would pay, not by the price of any size', () => {
    const rows = [
      row('a', { price: price(0.01), answer: { notes: [], each: price(0.5), price: price(0.5) } }),
      row('b', { price: price(0.2), answer: { notes: [], each: price(0.1), price: price(0.1) } }),
    ];
    expect(ids(sortRoutes(rows, { by: 'price', top: 'least' }))).toEqual(['b', 'a']);
  });

  it('puts what is not known last, whichever end is on top, and the safest recovery first', () => {
    const rows = [
      row('a'),
      row('b', { seen: { seconds: 9, receipts: 1 }, recovery: 'none' }),
      row('c', { seen: { seconds: 2, receipts: 1 }, recovery: 'idempotency-key' }),
    ];
    expect(ids(sortRoutes(rows, { by: 'seen', top: 'least' }))).toEqual(['c', 'b', 'a']);
    expect(ids(sortRoutes(rows, { by: 'seen', top: 'most' }))).toEqual(['b', 'c', 'a']);
    expect(ids(sortRoutes(rows, { by: 'recovery', top: 'least' }))).toEqual(['c', 'a', 'b']);
  });

  it('keeps what cannot do the task below what can, by every column, and loses no route', () => {
    const some = fc.record({
      high: fc.nat({ max: 5 }),
      batch: fc.nat({ max: 5 }),
      seen: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      recovery: fc.constantFrom(...recoveries),
      answer: fc.constantFrom<RouteAnswer | undefined>(undefined, refused, cannot, ignored('seed')),
    });
    const rows = fc.array(some).map((all) =>
      all.map(({ high, batch, seen, recovery, answer }, place) =>
        row(String(place), {
          price: price(high),
          batch,
          recovery,
          ...(seen === undefined ? {} : { seen: { seconds: seen, receipts: 1 } }),
          ...(answer === undefined ? {} : { answer }),
        }),
      ),
    );
    const order = fc.record({
      by: fc.constantFrom(...routeColumns.map(({ id }) => id)),
      top: fc.constantFrom('least' as const, 'most' as const),
    });
    fc.assert(
      fc.property(rows, order, (all, by) => {
        const sorted = sortRoutes(all, by);
        expect(new Set(sorted)).toEqual(new Set(all));
        const stands = sorted.map(standing);
        expect(stands).toEqual(stands.toSorted());
      }),
    );
  });
});

describe('what would be different on a route', () => {
  const texts = (of: RouteRow, chosen?: RouteRow) =>
    differenceOf(of, chosen).map(({ kind, text }) => `${kind}: ${text}`);

  it('is what it leaves out, what it refuses, or that it does nothing of the kind', () => {
    expect(texts(row('a'))).toEqual([]);
    expect(texts(row('a', { answer: ignored('seed') }))).toEqual(['ignored: Leaves out the seed.']);
    expect(texts(row('a', { answer: ignored('size') }))).toEqual(['ignored: Model takes no size.']);
    expect(texts(row('a', { answer: refused }))).toEqual(['refused: Too small.']);
    expect(texts(row('a', { answer: cannot }))).toEqual(['cannot: Model a does not edit pictures.']);
    const both = { notes: [...ignored('seed').notes, ...ignored('negative').notes] };
    expect(texts(row('a', { answer: both }))).toEqual([
      'ignored: Leaves out the seed and the negative prompt.',
    ]);
  });

  it('names the nearest size where one is refused, and is short enough for a list', () => {
    const small = row('a', { answer: { ...refused, nearest: { width: 1920, height: 1920 } } });
    expect(texts(small)).toEqual(['refused: Too small.', 'hint: 1920 × 1920 is the nearest size it makes.']);
    expect(lossWords(small)).toBe('would not run as it is');
    expect(lossWords(row('a', { answer: ignored('seed') }))).toBe('leaves out the seed');
    expect(lossWords(row('a', { answer: ignored('size') }))).toBe('leaves out the exact size');
    expect(lossWords(row('a', { answer: { notes: [] } }))).toBeUndefined();
    expect(lossWords(row('a'))).toBeUndefined();
  });

  it('is also what it takes and the route of now does not', () => {
    const now = row('b', { answer: ignored('seed') });
    expect(texts(row('a', { answer: { notes: [] } }), now)).toEqual([
      'gained: Takes the seed, which the route it has now leaves out.',
    ]);
    expect(texts(row('a', { answer: ignored('seed') }), now)).toEqual(['ignored: Leaves out the seed.']);
    expect(texts(row('a', { answer: cannot }), now)).toHaveLength(1);
  });
});

it('says sizes in few words', () => {
  expect(sizeWords({ minPixels: 3_686_400, maxPixels: 16_777_216, maxAspect: 16 })).toEqual({
    pixels: '3.7–16.8 MP',
    shape: 'to 16:1',
  });
  expect(sizeWords({ maxPixels: 36_000_000 })).toEqual({ pixels: 'up to 36 MP', shape: '' });
  expect(sizeWords({ minPixels: 1_000_000 }).pixels).toBe('from 1 MP');
  expect(sizeWords({ aspects: ['1:1', '16:9'] })).toEqual({ pixels: 'its own size', shape: '2 aspects' });
  const tiers = [
    { name: '2K', side: 2048 },
    { name: '4K', side: 4096 },
  ] as const;
  expect(sizeWords({ maxPixels: 16_777_216, aspects: ['1:1', '16:9'], tiers })).toEqual({
    pixels: '2K, 4K',
    shape: '2 aspects',
  });
  expect(sizeWords()).toEqual({ pixels: 'any size', shape: '' });
});
