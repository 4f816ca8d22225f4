import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serializeDocument } from '#core/document/serialize';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';
import { workflow } from './kit/open-workflow';

const slow = { 'sandbox.delay': '1500' };

describe.skipIf(!hasElectron)('several workflows', () => {
  it('run in one tab while another is edited, and are all there again, as they were left', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'bottle.seedloom');
    const bottle = workflow(
      [
        ['prompt', 'prompt', { text: 'A green bottle' }],
        ['generate', 'generate', {}],
      ],
      ['prompt.text > generate.prompt'],
    );
    await writeFile(file, serializeDocument(bottle));
    const settings = { outFolder: join(home, 'out'), providers: slow };
    const test = await launchApp({ home, settings });
    const editor = editorOf(test);
    const { page } = test;
    const labels = () => page.locator('.tab-label').allTextContents();
    await editor.ready();

    // The example is edited, so the file opens beside it.
    await editor.prompt('prompt').fill('A boat of paper');
    await test.answerDialogs({ open: [[file], [file]] });
    await page.keyboard.press('Control+o');
    await expect.poll(() => editor.tabs.count()).toBe(2);
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A green bottle');
    await editor.planned();
    const shownFirst = await labels();
    await test.screenshot('tabs-1-two');

    // It runs there while the other is edited here; its pictures are there when one comes back.
    await editor.run.click();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Cancel/);
    await page.keyboard.press('Control+Shift+Tab');
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A boat of paper');
    await editor.tabs.getByText('running').waitFor();
    await test.screenshot('tabs-2-runs-behind');
    await editor.prompt('prompt').fill('A boat of paper on a lake');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await editor.tabs.getByText('run done').waitFor();
    await test.screenshot('tabs-3-done-behind');
    expect(await editor.card('generate').locator('img.picture').count()).toBe(0);
    await page.keyboard.press('Control+2');
    await editor.picture('generate');
    await editor.planned();
    expect(await editor.run.textContent()).toMatch(/all reused, free/);

    // The same file again is the same tab, and keeps what is not saved.
    await editor.prompt('prompt').fill('A blue bottle');
    await editor.edited.waitFor();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+o');
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A blue bottle');
    expect(await labels()).toEqual(shownFirst);

    // Undo takes back what was done here.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Control+z');
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A green bottle');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A blue bottle');

    const places = () => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform);
    const fitted = await places();
    await page.keyboard.press('Control+-');
    await expect.poll(places).not.toBe(fitted);
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Control+i');
    const left = await places();
    expect(left).not.toBe(fitted);
    await test.answerDialogs({});
    await test.close();

    const again = await launchApp({ home });
    const back = editorOf(again);
    await back.ready();
    expect(await again.page.locator('.tab-label').allTextContents()).toEqual(shownFirst);
    expect(await back.tabs.getByText('edited', { exact: true }).count()).toBe(2);
    expect(await back.prompt('prompt').inputValue()).toBe('A blue bottle');
    const transform = again.page.locator('.react-flow__viewport');
    expect(await transform.evaluate((element) => element.style.transform)).toBe(left);
    expect(await back.inspector.count()).toBe(0);
    await again.page.keyboard.press('Control+Tab');
    await expect.poll(() => back.prompt('prompt').inputValue()).toBe('A boat of paper on a lake');
    await again.screenshot('tabs-4-back');
    await again.page.emulateMedia({ colorScheme: 'light' });
    await again.screenshot('tabs-5-light');
    await again.answerDialogs({});
    await again.close();
  });
});
