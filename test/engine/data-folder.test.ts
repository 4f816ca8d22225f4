import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '#core/failure';
import { fuseMount, isNetworkPath } from '#engine/store/file-system';
import { Store } from '#engine/store/store';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench | undefined;
const data = () => join(folder.path, 'data');
const database = () => join(data(), 'store', 'data.mdb');
const document = () => small([['make', 'make', { prompt: 'a cat' }]]);

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

/** A data folder with one finished run. */
async function used(): Promise<string> {
  const first = await engineBench(folder.path, [vendor.provider]);
  const { events } = await first.run(document());
  await first.engine.close();
  const finished = events.find((event) => event.type === 'step-finished');
  if (finished?.type !== 'step-finished') throw new Error('nothing was made');
  return (finished.outputs['image']![0] as { hash: string }).hash;
}

async function refusal(changes = {}): Promise<Failure> {
  try {
    bench = await engineBench(folder.path, [vendor.provider], changes);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was opened');
}

describe('a damaged database', () => {
  it.each([
    ['cut off', () => truncateSync(database(), 10_000)],
    ['emptied', () => truncateSync(database(), 0)],
    ['written over', () => writeFileSync(database(), 'not a database '.repeat(5000))],
  ])('that was %s is set aside and told, and the work goes on', async (_how, damage) => {
    const hash = await used();
    damage();
    const before = readFileSync(database());
    bench = await engineBench(folder.path, [vendor.provider]);
    const [notice, ...others] = bench.engine.notices;
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ code: 'damaged-store', act: 'user', charge: 'possible' });
    const [aside] = readdirSync(data()).filter((name) =>
      name.startsWith('store.damaged-2026-11-21T12-00-00'),
    );
    expect(notice!.message).toContain(join(data(), aside!));
    expect(notice!.detail).toContain(join(data(), 'blobs'));
    expect(readFileSync(join(data(), aside!, 'data.mdb'))).toEqual(before);
    expect(existsSync(bench.engine.pictureFile(hash)!)).toBe(true);
    expect((await bench.run(document())).outcome).toBe('done');
    await bench.engine.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.notices).toEqual([]);
    expect(bench.engine.runs()).toHaveLength(1);
  });

  it('is nothing to tell of when nothing was ever made', async () => {
    mkdirSync(join(data(), 'store'), { recursive: true });
    writeFileSync(database(), '');
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.notices).toEqual([]);
  });

  it('with one damaged row is whole but for that row', async () => {
    await used();
    const root = open({ path: join(data(), 'store'), maxDbs: 32 });
    for (const name of ['results', 'jobs', 'runs', 'images', 'files', 'previous']) {
      const table = root.openDB<string, string>({ name, encoding: 'string' });
      for (const key of Array.from(table.getKeys())) await table.put(key, '{"outputs": {"image": [');
    }
    const journal = root.openDB<string, [string, number]>({ name: 'journal', encoding: 'string' });
    const [first] = [...journal.getKeys()];
    await journal.put(first!, '\u0000\u0001');
    await root.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.runs()).toEqual([]);
    expect(bench.engine.cutRuns()).toEqual([]);
    expect((await bench.run(document())).outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(2);
  });
});

describe('a store from before it had a number', () => {
  it('gets one, and its open runs are found', async () => {
    await used();
    const store = new Store(data());
    const [row] = store.runs();
    const { closedAt: _closedAt, outcome: _outcome, ...cut } = row!;
    await store.together(() => store.putRun({ ...cut, owner: 'gone' }));
    await store.close();
    const root = open({ path: join(data(), 'store'), maxDbs: 32 });
    for (const name of ['meta', 'open-runs'])
      await root.openDB<unknown, string>({ name, encoding: 'json' }).clearAsync();
    await root.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.cutRuns().map(({ run }) => run)).toEqual([row!.run]);
  });
});

describe('a store of a newer Seedloom', () => {
  it('is refused and left as it is', async () => {
    await used();
    const root = open({ path: join(data(), 'store'), maxDbs: 32 });
    await root.openDB<unknown, string>({ name: 'meta', encoding: 'json' }).put('format', 2);
    await root.close();
    const before = readFileSync(database());
    expect(await refusal()).toMatchObject({
      code: 'newer-store',
      charge: 'none',
      message: expect.stringContaining('newer Seedloom'),
    });
    expect(readFileSync(database())).toEqual(before);
    expect(readdirSync(data()).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('may have kinds of journal entry that are not known here: they are passed over and not written over', async () => {
    await used();
    const store = new Store(data());
    const [row] = store.runs();
    const known = store.entries(row!.run);
    const newer = {
      type: 'step-dreamt',
      step: 'make#0',
      run: row!.run,
      seq: known.length,
      at: row!.openedAt,
    };
    await store.together(() => store.putEntry(newer as never));
    await store.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(bench.engine.show(row!.run)).toEqual(known);
    const resumed = await bench.engine.resume(row!.run);
    if (!resumed.ok) throw new Error('refused');
    await resumed.run.done;
    const now = bench.engine.show(row!.run)! as { seq: number }[];
    expect(now.map(({ seq }) => seq)).not.toContain(known.length);
    expect(now.length).toBeGreaterThan(known.length);
  });
});

describe('a data folder that cannot be used', () => {
  it('on a network drive is refused before anything is made in it', async () => {
    const failure = await refusal({ networkDrive: async () => 'NFS' });
    expect(failure).toMatchObject({ code: 'network-folder', charge: 'none', act: 'user' });
    expect(failure.message).toContain('NFS');
    expect(failure.message).toContain('SEEDLOOM_HOME');
    expect(readdirSync(data())).toEqual([]);
  });

  it('below a file is refused in words', async () => {
    writeFileSync(data(), 'a file');
    expect(await refusal()).toMatchObject({ code: 'disk-denied', act: 'user', charge: 'none' });
  });

  it.runIf(process.platform === 'linux')('that may not be written is refused in words', async () => {
    const failure = await refusal({ dataFolder: '/sys/seedloom' });
    expect(failure).toMatchObject({ code: 'disk-denied', act: 'user', charge: 'none' });
    expect(failure.message).toContain('SEEDLOOM_HOME');
  });
});

describe('a network drive', () => {
  it('is known by the path on Windows', () => {
    const network = ['\\\\server\\share', '\\\\?\\UNC\\server\\share', '//server/share', '\\\\wsl$\\Ubuntu'];
    const local = ['C:\\Users\\me', '\\\\?\\C:\\Users', '\\\\.\\pipe', '/home/me'];
    expect(network.filter((path) => !isNetworkPath(path))).toEqual([]);
    expect(local.filter(isNetworkPath)).toEqual([]);
  });

  it('is known by the mount where FUSE carries it', () => {
    const list = [
      '22 1 0:20 / / rw - ext4 /dev/vda rw',
      '30 22 0:30 / /media/far\\040away rw - fuse.sshfs me@host: rw',
      '31 22 0:31 / /media/stick rw - fuseblk /dev/sdb1 rw',
    ].join('\n');
    expect(fuseMount(list, '/media/far away/seedloom')).toBe('fuse.sshfs');
    expect(fuseMount(list, '/media/stick/seedloom')).toBeUndefined();
    expect(fuseMount(list, '/home/me')).toBeUndefined();
  });
});
