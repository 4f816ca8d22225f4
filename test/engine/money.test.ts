import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import { countSteps, emptyRun, foldRun, type RunEvent } from '#core/run';
import type { EngineOptions } from '#engine/contract';
import { Ledger, type Caps, type Charge } from '#engine/store/ledger';
import { Store } from '#engine/store/store';
import { engineBench, temporaryFolder, type EngineBench } from '#test/kit/engine-bench';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
const open: EngineBench[] = [];

async function bench(changes: Partial<EngineOptions> = {}): Promise<EngineBench> {
  const made = await engineBench(folder.path, [vendor.provider], changes);
  open.push(made);
  return made;
}

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider();
});

afterEach(async () => {
  for (const each of open.splice(0)) await each.engine.close();
  await vendor.close();
  folder.remove();
});

const prompts = (...lines: string[]): WorkflowDocument =>
  small(
    [
      ['words', 'words', { lines: lines.join('\n') }],
      ['make', 'make'],
    ],
    ['words.text > make.prompt'],
  );

const ofType = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

describe('the ledger', () => {
  const places = fc.record({
    run: fc.constantFrom('r1', 'r2'),
    documentId: fc.constantFrom('d1', 'd2'),
    day: fc.constantFrom('2026-11-21', '2026-11-22'),
    worst: fc.integer({ min: 1, max: 30 }).map((cents) => cents / 100),
  });
  const amount = fc.option(
    fc.integer({ min: 0, max: 100 }).map((cents) => cents / 100),
    { nil: undefined },
  );
  const moves = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('reserve' as const), place: places }),
      fc.record({
        kind: fc.constant('settle' as const),
        nth: fc.nat(40),
        share: fc.integer({ min: 0, max: 100 }),
      }),
    ),
    { maxLength: 40 },
  );

  it('holds every cap at every moment, and its sums are those of its requests', async () => {
    const store = new Store(join(folder.path, 'ledger'));
    let round = 0;
    await fc.assert(
      fc.asyncProperty(moves, amount, amount, amount, async (list, run, workflow, day) => {
        round += 1;
        // Every round has runs, workflows and days of its own in the one store.
        const own = (text: string) => `${round} ${text}`;
        const ledger = new Ledger(store);
        const caps: Caps = Object.fromEntries(
          Object.entries({ run, workflow, day }).filter(([, cap]) => cap !== undefined),
        );
        const charges: (Charge & { billed?: number })[] = [];
        await store.together(() => {
          for (const move of list) {
            if (move.kind === 'reserve') {
              const { worst } = move.place;
              const requestId = own(String(charges.length));
              const place = {
                run: own(move.place.run),
                documentId: own(move.place.documentId),
                day: own(move.place.day),
              };
              const charge = { requestId, ...place, worst };
              if (ledger.reserve(charge, caps) === 'reserved') charges.push(charge);
            } else {
              const charge = charges[move.nth % Math.max(1, charges.length)];
              if (charge === undefined) continue;
              const billed = Math.round(charge.worst * move.share) / 100;
              const settled = ledger.settle(charge.requestId, billed);
              expect(settled === undefined).toBe(charge.billed !== undefined);
              charge.billed ??= billed;
            }
            for (const [of, name] of [
              ['run', 'run'],
              ['workflow', 'documentId'],
              ['day', 'day'],
            ] as const)
              for (const id of new Set(charges.map((charge) => charge[name]))) {
                const those = charges.filter((charge) => charge[name] === id);
                const billed = those.reduce((sum, charge) => sum + (charge.billed ?? 0), 0);
                const reserved = those.reduce(
                  (sum, charge) => sum + (charge.billed === undefined ? charge.worst : 0),
                  0,
                );
                const totals = ledger.totals(of, id);
                expect(totals.billed).toBeCloseTo(billed, 6);
                expect(totals.reserved).toBeCloseTo(reserved, 6);
                const cap = caps[of];
                if (cap !== undefined)
                  expect(totals.billed + totals.reserved).toBeLessThanOrEqual(cap + 1e-9);
              }
          }
        });
      }),
      { numRuns: 60 },
    );
    await store.close();
  });
});

