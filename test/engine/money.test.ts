import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSteps, emptyRun, foldRun } from '#core/run';
import { Ledger, type Caps, type Charge } from '#engine/store/ledger';
import { Store } from '#engine/store/store';
import { LeapingClock } from '#test/kit/engine-bench';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { begin, logged } from '#test/kit/event-log';
import { othersSeemDead } from '#test/kit/moments';
import { recoverableProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

const fixture = engineFixture();

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
    const store = new Store(join(fixture.folder, 'ledger'));
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
    const { run } = await fixture.bench({ caps: () => ({ workflow: 0.08 }) });
    expect((await run(prompts('a'))).outcome).toBe('done');
    const { outcome, spent } = await run(prompts('b', 'c'));
    expect({ outcome, spent }).toEqual({ outcome: 'over-budget', spent: 0.04 });
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });

  it('of a day count all workflows, and begin anew the next day', async () => {
    const { run, clock } = await fixture.bench({ caps: () => ({ day: 0.08 }) });
    await run(prompts('a'));
    const other = { ...prompts('b', 'c'), id: 'document-2' };
    expect((await run(other)).outcome).toBe('over-budget');
    expect(fixture.vendor.shop.charges).toHaveLength(2);
    await clock.sleep(24 * 3_600_000);
    expect((await run(other)).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(3);
  });

  it('that only reservations fill are waited for, not given up at', async () => {
    // Four at once and room for two of the worst price, of which the vendor charges half.
    fixture.vendor.provider.check = async () => ({
      state: 'done',
      result: {
        price: 0.02,
        pictures: [
          { from: 'url', request: { method: 'GET', url: `${fixture.vendor.shop.url}/pictures/job-1` } },
        ],
      },
    });
    const { run } = await fixture.bench();
    const { outcome, spent } = await run(prompts('a', 'b', 'c', 'd'), { budget: 0.1 });
    expect({ outcome, spent }).toEqual({ outcome: 'done', spent: 0.08 });
  });

  it('are no matter for what costs nothing', async () => {
    const { run } = await fixture.bench({ price: () => 0 });
    expect((await run(prompts('a', 'b'), { budget: 0 })).outcome).toBe('done');
  });
});

