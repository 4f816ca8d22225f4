import { beforeEach, describe, expect, it } from 'vitest';
import { begin, logged, writtenCounts } from '#test/kit/event-log';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { linkingProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();

describe('one request that two runs are in doubt about', () => {
  beforeEach(() => {
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
  });

  it.each(['give-up', 'resend'] as const)('is answered in each of them (%s)', async (answer) => {
    const { run, engine } = await fixture.bench();
    await run(prompts('a'));
    await run(prompts('a'));
    const runs = engine.runs().map(({ run: id }) => id);
    expect(engine.runs().map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting']);
    for (const id of runs) expect(await engine.answer(id, 'make#0', answer)).toBeUndefined();
    for (const id of runs)
      expect(await engine.answer(id, 'make#0', answer)).toMatchObject({ code: 'not-in-doubt' });
    const kept = answer === 'give-up' ? 0.04 : 0;
    expect(engine.runs().reduce((sum, { reserved }) => sum + reserved, 0)).toBe(kept);
    if (answer === 'give-up')
      expect(engine.runs().map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  it('keeps what was sent after the first answer, when the second one comes', async () => {
    const { run, engine } = await fixture.bench();
    const first = (await run(prompts('a'))).events[0]!.run;
    const second = (await run(prompts('a'))).events[0]!.run;
    await engine.answer(first, 'make#0', 'resend');
    fixture.vendor.shop.pictureStatus = 503;
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(await engine.answer(second, 'make#0', 'resend')).toBeUndefined();
    expect(engine.lateJobs()).toHaveLength(1);
    fixture.vendor.shop.pictureStatus = 200;
    expect((await run(prompts('a'))).outcome).toBe('done');
    // The one in doubt, and the one that was sent again.
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });
});

describe('a doubt that is answered while its run goes on', () => {
  beforeEach(() => {
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    fixture.vendor.shop.startState = 'running';
    fixture.vendor.provider.limits = { together: 1 };
  });

  it('by "give up" ends the run as failed, not waiting', async () => {
    const bench = await fixture.bench();
    const run = await begin(bench, prompts('a', 'b'));
    const { step } = await run.log.seen('step-in-doubt');
    expect(await bench.engine.answer(run.id, step, 'give-up')).toBeUndefined();
    await run.log.seen('job-accepted');
    fixture.vendor.shop.finish();
    expect((await run.done).outcome).toBe('failed');
    expect(bench.engine.runs()).toMatchObject([{ outcome: 'failed', spent: 0.04, reserved: 0.04 }]);
    expect(writtenCounts(bench.engine, run.id)).toMatchObject({
      finished: 1,
      failed: 1,
      inDoubt: 0,
      open: 0,
    });
  });

  it('by "send again" from another process says that it comes too late, and the run can be gone on with', async () => {
    const first = await fixture.bench();
    const run = await begin(first, prompts('a', 'b'));
    const { step } = await run.log.seen('step-in-doubt');
    const second = await fixture.bench();
    expect(await second.engine.answer(run.id, step, 'resend')).toBeUndefined();
    expect(await second.engine.resume(run.id)).toMatchObject({
      ok: false,
      issues: [{ code: 'run-under-way' }],
    });
    await run.log.seen('job-accepted');
    fixture.vendor.shop.startState = 'done';
    fixture.vendor.shop.finish();
    expect((await run.done).outcome).toBe('failed');
    expect(writtenCounts(second.engine, run.id)).toMatchObject({ finished: 1, skipped: 1, open: 0 });
    expect(ofType(second.engine.show(run.id)!, 'step-skipped')[0]!.because).toContain('too late');
    expect((await logged(await second.engine.resume(run.id)).done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(3);
  });
});

describe('a job that is not as it was promised', () => {
  it.each([
    ['a number for an id', (id: string) => ({ id: 7 as unknown as string, ticket: { id } })],
    ['nothing beside the id', (id: string) => ({ id, ticket: undefined as unknown as null })],
  ])('(%s) is kept, and its job is collected after a restart', async (_what, ticketOf) => {
    const { submit } = fixture.vendor.provider;
    let real = '';
    fixture.vendor.provider.submit = async (task, tools) => {
      const submitted = await submit(task, tools);
      if (submitted.state !== 'accepted') throw new Error('the shop always gives a ticket');
      real = submitted.job.id;
      return { state: 'accepted', job: { ...submitted.job, ...ticketOf(submitted.job.id) } };
    };
    const { check } = fixture.vendor.provider;
    fixture.vendor.provider.check = (job, tools) => check!({ ...job, id: real }, tools);
    fixture.vendor.shop.startState = 'running';
    const first = await fixture.bench();
    const run = await begin(first, prompts('a'));
    await run.log.seen('job-accepted');
    await first.engine.close();
    fixture.vendor.shop.finish();
    const second = await fixture.bench();
    expect(await second.run(prompts('a'))).toMatchObject({ outcome: 'done' });
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });

  it('is kept also where the vendor answers at once and names it by a number', async () => {
    const vendorId = 7 as unknown as string;
    fixture.vendor.provider = linkingProvider(fixture.vendor.shop.url, { vendorId });
    fixture.vendor.shop.pictureStatus = 503;
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    fixture.vendor.shop.pictureStatus = 200;
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });

  it('and that nothing can be made of is a doubt', async () => {
    const { submit } = fixture.vendor.provider;
    fixture.vendor.provider.submit = async (task, tools) => {
      const submitted = await submit(task, tools);
      return { ...submitted, job: { id: 'x' } } as unknown as typeof submitted;
    };
    const { run, engine } = await fixture.bench();
    const first = await run(prompts('a'));
    expect(first.outcome).toBe('waiting');
    await engine.collectLate(() => undefined);
    expect(writtenCounts(engine, first.events[0]!.run)).toMatchObject({ inDoubt: 1 });
    expect((await run(prompts('a'))).outcome).toBe('waiting');
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });
});