describe('caps', () => {
  it('of a workflow count all its runs', async () => {
    const { run } = await bench({ caps: () => ({ workflow: 0.08 }) });
    expect((await run(prompts('a'))).outcome).toBe('done');
    const { outcome, spent } = await run(prompts('b', 'c'));
    expect({ outcome, spent }).toEqual({ outcome: 'over-budget', spent: 0.04 });
    expect(vendor.shop.charges).toHaveLength(2);
  });

  it('of a day count all workflows, and begin anew the next day', async () => {
    const { run, clock } = await bench({ caps: () => ({ day: 0.08 }) });
    await run(prompts('a'));
    const other = { ...prompts('b', 'c'), id: 'document-2' };
    expect((await run(other)).outcome).toBe('over-budget');
    expect(vendor.shop.charges).toHaveLength(2);
    await clock.sleep(24 * 3_600_000);
    expect((await run(other)).outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(3);
  });

  it('that only reservations fill are waited for, not given up at', async () => {
    // Four at once and room for two of the worst price, of which the vendor charges half.
    vendor.provider.check = async () => ({
      state: 'done',
      result: {
        price: 0.02,
        pictures: [{ from: 'url', request: { method: 'GET', url: `${vendor.shop.url}/pictures/job-1` } }],
      },
    });
    const { run } = await bench();
    const { outcome, spent } = await run(prompts('a', 'b', 'c', 'd'), { budget: 0.1 });
    expect({ outcome, spent }).toEqual({ outcome: 'done', spent: 0.08 });
  });

  it('are no matter for what costs nothing', async () => {
    const { run } = await bench({ price: () => 0 });
    expect((await run(prompts('a', 'b'), { budget: 0 })).outcome).toBe('done');
  });
});

describe('the journal', () => {
  it('shows what was reserved, billed and released', async () => {
    vendor.shop.faults.push({ kind: 'answer', status: 422 });
    const { run, engine } = await bench();
    const { events } = await run(prompts('a'));
    expect(ofType(events, 'job-settled')).toMatchObject([{ reserved: 0.04, billed: 0, released: 0.04 }]);
    const again = await run(prompts('a'));
    expect(ofType(again.events, 'job-settled')).toMatchObject([
      { reserved: 0.04, billed: 0.04, released: 0 },
    ]);
    const spentIn = (id: string) => engine.runs().find(({ run: of }) => of === id)?.spent;
    expect([events[0]!.run, again.events[0]!.run].map(spentIn)).toEqual([0, 0.04]);
  });

  it('keeps the money of a doubt reserved until it is answered', async () => {
    vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await bench({ caps: () => ({ day: 0.04 }) });
    const { events } = await run(prompts('a'));
    const id = events[0]!.run;
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04, outcome: 'waiting' }]);
    expect((await run({ ...prompts('b'), id: 'document-2' })).outcome).toBe('over-budget');
    expect(await engine.answer(id, 'make#0', 'resend')).toBeUndefined();
    expect(engine.runs().at(-1)).toMatchObject({ spent: 0, reserved: 0 });
    expect((await run({ ...prompts('b'), id: 'document-2' })).outcome).toBe('done');
  });

  it('counts what was given up as possibly charged', async () => {
    vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await bench();
    const { events } = await run(prompts('a'));
    expect(await engine.answer(events[0]!.run, 'make#0', 'give-up')).toBeUndefined();
    expect(engine.runs()).toMatchObject([{ outcome: 'failed', spent: 0, reserved: 0.04 }]);
    expect(await engine.answer(events[0]!.run, 'make#0', 'give-up')).toMatchObject({ code: 'not-in-doubt' });
  });

  it('lets a doubt be answered in whichever run met it', async () => {
    vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await bench();
    await run(prompts('a'));
    const second = await run(prompts('a'));
    expect(second.outcome).toBe('waiting');
    expect(await engine.answer(second.events[0]!.run, 'make#0', 'resend')).toBeUndefined();
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(2);
  });
});

