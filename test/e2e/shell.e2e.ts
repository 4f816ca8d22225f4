import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import { pictureAddress, type Bridge, type BridgeCall, type BridgeInput } from '#core/ipc';
import { drawPicture } from '#test/kit/draw-picture';
import { editorOf } from './kit/editor';
import { hasElectron, launchApp, makeHome, startAgain } from './kit/app';

describe.skipIf(!hasElectron)('the desktop', () => {
  it('starts, answers the window and quits', async () => {
    const test = await launchApp();
    const start = await test.value('app.start', {});
    expect(start.settings.theme).toBe('system');
    expect(start.providers.map(({ id }) => id)).toContain('fal');
    expect(start.secrets['fal.key']).toBe('none');
    expect(start.recent).toEqual([]);
    await test.value('window.describe', { title: 'Bottle', edited: true, path: null });
    const title = await test.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getTitle(),
    );
    expect(title).toContain('Bottle');
    await test.value('window.describe', { title: 'Bottle', edited: false, path: null });
    await test.screenshot('shell');
    await test.close();
  });

  it('refuses what is not a right call, and keeps Node out of the window', async () => {
    const test = await launchApp();
    const wrongInput = await test.call('run.cancel', { run: 7 } as unknown as BridgeInput<'run.cancel'>);
    expect(wrongInput).toMatchObject({ ok: false, failure: { code: 'refused-call' } });
    const wrongName = await test.call('file.read' as BridgeCall, { path: '/etc/passwd' } as never);
    expect(wrongName).toMatchObject({ ok: false, failure: { code: 'refused-call' } });
    const notAWorkflow = await test.call('workflow.open', { path: '/etc/passwd' });
    expect(notAWorkflow).toMatchObject({ ok: false, failure: { code: 'not-a-workflow' } });
    const elsewhere = await test.call('workflow.save', {
      document: createDocument('doc'),
      path: join(test.home, 'elsewhere.seedloom'),
      suggestedName: 'x',
      seen: null,
      overwrite: true,
    });
    expect(elsewhere).toMatchObject({ ok: false, failure: { code: 'not-chosen' } });
    const globals = await test.page.evaluate(() => ({
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys((globalThis as unknown as { seedloom: object }).seedloom).sort(),
    }));
    expect(globals).toEqual({
      require: 'undefined',
      process: 'undefined',
      bridge: ['call', 'listen', 'pathOfFile'],
    });
    const opened = await test.page.evaluate(() => window.open('https://example.invalid') === null);
    expect(opened).toBe(true);
    await test.close();
  });

  it('takes pictures in and shows them', async () => {
    const test = await launchApp();
    const file = join(test.home, 'wide.png');
    await writeFile(file, await drawPicture({ width: 900, height: 300, from: 'wide' }));
    const [chosen] = await test.value('picture.import', { path: null, files: [file] });
    expect(chosen?.image).toMatchObject({ width: 900, height: 300, format: 'png' });
    const hash = chosen?.image.hash ?? '';
    const sizeOf = (address: string) =>
      test.page.evaluate(async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      }, address);
    expect(await sizeOf(pictureAddress(hash))).toEqual([900, 300]);
    const [previewWidth] = await sizeOf(pictureAddress(hash, 256));
    expect(previewWidth).toBeGreaterThanOrEqual(256);
    expect(previewWidth).toBeLessThan(900);
    await expect(sizeOf(pictureAddress('0'.repeat(64)))).rejects.toThrow();
    await expect(sizeOf(`seedloom://blob/../../settings.json`)).rejects.toThrow();
    await test.close();
  });

  it('opens, saves and notices another hand in the file', async () => {
    const test = await launchApp();
    const file = join(test.home, 'work', 'bottle.seedloom');
    await mkdir(join(test.home, 'work'));
    const document = createDocument('doc-1', 'Bottle');
    await test.answerDialogs({ save: [file] });
    const saved = await test.value('workflow.save', {
      document,
      path: null,
      suggestedName: 'Bottle',
      seen: null,
      overwrite: false,
    });
    if (saved === null || 'changedOnDisk' in saved) throw new Error('it was not saved');
    expect(await readFile(file, 'utf8')).toBe(serializeDocument(document));
    await writeFile(file, serializeDocument({ ...document, title: 'From another editor' }));
    const again = { document, path: file, suggestedName: '', seen: saved.seen };
    expect(await test.value('workflow.save', { ...again, overwrite: false })).toEqual({
      changedOnDisk: expect.any(String),
    });
    expect(await readFile(file, 'utf8')).toContain('From another editor');
    expect(await test.value('workflow.save', { ...again, overwrite: true })).toMatchObject({ path: file });
    const opened = await test.value('workflow.open', { path: file });
    expect(opened).toMatchObject({ path: file, name: 'bottle', text: serializeDocument(document) });
    await test.close();
  });

  it('closes without a question, and has what was not saved again', async () => {
    const home = await makeHome();
    const test = await launchApp({ home });
    const { session } = await test.value('app.start', {});
    expect(session).toBeUndefined();
    const tab = randomUUID();
    await test.value('workflow.keepDraft', {
      tab,
      document: createDocument('doc', 'Kept'),
      path: null,
      name: 'Untitled',
      seen: null,
      edited: true,
    });
    // A dialog would fail the test.
    await test.answerDialogs({});
    await test.close();
    expect(await readdir(home)).toEqual(expect.arrayContaining(['window.json', 'session.json', 'drafts']));

    const again = await launchApp({ home });
    const kept = (await again.value('app.start', {})).session;
    expect(kept?.tabs.find(({ id }) => id === tab)).toMatchObject({ edited: true, path: null });
    expect(await again.page.getByRole('tab', { name: /^Kept/ }).count()).toBe(1);
    await again.answerDialogs({});
    await again.close();
    await rm(home, { recursive: true });
  });

  it('opens the file it was started with, and that of a second start', async () => {
    const home = await makeHome();
    const files = ['first', 'second'].map((name) => join(home, `${name}.seedloom`));
    for (const file of files) await writeFile(file, serializeDocument(createDocument(file)));
    const [first = '', second = ''] = files;
    const test = await launchApp({ home, arguments: [first] });
    const title = () =>
      test.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title).toContain('first');
    await expect.poll(async () => (await test.value('app.start', {})).recent).toEqual([first]);
    const told = test.page.evaluate(
      () =>
        new Promise((resolve) => {
          const { seedloom } = globalThis as unknown as { seedloom: Bridge };
          seedloom.listen((event) => event.type === 'open' && resolve(event.workflow.path));
        }),
    );
    expect(await startAgain(home, [second])).toBe(0);
    expect(await told).toBe(second);
    expect((await test.value('app.start', {})).recent).toEqual([second, first]);
    await test.close();
    await rm(home, { recursive: true });
  });

  it('lets a run go on without a window, shows it in the next one, and ends when it is done', async () => {
    const home = await makeHome();
    const settings = { providers: { 'sandbox.delay': '600000' } };
    const test = await launchApp({ home, settings });
    await editorOf(test).ready();
    await editorOf(test).run.click();
    await expect.poll(() => editorOf(test).run.textContent()).toMatch(/^Cancel/);
    const closeWindow = () =>
      test.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const windows = () => test.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    await closeWindow();
    await expect.poll(windows).toBe(0);

    const opened = test.app.waitForEvent('window');
    expect(await startAgain(home, [])).toBe(0);
    const page = await opened;
    const editor = editorOf({ ...test, page });
    await expect.poll(() => editor.run.textContent()).toMatch(/^Cancel/);
    await expect.poll(editor.states).toMatchObject({ generate: expect.stringMatching(/running|collecting/) });
    await page.screenshot({ path: 'test-results/shell-run-rejoined.png' });

    // What was asked to end ends without a window too, and Seedloom with it.
    const gone = test.app.waitForEvent('close');
    await editor.run.click();
    await closeWindow();
    await gone;
    await rm(home, { recursive: true, maxRetries: 5 });
  });

  it('knows the path of a dropped file, and pastes and copies pictures', async () => {
    const test = await launchApp();
    const file = join(test.home, 'dropped.png');
    await writeFile(file, await drawPicture({ width: 64, height: 48, from: 'dropped' }));
    await test.page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'chosen-file';
      document.body.append(input);
    });
    await test.page.setInputFiles('#chosen-file', file);
    const path = await test.page.evaluate(() => {
      const { seedloom } = globalThis as unknown as { seedloom: Bridge };
      const input = document.querySelector<HTMLInputElement>('#chosen-file');
      return seedloom.pathOfFile(input?.files?.[0]);
    });
    expect(path).toBe(file);

    const [chosen] = await test.value('picture.import', { path: null, files: [file] });
    await test.value('picture.copy', { hash: chosen?.image.hash ?? '' });
    const pasted = await test.value('picture.paste', {});
    expect(pasted?.image).toMatchObject({ width: 64, height: 48 });

    const target = join(test.home, 'copy');
    await test.answerDialogs({ save: [target] });
    const saved = await test.value('picture.saveAs', { hash: chosen?.image.hash ?? '', suggestedName: 'x' });
    expect(saved).toEqual({ path: `${target}.png` });
    expect(await readFile(`${target}.png`)).toEqual(await readFile(file));
    await test.close();
  });

  it('gives menu commands to the editor, and text editing to a text field', async () => {
    const test = await launchApp();
    await test.value('app.start', {});
    await test.page.evaluate(() => {
      const page = globalThis as unknown as { seedloom: Bridge; commands: string[] };
      page.commands = [];
      page.seedloom.listen((event) => event.type === 'command' && page.commands.push(event.command));
      const field = document.createElement('input');
      field.id = 'field';
      field.value = 'some words';
      document.body.append(field);
      field.focus();
    });
    const choose = (id: string) =>
      test.app.evaluate(
        ({ Menu }, chosen) => Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click(),
        id,
      );
    const commands = () =>
      test.page.evaluate(() => (globalThis as unknown as { commands: string[] }).commands);
    await choose('edit.selectAll');
    await expect
      .poll(() =>
        test.page.evaluate(() => {
          const field = document.querySelector<HTMLInputElement>('#field');
          return [field?.selectionStart, field?.selectionEnd];
        }),
      )
      .toEqual([0, 10]);
    await test.page.evaluate(() => document.querySelector('#field')?.remove());
    await choose('edit.selectAll');
    await choose('view.fit');
    await expect.poll(async () => [...(await commands())].sort()).toEqual(['edit.selectAll', 'view.fit']);
    await test.close();
  });

  it('starts the engine again when it dies', async () => {
    const test = await launchApp();
    await test.value('run.list', {});
    const killed = await test.app.evaluate(({ app }) => {
      const engine = app.getAppMetrics().find(({ name }) => name === 'Seedloom engine');
      return engine !== undefined && process.kill(engine.pid, 'SIGKILL');
    });
    expect(killed).toBe(true);
    await expect.poll(() => test.call('run.list', {})).toMatchObject({ ok: true, value: [] });
    await test.close();
  });

  it('opens its window again when the page crashes, and says so there; a third time it asks', async () => {
    const test = await launchApp({ settings: { language: 'en' }, crashes: true });
    await editorOf(test).ready();
    // A page that crashed is not the driver's any more.
    const inPage = (source: string) =>
      test.app.evaluate(
        ({ BrowserWindow }, script): Promise<unknown> =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) ?? Promise.resolve(),
        source,
      );
    const crash = () =>
      test.app.evaluate(
        ({ BrowserWindow }) =>
          new Promise<void>((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents;
            contents?.once('render-process-gone', () => resolve());
            contents?.forcefullyCrashRenderer();
          }),
      );
    const words = () => inPage('document.body.innerText');
    for (let time = 0; time < 2; time++) {
      await inPage(`document.title = 'before'`);
      await crash();
      await expect.poll(words).toContain('The window stopped unexpectedly and was opened again.');
      await expect
        .poll(() => inPage(`document.querySelectorAll('.react-flow__node').length`))
        .toBeGreaterThan(0);
      expect(await inPage('document.title')).not.toBe('before');
    }
    expect(test.standardError()).not.toContain('Render frame was disposed');
    const ended = new Promise((resolve) => test.app.process().once('exit', resolve));
    await test.answerDialogs({ message: [1] });
    await crash().catch(() => undefined);
    expect(await ended).toBe(0);
    await rm(test.home, { recursive: true });
  });
});
