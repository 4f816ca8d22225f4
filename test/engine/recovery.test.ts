import { join } from 'node:path';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '#core/run';
import type { Provider } from '#core/provider';
import { Ledger } from '#engine/store/ledger';
import { Store, type OpenJob } from '#engine/store/store';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

/** An engine that was killed: its process is gone and it never let go. */
const dead = `${hostname()}:999999999:gone`;

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench | undefined;

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider();
});

afterEach(async () => {
  await bench?.engine.close();
  bench = undefined;
  await vendor.close();
  folder.remove();
});

const document = () => small([['make', 'make', { prompt: 'a cat' }]]);

async function keyOf(provider: Provider): Promise<string> {
  const asking = await engineBench(folder.path, [provider]);
  const plan = await asking.engine.plan(asking.request(document()));
  await asking.engine.close();
  return plan.steps[0]!.key!;
}

/** Leaves the data folder as an engine that was killed at this moment would have left it. */
async function killedAt(provider: Provider, state: Pick<OpenJob, 'state' | 'job'>): Promise<string> {
  const key = await keyOf(provider);
  const store = new Store(join(folder.path, 'data'));
  const at = '2026-11-21T11:00:00.000Z';
  const run = '20261121-110000-dead';
  const ledger = new Ledger(store);
  await store.together(() => {
    ledger.reserve(
      { requestId: 'our-own-id', run, documentId: 'document-1', day: '2026-11-21', worst: 0.04 },
      {},
    );
    store.putOpenJob(key, {
      ...state,
      run,
      step: 'make#0',
      owner: dead,
      requestId: 'our-own-id',
      route: { provider: 'shop', model: 'one' },
      worstPrice: 0.04,
      place: { documentId: 'document-1', node: 'make', type: 'make', index: 0, copy: 0, parts: {} },
      at,
    });
    store.putRun({
      run,
      title: 'Small',
      documentId: 'document-1',
      openedAt: at,
      steps: 1,
      owner: dead,
      request: { document: document(), folder: folder.path, outFolder: join(folder.path, 'out') },
    });
    store.putEntry({
      type: 'run-opened',
      documentId: 'document-1',
      title: 'Small',
      steps: [{ step: 'make#0', node: 'make', reused: false }],
      price: 0.04,
      run,
      seq: 0,
      at,
    });
  });
  await store.close();
  return run;
}

/** The vendor has a job under this id, paid for. */
function vendorHas(requestId: string): string {
  const id = 'job-1';
  vendor.shop.jobs.set(id, { id, requestId, prompt: 'a cat', state: 'done' });
  vendor.shop.charges.push('a cat');
  return id;
}

const accepted = (id: string) => ({
  state: 'accepted' as const,
  job: { provider: 'shop', model: 'one', id, ticket: { id } },
});

describe('after a crash', () => {
  it('a job that was accepted is collected by whoever needs its picture next, for nothing more', async () => {
    await killedAt(vendor.provider, accepted(vendorHas('our-own-id')));
    bench = await engineBench(folder.path, [vendor.provider]);
    const { outcome } = await bench.run(document());
    expect(outcome).toBe('done');
    expect(vendor.shop.charges).toEqual(['a cat']);
    expect(vendor.shop.requests).not.toContain('POST /jobs');
  });

  it('the cut run is found, resumed under its own name, and closed', async () => {
    const run = await killedAt(vendor.provider, accepted(vendorHas('our-own-id')));
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.cutRuns().map((cut) => cut.run)).toEqual([run]);
    const resumed = await bench.engine.resume(run);
    if (!resumed.ok) throw new Error('refused');
    expect(await resumed.run.done).toEqual({ outcome: 'done', spent: 0.04 });
    expect(bench.engine.cutRuns()).toEqual([]);
    const entries = bench.engine
      .show(run)!
      .filter((event): event is RunEvent & { seq: number } => 'seq' in event);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, place) => place));
    expect(entries.at(-1)!.type).toBe('run-closed');
  });

  it('only one of two takes a cut run over', async () => {
    const run = await killedAt(vendor.provider, accepted(vendorHas('our-own-id')));
    bench = await engineBench(folder.path, [vendor.provider]);
    const started = await Promise.all([bench.engine.resume(run), bench.engine.resume(run)]);
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
    for (const each of started) if (each.ok) await each.run.done;
  });

  it('with our own id an intended job is asked after and collected', async () => {
    const own = { ...vendor.provider, recovery: 'own-id' as const };
    vendorHas('our-own-id');
    await killedAt(own, { state: 'intended' });
    bench = await engineBench(folder.path, [own]);
    const { outcome } = await bench.run(document());
    expect(outcome).toBe('done');
    expect(vendor.shop.charges).toEqual(['a cat']);
  });

  it('with our own id a job that never arrived is sent, once', async () => {
    const own = { ...vendor.provider, recovery: 'own-id' as const };
    await killedAt(own, { state: 'intended' });
    bench = await engineBench(folder.path, [own]);
    expect((await bench.run(document())).outcome).toBe('done');
    expect(vendor.shop.charges).toEqual(['a cat']);
  });

  it('with a ticket that never came the step is in doubt and nothing is sent', async () => {
    await killedAt(vendor.provider, { state: 'intended' });
    bench = await engineBench(folder.path, [vendor.provider]);
    const { events, outcome } = await bench.run(document());
    expect(outcome).toBe('waiting');
    expect(vendor.shop.requests).toEqual([]);
    const doubt = events.find((event) => event.type === 'step-in-doubt');
    expect(doubt).toMatchObject({ requestId: 'our-own-id', failure: { act: 'user', charge: 'possible' } });
  });

  it('a living engine’s run is not taken', async () => {
    bench = await engineBench(folder.path, [vendor.provider]);
    vendor.shop.startState = 'running';
    const started = await bench.engine.start(bench.request(document()));
    if (!started.ok) throw new Error('refused');
    expect(bench.engine.cutRuns()).toEqual([]);
    expect(await bench.engine.resume(started.run.id)).toMatchObject({ ok: false });
    vendor.shop.startState = 'done';
    vendor.shop.finish();
    await started.run.done;
  });
});
