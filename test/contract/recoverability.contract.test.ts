import { describe, expect, onTestFinished, test } from 'vitest';
import { recoveries } from '#core/provider';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { startFakeShop, type ShopFault } from '#test/kit/fake-shop';
import { recoverableProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

const cuts: [words: string, fault: ShopFault, isTaken: boolean][] = [
  ['before it was taken', { kind: 'cut-before' }, false],
  ['before the answer', { kind: 'cut-after' }, true],
  ['in the answer', { kind: 'cut-in-answer' }, true],
];

async function start(recovery: (typeof recoveries)[number]) {
  const folder = temporaryFolder();
  const shop = await startFakeShop();
  const bench = await engineBench(folder.path, [recoverableProvider('shop', shop.url, recovery)]);
  onTestFinished(async () => {
    await bench.engine.close();
    await shop.close();
    folder.remove();
  });
  return { shop, bench };
}

const document = () => small([['make', 'make', { prompt: 'a cat' }]]);

// What each kind promises a person (`describeRecovery`), kept when the connection breaks at each moment of the paid request.
describe.each(recoveries)('a route with recovery "%s"', (recovery) => {
  const canFindOut = recovery === 'own-id' || recovery === 'idempotency-key';

  test.each(cuts)('cut %s', async (_words, fault, isTaken) => {
    const { shop, bench } = await start(recovery);
    shop.faults.push(fault);
    const { outcome, events, spent } = await bench.run(document());
    if (canFindOut) {
      expect({ outcome, spent, charges: shop.charges.length }).toEqual({
        outcome: 'done',
        spent: 0.04,
        charges: 1,
      });
      return;
    }
    expect({ outcome, spent, charges: shop.charges.length }).toEqual({
      outcome: 'waiting',
      spent: 0,
      charges: isTaken ? 1 : 0,
    });
    const doubt = events.find((event) => event.type === 'step-in-doubt');
    expect(doubt).toMatchObject({ failure: { code: 'in-doubt', act: 'user', charge: 'possible' } });
    expect(doubt?.failure.message).toMatch(/cannot be asked whether it was taken.*send again, or give up/s);
    // Not again by itself, whatever is run.
    expect((await bench.run(document())).outcome).toBe('waiting');
    expect(shop.charges).toHaveLength(isTaken ? 1 : 0);
    expect(bench.engine.runs().reduce((sum, { reserved }) => sum + reserved, 0)).toBe(0.04);
  });

  test('cut after the answer, while the picture is made', async () => {
    const { shop, bench } = await start(recovery);
    shop.startState = 'running';
    shop.polls = 3;
    shop.pictureStatus = recovery === 'none' ? 200 : 503;
    const first = await bench.run(document());
    shop.pictureStatus = 200;
    const second = await bench.run(document());
    expect(second.outcome).toBe('done');
    expect({
      charges: shop.charges.length,
      spent: bench.engine.runs().reduce((sum, run) => sum + run.spent, 0),
    }).toEqual({
      charges: 1,
      spent: 0.04,
    });
    expect(first.outcome).toBe(recovery === 'none' ? 'done' : 'waiting');
  });
});
