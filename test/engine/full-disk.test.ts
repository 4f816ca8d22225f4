import type * as FileSystem from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '#core/run';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

const disk = vi.hoisted(() => ({ isFull: false }));

// The disk itself: pictures are written under a passing name, and a full one refuses that.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    open: (path: string, ...more: [flags?: string]) =>
      disk.isFull && path.endsWith('.tmp')
        ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
        : real.open(path, ...more),
  };
});

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench | undefined;
let free: number;

beforeEach(async () => {
  disk.isFull = false;
  free = 1e12;
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
const open = async () => {
  bench = await engineBench(folder.path, [vendor.provider], { freeSpace: async () => free });
  return bench;
};
const failureIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    (event.type === 'step-failed' || event.type === 'step-waiting') && event.failure !== undefined
      ? [event.failure]
      : [],
  )[0];

describe('a full disk', () => {
  it('stops before anything is sent, and says how much is free and where', async () => {
    free = 200e6;
    const { run } = await open();
    const { events, outcome } = await run(document());
    expect(outcome).toBe('failed');
    expect(vendor.shop.requests).toEqual([]);
    expect(failureIn(events)).toMatchObject({ code: 'disk-full', act: 'user', charge: 'none' });
    expect(failureIn(events)!.message).toContain('200 MB');
    expect(failureIn(events)!.message).toContain(folder.path);
    free = 1e12;
    expect((await run(document())).outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(1);
  });

  it('does not stop what costs nothing', async () => {
    free = 0;
    const provider = {
      ...vendor.provider,
      models: vendor.provider.models.map((model) => ({ ...model, price: { ...model.price, perPicture: 0 } })),
    };
    bench = await engineBench(folder.path, [provider], { freeSpace: async () => free });
    expect((await bench.run(document())).outcome).toBe('done');
  });

  it('that fills up after the request was sent loses nothing: the picture is collected when there is room', async () => {
    const { run } = await open();
    disk.isFull = true;
    const { events, outcome } = await run(document());
    expect(outcome).toBe('waiting');
    expect(failureIn(events)).toMatchObject({ code: 'disk-full', act: 'user', charge: 'certain' });
    expect(vendor.shop.charges).toEqual(['a cat']);
    disk.isFull = false;
    const again = await run(document());
    expect(again.outcome).toBe('done');
    expect(vendor.shop.charges).toEqual(['a cat']);
    expect(vendor.shop.requests.filter((request) => request === 'POST /jobs')).toHaveLength(1);
  });

  it('that fills up is collected after a restart too, without being told to', async () => {
    const { run, engine } = await open();
    disk.isFull = true;
    await run(document());
    await engine.close();
    disk.isFull = false;
    const later = await open();
    expect(later.engine.lateJobs()).toHaveLength(1);
    await later.engine.collectLate(() => undefined);
    expect((await later.engine.plan(later.request(document()))).counts).toMatchObject({
      reused: 1,
      willRun: 0,
    });
    expect(vendor.shop.charges).toEqual(['a cat']);
  });
});
