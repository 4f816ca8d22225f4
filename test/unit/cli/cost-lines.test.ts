import { expect, it } from 'vitest';
import { routeRows, withCosts } from '#core/route-comparison';
import { smallModel, smallProvider } from '#test/kit/small-catalogue';
import { costLines, costsAsked, timedLines } from '../../../cli/cost-lines';
import { paintFor } from '../../../cli/print';

const paint = paintFor({ write: () => undefined }, '');
const own = {
  ...smallProvider,
  id: 'own',
  models: [{ ...smallModel, price: { ...smallModel.price, perPicture: 0 } }],
};
const rows = routeRows(
  [smallProvider, own],
  () => undefined,
  () => undefined,
);
const asked = { node: 'make', kind: 'generate', chosen: 'shop/one', pictures: 100 } as const;
const costed = withCosts(
  { rows, asked },
  (id) =>
    id === 'own'
      ? {
          id,
          paidBy: 'hour',
          pod: 'portraits',
          perHour: 0.9,
          startUp: { seconds: { low: 120, high: 360 }, from: 'seen' },
          idle: 10,
        }
      : undefined,
  (route) => (route === 'own/one' ? { seconds: 40, receipts: 12 } : undefined),
);

it('says first what is cheapest and from when, then the costs side by side', () => {
  // 40 seconds are a cent, the start 3 to 9, the idle minutes 15; the vendor takes 4.
  expect(costLines(costsAsked(costed), paint)).toEqual(
    [
      'Cheapest for 100 pictures: own/one, $1.18–$1.24.',
      'Cheaper than shop/one from 7 pictures at best, for certain from 9 pictures.',
      'route     a picture                start and idle                          first picture  100 pictures  cheaper than shop/one from',
      'own/one   $0.01 (by 12 jobs here)  $0.18–$0.24 (as its starts took here)  3 min to 7 min  $1.18–$1.24   7–9',
      'shop/one  $0.04 (by the picture)   –                                       5 s to 20 s    $4.00',
    ].map((line) =>
      expect.stringMatching(new RegExp(`^${line.replace(/[.$()]/g, '\\$&').replace(/ {2,}/g, ' +')}$`)),
    ),
  );
});

it('has the numbers of each vendor in what --json prints', () => {
  expect(costsAsked(costed)).toMatchObject({
    node: 'make',
    pictures: 100,
    beside: 'shop/one',
    cheapest: 'own/one',
    machine: 'own/one',
    routes: [
      { route: 'own/one', cheaperFrom: { 'shop/one': { atBest: 7, atWorst: 9 } } },
      { route: 'shop/one' },
    ],
  });
});

it('lists machines with what they cost an hour', () => {
  const [, line] = timedLines(
    costed.rows.filter(({ cost }) => cost?.machine !== undefined),
    paint,
  );
  expect(line).toMatch(/^own\/one +\$0\.90 an hour \(pod portraits\) +\$0\.01 \(by 12 jobs here\)/);
});