describe('three of four pictures', () => {
  const four = () =>
    small(
      [
        ['make', 'make', { count: 4 }],
        ['shrink', 'shrink'],
      ],
      ['make.image > shrink.image'],
    );

  it('are kept and go on; the fourth says why, and is all that is asked for again', async () => {
    vendor.provider.limits = { together: 1 };
    vendor.shop.faults.push({ kind: 'answer', status: 422 });
    const { run } = await bench();
    const { events, outcome, spent } = await run(four());
    expect({ outcome, spent }).toEqual({ outcome: 'failed', spent: 0.12 });
    const counts = countSteps(events.reduce(foldRun, emptyRun(events[0]!.run)));
    // The shop's pictures of one prompt are alike, so that only one of them is made smaller.
    expect(counts).toMatchObject({ asked: 8, finished: 4, reused: 2, failed: 1, skipped: 1 });
    expect(ofType(events, 'step-failed')).toMatchObject([{ step: 'make#0', failure: { code: 'http-422' } }]);
    const again = await run(four());
    expect(again).toMatchObject({ outcome: 'done', spent: 0.04 });
    expect(vendor.shop.charges).toHaveLength(4);
  });
});

describe('two engines on one data folder', () => {
  it('pay once for the same key at the same time', async () => {
    vendor.shop.startState = 'running';
    const [first, second] = [await bench(), await bench()];
    const runs = [first.run(prompts('a', 'b')), second.run(prompts('a', 'b'))];
    while (vendor.shop.charges.length < 2) await first.clock.sleep(1);
    vendor.shop.startState = 'done';
    vendor.shop.finish();
    const ended = await Promise.all(runs);
    expect(ended.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect([...vendor.shop.charges].sort()).toEqual(['a', 'b']);
    expect(ended[0]!.spent + ended[1]!.spent).toBeCloseTo(0.08);
  });

  it('share what a route allows at once', async () => {
    vendor.provider.limits = { together: 3 };
    vendor.shop.startState = 'running';
    const [first, second] = [await bench(), await bench()];
    const runs = [first.run(prompts('a', 'b', 'c', 'd')), second.run(prompts('e', 'f', 'g', 'h'))];
    for (let turn = 0; turn < 200; turn += 1) {
      await first.clock.sleep(1);
      if (vendor.shop.charges.length >= 3) vendor.shop.finish();
    }
    vendor.shop.startState = 'done';
    vendor.shop.finish();
    await Promise.all(runs);
    expect(vendor.shop.charges).toHaveLength(8);
    expect(vendor.shop.mostTogether).toBeLessThanOrEqual(3);
  });
});

describe('a route', () => {
  it('is asked no more often in a minute than it allows', async () => {
    vendor.provider.limits = { together: 4, perMinute: 3 };
    const { run } = await bench();
    const { outcome, events } = await run(prompts('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect(outcome).toBe('done');
    const sentAt = ofType(events, 'job-intended').map(({ at }) => Date.parse(at));
    expect(sentAt).toHaveLength(8);
    for (const from of sentAt)
      expect(sentAt.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(3);
  });

  it('is left alone by every step after it said "later"', async () => {
    vendor.provider.limits = { together: 1 };
    vendor.shop.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '40' } });
    const { run, clock } = await bench();
    const from = clock.now();
    expect((await run(prompts('a', 'b'))).outcome).toBe('done');
    expect(clock.now() - from).toBeGreaterThanOrEqual(40_000);
    expect(vendor.shop.charges).toHaveLength(2);
  });
});

describe('a job that cannot be stopped', () => {
  it('is collected after its run was cancelled, and counts there', async () => {
    const { cancel: _cancel, ...uncancellable } = vendor.provider;
    vendor.provider = uncancellable;
    vendor.shop.startState = 'running';
    const { engine, request, run } = await bench();
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
      if (event.type === 'job-progressed') vendor.shop.finish();
    });
    expect(await collected).toBe(1);
    expect(ofType(told, 'step-finished')).toMatchObject([
      { run: started.run.id, step: 'make#0', price: 0.04 },
    ]);
    expect(engine.lateJobs()).toEqual([]);
    expect(engine.runs()).toMatchObject([{ spent: 0.04, reserved: 0 }]);
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done', spent: 0 });
    expect(vendor.shop.charges).toEqual(['a']);
    const numbers = engine.show(started.run.id)!.map((event) => ('seq' in event ? event.seq : -1));
    expect(numbers).toEqual(numbers.map((_, place) => place));
  });
});

