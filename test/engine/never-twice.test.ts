import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeNext } from '#core/document/edit';
import type { RunEvent } from '#core/run';
import { Store } from '#engine/store/store';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { linkingProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();

describe('two engines on one data folder', () => {
  it('pay once for the same key at the same time', async () => {
    fixture.vendor.shop.startState = 'running';
    const [first, second] = [await fixture.bench(), await fixture.bench()];
    const runs = [first.run(prompts('a', 'b')), second.run(prompts('a', 'b'))];
    while (fixture.vendor.shop.charges.length < 2) await first.clock.sleep(1);
    fixture.vendor.shop.startState = 'done';
    fixture.vendor.shop.finish();
    const ended = await Promise.all(runs);
    expect(ended.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect([...fixture.vendor.shop.charges].sort()).toEqual(['a', 'b']);
    expect(ended[0]!.spent + ended[1]!.spent).toBeCloseTo(0.08);
  });

  it('share what a route allows at once', async () => {
    fixture.vendor.provider.limits = { together: 3 };
    fixture.vendor.shop.startState = 'running';
    const [first, second] = [await fixture.bench(), await fixture.bench()];
    const runs = [first.run(prompts('a', 'b', 'c', 'd')), second.run(prompts('e', 'f', 'g', 'h'))];
    for (let turn = 0; turn < 200; turn += 1) {
      await first.clock.sleep(1);
      if (fixture.vendor.shop.charges.length >= 3) fixture.vendor.shop.finish();
    }
    fixture.vendor.shop.startState = 'done';
    fixture.vendor.shop.finish();
    await Promise.all(runs);
    expect(fixture.vendor.shop.charges).toHaveLength(8);
    expect(fixture.vendor.shop.mostTogether).toBeLessThanOrEqual(3);
  });
});

describe('a route', () => {
  it('is asked no more often in a minute than it allows', async () => {
    fixture.vendor.provider.limits = { together: 4, perMinute: 3 };
    const { run } = await fixture.bench();
    const { outcome, events } = await run(prompts('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect(outcome).toBe('done');
    const sentAt = ofType(events, 'job-intended').map(({ at }) => Date.parse(at));
    expect(sentAt).toHaveLength(8);
    for (const from of sentAt)
      expect(sentAt.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(3);
  });

  it('is left alone by every step after it said "later"', async () => {
    fixture.vendor.provider.limits = { together: 1 };
    fixture.vendor.shop.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '40' } });
    const { run, clock } = await fixture.bench();
    const from = clock.now();
    expect((await run(prompts('a', 'b'))).outcome).toBe('done');
    expect(clock.now() - from).toBeGreaterThanOrEqual(40_000);
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });
});

describe('a job that cannot be stopped', () => {
  it('is collected after its run was cancelled, and counts there', async () => {
    const { cancel: _cancel, ...uncancellable } = fixture.vendor.provider;
    fixture.vendor.provider = uncancellable;
    fixture.vendor.shop.startState = 'running';
    const { engine, request, run } = await fixture.bench();
    const started = await engine.start(request(prompts('a')));
    if (!started.ok) throw new Error('refused');
    started.run.listen((event) => {
      if (event.type === 'job-accepted') started.run.cancel();
    });
    expect(await started.run.done).toEqual({ outcome: 'cancelled', spent: 0 });
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04 }]);
    expect(engine.lateJobs()).toMatchObject([{ run: started.run.id, step: 'make#0', worstPrice: 0.04 }]);

    const told: RunEvent[] = [];
    const collected = engine.collectLate((event) => {
      told.push(event);
      if (event.type === 'job-progressed') fixture.vendor.shop.finish();
    });
    expect(await collected).toBe(1);
    expect(ofType(told, 'step-finished')).toMatchObject([
      { run: started.run.id, step: 'make#0', price: 0.04 },
    ]);
    expect(engine.lateJobs()).toEqual([]);
    expect(engine.runs()).toMatchObject([{ spent: 0.04, reserved: 0 }]);
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done', spent: 0 });
    expect(fixture.vendor.shop.charges).toEqual(['a']);
    const numbers = engine.show(started.run.id)!.map((event) => ('seq' in event ? event.seq : -1));
    expect(numbers).toEqual(numbers.map((_, place) => place));
  });
});

describe('closing the engine', () => {
  it('stops nothing at the vendor; the run goes on at the next start and pays nothing more', async () => {
    fixture.vendor.shop.startState = 'running';
    const first = await fixture.bench();
    const started = await first.engine.start(first.request(prompts('a', 'b')));
    if (!started.ok) throw new Error('refused');
    const accepted: RunEvent[] = [];
    await new Promise<void>((resolve) => {
      started.run.listen((event) => {
        if (event.type === 'job-accepted' && accepted.push(event) === 2) resolve();
      });
    });
    await first.engine.close();
    expect(fixture.vendor.shop.requests.some((request) => request.includes('cancel'))).toBe(false);
    fixture.vendor.shop.finish();
    const second = await fixture.bench();
    expect(second.engine.cutRuns().map(({ run }) => run)).toEqual([started.run.id]);
    const resumed = await second.engine.resume(started.run.id);
    if (!resumed.ok) throw new Error('refused');
    expect(await resumed.run.done).toEqual({ outcome: 'done', spent: 0.08 });
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });
});

