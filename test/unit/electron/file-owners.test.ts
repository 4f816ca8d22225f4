import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { parseDocument } from '#core/document/parse';
import { serializeDocument } from '#core/document/serialize';
import type { FileOwner } from '#core/file-version';
import { nodes } from '#nodes/catalogue';
import { createFileLocks, staleAfter } from '../../../electron/main/file-lock';
import { openRecentFiles } from '../../../electron/main/recent-files';
import { createVersions } from '../../../electron/main/versions';
import { createWorkflowFiles } from '../../../electron/main/workflow-files';
import { temporaryFolder } from './temporary-folder';

/** Two Seedlooms at one folder, with one clock. */
async function twoOf(hosts: [string, string] = ['studio', 'laptop']) {
  const folder = await temporaryFolder();
  const path = join(folder, 'Bottle.seedloom');
  const document = createDocument('doc', 'Bottle');
  await writeFile(path, serializeDocument(document));
  const clock = { now: Date.parse('2026-11-21T12:00:00.000Z') };
  const living = new Set([1, 2]);
  const unforeseen = async () => {
    throw new Error('not expected');
  };
  const make = async (pid: number, host: string) => {
    const beats = new Set<() => void>();
    const taken: [string, FileOwner][] = [];
    const locks = createFileLocks({
      host,
      pid,
      id: `${host}-${pid}`,
      now: () => clock.now,
      isAlive: (other) => living.has(other),
      every: (_milliseconds, work) => {
        beats.add(work);
        return () => beats.delete(work);
      },
      onTaken: (file, by) => taken.push([file, by]),
    });
    const data = join(folder, `data-${pid}`);
    const versions = createVersions({ dataFolder: data, now: () => clock.now });
    const files = createWorkflowFiles({
      dialogs: { chooseFile: unforeseen, chooseTarget: unforeseen, mayReplace: unforeseen },
      recent: await openRecentFiles(data, () => undefined),
      openExample: unforeseen,
      unpackBundle: unforeseen,
      openPicture: unforeseen,
      versions,
      owner: locks.owner,
      chosenBefore: [],
    });
    return {
      locks,
      files,
      versions,
      taken,
      async beat() {
        for (const work of beats) work();
        // In turn after the beat that was just begun.
        await locks.hold(held.get(pid) ?? [], []);
      },
      hold(paths: string[], of: string[] = []) {
        held.set(pid, paths);
        return locks.hold(paths, of);
      },
    };
  };
  const held = new Map<number, string[]>();
  return {
    folder,
    path,
    document,
    clock,
    living,
    first: await make(1, hosts[0]),
    second: await make(2, hosts[1]),
  };
}

const titled = (text: string) => {
  const parsed = parseDocument(text, nodes);
  if (!parsed.ok) throw new Error('not read');
  return parsed.document.title;
};

describe('who has a file open', () => {
  it('is told to whoever opens it next, until it is let go', async () => {
    const { path, first, second, clock } = await twoOf();
    await first.hold([path]);
    expect((await first.files.read(path))?.owner).toBeUndefined();
    expect((await second.files.read(path))?.owner).toEqual({
      host: 'studio',
      at: new Date(clock.now).toISOString(),
    });
    await first.hold([]);
    expect((await second.files.read(path))?.owner).toBeUndefined();
  });

  it('counts for nothing once its heart has stood still, and goes on while it beats', async () => {
    const { path, first, second, clock } = await twoOf();
    await first.hold([path]);
    clock.now += staleAfter - 1;
    expect(await second.locks.owner(path)).toBeDefined();
    await first.beat();
    clock.now += staleAfter - 1;
    expect(await second.locks.owner(path)).toBeDefined();
    clock.now += 2;
    expect(await second.locks.owner(path)).toBeUndefined();
    await second.hold([path]);
    expect(await first.locks.owner(path)).toMatchObject({ host: 'laptop' });
  });

  it('counts for nothing on the same computer when its process is gone', async () => {
    const { path, first, second, living } = await twoOf(['studio', 'studio']);
    await first.hold([path]);
    expect(await second.locks.owner(path)).toBeDefined();
    living.delete(1);
    expect(await second.locks.owner(path)).toBeUndefined();
  });

  it('stays with the first unless it is taken, and the first is told then', async () => {
    const { path, first, second } = await twoOf();
    await first.hold([path]);
    await second.hold([path]);
    expect(await second.locks.owner(path)).toMatchObject({ host: 'studio' });
    await first.beat();
    expect(first.taken).toEqual([]);
    await second.hold([], []);
    await second.hold([path], [path]);
    await first.beat();
    expect(first.taken).toMatchObject([[path, { host: 'laptop' }]]);
    expect(await second.locks.owner(path)).toBeUndefined();
    // Letting go of what is another's takes nothing from them.
    await first.locks.release();
    expect(await first.locks.owner(path)).toMatchObject({ host: 'laptop' });
  });

  it('cannot be said by a damaged lock', async () => {
    const { path, folder, first, second } = await twoOf();
    await first.hold([path]);
    await writeFile(join(folder, '.seedloom', 'Bottle.seedloom', 'open.json'), '{"host":');
    expect(await second.locks.owner(path)).toBeUndefined();
    await second.hold([path]);
    await second.locks.release();
    expect(await readdir(join(folder, '.seedloom', 'Bottle.seedloom'))).toEqual([]);
  });
});

describe('a file that two have open', () => {
  it('loses nothing of either, whoever saves last', async () => {
    const { path, document, first, second, clock } = await twoOf();
    const [mine, theirs] = [(await first.files.read(path))!, (await second.files.read(path))!];
    const save = (who: typeof first, title: string, seen: string, overwrite = false) =>
      who.files.save({ document: { ...document, title }, path, suggestedName: '', seen, overwrite });
    await save(second, 'theirs', theirs.seen);
    clock.now += 1000;
    expect(await save(first, 'mine', mine.seen)).toEqual({
      changedOnDisk: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const look = await first.files.look({ path, seen: mine.seen });
    expect(look.state).toBe('changed');
    expect(look.state === 'changed' && titled(look.workflow.text)).toBe('theirs');
    clock.now += 1000;
    await save(first, 'mine', mine.seen, true);
    expect(titled(await readFile(path, 'utf8'))).toBe('mine');
    const { versions: list } = await first.versions.list(path);
    const kept = await Promise.all(
      list.map(async ({ id, kind }) => [kind, titled(await first.versions.read(path, id))]),
    );
    expect(kept).toEqual([
      ['saved', 'mine'],
      ['saved', 'theirs'],
      ['saved', 'Bottle'],
    ]);
  });

  it('is looked at: the same, changed, or gone', async () => {
    const { path, document, first, folder } = await twoOf();
    const { seen } = (await first.files.read(path))!;
    expect(await first.files.look({ path, seen })).toEqual({ state: 'same' });
    // A save from here of which the window has not heard is no change by others.
    await first.files.save({
      document: { ...document, title: 'new' },
      path,
      suggestedName: '',
      seen,
      overwrite: false,
    });
    expect(await first.files.look({ path, seen })).toEqual({ state: 'same' });
    await writeFile(path, serializeDocument({ ...document, title: 'by an editor of texts' }));
    expect(await first.files.look({ path, seen })).toMatchObject({ state: 'changed' });
    const { rm } = await import('node:fs/promises');
    await rm(path);
    expect(await first.files.look({ path, seen })).toEqual({ state: 'gone' });
    await expect(first.files.look({ path: join(folder, 'other'), seen })).rejects.toMatchObject({
      failure: { code: 'not-chosen' },
    });
  });
});
