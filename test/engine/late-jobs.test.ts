import { describe, expect, it } from 'vitest';
import type { Provider, Recovery } from '#core/provider';
import { begin, EventLog, goOnWithAll, writtenCounts } from '#test/kit/event-log';
import type { EngineBench } from '#test/kit/engine-bench';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { othersSeemDead } from '#test/kit/moments';
import { recoverableProvider, shopProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();

/** A vendor whose jobs cannot be stopped, as many at once as anybody likes. */
const unstoppable = (provider: Provider): Provider => {
  const { cancel: _cancel, ...rest } = provider;
  return { ...rest, limits: { together: 64 } };
};

/** A run that was cancelled when all its jobs had been handed over. */
async function leftBehind(bench: EngineBench, lines: readonly string[], provider = 'shop'): Promise<string> {
  const route = `${provider}/one`;
  const document = { ...prompts(...lines), routes: { generate: route, edit: route } };
  const run = await begin(bench, document);
  await run.log.seen('job-accepted', lines.length);
  run.cancel();
  expect((await run.done).outcome).toBe('cancelled');
  return run.id;
}

describe('a job that its run has left behind', () => {
  it('and that is asked for and left once more changes nothing in its run', async () => {
    fixture.vendor.provider = unstoppable(fixture.vendor.provider);
    fixture.vendor.shop.startState = 'running';
    const first = await fixture.bench();
    const id = await leftBehind(first, ['a']);
    const before = first.engine.show(id);
    expect(writtenCounts(first.engine, id)).toMatchObject({ held: 1, open: 0 });
    const told = new EventLog();
    void first.engine.collectLate(told.add);
    await told.seen('job-progressed');
    await first.engine.close();
    const second = await fixture.bench();
    expect(second.engine.show(id)).toEqual(before);
    expect(second.engine.lateJobs()).toHaveLength(1);
  });

  it('ends the waiting of its run when it comes', async () => {
    fixture.vendor.shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    const { events, outcome } = await run(prompts('a'));
    expect(outcome).toBe('waiting');
    fixture.vendor.shop.pictureStatus = 200;
    expect(await engine.collectLate(() => undefined)).toBe(1);
    expect(writtenCounts(engine, events[0]!.run)).toMatchObject({ asked: 1, finished: 1 });
    expect(engine.runs()).toMatchObject([{ outcome: 'done', spent: 0.04, reserved: 0 }]);
  });

  it('ends the waiting of its run when another run takes it', async () => {
    fixture.vendor.shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    const { events } = await run(prompts('a'));
    fixture.vendor.shop.pictureStatus = 200;
    const other = await run(prompts('a'));
    expect(other.outcome).toBe('done');
    expect(engine.runs().map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(ofType(engine.show(events[0]!.run)!, 'step-finished')).toMatchObject([
      { reused: true, price: 0, outputs: ofType(other.events, 'step-finished')[0]!.outputs },
    ]);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  it('and that fails ends the waiting of its run as failed', async () => {
    fixture.vendor.shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    const { events } = await run(prompts('a'));
    fixture.vendor.shop.finish();
    for (const job of fixture.vendor.shop.jobs.values()) job.state = 'failed';
    await engine.collectLate(() => undefined);
    expect(writtenCounts(engine, events[0]!.run)).toMatchObject({ asked: 1, failed: 1 });
    expect(engine.runs()).toMatchObject([{ outcome: 'failed', spent: 0, reserved: 0 }]);
  });

  it('is asked for however many others at other vendors never end', async () => {
    const { shop } = fixture.vendor;
    const endless: Provider = {
      ...unstoppable(fixture.vendor.provider),
      check: async () => ({ state: 'running' }),
    };
    const good = { ...unstoppable(shopProvider(shop.url)), id: 'good', label: 'Good' };
    shop.startState = 'running';
    const bench = await fixture.bench({
      providers: new Map([
        ['shop', endless],
        ['good', good],
      ]),
    });
    const many = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    await leftBehind(bench, many);
    await leftBehind(bench, ['the last'], 'good');
    shop.finish();
    const told = new EventLog();
    void bench.engine.collectLate(told.add);
    await told.seen('step-finished');
    expect(bench.engine.lateJobs().map(({ route }) => route.provider)).not.toContain('good');
  });
});

describe('a request whose run was cancelled and whose process was killed before the answer came', () => {
  async function killedMeanwhile(recovery: Recovery) {
    const { vendor } = fixture;
    vendor.provider = recoverableProvider('shop', vendor.shop.url, recovery);
    vendor.shop.faults.push({ kind: 'hold-after' });
    const first = await fixture.bench();
    const run = await begin(first, prompts('a'));
    await vendor.shop.held();
    run.cancel();
    await run.log.seen('cancel-asked');
    othersSeemDead();
    const second = await fixture.bench();
    await goOnWithAll(second.engine);
    expect(second.engine.cutRuns()).toEqual([]);
    expect(vendor.shop.charges).toHaveLength(1);
    return { id: run.id, second };
  }

  it.each(['idempotency-key', 'ticket', 'none'] as const)(
    'is a doubt with recovery "%s"',
    async (recovery) => {
      const { id, second } = await killedMeanwhile(recovery);
      expect(writtenCounts(second.engine, id)).toMatchObject({ asked: 1, inDoubt: 1 });
      expect(second.engine.lateJobs()).toEqual([]);
      expect(second.engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04 }]);
      expect(await second.engine.answer(id, 'make#0', 'give-up')).toBeUndefined();
      expect(writtenCounts(second.engine, id)).toMatchObject({ failed: 1 });
    },
  );

  it('is collected under our own id', async () => {
    const { id, second } = await killedMeanwhile('own-id');
    expect(writtenCounts(second.engine, id)).toMatchObject({ asked: 1, finished: 1 });
    expect(second.engine.runs()).toMatchObject([{ spent: 0.04, reserved: 0 }]);
  });
});