describe('a run that was cancelled', () => {
  it('begins nothing more when the engine closed before it had ended', async () => {
    fixture.vendor.provider.limits = { together: 1 };
    fixture.vendor.shop.startState = 'running';
    const first = await fixture.bench();
    const started = await first.engine.start(first.request(prompts('a', 'b', 'c')));
    if (!started.ok) throw new Error('refused');
    const { run } = started;
    await new Promise<void>((resolve) => {
      run.listen((event) => {
        if (event.type !== 'job-accepted') return;
        run.cancel();
        resolve();
      });
    });
    await first.engine.close();
    fixture.vendor.shop.finish();
    const second = await fixture.bench();
    for (const cut of second.engine.cutRuns()) {
      const resumed = await second.engine.resume(cut.run);
      if (!resumed.ok) throw new Error('refused');
      expect((await resumed.run.done).outcome).toBe('cancelled');
    }
    await second.engine.collectLate(() => undefined);
    expect(second.engine.cutRuns()).toEqual([]);
    expect(fixture.vendor.shop.charges).toEqual(['a']);
    // To go on with it by name is the person's new word.
    fixture.vendor.shop.startState = 'done';
    const again = await second.engine.resume(run.id);
    if (!again.ok) throw new Error('refused');
    expect((await again.run.done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(3);
  });
});

describe('a vendor that answers at once with links', () => {
  it('is not asked again when they could not be followed before the engine closed', async () => {
    fixture.vendor.provider = linkingProvider(fixture.vendor.shop.url);
    fixture.vendor.shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    const cut = await run(prompts('a'));
    expect(cut.outcome).toBe('waiting');
    expect(ofType(cut.events, 'step-waiting')).toMatchObject([
      { for: 'vendor', failure: { charge: 'certain' } },
    ]);
    fixture.vendor.shop.pictureStatus = 200;
    expect(engine.lateJobs()).toHaveLength(1);
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done' });
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });
});

describe('what goes wrong inside', () => {
  it('ends the step, never hangs the run', async () => {
    fixture.vendor.provider.submit = () => {
      throw new Error('a bug');
    };
    const { run } = await fixture.bench();
    const { outcome, events } = await run(prompts('a'));
    expect(outcome).toBe('failed');
    expect(ofType(events, 'step-failed')).toMatchObject([{ failure: { act: 'us', charge: 'none' } }]);
  });

  it('keeps a ticket whose first writes failed', async () => {
    const { together } = Store.prototype;
    let failed = 0;
    Store.prototype.together = function failing(this: Store, changes) {
      if (fixture.vendor.shop.charges.length === 0 || failed === 2) return together.call(this, changes);
      failed += 1;
      return Promise.reject(new Error('ENOSPC'));
    } as typeof together;
    try {
      const { run } = await fixture.bench();
      expect((await run(prompts('a'))).outcome).toBe('done');
    } finally {
      Store.prototype.together = together;
    }
    expect(failed).toBe(2);
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });

  it('stops the run when nothing can be written down any more, and it can be gone on with', async () => {
    const { engine, request } = await fixture.bench();
    const { together } = Store.prototype;
    let writes = 0;
    Store.prototype.together = function failing(this: Store, changes) {
      writes += 1;
      return writes > 4 && writes < 200 ? Promise.reject(new Error('ENOSPC')) : together.call(this, changes);
    } as typeof together;
    const events: RunEvent[] = [];
    let id = '';
    try {
      const started = await engine.start(request(prompts('a', 'b')));
      if (!started.ok) throw new Error('refused');
      ({ id } = started.run);
      started.run.listen((event) => events.push(event));
      await started.run.done;
    } finally {
      Store.prototype.together = together;
    }
    expect(events.at(-1)).toMatchObject({ type: 'run-stopped' });
    expect(engine.cutRuns().map(({ run }) => run)).toEqual([id]);
    const resumed = await engine.resume(id);
    if (!resumed.ok) throw new Error('refused');
    const { outcome } = await resumed.run.done;
    // Whatever was sent and could not be written down is a doubt; it is never paid for twice.
    expect(['done', 'waiting']).toContain(outcome);
    expect(new Set(fixture.vendor.shop.charges).size).toBe(fixture.vendor.shop.charges.length);
  });
});

describe('a record of a request that cannot be read', () => {
  it('stands in the way of another one for the same picture, and a new take does not meet it', async () => {
    fixture.vendor.provider.recovery = 'none';
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    const first = await fixture.bench();
    const key = ofType((await first.run(prompts('a'))).events, 'step-in-doubt')[0]!.key;
    await first.engine.close();
    const store = new Store(join(fixture.folder, 'data'));
    await store.table<unknown, string>('jobs').put(key, { state: 'of another time' });
    await store.close();

    const { run } = await fixture.bench();
    const again = await run(prompts('a'));
    expect(again.outcome).toBe('failed');
    expect(ofType(again.events, 'step-failed')[0]?.failure).toMatchObject({
      code: 'unreadable-record',
      act: 'user',
      charge: 'none',
    });
    expect(fixture.vendor.shop.charges).toHaveLength(1);
    expect((await run(takeNext(prompts('a'), 'make'))).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });
});
