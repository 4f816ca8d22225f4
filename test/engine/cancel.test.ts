import { describe, expect, it } from 'vitest';
import type { Provider } from '#core/provider';
import { begin } from '#test/kit/event-log';
import { engineFixture, prompts } from '#test/kit/engine-fixture';
import { afterNextFlush } from '#test/kit/moments';
import { linkingProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();
const use = (changes: Partial<Provider>) => {
  fixture.vendor.provider = { ...fixture.vendor.provider, ...changes };
};

describe('a cancelled run', () => {
  it('sends nothing when the intention was only being written down', async () => {
    const bench = await fixture.bench();
    let cancel = () => {};
    afterNextFlush(() => cancel());
    const run = await begin(bench, prompts('a'));
    ({ cancel } = run);
    expect(await run.done).toEqual({ outcome: 'cancelled', spent: 0 });
    expect(fixture.vendor.shop.requests).toEqual([]);
    expect(bench.engine.runs()).toMatchObject([{ spent: 0, reserved: 0 }]);
    expect(await bench.run(prompts('a'))).toMatchObject({ outcome: 'done', spent: 0.04 });
  });

  it('takes the picture of a vendor that answers at once, when it was cancelled meanwhile', async () => {
    const { shop } = fixture.vendor;
    fixture.vendor.provider = linkingProvider(shop.url, { meanwhile: () => cancel() });
    let cancel = () => {};
    const run = await begin(await fixture.bench(), prompts('a'));
    ({ cancel } = run);
    expect(await run.done).toEqual({ outcome: 'done', spent: 0.04 });
    expect(run.log.of('step-finished')).toHaveLength(1);
  });

  it('ends while another run still makes the picture that both need', async () => {
    fixture.vendor.shop.startState = 'running';
    const bench = await fixture.bench();
    const first = await begin(bench, prompts('a'));
    await first.log.seen('job-accepted');
    const second = await begin(bench, prompts('a', 'b'));
    // `b` comes after `a` in line: by now `a` waits for the first run.
    await second.log.seen('job-accepted');
    second.cancel();
    expect((await second.done).outcome).toBe('cancelled');
    expect(second.log.of('step-skipped').map(({ step }) => step)).toContain('make#0');
    fixture.vendor.shop.finish();
    expect((await first.done).outcome).toBe('done');
    expect(fixture.vendor.shop.requests).not.toContain('POST /jobs/job-1/cancel');
  });

  it('ends while its steps stand in line behind those of another run', async () => {
    fixture.vendor.provider.limits = { together: 1 };
    const bench = await fixture.bench();
    await bench.run(prompts('made before'));
    fixture.vendor.shop.startState = 'running';
    const first = await begin(bench, prompts('a'));
    await first.log.seen('job-accepted');
    const second = await begin(bench, prompts('b', 'made before'));
    // What was made before is taken after `b` has got in line.
    await second.log.seen('step-finished');
    second.cancel();
    expect((await second.done).outcome).toBe('cancelled');
    fixture.vendor.shop.finish();
    expect((await first.done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toEqual(['made before', 'a']);
  });

  it('ends, and the engine closes, although the vendor never answers that it stops', async () => {
    fixture.vendor.shop.startState = 'running';
    let asked = 0;
    use({
      cancel: () => {
        asked += 1;
        return new Promise(() => undefined);
      },
    });
    const bench = await fixture.bench();
    const run = await begin(bench, prompts('a'));
    await run.log.seen('job-accepted');
    run.cancel();
    expect((await run.done).outcome).toBe('cancelled');
    expect(asked).toBe(1);
    expect(bench.engine.lateJobs()).toHaveLength(1);
    await bench.engine.close();
  });

  it('takes what there is of a vendor whose way to stop a job fails at once', async () => {
    fixture.vendor.shop.startState = 'running';
    use({
      cancel: () => {
        fixture.vendor.shop.finish();
        throw new Error('a bug');
      },
    });
    const run = await begin(await fixture.bench(), prompts('a'));
    await run.log.seen('job-accepted');
    run.cancel();
    expect(await run.done).toEqual({ outcome: 'done', spent: 0.04 });
  });

  it.each([
    ['none', 0],
    ['certain', 0.04],
  ] as const)(
    'whose job is gone after it was stopped, at a charge that is "%s", has spent %s',
    async (charge, spent) => {
      fixture.vendor.shop.startState = 'running';
      let isStopped = false;
      use({
        cancel: async () => {
          isStopped = true;
        },
        check: async () =>
          isStopped
            ? { state: 'lost', failure: { code: 'lost', act: 'vendor', charge, message: 'It is gone.' } }
            : { state: 'running' },
      });
      const bench = await fixture.bench();
      const run = await begin(bench, prompts('a'));
      await run.log.seen('job-accepted');
      run.cancel();
      expect(await run.done).toEqual({ outcome: 'cancelled', spent });
      expect(bench.engine.runs()).toMatchObject([{ spent, reserved: 0 }]);
    },
  );
});
