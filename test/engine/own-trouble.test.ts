import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Provider } from '#core/provider';
import { Ledger } from '#engine/store/ledger';
import { Store } from '#engine/store/store';
import { Traffic } from '#engine/store/traffic';
import { begin, logged } from '#test/kit/event-log';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { afterNextFlush } from '#test/kit/moments';

const fixture = engineFixture();
const use = (changes: Partial<Provider>) => {
  fixture.vendor.provider = { ...fixture.vendor.provider, ...changes };
};
const bug = () => {
  throw new Error('a bug');
};
const fullDisk = () => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};
afterEach(() => void vi.restoreAllMocks());

describe('a bug in code of ours, after a job was handed over,', () => {
  it('in following its progress only leaves it to be polled', async () => {
    use({ watch: bug });
    const { run } = await fixture.bench();
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done', spent: 0.04 });
  });

  it('in what listens to a run changes nothing of the run', async () => {
    const { engine, request } = await fixture.bench();
    const started = await engine.start(request(prompts('a')));
    if (!started.ok) throw new Error('refused');
    started.run.listen(bug);
    const types: string[] = [];
    started.run.listen(({ type }) => types.push(type));
    expect(await started.run.done).toEqual({ outcome: 'done', spent: 0.04 });
    expect(types.filter((type) => type === 'job-accepted')).toHaveLength(1);
    expect(types.at(-1)).toBe('run-closed');
  });

  it('leaves the job open for when the bug is gone, in nobody’s way', async () => {
    // It takes jobs and forgot to say how to ask for them.
    const { check: _check, ...broken } = fixture.vendor.provider;
    const caps = () => ({ day: 0.05 });
    const first = await fixture.bench({ providers: new Map([['shop', broken]]), caps });
    const { outcome, events } = await first.run(prompts('a'));
    expect(outcome).toBe('waiting');
    expect(ofType(events, 'step-failed')).toEqual([]);
    // Its money is reserved, and nobody here moves it: a step that has no room beside it does not wait.
    expect((await first.run(prompts('b'))).outcome).toBe('over-budget');
    // The first engine lives on, and is not waited for.
    const second = await fixture.bench({ caps });
    expect(await second.run(prompts('a'))).toMatchObject({ outcome: 'done' });
    expect(fixture.vendor.shop.charges).toEqual(['a']);
  });
});

describe('a disk that is full for a moment', () => {
  it('when a place of the route is given back does not touch the picture that is there', async () => {
    vi.spyOn(Traffic.prototype, 'leave').mockImplementationOnce(async () => fullDisk());
    const { run } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('done');
    expect((await run(prompts('b'))).outcome).toBe('done');
  });

  it('when an intention is written sends nothing and leaves no reservation in the way', async () => {
    const { run, engine } = await fixture.bench({ caps: () => ({ day: 0.05 }) });
    vi.spyOn(Store.prototype, 'putOpenJob').mockImplementationOnce(fullDisk);
    // Nor can it be taken back at once.
    vi.spyOn(Ledger.prototype, 'settle').mockImplementationOnce(fullDisk);
    expect((await run(prompts('a'))).outcome).toBe('failed');
    expect(fixture.vendor.shop.requests).toEqual([]);
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0 }]);
    fixture.vendor.shop.faults.push({ kind: 'cut-after' });
    expect((await run(prompts('b'))).outcome).toBe('waiting');
    // The doubt takes all there is, and nothing under way here will make room.
    expect((await run(prompts('c'))).outcome).toBe('over-budget');
  });

  it('when an intention should reach the disk itself leaves no doubt behind', async () => {
    afterNextFlush(fullDisk);
    const { run, engine } = await fixture.bench();
    expect((await run(prompts('a'))).outcome).toBe('failed');
    expect(fixture.vendor.shop.requests).toEqual([]);
    expect(engine.runs()).toMatchObject([{ spent: 0, reserved: 0 }]);
    expect(await run(prompts('a'))).toMatchObject({ outcome: 'done', spent: 0.04 });
  });

  it('when a result is kept stops nothing at the vendor; the run is cut, and pays nothing twice', async () => {
    fixture.vendor.shop.startState = 'running';
    const bench = await fixture.bench();
    const run = await begin(bench, prompts('a', 'b'));
    await run.log.seen('job-accepted', 2);
    vi.spyOn(Store.prototype, 'putResult').mockImplementationOnce(fullDisk);
    fixture.vendor.shop.jobs.get('job-1')!.state = 'done';
    await run.done;
    expect(run.log.events.at(-1)).toMatchObject({ type: 'run-stopped' });
    expect(fixture.vendor.shop.requests.filter((request) => request.includes('cancel'))).toEqual([]);
    fixture.vendor.shop.finish();
    expect(bench.engine.cutRuns()).toMatchObject([{ run: run.id }]);
    const resumed = logged(await bench.engine.resume(run.id));
    expect(await resumed.done).toEqual({ outcome: 'done', spent: 0.08 });
    expect(fixture.vendor.shop.charges).toHaveLength(2);
  });

  it('when a preview arrives costs the preview, no more', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const passing = join(fixture.folder, 'data', 'passing', String(process.pid));
    fixture.vendor.shop.startState = 'running';
    fixture.vendor.shop.polls = 3;
    use({
      watch: (_job, _tools, watch) => {
        // Nothing can be written into a folder that is a file.
        rmSync(passing, { recursive: true, force: true });
        mkdirSync(dirname(passing), { recursive: true });
        writeFileSync(passing, '');
        watch.preview(new Uint8Array([1, 2, 3]), 'image/png');
        return () => undefined;
      },
    });
    const { run } = await fixture.bench();
    const { outcome, events } = await run(prompts('a'));
    expect(outcome).toBe('done');
    expect(ofType(events, 'preview-arrived')).toEqual([]);
    expect(unhandled).toEqual([]);
  });
});