describe('closing the engine', () => {
  it('stops nothing at the vendor; the run goes on at the next start and pays nothing more', async () => {
    vendor.shop.startState = 'running';
    const first = await bench();
    const started = await first.engine.start(first.request(prompts('a', 'b')));
    if (!started.ok) throw new Error('refused');
    const accepted: RunEvent[] = [];
    await new Promise<void>((resolve) => {
      started.run.listen((event) => {
        if (event.type === 'job-accepted' && accepted.push(event) === 2) resolve();
      });
    });
    await first.engine.close();
    expect(vendor.shop.requests.some((request) => request.includes('cancel'))).toBe(false);
    vendor.shop.finish();
    const second = await bench();
    expect(second.engine.cutRuns().map(({ run }) => run)).toEqual([started.run.id]);
    const resumed = await second.engine.resume(started.run.id);
    if (!resumed.ok) throw new Error('refused');
    expect(await resumed.run.done).toEqual({ outcome: 'done', spent: 0.08 });
    expect(vendor.shop.charges).toHaveLength(2);
  });
});

describe('a run that was cancelled', () => {
  it('begins nothing more when the engine closed before it had ended', async () => {
    vendor.provider.limits = { together: 1 };
    vendor.shop.startState = 'running';
    const first = await bench();
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
    vendor.shop.finish();
    const second = await bench();
    for (const cut of second.engine.cutRuns()) {
      const resumed = await second.engine.resume(cut.run);
      if (!resumed.ok) throw new Error('refused');
      expect((await resumed.run.done).outcome).toBe('cancelled');
    }
    await second.engine.collectLate(() => undefined);
    expect(second.engine.cutRuns()).toEqual([]);
    expect(vendor.shop.charges).toEqual(['a']);
    // To go on with it by name is the person's new word.
    vendor.shop.startState = 'done';
    const again = await second.engine.resume(run.id);
    if (!again.ok) throw new Error('refused');
    expect((await again.run.done).outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(3);
  });
});

describe('a vendor that answers at once with links', () => {
  it('is not asked again when they could not be followed before the engine closed', async () => {
    vendor.provider = {
      ...vendor.provider,
      recovery: 'none',
      submit: async (task, tools) => {
        const prompt = 'prompt' in task ? task.prompt : '';
        await tools.spend({
          method: 'POST',
          url: `${vendor.shop.url}/jobs`,
          json: { requestId: tools.requestId, prompt },
        });
        const url = `${vendor.shop.url}/pictures/${tools.requestId}`;
        return { state: 'done', result: { pictures: [{ from: 'url', request: { method: 'GET', url } }] } };
      },
    };
    vendor.shop.pictureStatus = 503;
    const { run, engine } = await bench();
    const cut = await run(prompts('a'));
    expect(cut.outcome).toBe('waiting');
    expect(ofType(cut.events, 'step-waiting')).toMatchObject([
      { for: 'vendor', failure: { charge: 'certain' } },
    ]);
    vendor.shop.pictureStatus = 200;
    expect(engine.lateJobs()).toHaveLength(1);
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done' });
    expect(vendor.shop.charges).toEqual(['a']);
  });
});

describe('what goes wrong inside', () => {
  it('ends the step, never hangs the run', async () => {
    vendor.provider.submit = () => {
      throw new Error('a bug');
    };
    const { run } = await bench();
    const { outcome, events } = await run(prompts('a'));
    expect(outcome).toBe('failed');
    expect(ofType(events, 'step-failed')).toMatchObject([{ failure: { act: 'us', charge: 'none' } }]);
  });

  it('keeps a ticket whose first writes failed', async () => {
    const { together } = Store.prototype;
    let failed = 0;
    Store.prototype.together = function failing(this: Store, changes) {
      if (vendor.shop.charges.length === 0 || failed === 2) return together.call(this, changes);
      failed += 1;
      return Promise.reject(new Error('ENOSPC'));
    } as typeof together;
    try {
      const { run } = await bench();
      expect((await run(prompts('a'))).outcome).toBe('done');
    } finally {
      Store.prototype.together = together;
    }
    expect(failed).toBe(2);
    expect(vendor.shop.charges).toEqual(['a']);
  });

  it('stops the run when nothing can be written down any more, and it can be gone on with', async () => {
    const { engine, request } = await bench();
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
    expect(new Set(vendor.shop.charges).size).toBe(vendor.shop.charges.length);
  });
});
