import { describe, expect, it } from 'vitest';
import { begin, goOnWithAll, logged } from '#test/kit/event-log';
import { engineFixture, prompts } from '#test/kit/engine-fixture';
import { afterNextFlush, othersSeemDead } from '#test/kit/moments';
import { recoverableProvider } from '#test/kit/scripted-provider';

const fixture = engineFixture();

/** Stops a process at the moment its intention is on the disk; gives its run, and what lets it go on. */
async function stoppedBeforeSending() {
  let thaw: () => void = () => undefined;
  const thawed = new Promise<void>((resolve) => (thaw = resolve));
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const bench = await fixture.bench();
  afterNextFlush(() => {
    reach();
    return thawed;
  });
  const run = await begin(bench, prompts('a'));
  await reached;
  return { run, thaw };
}

describe('a process that was stopped for so long that another took its run over', () => {
  it('with our own id sends nothing and closes nothing when it goes on', async () => {
    fixture.vendor.provider = recoverableProvider('shop', fixture.vendor.shop.url, 'own-id');
    const { run, thaw } = await stoppedBeforeSending();
    othersSeemDead();
    const { engine } = await fixture.bench();
    const resumed = logged(await engine.resume(run.id));
    expect(await resumed.done).toEqual({ outcome: 'done', spent: 0.04 });
    thaw();
    await run.done;
    expect(run.log.events.at(-1)).toMatchObject({ type: 'run-stopped', failure: { code: 'taken-over' } });
    expect(fixture.vendor.shop.charges).toHaveLength(1);
    expect(engine.show(run.id)!.filter(({ type }) => type === 'run-closed')).toHaveLength(1);
    expect(engine.runs()).toMatchObject([{ outcome: 'done', spent: 0.04, reserved: 0 }]);
  });

  it('with a ticket sends nothing after a person has had it sent again', async () => {
    const { run, thaw } = await stoppedBeforeSending();
    othersSeemDead();
    const second = await fixture.bench();
    const resumed = logged(await second.engine.resume(run.id));
    expect((await resumed.done).outcome).toBe('waiting');
    expect(await second.engine.answer(run.id, 'make#0', 'resend')).toBeUndefined();
    expect((await second.run(prompts('a'))).outcome).toBe('done');
    thaw();
    await run.done;
    expect(fixture.vendor.shop.charges).toHaveLength(1);
    const rows = second.engine.runs();
    expect(rows.find((row) => row.run === run.id)).toMatchObject({ spent: 0, reserved: 0 });
    expect(rows.find((row) => row.run !== run.id)).toMatchObject({ spent: 0.04, reserved: 0 });
  });

  it('leaves the job alone that another one has sent, when its own answer comes at last', async () => {
    fixture.vendor.shop.faults.push({ kind: 'hold-after' });
    const first = await fixture.bench();
    const run = await begin(first, prompts('a'));
    await fixture.vendor.shop.held();
    othersSeemDead();
    fixture.vendor.shop.startState = 'running';
    const second = await fixture.bench();
    expect((await logged(await second.engine.resume(run.id)).done).outcome).toBe('waiting');
    expect(await second.engine.answer(run.id, 'make#0', 'resend')).toBeUndefined();
    const again = await begin(second, prompts('a'));
    await again.log.seen('job-accepted');
    fixture.vendor.shop.release();
    await run.done;
    // What the second one has sent is still there for whoever comes after it.
    await second.engine.close();
    fixture.vendor.shop.finish();
    const third = await fixture.bench();
    await goOnWithAll(third.engine);
    const row = third.engine.runs().find((each) => each.run === again.id);
    expect(row).toMatchObject({ outcome: 'done', spent: 0.04, reserved: 0 });
    expect(third.engine.lateJobs()).toEqual([]);
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });
});

describe('a step whose picture another process is making', () => {
  it('holds no place of the route while it waits', async () => {
    fixture.vendor.provider.limits = { together: 2 };
    fixture.vendor.shop.startState = 'running';
    const first = await begin(await fixture.bench(), prompts('a'));
    await first.log.seen('job-accepted');
    const second = await begin(await fixture.bench(), prompts('a', 'b'));
    // There is one place left, and it is for `b`.
    expect(await second.log.seen('job-accepted')).toMatchObject({ step: 'make#1' });
    fixture.vendor.shop.finish();
    expect((await first.done).outcome).toBe('done');
    expect((await second.done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toEqual(['a', 'b']);
  });

  it('is collected here when the other process ends', async () => {
    fixture.vendor.shop.startState = 'running';
    const other = await fixture.bench();
    const first = await begin(other, prompts('a'));
    await first.log.seen('job-accepted');
    const second = await begin(await fixture.bench(), prompts('a', 'b'));
    await second.log.seen('job-accepted');
    await other.engine.close();
    expect(await second.log.seen('job-accepted', 2)).toMatchObject({ step: 'make#0' });
    fixture.vendor.shop.finish();
    expect((await second.done).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toEqual(['a', 'b']);
  });

  it('is made here when the other process gives it up', async () => {
    fixture.vendor.shop.startState = 'running';
    const first = await begin(await fixture.bench(), prompts('a'));
    await first.log.seen('job-accepted');
    const second = await begin(await fixture.bench(), prompts('a', 'b'));
    await second.log.seen('job-accepted');
    first.cancel();
    expect((await first.done).outcome).toBe('cancelled');
    expect(await second.log.seen('job-accepted', 2)).toMatchObject({ step: 'make#0' });
    fixture.vendor.shop.finish();
    expect((await second.done).outcome).toBe('done');
  });
});
