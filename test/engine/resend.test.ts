import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin } from '#test/kit/event-log';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { recoverableProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();
const sent = () => fixture.vendor.shop.requests.filter((request) => request === 'POST /jobs').length;

describe('a request under an idempotency key whose answer was cut', () => {
  beforeEach(() => {
    fixture.vendor.provider = recoverableProvider('shop', fixture.vendor.shop.url, 'idempotency-key');
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
  });
  afterEach(() => void vi.restoreAllMocks());

  it('keeps its key when sending it again meets "not now"', async () => {
    fixture.vendor.shop.faults.push({ kind: 'answer', status: 429 });
    const { run } = await fixture.bench();
    const { outcome, events } = await run(prompts('a'));
    expect(outcome).toBe('done');
    expect(sent()).toBe(3);
    expect(new Set(ofType(events, 'job-intended').map(({ requestId }) => requestId)).size).toBe(1);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  it('keeps its key when the network is gone for a moment', async () => {
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
      const isSecond = init?.method === 'POST' && sent() === 1 && refused++ === 0;
      const cause = Object.assign(new Error('connect ECONNREFUSED'), {
        code: 'ECONNREFUSED',
        syscall: 'connect',
      });
      return isSecond
        ? Promise.reject(Object.assign(new TypeError('fetch failed'), { cause }))
        : real(url, init);
    });
    let refused = 0;
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect(refused).toBeGreaterThan(0);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  it('is a doubt, with its money reserved, when it is refused the second time', async () => {
    fixture.vendor.shop.faults.push({ kind: 'answer', status: 401 });
    const { run, engine } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04 }]);
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(sent()).toBe(2);
  });

  it('is sent again when its run was cancelled, to know what there is to stop', async () => {
    fixture.vendor.provider.limits = { together: 4, perMinute: 1 };
    let cancel = () => {};
    fixture.vendor.shop.onPaid = (moment) => {
      if (moment === 'taken') cancel();
      return undefined;
    };
    const bench = await fixture.bench();
    const run = await begin(bench, prompts('a'));
    ({ cancel } = run);
    const from = bench.clock.now();
    expect(await run.done).toEqual({ outcome: 'done', spent: 0.04 });
    // It waited for its turn at the route, as everything that is sent does.
    expect(bench.clock.now() - from).toBeGreaterThanOrEqual(60_000);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  describe('as often as it was sent', () => {
    beforeEach(() => {
      for (let more = 0; more < 4; more += 1) fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    });

    it('is a doubt, and the answer "resend" sends the same request again', async () => {
      const { run, engine } = await fixture.bench();
      const { outcome, events } = await run(prompts('a'));
      expect(outcome).toBe('waiting');
      expect(await engine.answer(events[0]!.run, 'make#0', 'resend')).toBeUndefined();
      // It may have been taken, and is what will be paid for.
      expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0.04 }]);
      const again = await run(prompts('a'));
      expect(again.outcome).toBe('done');
      const ids = [...events, ...again.events].flatMap((event) =>
        event.type === 'job-intended' ? [event.requestId] : [],
      );
      expect(new Set(ids).size).toBe(1);
      expect(fixture.vendor.shop.charges).toHaveLength(1);
      expect(engine.runs().map(({ reserved }) => reserved)).toEqual([0, 0]);
    });

    it('is a doubt, and after the answer "give up" another one is sent', async () => {
      const { run, engine } = await fixture.bench();
      const { events } = await run(prompts('a'));
      expect(await engine.answer(events[0]!.run, 'make#0', 'give-up')).toBeUndefined();
      const again = await run(prompts('a'));
      expect(again.outcome).toBe('done');
      expect(ofType(again.events, 'job-intended')[0]!.requestId).not.toBe(
        ofType(events, 'job-intended')[0]!.requestId,
      );
      expect(fixture.vendor.shop.charges).toHaveLength(2);
      expect(engine.runs().map(({ reserved }) => reserved)).toEqual([0, 0.04]);
    });
  });
});

describe('a request under our own id whose answer was cut', () => {
  /** `takesAt`: the question at which the vendor has the request at last. */
  async function runAt(takesAt: number) {
    const { vendor } = fixture;
    vendor.provider = recoverableProvider('shop', vendor.shop.url, 'own-id');
    vendor.shop.faults.push({ kind: 'cut-before' });
    const { check } = vendor.provider;
    const asked: { id: string; at: number }[] = [];
    const bench = await fixture.bench({
      providers: new Map([
        [
          'shop',
          {
            ...vendor.provider,
            check: async (job, tools) => {
              asked.push({ id: job.id, at: tools.now() });
              if (asked.length === takesAt) {
                const id = 'late';
                vendor.shop.jobs.set(id, { id, requestId: job.id, prompt: 'generate a', state: 'done' });
                vendor.shop.charges.push('generate a');
              }
              return check!(job, tools);
            },
          },
        ],
      ]),
    });
    return { asked, ...(await bench.run(prompts('a'))) };
  }

  it('is not sent again by a vendor that knows of it a few seconds later', async () => {
    const { asked, outcome } = await runAt(4);
    expect(outcome).toBe('done');
    expect(asked).toHaveLength(4);
    expect(sent()).toBe(1);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  it('is sent again once the vendor has said four times, over nine seconds, that it does not know it', async () => {
    const { asked, outcome, events } = await runAt(Infinity);
    expect(outcome).toBe('done');
    const [first, second] = ofType(events, 'job-intended');
    expect(second!.requestId).not.toBe(first!.requestId);
    const times = asked.filter(({ id }) => id === first!.requestId).map(({ at }) => at);
    expect(times).toHaveLength(4);
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(9_000);
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });
});

describe('a connection that breaks', () => {
  const breaking = (code: string, syscall: string, isMade: boolean) => {
    const real = globalThis.fetch;
    let posts = 0;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      if (init?.method !== 'POST' || ++posts > 1) return real(url, init);
      if (isMade) await real(url, init);
      const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
      throw Object.assign(new TypeError('fetch failed'), { cause });
    });
  };
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['ECONNREFUSED', 'read'],
  ])('by %s in a %s proves nothing: it is not sent again', async (code, syscall) => {
    breaking(code, syscall, true);
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(sent()).toBe(1);
  });

  it('by EHOSTUNREACH before it was made means that nothing was taken', async () => {
    breaking('EHOSTUNREACH', 'connect', false);
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });
});

describe('an answer that says neither yes nor no', () => {
  it.each([408, 409, 500, 502, 503, 504])('(%s) is a doubt, and nothing is sent again', async (status) => {
    fixture.vendor.shop.faults.push({ kind: 'answer', status });
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(sent()).toBe(1);
  });
});
