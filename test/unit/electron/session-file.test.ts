import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import type { Failure } from '#core/failure';
import type { KeptSession } from '#core/session';
import { openSession } from '../../../electron/main/session-file';
import { temporaryFolder } from './temporary-folder';

const [first, second] = ['6f0c1d52-5d0e-4b3c-9a53-0a4e3a3f8c01', '6f0c1d52-5d0e-4b3c-9a53-0a4e3a3f8c02'];
const viewport = { x: 4, y: -8, zoom: 0.5 };
const document = createDocument('doc', 'Bottle');
const text = serializeDocument(document);
const session: KeptSession = {
  tabs: [
    { id: first, path: '/w/a.seedloom', viewport },
    { id: second, path: null, viewport: null },
  ],
  shown: second,
  drawer: 'runs',
  inspector: false,
  minimap: true,
  ended: true,
};
const draft = { tab: second, document, path: null, name: 'Untitled', seen: null, edited: true };
const onDisk = async (path: string) => ({ path, name: 'a', text: 'as on disk', seen: 'h' });
const gone = async () => undefined;

async function opened(folder: string) {
  const troubles: Failure[] = [];
  const file = await openSession(folder, (failure) => troubles.push(failure));
  return { file, troubles };
}

describe('the session', () => {
  it('is nothing at the first start', async () => {
    const folder = await temporaryFolder();
    const { file, troubles } = await opened(folder);
    expect([file.paths, await file.restore(gone), troubles]).toEqual([[], undefined, []]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('comes back as it was kept, files from disk and the rest from drafts', async () => {
    const folder = await temporaryFolder();
    const before = await opened(folder);
    void before.file.keepDraft(draft);
    await before.file.keep(session);
    const { file } = await opened(folder);
    expect(file.paths).toEqual(['/w/a.seedloom']);
    const { tabs: _tabs, ...window } = session;
    expect(await file.restore(onDisk)).toEqual({
      ...window,
      tabs: [
        {
          id: first,
          path: '/w/a.seedloom',
          name: 'a',
          text: 'as on disk',
          seen: 'h',
          edited: false,
          viewport,
        },
        { id: second, path: null, name: 'Untitled', text, seen: null, edited: true, viewport: null },
      ],
      gone: [],
    });
  });

  it('prefers what was not saved to what the file holds, and keeps it when the file is gone', async () => {
    const folder = await temporaryFolder();
    const { file } = await opened(folder);
    const ofFile = { ...draft, tab: first, path: '/w/a.seedloom', name: 'a', seen: 'h0' };
    await file.keepDraft(ofFile);
    await file.keep({ ...session, tabs: session.tabs.slice(0, 1) });
    const tab = { id: first, path: '/w/a.seedloom', name: 'a', text, seen: 'h0', edited: true, viewport };
    for (const read of [onDisk, gone])
      expect(await file.restore(read)).toMatchObject({ tabs: [tab], gone: [] });
    await file.keepDraft({ ...ofFile, document: null });
    expect(await file.restore(gone)).toMatchObject({ tabs: [], gone: ['/w/a.seedloom'] });
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  it('keeps in the order it was told, and what was given up stays away', async () => {
    const folder = await temporaryFolder();
    const { file } = await opened(folder);
    for (let at = 0; at < 5; at += 1) void file.keepDraft(draft);
    await file.keepDraft({ ...draft, document: null });
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  it('brings back a draft it does not name', async () => {
    const folder = await temporaryFolder();
    const { file } = await opened(folder);
    await file.keepDraft(draft);
    expect(await file.restore(gone)).toMatchObject({ tabs: [{ id: second, text, viewport: null }] });
  });

  it('sets what is damaged aside, says so, and brings the rest back', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'drafts'));
    await writeFile(join(folder, 'session.json'), '{"tabs": [');
    await writeFile(join(folder, 'drafts', `${first}.json`), '{"text": 7}');
    await writeFile(join(folder, 'drafts', 'not-a-tab.json'), 'x');
    const { file, troubles } = await opened(folder);
    expect(troubles.map(({ code }) => code)).toEqual(['damaged-session', 'damaged-session']);
    await file.keepDraft(draft);
    expect((await file.restore(gone))?.tabs.map(({ id }) => id)).toEqual([second]);
    expect((await readdir(folder)).filter((name) => name.startsWith('session.damaged-'))).toHaveLength(1);
    expect(await readFile(join(folder, 'drafts', 'not-a-tab.json'), 'utf8')).toBe('x');
  });

  it('takes the single draft of earlier versions over, once', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'draft.json'), JSON.stringify({ text, path: '/w/bottle.seedloom' }));
    const { file } = await opened(folder);
    expect(file.paths).toEqual(['/w/bottle.seedloom']);
    const restored = await file.restore(gone);
    expect(restored?.tabs).toMatchObject([{ name: 'bottle', text, seen: null, edited: true }]);
    expect(await readdir(folder)).toEqual(['drafts']);
    expect((await (await opened(folder)).file.restore(gone))?.tabs).toEqual(restored?.tabs);
  });
});
