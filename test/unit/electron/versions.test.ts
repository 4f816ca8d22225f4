import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import { versionKinds, type FileVersion } from '#core/file-version';
import { autosaveEvery, createAutosave } from '../../../electron/main/autosave';
import { versionsToDrop } from '../../../electron/main/version-pruning';
import { createVersions } from '../../../electron/main/versions';
import { temporaryFolder } from './temporary-folder';

const textOf = (title: string) => serializeDocument(createDocument('doc', title));
const noon = Date.parse('2026-11-21T12:00:00.000Z');
const minute = 60_000;
const day = 86_400_000;

async function bench() {
  const folder = await temporaryFolder();
  const path = join(folder, 'Bottle.seedloom');
  const clock = { now: noon };
  const versions = createVersions({ dataFolder: join(folder, 'data'), now: () => clock.now });
  const beside = join(folder, '.seedloom', 'Bottle.seedloom', 'versions');
  const kinds = async () => (await versions.list(path)).versions.map(({ kind }) => kind);
  return { folder, path, clock, versions, beside, kinds };
}

describe('versions of a file', () => {
  it('are listed newest first and read back, and the file itself is never touched', async () => {
    const { path, clock, versions, folder } = await bench();
    for (const [kind, title] of [
      ['saved', 'one'],
      ['autosaved', 'two'],
      ['elsewhere', 'three'],
    ] as const) {
      await versions.keep(path, textOf(title), kind);
      clock.now += minute;
    }
    const { versions: list, damaged } = await versions.list(path);
    expect(list.map(({ kind }) => kind)).toEqual(['elsewhere', 'autosaved', 'saved']);
    expect(damaged).toBe(0);
    expect(await versions.read(path, list[1]!.id)).toBe(textOf('two'));
    expect(list[2]!.at).toBe('2026-11-21T12:00:00.000Z');
    expect((await readdir(folder)).sort()).toEqual(['.seedloom']);
  });

  it('are kept once while the content stays, and a save makes an autosaved one a saved one', async () => {
    const { path, clock, versions, kinds } = await bench();
    await versions.keep(path, textOf('one'), 'autosaved');
    clock.now += minute;
    await versions.keep(path, textOf('one'), 'autosaved');
    expect(await kinds()).toEqual(['autosaved']);
    await versions.keep(path, textOf('one'), 'saved');
    await versions.keep(path, textOf('one'), 'autosaved');
    expect(await kinds()).toEqual(['saved']);
    await versions.keep(path, textOf('two'), 'saved');
    await versions.keep(path, textOf('one'), 'saved');
    expect(await kinds()).toEqual(['saved', 'saved', 'saved']);
  });

  it('stay in order when the clock is set back', async () => {
    const { path, clock, versions } = await bench();
    await versions.keep(path, textOf('one'), 'saved');
    clock.now -= day;
    const id = await versions.keep(path, textOf('two'), 'saved');
    expect((await versions.list(path)).versions[0]!.id).toBe(id);
  });

  it('leave out a damaged one and say so', async () => {
    const { path, clock, versions, beside } = await bench();
    await versions.keep(path, textOf('one'), 'saved');
    clock.now += minute;
    const cut = await versions.keep(path, textOf('two'), 'saved');
    await writeFile(join(beside, cut), textOf('two').slice(0, 20));
    await writeFile(join(beside, 'notes.txt'), 'of somebody else');
    const list = await versions.list(path);
    expect([list.versions.length, list.damaged]).toEqual([1, 1]);
    await expect(versions.read(path, cut)).rejects.toMatchObject({ failure: { code: 'no-version' } });
    // What is damaged is kept anew, not taken for kept.
    clock.now += minute;
    await versions.keep(path, textOf('two'), 'saved');
    expect((await versions.list(path)).versions.length).toBe(2);
  });

  it('read nothing but versions', async () => {
    const { path, versions, folder } = await bench();
    await writeFile(join(folder, 'secret'), '{"nodes":{}}');
    for (const id of ['../../../secret', '..', '', join(folder, 'secret')])
      await expect(versions.read(path, id)).rejects.toMatchObject({ failure: { code: 'no-version' } });
  });

  it('go into the data folder where the place beside the file cannot be written', async () => {
    const { path, versions, folder } = await bench();
    // A file in the way refuses everybody, a person without rights and root alike.
    await writeFile(join(folder, '.seedloom'), '');
    await chmod(join(folder, '.seedloom'), 0o400);
    const id = await versions.keep(path, textOf('one'), 'saved');
    expect((await versions.list(path)).folder.startsWith(join(folder, 'data'))).toBe(true);
    expect(await versions.read(path, id)).toBe(textOf('one'));
  });

  it('are whole or not there when the process is killed between the writes', async () => {
    const { folder, path, beside, versions } = await bench();
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: join(import.meta.dirname, '..', '..', '..', 'electron', 'main', 'versions.ts'),
        outDir: join(folder, 'built'),
        rolldownOptions: { output: { format: 'cjs', entryFileNames: 'versions.cjs' } },
      },
    });
    const program = `
      const fs = require('node:fs');
      const real = fs.rename;
      let left = Number(process.argv[1]);
      fs.rename = (...given) => (left-- > 0 ? real(...given) : process.kill(process.pid, 'SIGKILL'));
      const { createVersions } = require('./built/versions.cjs');
      const versions = createVersions({ dataFolder: './data', now: Date.now });
      (async () => {
        for (const title of ['a', 'b', 'c'])
          await versions.keep(process.argv[2], JSON.stringify({ nodes: { [title]: {} } }), 'saved');
      })();`;
    for (const renames of [0, 1, 2]) {
      await rm(join(folder, '.seedloom'), { recursive: true, force: true });
      const killed = spawnSync(process.execPath, ['-e', program, `${renames}`, path], { cwd: folder });
      expect(killed.signal ?? killed.status).not.toBe(0);
      const list = await versions.list(path);
      expect([list.versions.length, list.damaged]).toEqual([renames, 0]);
      for (const { id } of list.versions)
        expect(JSON.parse(await readFile(join(beside, id), 'utf8'))).toBeTruthy();
    }
  });
});

