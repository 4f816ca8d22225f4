import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import { openRecentFiles } from '../../../electron/main/recent-files';
import { createVersions } from '../../../electron/main/versions';
import {
  createWorkflowFiles,
  hashOf,
  suggestedTarget,
  type WorkflowDialogs,
} from '../../../electron/main/workflow-files';
import { temporaryFolder } from './temporary-folder';

const document = createDocument('doc-1', 'Bottle');
const text = serializeDocument(document);

/** Dialogs that were not foreseen fail the test. */
async function workflowFiles(folder: string, foreseen: Partial<WorkflowDialogs> = {}) {
  const unforeseen = async () => {
    throw new Error('no dialog was expected');
  };
  const recent = await openRecentFiles(join(folder, 'data'), () => undefined);
  const files = createWorkflowFiles({
    dialogs: { chooseFile: unforeseen, chooseTarget: unforeseen, mayReplace: unforeseen, ...foreseen },
    recent,
    openExample: unforeseen,
    unpackBundle: unforeseen,
    openPicture: unforeseen,
    versions: createVersions({ dataFolder: join(folder, 'data'), now: Date.now }),
    owner: async () => undefined,
    chosenBefore: [],
  });
  return { files, recent };
}

const saveInput = { document, path: null, suggestedName: 'Bottle', seen: null, overwrite: false };

describe('saving a workflow', () => {
  it('asks where, adds the ending, and remembers the file', async () => {
    const folder = await temporaryFolder();
    const { files, recent } = await workflowFiles(folder, {
      chooseTarget: async (name) => join(folder, name.replace('.seedloom', ' 1')),
    });
    const path = join(folder, 'Bottle 1.seedloom');
    const saved = await files.save(saveInput);
    expect(saved).toEqual({ path, seen: hashOf(Buffer.from(text)) });
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(recent.list()).toEqual([path]);
    expect((await readdir(folder)).sort()).toEqual(['.seedloom', 'Bottle 1.seedloom', 'data']);
  });

  it('writes nothing when the dialog is closed', async () => {
    const folder = await temporaryFolder();
    const { files } = await workflowFiles(folder, { chooseTarget: async () => undefined });
    expect(await files.save(saveInput)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks again when the ending makes it the name of another file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'taken.seedloom');
    await writeFile(path, 'theirs');
    let mayReplace = false;
    const { files } = await workflowFiles(folder, {
      chooseTarget: async () => join(folder, 'taken'),
      mayReplace: async (asked) => asked === path && mayReplace,
    });
    expect(await files.save(saveInput)).toBeNull();
    expect(await readFile(path, 'utf8')).toBe('theirs');
    mayReplace = true;
    expect(await files.save(saveInput)).toMatchObject({ path });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('never overwrites what another program wrote, unless told to', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.seedloom');
    await writeFile(path, text);
    const { files } = await workflowFiles(folder);
    const { seen } = (await files.read(path))!;
    const changed = { ...saveInput, document: { ...document, title: 'Mine' }, path };
    const first = await files.save({ ...changed, seen });
    if (first === null || 'changedOnDisk' in first) throw new Error('it was not saved');

    await writeFile(path, 'theirs');
    expect(await files.save({ ...changed, seen: first.seen })).toEqual({ changedOnDisk: expect.any(String) });
    expect(await files.save({ ...changed, seen: null })).toEqual({ changedOnDisk: expect.any(String) });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await files.save({ ...changed, seen: first.seen, overwrite: true })).toEqual(first);
    await rm(path);
    expect(await files.save({ ...changed, seen: first.seen })).toEqual(first);
  });

  it('writes only files the person pointed to', async () => {
    const folder = await temporaryFolder();
    const { files } = await workflowFiles(folder);
    const path = join(folder, 'elsewhere.seedloom');
    await expect(files.save({ ...saveInput, path, overwrite: true })).rejects.toMatchObject({
      failure: { code: 'not-chosen' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says in words that a folder cannot be written', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'gone', 'a.seedloom');
    const { files } = await workflowFiles(folder, { chooseTarget: async () => path });
    await expect(files.save(saveInput)).rejects.toMatchObject({ failure: { code: 'cannot-write' } });
  });

  it('leaves the old file whole when it is killed before the rename', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.seedloom');
    await writeFile(path, 'old');
    const source = join(import.meta.dirname, '..', '..', '..', 'electron', 'main', 'workflow-files.ts');
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: source,
        outDir: join(folder, 'built'),
        rolldownOptions: { output: { format: 'cjs', entryFileNames: 'files.cjs' } },
      },
    });
    const program = `
      const fs = require('node:fs');
      if (process.argv[1] === 'killed') fs.rename = () => process.kill(process.pid, 'SIGKILL');
      require('./built/files.cjs').writeWhole(process.argv[2], Buffer.from('new'));`;
    const write = (how: string) => spawnSync(process.execPath, ['-e', program, how, path], { cwd: folder });
    const killed = write('killed');
    expect(killed.signal ?? killed.status).not.toBe(0);
    expect(await readFile(path, 'utf8')).toBe('old');
    // The new content was already on disk, beside it: the kill came at the right point.
    const beside = (await readdir(folder)).find((name) => name.startsWith('a.seedloom.'));
    expect(await readFile(join(folder, beside ?? ''), 'utf8')).toBe('new');
    expect(write('whole').status).toBe(0);
    expect(await readFile(path, 'utf8')).toBe('new');
  });
});

describe('opening a workflow', () => {
  it('gives the text, the name and the hash of the bytes', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'My bottle.seedloom');
    await writeFile(path, text);
    const { files, recent } = await workflowFiles(folder, { chooseFile: async () => path });
    const opened = { path, name: 'My bottle', text, seen: hashOf(Buffer.from(text)) };
    expect(await files.open({})).toEqual(opened);
    expect(await files.open({ path })).toEqual(opened);
    expect(recent.list()).toEqual([path]);
  });

  it('forgets a recent file that is gone, and reads workflow files only', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.seedloom');
    await writeFile(path, text);
    const { files, recent } = await workflowFiles(folder);
    await files.open({ path });
    await rm(path);
    await expect(files.open({ path })).rejects.toMatchObject({ failure: { code: 'missing-file' } });
    expect(recent.list()).toEqual([]);
    await writeFile(join(folder, 'id_rsa'), 'private');
    const other = files.open({ path: join(folder, 'id_rsa') });
    await expect(other).rejects.toMatchObject({ failure: { code: 'not-a-workflow' } });
  });
});

describe('recent files', () => {
  it('are ten at most, newest first, over a start', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'data'));
    const { recent } = await workflowFiles(folder);
    for (let number = 0; number < 12; number += 1) await recent.add(`/w/${number}.seedloom`);
    await recent.add('/w/5.seedloom');
    const again = (await workflowFiles(folder)).recent;
    expect(again.list().slice(0, 3)).toEqual(['/w/5.seedloom', '/w/11.seedloom', '/w/10.seedloom']);
    expect(again.list()).toHaveLength(10);
    await again.forget();
    expect((await workflowFiles(folder)).recent.list()).toEqual([]);
  });

  it('say where the next one is saved', () => {
    expect(suggestedTarget([], join('/', 'docs'), 'a')).toBe(join('/', 'docs', 'a'));
    expect(suggestedTarget([join('/', 'w', 'x.seedloom')], '/docs', 'a')).toBe(join('/', 'w', 'a'));
  });
});
