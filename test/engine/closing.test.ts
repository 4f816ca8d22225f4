import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Provider } from '#core/provider';
import { Owner } from '#engine/store/owner';
import { PinRows } from '#engine/store/pin-rows';
import { LeapingClock, type EngineBench } from '#test/kit/engine-bench';
import { begin, goOnWithAll } from '#test/kit/event-log';
import { engineFixture, prompts } from '#test/kit/engine-fixture';
import { linkingProvider, recoverableProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();
const use = (changes: Partial<Provider>) => {
  fixture.vendor.provider = { ...fixture.vendor.provider, ...changes };
};

afterEach(() => void vi.restoreAllMocks());

/** Time in which a wait of more than ten seconds ends only when somebody ends it. */
class StandingClock extends LeapingClock {
  #waits: () => void = () => undefined;
  /** Resolves when somebody waits for that long. */
  readonly waited = new Promise<void>((resolve) => {
    this.#waits = resolve;
  });

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 10_000) return super.sleep(milliseconds, signal);
    this.#waits();
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  }
}

describe('closing the engine', () => {
  it('loses no picture of a vendor that answers at once while it closes', async () => {
    const { shop } = fixture.vendor;
    let close = () => {};
    fixture.vendor.provider = linkingProvider(shop.url, { meanwhile: () => close() });
    const first = await fixture.bench();
    const run = await begin(first, prompts('a'));
    close = () => void first.engine.close();
    await run.done;
    await first.engine.close();
    const second = await fixture.bench();
    await goOnWithAll(second.engine);
    expect((await second.run(prompts('a'))).outcome).toBe('done');
    expect(shop.charges).toEqual(['a']);
  });

  it.each(['how a job stands', 'its picture'])(
    'does not wait as long as a vendor that was asked for %s wants to be left alone',
    async (what) => {
      const { shop } = fixture.vendor;
      const headers = { 'retry-after': '100' };
      if (what === 'its picture') {
        shop.pictureStatus = 429;
        shop.pictureHeaders = headers;
      } else shop.questionAnswer = { status: 429, headers };
      const clock = new StandingClock();
      const bench = await fixture.bench({ clock });
      const run = await begin(bench, prompts('a'));
      await clock.waited;
      await bench.engine.close();
      await run.done;
      expect(shop.requests.some((request) => request.includes('cancel'))).toBe(false);
    },
  );

  it.each(['goes on', 'was cancelled'])(
    'does not wait for the turn of what is to be sent again, in a run that %s',
    async (how) => {
      fixture.vendor.provider = {
        ...recoverableProvider('shop', fixture.vendor.shop.url, 'idempotency-key'),
        limits: { together: 4, perMinute: 1 },
      };
      fixture.vendor.shop.faults.push({ kind: 'cut-after' });
      const clock = new StandingClock();
      const first = await fixture.bench({ clock });
      const run = await begin(first, prompts('a'));
      await clock.waited;
      if (how === 'was cancelled') run.cancel();
      await first.engine.close();
      await run.done;
      const second = await fixture.bench();
      await goOnWithAll(second.engine);
      expect(fixture.vendor.shop.charges).toHaveLength(1);
      expect(second.engine.cutRuns()).toEqual([]);
    },
  );

  it('does not wait for a vendor that never answers how a job stands', async () => {
    let ask: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    use({
      check: () => {
        ask();
        return new Promise(() => undefined);
      },
    });
    const bench = await fixture.bench();
    const run = await begin(bench, prompts('a'));
    await asked;
    await bench.engine.close();
    await run.done;
  });

  it('refuses a run that is begun at the same time, and waits until it has refused', async () => {
    const bench = await fixture.bench();
    let plan: () => void = () => undefined;
    const planned = new Promise<void>((resolve) => (plan = resolve));
    vi.spyOn(PinRows.prototype, 'note').mockReturnValueOnce(planned);
    const leave = vi.spyOn(Owner.prototype, 'close');
    const starting = bench.engine.start(bench.request(prompts('a')));
    const closing = bench.engine.close();
    for (let turn = 0; turn < 200; turn += 1) await bench.clock.sleep(1);
    expect(leave).not.toHaveBeenCalled();
    plan();
    expect(await starting).toMatchObject({ ok: false, issues: [{ code: 'closing' }] });
    await closing;
    expect(leave).toHaveBeenCalledTimes(1);
    expect(fixture.vendor.shop.requests).toEqual([]);
  });

  it('refuses to go on with a run at the same time, and leaves that to the next start', async () => {
    fixture.vendor.shop.startState = 'running';
    const first = await fixture.bench();
    const run = await begin(first, prompts('a'));
    await run.log.seen('job-accepted');
    await first.engine.close();
    const second = await fixture.bench();
    const resuming = second.engine.resume(run.id);
    await second.engine.close();
    expect(await resuming).toMatchObject({ ok: false });
    fixture.vendor.shop.finish();
    const third: EngineBench = await fixture.bench();
    expect(third.engine.cutRuns()).toMatchObject([{ run: run.id }]);
    await goOnWithAll(third.engine);
    expect(third.engine.runs()).toMatchObject([{ outcome: 'done', spent: 0.04 }]);
  });
});
