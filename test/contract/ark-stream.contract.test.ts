import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import { isImageRef } from '#core/values';
import byteplus from '#providers/byteplus.provider';
import volcengine from '#providers/volcengine.provider';
import { Store } from '#engine/store/store';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { ofType } from '#test/kit/engine-fixture';
import { createFakeArk } from '#test/kit/fake-ark';
import type { FaultDetail } from '#test/kit/fake-vendor';
import { contractNodes, oneNode } from './contract-nodes';

/** An engine that was killed: its process is gone and it never let go. */
const dead = `${hostname()}:999999999:gone`;
const price = 0.03;

async function start(given: Provider = byteplus, prefix: '' | 'doubao-' = '') {
  const folder = temporaryFolder();
  const vendor = await createFakeArk({ key: 'ark-secret-key', prefix });
  const engines: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    vendor.release();
    for (const close of engines) await close();
    await vendor.close();
    folder.remove();
  });
  const bench = async (provider = given) => {
    const made = await engineBench(folder.path, [provider], {
      nodes: contractNodes,
      secret: () => 'ark-secret-key',
      setting: (_provider, name) => (name === 'baseUrl' ? vendor.url : undefined),
    });
    engines.push(() => made.engine.close());
    return made;
  };
  const params = { count: 4, size: { width: 1024, height: 1024 } };
  const document = oneNode('generate', `${given.id}/seedream-4.0`, params);
  const submits = () => vendor.requests.filter(({ points }) => points.includes('submit')).length;
  return { folder, vendor, bench, document, submits };
}

const hashes = (events: readonly RunEvent[]) =>
  ofType(events, 'step-finished').flatMap(({ outputs }) =>
    (outputs['image'] ?? []).filter(isImageRef).map(({ hash }) => hash),
  );
const shortfall = (events: readonly RunEvent[]) =>
  ofType(events, 'step-finished').flatMap((event) => event.shortfall ?? []);
const arrived = (events: readonly RunEvent[]) => ofType(events, 'picture-arrived');

