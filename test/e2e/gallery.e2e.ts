import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serializeDocument } from '#core/document/serialize';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';
import { workflow } from './kit/open-workflow';

describe.skipIf(!hasElectron)('the pictures of all runs, in the window', () => {
  it('are filtered, rated, looked at, compared, dragged out, and give their workflow back, by keyboard', async () => {
    const home = await makeHome();
    const file = join(home, 'pictures.seedloom');
    const graph = workflow(
      [
        ['words', 'prompt', { text: 'A fox in the snow' }],
        ['make', 'generate', { count: 3, seed: 7, size: { width: 1024, height: 768 } }],
        ['small', 'resize', { width: 300 }],
      ],
      ['words.text > make.prompt', 'make.image > small.image'],
      'sandbox/picture',
    );
    await writeFile(file, serializeDocument({ ...graph, title: 'Foxes' }));
    const test = await launchApp({ home, arguments: [file], settings: { theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    await page.getByRole('button', { name: 'Pictures of all runs' }).click();
    const strip = page.getByRole('region', { name: 'Strip of pictures' });
    await strip.getByText('Every picture a run makes').waitFor();
    await editor.runToEnd();
    // They come in by themselves.
    await expect.poll(() => strip.getByRole('option').count()).toBe(6);
    await expect.poll(() => strip.locator('img[data-shown="true"]').count()).toBe(6);
    await test.screenshot('gallery-1-strip');

    await page.locator('.react-flow__pane').click({ position: { x: 10, y: 10 } });
    await page.keyboard.press('l');
    const table = page.getByRole('dialog', { name: 'Light table' });
    const tiles = table.getByRole('option');
    await expect.poll(() => tiles.count()).toBe(6);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('4');
    await table.getByRole('option', { name: /4 stars/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await table.getByRole('option', { name: /rejected/ }).waitFor();
    await test.screenshot('gallery-2-table');

    await table.getByRole('combobox', { name: 'Node' }).click();
    await page.getByRole('option', { name: /^Generate/ }).click();
    await expect.poll(() => table.getByRole('status').first().textContent()).toMatch(/^[23] pictures$/);
    const made = await tiles.count();
    await tiles.first().click();
    await table
      .getByText('sandbox/picture')
      .or(table.getByText(/Test pattern|Sandbox/))
      .first()
      .waitFor();
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
    await page.keyboard.type('fox owl');
    await table.getByText('No picture fits').waitFor();
    await table.getByRole('button', { name: 'Show all pictures' }).click();
    await expect.poll(() => tiles.count()).toBe(5);
    expect(made).toBeGreaterThan(1);

    await tiles.first().click();
    await page.keyboard.press('Space');
    const look = page.getByRole('dialog', { name: /^Quick look/ });
    await look.getByText('1 of 5').waitFor();
    await page.keyboard.press('ArrowRight');
    await look.getByText('2 of 5').waitFor();
    await page.keyboard.press('z');
    await test.screenshot('gallery-3-look');
    await page.keyboard.press('Space');
    await look.waitFor({ state: 'detached' });

    await table.getByRole('combobox', { name: 'Node' }).click();
    await page.getByRole('option', { name: /^Generate/ }).click();
    await expect.poll(() => tiles.count()).toBe(made);
    await tiles.first().click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('=');
    const compare = page.getByRole('dialog', { name: 'Compare' });
    await compare.getByText(/of the pixels differ/).waitFor();
    await test.screenshot('gallery-4-slider');
    await page.keyboard.press('2');
    await test.screenshot('gallery-5-beside');
    await page.keyboard.press('3');
    await compare.getByRole('slider').press('End');
    await test.screenshot('gallery-6-difference');
    await page.keyboard.press('Escape');
    await compare.waitFor({ state: 'detached' });

    // The system's own drag would wait for a hand: what it is given is written down instead.
    await test.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.webContents.startDrag = (item) => {
        (globalThis as { dragged?: unknown }).dragged = {
          files: item.files,
          icon: typeof item.icon === 'string' ? null : item.icon.getSize(),
        };
      };
    });
    await tiles.first().click();
    await tiles.first().dispatchEvent('dragstart');
    const dragged = () =>
      test.app.evaluate(
        () =>
          (globalThis as { dragged?: { files: string[]; icon: { width: number; height: number } } }).dragged,
      );
    await expect.poll(dragged).toBeDefined();
    const { files, icon } = (await dragged())!;
    expect(Math.max(icon.width, icon.height)).toBe(96);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/Generate [0-9a-f]{6}\.png$/);
    expect((await readFile(files[0]!)).subarray(1, 4).toString()).toBe('PNG');
    // Dropped on the window again it is the picture itself, by its content.
    const [back] = await test.value('picture.import', { path: file, files });
    expect(back!.file).toEqual({ name: expect.stringMatching(/^Generate /), hash: back!.image.hash });

    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'light';
    });
    await test.screenshot('gallery-7-light');
    await tiles.first().click();
    await page.keyboard.press('Enter');
    await table.waitFor({ state: 'detached' });
    await expect.poll(editor.title).toMatch(/Foxes \(run of/);
    await expect.poll(() => editor.card('make').getAttribute('class')).toContain('selected');
    await test.screenshot('gallery-8-as-it-was');
    await test.close();
  });
});