describe('caps and a request that is sent again', () => {
  /** A request that was written down and never arrived, by a process that was killed; gives its run. */
  async function intendedAndKilled(price: number, caps: { day: number }): Promise<string> {
    fixture.vendor.shop.faults.push({ kind: 'hold-before' });
    const first = await fixture.bench({ price: () => price, caps: () => caps });
    const { id } = await begin(first, prompts('a'));
    await fixture.vendor.shop.held();
    othersSeemDead();
    return id;
  }

  it('hold for its price of now, not for that of its first day', async () => {
    fixture.vendor.provider = recoverableProvider('shop', fixture.vendor.shop.url, 'own-id');
    await intendedAndKilled(0.01, { day: 1 });
    const { run } = await fixture.bench({ price: () => 0.04 });
    const { outcome, events } = await run(prompts('a'), { budget: 0.02 });
    expect(outcome).toBe('over-budget');
    expect(ofType(events, 'job-intended')).toEqual([]);
    expect(fixture.vendor.shop.charges).toEqual([]);
  });

  it('hold for the day it is sent on', async () => {
    fixture.vendor.provider = recoverableProvider('shop', fixture.vendor.shop.url, 'idempotency-key');
    const id = await intendedAndKilled(0.04, { day: 0.05 });
    const clock = new LeapingClock();
    await clock.sleep(24 * 3_600_000);
    const { run, engine } = await fixture.bench({ clock, caps: () => ({ day: 0.05 }) });
    expect((await run(prompts('b'))).outcome).toBe('done');
    expect((await logged(await engine.resume(id)).done).outcome).toBe('over-budget');
    expect(fixture.vendor.shop.charges).toEqual(['generate b']);
    await clock.sleep(24 * 3_600_000);
    expect((await logged(await engine.resume(id)).done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toEqual(['generate b', 'generate a']);
  });

  it('are no verdict on another run that has the money for the same picture', async () => {
    fixture.vendor.provider.limits = { together: 1 };
    const bench = await fixture.bench();
    await bench.run(prompts('made before'));
    fixture.vendor.shop.startState = 'running';
    const first = await begin(bench, prompts('x'));
    await first.log.seen('job-accepted');
    // What was made before is taken after `a` has got in line.
    const poor = await begin(bench, prompts('a', 'made before'), { budget: 0.01 });
    await poor.log.seen('step-finished');
    const rich = await begin(bench, prompts('a', 'made before'));
    await rich.log.seen('step-finished');
    fixture.vendor.shop.startState = 'done';
    fixture.vendor.shop.finish();
    expect((await poor.done).outcome).toBe('over-budget');
    expect(await rich.done).toEqual({ outcome: 'done', spent: 0.04 });
  });
});

describe('a price a vendor names', () => {
  it.each([Number.NaN, Infinity, -1])('is the price we know when it is %s', async (price) => {
    const { check } = fixture.vendor.provider;
    fixture.vendor.provider.check = async (job, tools) => {
      const state = await check!(job, tools);
      return state.state === 'done' ? { ...state, result: { ...state.result, price } } : state;
    };
    const { run, engine } = await fixture.bench({ caps: () => ({ day: 0.1 }) });
    const outcomes: string[] = [];
    for (const line of ['a', 'b', 'c']) outcomes.push((await run(prompts(line))).outcome);
    expect(outcomes).toEqual(['done', 'done', 'over-budget']);
    expect(fixture.vendor.shop.charges).toEqual(['a', 'b']);
    expect(engine.runs().reduce((sum, { spent }) => sum + spent, 0)).toBe(0.08);
  });
});

describe('the journal', () => {
  it('shows what was reserved, billed and released', async () => {
    fixture.vendor.shop.faults.push({ kind: 'answer', status: 422 });
    const { run, engine } = await fixture.bench();
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
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await fixture.bench({ caps: () => ({ day: 0.04 }) });
    const { events } = await run(prompts('a'));
    const id = events[0]!.run;
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04, outcome: 'waiting' }]);
    expect((await run({ ...prompts('b'), id: 'document-2' })).outcome).toBe('over-budget');
    expect(await engine.answer(id, 'make#0', 'resend')).toBeUndefined();
    expect(engine.runs().at(-1)).toMatchObject({ spent: 0, reserved: 0 });
    expect((await run({ ...prompts('b'), id: 'document-2' })).outcome).toBe('done');
  });

  it('counts what was given up as possibly charged', async () => {
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await fixture.bench();
    const { events } = await run(prompts('a'));
    expect(await engine.answer(events[0]!.run, 'make#0', 'give-up')).toBeUndefined();
    expect(engine.runs()).toMatchObject([{ outcome: 'failed', spent: 0, reserved: 0.04 }]);
    expect(await engine.answer(events[0]!.run, 'make#0', 'give-up')).toMatchObject({ code: 'not-in-doubt' });
  });

  it('lets a doubt be answered in whichever run met it', async () => {
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    const { run, engine } = await fixture.bench();
    await run(prompts('a'));
    const second = await run(prompts('a'));
    expect(second.outcome).toBe('waiting');
    expect(await engine.answer(second.events[0]!.run, 'make#0', 'resend')).toBeUndefined();
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(2);
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
    fixture.vendor.provider.limits = { together: 1 };
    fixture.vendor.shop.faults.push({ kind: 'answer', status: 422 });
    const { run } = await fixture.bench();
    const { events, outcome, spent } = await run(four());
    expect({ outcome, spent }).toEqual({ outcome: 'failed', spent: 0.12 });
    const counts = countSteps(events.reduce(foldRun, emptyRun(events[0]!.run)));
    // The shop's pictures of one prompt are alike, so that only one of them is made smaller.
    expect(counts).toMatchObject({ asked: 8, finished: 4, reused: 2, failed: 1, skipped: 1 });
    expect(ofType(events, 'step-failed')).toMatchObject([{ step: 'make#0', failure: { code: 'http-422' } }]);
    const again = await run(four());
    expect(again).toMatchObject({ outcome: 'done', spent: 0.04 });
    expect(fixture.vendor.shop.charges).toHaveLength(4);
  });
});
