import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FailureError, userFailure, type Failure } from '#core/failure';
import { writePicture } from '#engine/files/save-picture';
import { drawPicture } from '#test/kit/draw-picture';
import { createExamples } from '../../../electron/main/examples';
import { createPictures, type PictureDesktop, type PictureDialogs } from '../../../electron/main/pictures';
import { temporaryFolder } from './temporary-folder';

function makePictures(options: {
  call?: (name: string, input: Record<string, unknown>) => unknown;
  dialogs?: Partial<PictureDialogs>;
  desktop?: Partial<PictureDesktop>;
  outFolder?: string;
}) {
  const troubles: Failure[] = [];
  const call = vi.fn(async (name: string, input: Record<string, unknown>) => options.call?.(name, input));
  const pictures = createPictures({
    engine: { call: call as never },
    dialogs: options.dialogs as PictureDialogs,
    desktop: options.desktop as PictureDesktop,
    outFolder: () => options.outFolder ?? '/out',
    onTrouble: (failure) => troubles.push(failure),
  });
  return { pictures, call, troubles };
}

/** An engine that takes in what ends in .png. */
function takesPng(_name: string, input: Record<string, unknown>) {
  const file = String(input['file']);
  if (!file.endsWith('.png')) throw new FailureError(userFailure('picture-type', `${file} is no picture.`));
  return { file: { name: file } };
}

describe('pictures', () => {
  it('are taken in beside those that cannot be, which are named', async () => {
    const { pictures, call, troubles } = makePictures({ call: takesPng });
    const taken = await pictures.import({
      path: join('/w', 'a.seedloom'),
      files: ['a.txt', 'b.png', 'c.txt'],
    });
    expect(taken).toEqual([{ file: { name: 'b.png' } }]);
    expect(troubles.map(({ message }) => message)).toEqual(['a.txt is no picture.', 'c.txt is no picture.']);
    expect(call.mock.calls[0]).toEqual(['importFile', { file: 'a.txt', folder: '/w' }]);
  });

  it('are refused when there is not one among them', async () => {
    const { pictures, troubles } = makePictures({ call: takesPng });
    const refused = pictures.import({ path: null, files: ['a.txt', 'c.txt'] });
    await expect(refused).rejects.toMatchObject({ failure: { message: 'a.txt is no picture.' } });
    expect(troubles).toEqual([]);
  });

  it('are nothing when a dialog is closed or the clipboard holds none', async () => {
    const { pictures, call } = makePictures({
      dialogs: { choosePictures: async () => undefined, chooseFolder: async () => undefined },
      desktop: { readPng: async () => undefined },
    });
    expect(await pictures.choose({ path: null, several: true })).toBeNull();
    expect(await pictures.chooseFolder({ path: null })).toBeNull();
    expect(await pictures.paste()).toBeNull();
    expect(call).not.toHaveBeenCalled();
  });

  it('are saved under the ending of what they are', async () => {
    const folder = await temporaryFolder();
    const stored = join(folder, 'blob');
    const bytes = await drawPicture({ width: 8, height: 8, from: 'saved' });
    await writeFile(stored, bytes);
    const chooseTarget = vi.fn(async (name: string) => join(folder, name));
    const { pictures } = makePictures({
      call: async (name, { hash, path }) => {
        if (name !== 'savePictureAs') return hash === 'here' ? stored : null;
        await writePicture(path as string, await readFile(stored));
        return null;
      },
      dialogs: { chooseTarget },
    });
    const path = join(folder, 'bottle.png');
    expect(await pictures.saveAs({ hash: 'here', suggestedName: 'bottle.webp' })).toEqual({ path });
    expect((await readFile(path)).equals(bytes)).toBe(true);
    const gone = pictures.saveAs({ hash: 'gone', suggestedName: 'x' });
    await expect(gone).rejects.toMatchObject({ failure: { code: 'missing-picture' } });
    chooseTarget.mockResolvedValue(join(folder, 'no', 'such', 'folder.png'));
    const nowhere = pictures.saveAs({ hash: 'here', suggestedName: 'x' });
    await expect(nowhere).rejects.toMatchObject({ failure: { code: 'cannot-write' } });
  });

  it('have a folder that is made before it is shown', async () => {
    const outFolder = join(await temporaryFolder(), 'not', 'yet');
    const showFolder = vi.fn(async () => '');
    const { pictures } = makePictures({ desktop: { showFolder }, outFolder });
    await pictures.showOutFolder();
    expect(showFolder).toHaveBeenCalledWith(outFolder);
    await writeFile(join(outFolder, 'a'), '');
    showFolder.mockResolvedValue('no file manager');
    await expect(pictures.showOutFolder()).rejects.toMatchObject({ failure: { code: 'cannot-show' } });
  });
});

describe('examples', () => {
  const example = (title: string, path?: string) =>
    JSON.stringify({
      title,
      nodes: { image: { params: { file: path === undefined ? null : { name: 'a', path } } } },
    });

  it('are listed by title, and their pictures are taken in', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'pictures'));
    await writeFile(join(folder, 'one.seedloom'), example('Second', 'pictures/a.jpg'));
    await writeFile(join(folder, 'two.seedloom'), example('First'));
    await writeFile(join(folder, 'broken.seedloom'), '{');
    const takeIn = vi.fn(async () => undefined);
    const examples = createExamples(folder, takeIn);
    expect(await examples.list()).toEqual([
      { name: 'two', title: 'First' },
      { name: 'one', title: 'Second' },
    ]);
    expect(await examples.open('one')).toMatchObject({
      path: null,
      name: 'one',
      text: example('Second', 'pictures/a.jpg'),
    });
    expect(takeIn.mock.calls).toEqual([[join(folder, 'pictures', 'a.jpg')]]);
    await expect(examples.open('../one')).rejects.toMatchObject({ failure: { code: 'unknown-example' } });
  });

  it('say their titles and notes in the language, and no prompt', async () => {
    const folder = await temporaryFolder();
    const prompt = { type: 'prompt', params: { text: 'Start here' } };
    const first = {
      title: 'First picture',
      kept: 1,
      nodes: { prompt, note: { ...prompt, title: 'Start here' } },
    };
    await writeFile(join(folder, 'first.seedloom'), JSON.stringify(first));
    const examples = createExamples(folder, vi.fn(), () => 'de');
    expect(await examples.list()).toEqual([{ name: 'first', title: 'Erstes Bild' }]);
    const { text } = await examples.open('first');
    expect(JSON.parse(text)).toEqual({
      title: 'Erstes Bild',
      kept: 1,
      nodes: { prompt, note: { ...prompt, title: 'Hier beginnen' } },
    });
  });

  it('are none where the folder is missing', async () => {
    expect(await createExamples('/no/such/folder', vi.fn()).list()).toEqual([]);
  });
});
