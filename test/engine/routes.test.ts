import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { speedsSeen } from '#engine/history/speeds-seen';
import { Store } from '#engine/store/store';
import { engineFixture, prompts } from '#test/kit/engine-fixture';

const fixture = engineFixture();

describe('routes side by side', () => {
  it('knows no speed before the first picture, and the one of the receipts after it', async () => {
    const bench = await fixture.bench({ price: () => 0.5 });
    const before = await bench.engine.compareRoutes();
    expect(before.asked).toBeUndefined();
    expect(before.rows).toMatchObject([{ route: 'shop/one', ownPrice: 0.5, price: { low: 0.5, high: 0.5 } }]);
    expect(before.rows[0]).not.toHaveProperty('seen');

    const document = prompts('a cat', 'a dog', 'a cow');
    await bench.run(document);
    const [run] = bench.engine.runs();
    const times = bench.engine.receipts(run!.run).own.map(({ seconds }) => seconds);
    const after = await bench.engine.compareRoutes({ ...bench.request(document), node: 'make' });
    expect(after.rows[0]?.seen).toEqual({
      seconds: times.toSorted((left, right) => left - right)[1],
      receipts: 3,
    });
    expect(after).toMatchObject({ asked: { chosen: 'shop/one', pictures: 3 } });
    expect(after.rows[0]?.answer?.price).toEqual({ low: 1.5, high: 1.5 });
  });

  it('takes the median of each route’s receipts, over all runs', async () => {
    const store = new Store(join(fixture.folder, 'receipts'));
    const receipt = (run: string, step: string, provider: string, seconds: number) =>
      store.putReceipt({
        run,
        step,
        key: step,
        provider,
        model: 'one',
        requestId: step,
        price: 0,
        at: '2026-11-21T12:00:00.000Z',
        pictures: [],
        seconds,
      });
    await store.together(() => {
      receipt('run-1', 'make#0', 'shop', 4);
      receipt('run-1', 'make#1', 'shop', 90);
      receipt('run-2', 'make#0', 'shop', 6);
      receipt('run-2', 'make#1', 'other', 1);
    });
    expect(Object.fromEntries(speedsSeen(store))).toEqual({
      'shop/one': { seconds: 6, receipts: 3 },
      'other/one': { seconds: 1, receipts: 1 },
    });
    await store.close();
  });
});
