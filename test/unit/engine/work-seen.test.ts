import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '#core/receipt';
import { workSeen } from '#engine/history/work-seen';

const start = Date.parse('2026-11-21T12:00:00.000Z');

/** `from` and `to` in seconds. */
function receipt(provider: string, from: number, to: number, more: Partial<Receipt> = {}): Receipt {
  return {
    run: 'run',
    step: `${from}`,
    key: '',
    provider,
    model: 'one',
    requestId: '',
    price: 0,
    at: new Date(start + to * 1000).toISOString(),
    pictures: ['a'],
    seconds: to - from,
    ...more,
  };
}

describe('the work of a machine, by receipts', () => {
  it('is the time from the request to the picture where a job was alone', () => {
    expect(
      workSeen([receipt('own', 0, 8), receipt('own', 10, 14), receipt('own', 20, 26)]).get('own/one'),
    ).toEqual({
      seconds: 6,
      receipts: 3,
    });
  });

  it('is shared by jobs that waited for each other, not by those of another provider', () => {
    // The second was sent with the first and made after it: 20 seconds of work for both.
    const seen = workSeen([receipt('own', 0, 10), receipt('own', 0, 20), receipt('other', 0, 10)]);
    expect(seen.get('own/one')).toMatchObject({ seconds: 10 });
    expect(seen.get('other/one')).toMatchObject({ seconds: 10 });
  });

  it('is that of one picture, and so is what the vendor said it cost; a job without one says nothing', () => {
    const pictures = ['a', 'b', 'c', 'd'];
    const seen = workSeen([
      receipt('own', 0, 8, { pictures, vendorPrice: 0.2 }),
      receipt('own', 10, 19, { pictures: [] }),
    ]);
    expect(seen.get('own/one')).toEqual({ seconds: 2, price: 0.05, receipts: 1 });
  });

  it('adds up to the time in which the machine was at work', () => {
    const job = fc.tuple(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 12 }), (jobs) => {
        const receipts = jobs.map(([from, length], place) =>
          receipt('own', from, from + length, { model: `m${place}` }),
        );
        const busy = new Set(
          jobs.flatMap(([from, length]) => Array.from({ length }, (_, second) => from + second)),
        );
        const sum = [...workSeen(receipts).values()].reduce((total, { seconds }) => total + seconds, 0);
        expect(sum).toBeCloseTo(busy.size, 5);
      }),
    );
  });
});