describe('what is dropped', () => {
  const version = (index: number, age: number, kind: FileVersion['kind'], bytes = 1000) => ({
    id: `${index}`.padStart(5, '0'),
    at: new Date(noon - age).toISOString(),
    kind,
    bytes,
  });

  it('is never the newest nor one of the last three saved, and the rest fits the ceiling', () => {
    const ages = fc.integer({ min: 0, max: 400 * day });
    const many = fc.array(
      fc.tuple(ages, fc.constantFrom(...versionKinds), fc.integer({ min: 1, max: 5000 })),
      {
        minLength: 1,
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(many, fc.integer({ min: 0, max: 100_000 }), (given, ceiling) => {
        const all = given.map(([age, kind, bytes], index) => version(index, age, kind, bytes));
        const dropped = new Set(versionsToDrop(all, noon, ceiling));
        const newest = [...all].sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1));
        const safe = [newest[0]!, ...newest.filter(({ kind }) => kind === 'saved').slice(0, 3)];
        for (const { id } of safe) expect(dropped.has(id)).toBe(false);
        const kept = all.filter(({ id }) => !dropped.has(id));
        const safeBytes = [...new Set(safe)].reduce((sum, { bytes }) => sum + bytes, 0);
        expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(
          Math.max(ceiling, safeBytes),
        );
        // What was left is left again.
        expect(versionsToDrop(kept, noon, ceiling)).toEqual([]);
      }),
    );
  });

  it('is nothing of the last day, all but one an hour of the month, all but one a day before', () => {
    const every = (from: number, to: number, step: number) =>
      Array.from({ length: Math.floor((to - from) / step) }, (_, index) => from + index * step);
    const left = (ages: number[]) => {
      const all = ages.map((age, index) => version(index, age, 'autosaved', 1));
      return all.length - versionsToDrop(all, noon).length;
    };
    expect(left(every(0, day, minute))).toBe(1440);
    expect(left([0, ...every(day + minute, 2 * day + minute, minute)])).toBe(1 + 24);
    expect(left([0, ...every(40 * day, 42 * day, 10 * minute)])).toBe(1 + 3);
  });
});

describe('autosaving', () => {
  it('keeps edits at once, then once a minute, and nothing that was saved', async () => {
    const kept: string[] = [];
    const clock = { now: noon };
    const waiting: { at: number; work: () => void }[] = [];
    const pass = async (milliseconds: number) => {
      clock.now += milliseconds;
      for (const item of waiting.splice(0))
        if (item.at <= clock.now) item.work();
        else waiting.push(item);
      await Promise.resolve();
    };
    const autosave = createAutosave({
      versions: { keep: async (_path, text) => (kept.push(text), text) },
      now: () => clock.now,
      later(milliseconds, work) {
        const item = { at: clock.now + milliseconds, work };
        waiting.push(item);
        return () => void waiting.splice(0, waiting.length, ...waiting.filter((each) => each !== item));
      },
      failed: (error) => {
        throw error;
      },
    });
    autosave.edited('a', '1');
    expect(kept).toEqual(['1']);
    for (let second = 1; second < 59; second += 1) {
      await pass(1000);
      autosave.edited('a', `after ${second}`);
    }
    expect(kept).toEqual(['1']);
    await pass(2000);
    expect(kept).toEqual(['1', 'after 58']);
    autosave.edited('a', 'given up');
    await autosave.flush('a');
    expect(kept).toEqual(['1', 'after 58', 'given up']);
    autosave.edited('a', 'in the file now');
    autosave.saved('a');
    await pass(autosaveEvery * 2);
    await autosave.flush();
    expect(kept).toHaveLength(3);
  });
});

describe('an empty place', () => {
  it('has no versions', async () => {
    const { path, versions, folder } = await bench();
    await mkdir(join(folder, '.seedloom'));
    expect(await versions.list(path)).toMatchObject({ versions: [], damaged: 0 });
  });
});
