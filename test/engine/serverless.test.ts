import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import type { RunEvent } from '#core/run';
import serverless from '#providers/runpod-serverless.provider';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { createFakeRunpodServerless } from '#test/kit/fake-runpod-serverless';
import { small } from '#test/kit/small-catalogue';

/** US dollars: what a job of 4 seconds costs, and what is reserved for one that may take 60. */
const cost = 0.00124;
const worst = 0.0186;

async function start(workers: number, changed: Record<string, string> = {}, ownPrice?: number) {
  const folder = temporaryFolder();
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();
  let now = () => 0;
  const endpoint = await createFakeRunpodServerless({
    picture,
    time: { now: () => now(), workers, coldStart: 30_000, jobTime: 4_000 },
  });
  const settings: Record<string, string> = {
    baseUrl: endpoint.url,
    endpoint: 'abc123xyz',
    perSecond: '0.00031',
    longest: '60',
    together: String(workers),
    ...changed,
  };
  const bench = await engineBench(folder.path, [serverless], {
    secret: () => 'test-key',
    setting: (_provider, name) => settings[name],
    price: () => ownPrice,
  });
  now = () => bench.clock.now();
  onTestFinished(async () => {
    await bench.engine.close();
    await endpoint.close();
    folder.remove();
  });
  return { bench, endpoint, settings };
}

/** One picture for each of so many words. */
function items(count: number, about: string) {
  const lines = Array.from({ length: count }, (_, line) => `${about} ${line}`).join('\n');
  const document = small(
    [
      ['words', 'words', { lines }],
      ['make', 'make', { size: { width: 512, height: 512 } }],
    ],
    ['words.text > make.prompt'],
  );
  return { ...document, id: about, routes: { generate: 'runpod-serverless/sd-1.5' } };
}

const finished = (events: readonly RunEvent[]) =>
  events.filter((event) => event.type === 'step-finished' && event.node === 'make');

test('a thousand items go over the workers of an endpoint, each paid once, within the budget', async () => {
  const { bench, endpoint } = await start(10);
  for (let time = 0; time < 5; time += 1) {
    endpoint.fail({ kind: 'refuse', status: 429, headers: { 'retry-after': '2' }, on: 'submit' });
    endpoint.fail({ kind: 'refuse', status: 503, on: 'status' });
    endpoint.fail({ kind: 'html', on: 'status' });
  }
  const budget = 0.9;
  const plan = await bench.engine.plan(bench.request(items(1000, 'a cat')));
  expect(plan.forecast.price.high).toBeCloseTo(1000 * worst);

  const first = await bench.run(items(1000, 'a cat'), { budget });
  expect(first.outcome).toBe('over-budget');
  const made = finished(first.events).length;
  // Nothing that would fit is held back: what is left is less than one more reservation.
  expect(first.spent).toBeCloseTo(made * cost);
  expect(first.spent).toBeLessThanOrEqual(budget);
  expect(budget - first.spent).toBeLessThan(worst);
  expect(endpoint.charges).toHaveLength(made);

  const second = await bench.run(items(1000, 'a cat'), { budget });
  expect(second.outcome).toBe('done');
  expect(finished(second.events)).toHaveLength(1000);
  expect(endpoint.charges).toHaveLength(1000);
  expect(first.spent + second.spent).toBeCloseTo(1000 * cost);

  // One paid request for each of them, whatever was refused or cut on the way.
  const prompts = endpoint.requests
    .filter(({ points, fault }) => points.includes('submit') && fault === undefined)
    .map(({ body }) => JSON.stringify((body as Sent).input.workflow['positive']));
  expect(new Set(prompts).size).toBe(1000);
  expect(prompts).toHaveLength(1000);
  expect(endpoint.mostTogether).toBe(10);
  expect(endpoint.perWorker).toHaveLength(10);
  expect(endpoint.faults).toEqual([]);
}, 120_000);

interface Sent {
  input: { workflow: Record<string, unknown> };
}

test('runs of the queue take their turns on the endpoint, and a pause sends nothing more', async () => {
  const { bench, endpoint } = await start(4);
  const { queue } = bench.engine;
  for (const about of ['a cat', 'a dog']) {
    const added = await queue.add(bench.request(items(30, about)));
    if (!added.ok) throw new Error('it can be queued');
  }
  const told: RunEvent[] = [];
  let paused: Promise<void> | undefined;
  let sentWhilePaused = -1;
  const sent = () => endpoint.requests.filter(({ points }) => points.includes('submit')).length;
  async function pauseForAWhile(): Promise<void> {
    await queue.pause();
    const before = sent();
    // Longer than all that is under way takes.
    await bench.clock.sleep(600_000);
    while (told.filter(({ type }) => type === 'job-accepted').length > finished(told).length)
      await bench.clock.sleep(1_000);
    sentWhilePaused = sent() - before;
    await queue.resume();
  }
  const work = queue.work({
    untilEmpty: true,
    started: (run) => {
      run.listen((event) => {
        told.push(event);
        if (finished(told).length === 10) paused ??= pauseForAWhile();
      });
    },
  });
  await work.done;
  await paused;
  // What was past the gate when the pause came is let through.
  expect(sentWhilePaused).toBeGreaterThanOrEqual(0);
  expect(sentWhilePaused).toBeLessThanOrEqual(4);
  expect(endpoint.charges).toHaveLength(60);
  expect(endpoint.mostTogether).toBeLessThanOrEqual(4);
  const runs = told.filter(({ type }) => type === 'run-opened').map(({ run }) => run);
  expect(runs).toHaveLength(2);
  const ofFirst = told.findIndex((event) => event.type === 'run-closed' && event.run === runs[0]);
  const ofSecond = told.findIndex((event) => event.type === 'job-intended' && event.run === runs[1]);
  expect(ofSecond).toBeGreaterThan(ofFirst);
  expect(told.filter((event) => event.type === 'run-closed').map(({ outcome }) => outcome)).toEqual([
    'done',
    'done',
  ]);
});