describe.each([
  [byteplus, ''],
  [volcengine, 'doubao-'],
] as const)('a set of four as events: $label', (provider, prefix) => {
  test('each picture is here while the next ones are made', async () => {
    const { vendor, bench, document } = await start(provider, prefix);
    const { engine, request } = await bench();
    vendor.fail({ kind: 'stream', how: 'hold', after: 2, on: 'submit' });
    const started = await engine.start(request(document));
    if (!started.ok) throw new Error('refused');
    const events: RunEvent[] = [];
    const two = new Promise<void>((resolve) => {
      started.run.listen((event) => {
        events.push(event);
        if (event.type === 'picture-arrived' && event.number === 2) resolve();
      });
    });
    await vendor.held();
    await two;
    for (const { hash } of arrived(events)) expect(engine.pictureFile(hash)).toBeDefined();
    expect(ofType(events, 'step-finished')).toEqual([]);
    vendor.release();
    expect(await started.run.done).toEqual({ outcome: 'done', spent: 4 * price });
    expect(arrived(events).map(({ number, of }) => [number, of])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    expect([...hashes(events)].sort()).toEqual(
      arrived(events)
        .map(({ hash }) => hash)
        .sort(),
    );
    expect(shortfall(events)).toEqual([]);
    // Fetched once each.
    expect(vendor.requests.filter(({ points }) => points.includes('download'))).toHaveLength(4);
    // Whoever listens late is told of them too.
    const late: RunEvent[] = [];
    started.run.listen((event) => late.push(event));
    expect(arrived(late)).toHaveLength(4);
  });

  test.each<[string, FaultDetail, number]>([
    ['cut after the first', { kind: 'stream', how: 'cut', after: 1 }, 1],
    ['cut after the third', { kind: 'stream', how: 'cut', after: 3 }, 3],
    ['ended after the second', { kind: 'stream', how: 'ends', after: 2 }, 2],
  ])(
    '%s: what came is kept, the rest may be charged, nothing is asked for again',
    async (_name, fault, came) => {
      const { vendor, bench, document, submits } = await start(provider, prefix);
      const { engine, run } = await bench();
      vendor.fail({ ...fault, on: 'submit' } as never);
      const { outcome, spent, events } = await run(document);
      expect({ outcome, pictures: hashes(events).length }).toEqual({ outcome: 'done', pictures: came });
      expect(shortfall(events)).toMatchObject([{ code: 'cut-short', charge: 'possible' }]);
      expect(spent).toBeCloseTo(came * price);
      expect(ofType(events, 'job-settled')).toMatchObject([{ billed: spent, released: 0 }]);
      // Together they are what was reserved.
      expect(engine.runs()[0]!.reserved).toBeCloseTo((4 - came) * price);
      const again = await run(document);
      expect(again).toMatchObject({ outcome: 'done', spent: 0 });
      expect(hashes(again.events)).toEqual(hashes(events));
      expect(submits()).toBe(1);
    },
  );

  test('cut before the first: in doubt as ever', async () => {
    const { vendor, bench, document } = await start(provider, prefix);
    const { engine, run } = await bench();
    vendor.fail({ kind: 'stream', how: 'cut', after: 0, on: 'submit' });
    expect(await run(document)).toMatchObject({ outcome: 'waiting', spent: 0 });
    expect(engine.runs()[0]!.reserved).toBeCloseTo(4 * price);
  });
});

test('cut after the last: nothing is missing', async () => {
  const { vendor, bench, document } = await start();
  const { engine, run } = await bench();
  vendor.fail({ kind: 'stream', how: 'cut', after: 4, on: 'submit' });
  const { outcome, spent, events } = await run(document);
  expect({ outcome, spent, shortfall: shortfall(events) }).toEqual({
    outcome: 'done',
    spent: 4 * price,
    shortfall: [],
  });
  expect(engine.runs()[0]!.reserved).toBe(0);
});

test('in another order the list is in its own', async () => {
  const { vendor, bench, document } = await start();
  const inOrder = await (await bench()).run(document);
  const other = await start();
  other.vendor.fail({ kind: 'stream', how: 'disorder', after: 0, on: 'submit' });
  const { outcome, events } = await (await other.bench()).run(document);
  expect(outcome).toBe('done');
  expect(hashes(events)).toEqual(hashes(inOrder.events));
  expect(hashes(events)).toHaveLength(4);
  expect(vendor.charges).toHaveLength(1);
});

test('an event that cannot be read, and was charged, is told', async () => {
  const { vendor, bench, document } = await start();
  const { engine, run } = await bench();
  vendor.fail({ kind: 'stream', how: 'garbage', after: 1, on: 'submit' });
  const { outcome, spent, events } = await run(document);
  expect({ outcome, spent, pictures: hashes(events).length }).toEqual({
    outcome: 'done',
    spent: 4 * price,
    pictures: 3,
  });
  expect(shortfall(events)).toMatchObject([{ code: 'cut-short', charge: 'certain' }]);
  expect(engine.runs()[0]!.reserved).toBe(0);
});

test('what was refused of a set is told one by one and not paid for', async () => {
  const { vendor, bench, document } = await start();
  const { engine, run } = await bench();
  vendor.fail({ kind: 'partial', pictures: 1, on: 'submit' });
  const { outcome, spent, events } = await run(document);
  expect({ outcome, spent, pictures: hashes(events).length }).toEqual({
    outcome: 'done',
    spent: price,
    pictures: 1,
  });
  expect(shortfall(events).map(({ code, charge }) => `${code} ${charge}`)).toEqual(
    Array(3).fill('moderation none'),
  );
  expect(ofType(events, 'job-settled')).toMatchObject([
    { reserved: 4 * price, billed: price, released: 3 * price },
  ]);
  expect(engine.runs()[0]!.reserved).toBe(0);
});

test('a stream that is silent is cut', async () => {
  const { vendor, bench, document } = await start();
  const impatient: Provider = {
    ...byteplus,
    submit: (task, tools) =>
      byteplus.submit(task, {
        ...tools,
        spend: (request, onEvent) => tools.spend({ ...request, silence: 50 }, onEvent),
      }),
  };
  vendor.fail({ kind: 'stream', how: 'hold', after: 2, on: 'submit' });
  const { outcome, events } = await (await bench(impatient)).run(document);
  expect({ outcome, pictures: hashes(events).length }).toEqual({ outcome: 'done', pictures: 2 });
  expect(shortfall(events)).toMatchObject([{ code: 'cut-short', charge: 'possible' }]);
});

test('a link that is dead for now is followed again at the end, and the others are not', async () => {
  const { vendor, bench, document } = await start();
  vendor.fail({ kind: 'refuse', status: 503, on: 'download', times: 4 });
  const { outcome, events } = await (await bench()).run(document);
  expect({ outcome, pictures: hashes(events).length, shortfall: shortfall(events) }).toEqual({
    outcome: 'done',
    pictures: 4,
    shortfall: [],
  });
  expect(vendor.requests.filter(({ points }) => points.includes('download'))).toHaveLength(8);
});

test('killed in the middle of the stream: the next engine has what had come, and pays nothing', async () => {
  const { folder, vendor, bench, document, submits } = await start();
  const first = await bench();
  vendor.fail({ kind: 'stream', how: 'hold', after: 2, on: 'submit' });
  const started = await first.engine.start(first.request(document));
  if (!started.ok) throw new Error('refused');
  const store = new Store(join(folder.path, 'data'));
  const images = () =>
    store
      .openJobs()
      .flatMap(({ job }) => job.answer?.pictures ?? [])
      .filter((each) => 'image' in each);
  await expect.poll(() => images()).toHaveLength(2);
  await store.together(() => {
    for (const { key, job } of store.openJobs()) store.putOpenJob(key, { ...job, owner: dead });
  });
  await store.close();

  const second = await bench();
  // Its links are not followed any more.
  vendor.fail({ kind: 'expired', on: 'download', times: 9 });
  const { outcome, events } = await second.run(document);
  expect({ outcome, pictures: hashes(events).length }).toEqual({ outcome: 'done', pictures: 2 });
  expect(shortfall(events)).toMatchObject([{ code: 'cut-short', charge: 'possible' }]);
  const money = () => {
    const runs = second.engine.runs();
    return [
      runs.reduce((sum, { spent }) => sum + spent, 0),
      runs.reduce((sum, { reserved }) => sum + reserved, 0),
    ].map((sum) => Number(sum.toFixed(6)));
  };
  expect(money()).toEqual([2 * price, 2 * price]);

  // The first one was only held up: what comes after changes no money any more.
  vendor.release();
  await started.run.done;
  expect(money()).toEqual([2 * price, 2 * price]);
  expect({ submits: submits(), charges: vendor.charges.length }).toEqual({ submits: 1, charges: 1 });
});
