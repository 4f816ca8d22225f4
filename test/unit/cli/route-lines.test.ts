import { expect, it } from 'vitest';
import { routeRows } from '#core/route-comparison';
import { smallModel, smallProvider } from '#test/kit/small-catalogue';
import { paintFor } from '../../../cli/print';
import { routeLines } from '../../../cli/route-lines';

const paint = paintFor({ write: () => undefined }, '');

it('puts the routes side by side, with what is not known yet said so', () => {
  const stepped = {
    ...smallModel,
    id: 'two',
    tasks: ['generate'] as const,
    pinned: false,
    size: { minPixels: 1_000_000, maxPixels: 4_000_000, maxAspect: 16 },
    takes: { negative: true },
    price: { ...smallModel.price, perPicture: 0.2, upTo: [{ pixels: 2_000_000, perPicture: 0.05 }] },
  };
  const shop = { ...smallProvider, cancels: true, models: [smallModel, stepped] };
  const rows = routeRows(
    [shop],
    (route) => (route === 'shop/one' ? 0.035 : undefined),
    (route) => (route === 'shop/two' ? { seconds: 12.4, receipts: 7 } : undefined),
  );
  expect(routeLines(rows, paint)).toEqual([
    'route     tasks           a picture            references  sizes           seed  negative  batch  cancel  pinned  usual        seen here     after a crash',
    'shop/one  generate, edit  $0.035 (your price)  3           any size        yes   –         4      yes     yes     5 s to 20 s  not used yet  Collected by ticket',
    'shop/two  generate        $0.05–$0.20          –           1–4 MP to 16:1  –     yes       4      yes     –       5 s to 20 s  12 s (7)      Collected by ticket',
  ]);
});