test('the number of jobs at once follows the settings, also of an engine that is open', async () => {
  const { bench, endpoint, settings } = await start(3, { together: '2' });
  await bench.run(items(8, 'a cat'));
  expect(endpoint.mostTogether).toBe(2);
  settings['together'] = '6';
  await bench.run(items(20, 'a dog'));
  expect(endpoint.mostTogether).toBe(6);
});

test('a cold start is told while it lasts', async () => {
  const { bench } = await start(1);
  const { events, outcome } = await bench.run(items(1, 'a cat'));
  expect(outcome).toBe('done');
  const words = events.flatMap((event) => (event.type === 'job-progressed' ? [event.words ?? 'none'] : []));
  expect([...new Set(words)]).toEqual(['a worker is starting', 'none']);
});

test('a job that failed is paid for by the seconds it took, and one that was cancelled in the queue is not', async () => {
  const { bench, endpoint } = await start(1, { longest: '5', perSecond: '0.001' });
  const document = items(1, 'a cat');
  const plan = await bench.engine.plan(bench.request(document));
  expect(plan.forecast.price).toEqual({ low: 0.002, high: 0.005 });
  const started = await bench.engine.start(bench.request(document));
  if (!started.ok) throw new Error('it starts');
  started.run.listen((event) => {
    if (event.type === 'job-accepted') started.run.cancel();
  });
  expect(await started.run.done).toEqual({ outcome: 'cancelled', spent: 0 });
  expect(endpoint.charges).toEqual([]);
  endpoint.fail({ kind: 'job-failed', on: 'submit' });
  const { events, outcome, spent } = await bench.run(document);
  expect({ outcome, spent }).toEqual({ outcome: 'failed', spent: 0.004 });
  expect(events.find((event) => event.type === 'job-settled')).toMatchObject({
    reserved: 0.005,
    billed: 0.004,
    released: 0.001,
  });
});

test('what is reserved is what the request may cost by the settings it is sent with, also in the middle of a run', async () => {
  const { bench, endpoint, settings } = await start(1, { together: '1' });
  const started = await bench.engine.start(bench.request(items(3, 'a cat'), { budget: 0.15 }));
  if (!started.ok) throw new Error('it starts');
  const events: RunEvent[] = [];
  started.run.listen((event) => {
    events.push(event);
    if (event.type === 'job-accepted') settings['longest'] = '300';
  });
  expect(await started.run.done).toEqual({ outcome: 'done', spent: expect.closeTo(3 * cost, 6) as number });
  const allowed = endpoint.requests
    .filter(({ points }) => points.includes('submit'))
    .map(({ body }) => (body as { policy: { executionTimeout: number } }).policy.executionTimeout / 1000);
  expect(allowed).toEqual([60, 300, 300]);
  const reserved = events.flatMap((event) => (event.type === 'job-intended' ? [event.worstPrice] : []));
  expect(reserved).toEqual(allowed.map((seconds) => expect.closeTo(seconds * 0.00031, 6) as number));

  // What no longer fits into the money of the run is not sent.
  settings['longest'] = '60';
  const poor = await bench.engine.start(bench.request(items(2, 'a dog'), { budget: 0.05 }));
  if (!poor.ok) throw new Error('it starts');
  poor.run.listen((event) => {
    if (event.type === 'job-accepted') settings['longest'] = '300';
  });
  expect(await poor.run.done).toEqual({ outcome: 'over-budget', spent: expect.closeTo(cost, 6) as number });
});

test('an own price of nothing lets no job past the money of the run', async () => {
  const { bench, endpoint } = await start(1, {}, 0);
  const { outcome, spent } = await bench.run(items(40, 'a cat'), { budget: worst + 2.5 * cost });
  expect(outcome).toBe('over-budget');
  expect(endpoint.charges).toHaveLength(3);
  expect(spent).toBeCloseTo(3 * cost, 6);
});

test('a request that is refused and sent again is reserved by the settings of its second time', async () => {
  const { bench, endpoint, settings } = await start(1);
  endpoint.fail({ kind: 'refuse', status: 429, headers: { 'retry-after': '30' }, on: 'submit' });
  const started = await bench.engine.start(bench.request(items(1, 'a cat'), { budget: 0.15 }));
  if (!started.ok) throw new Error('it starts');
  const reserved: number[] = [];
  started.run.listen((event) => {
    if (event.type === 'job-intended') reserved.push(event.worstPrice);
    // What was refused is settled; the next one is not sent yet.
    if (event.type === 'job-settled') settings['longest'] = '300';
  });
  expect(await started.run.done).toMatchObject({ outcome: 'done' });
  expect(reserved).toEqual([worst, expect.closeTo(300 * 0.00031, 6)]);
});
