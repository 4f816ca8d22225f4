import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

describe.skipIf(!hasElectron)('the history of runs, in the window', () => {
  it('compares two runs, shows receipts, opens one as it was and exports it, by keyboard too', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const exports = join(home, 'exports');
    await mkdir(exports);
    const test = await launchApp({ home, settings: { outFolder: join(home, 'out'), theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    const before = await editor.prompt('prompt').inputValue();
    await editor.runToEnd();
    await editor.prompt('prompt').fill('A red bicycle against a white wall');
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 3/);
    await editor.runToEnd();

    await page.getByRole('button', { name: 'History of runs' }).click();
    const runs = page.locator('.runs-row');
    await expect.poll(() => runs.count()).toBe(2);
    await page.getByRole('button', { name: 'Compare two' }).press('Enter');
    await page.getByText('Choose two runs').waitFor();
    await runs.first().press('Space');
    await page.getByText('Choose another run').waitFor();
    expect(await runs.first().getAttribute('aria-pressed')).toBe('true');
    await test.screenshot('history-1-choosing');
    await runs.nth(1).press('Space');

    const comparison = page.getByRole('dialog', { name: 'Compare two runs' });
    const causes = comparison.locator('.compared-cause');
    await causes.first().waitFor();
    expect(await causes.count()).toBe(1);
    expect(await causes.locator('h3').first().textContent()).toMatch(/Prompt.*Text/);
    const values = await causes.locator('.compared-value').allTextContents();
    expect(values[0]).toContain(before.slice(0, 30));
    expect(values[1]).toContain('A red bicycle against a white wall');
    const step = causes.locator('.compared-step').first();
    await expect.poll(() => step.locator('img[data-shown="true"]').count()).toBe(2);
    const sources = await step
      .locator('img')
      .evaluateAll((images) => images.map((image) => image.getAttribute('src')));
    expect(new Set(sources).size).toBe(2);
    await test.screenshot('history-2-compared');
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'light';
    });
    await test.screenshot('history-3-compared-light');
    await page.keyboard.press('Escape');
    await comparison.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Compare two' }).waitFor();

    await runs.nth(1).press('Enter');
    await page.getByRole('button', { name: 'Receipts' }).press('Enter');
    const receipts = page.getByRole('dialog', { name: 'Receipts' });
    const ofPicture = receipts.getByRole('row').filter({ hasText: 'sandbox/picture' });
    await expect.poll(() => ofPicture.count()).toBe(1);
    expect(await receipts.getByRole('row').filter({ hasText: 'Sum' }).textContent()).toContain('$0.00');
    await test.screenshot('history-4-receipts-light');
    await page.keyboard.press('Escape');
    await receipts.waitFor({ state: 'detached' });

    await test.answerDialogs({ open: [null, [exports]] });
    const exportRun = page.getByRole('button', { name: 'Export…' });
    await exportRun.click();
    expect(await readdir(exports)).toEqual([]);
    await exportRun.click();
    await page.getByText(`Exported to ${exports}`).waitFor();
    const [folder = ''] = await readdir(exports);
    expect((await readdir(join(exports, folder))).toSorted()).toEqual([
      'generate-1.png',
      'receipts.json',
      'run.json',
      'workflow.seedloom',
    ]);
    await test.screenshot('history-5-run');

    // What is shown was changed and is in no file: it stays in its tab.
    await page.getByRole('button', { name: 'Open as it was' }).press('Enter');
    await expect.poll(() => editor.tabs.count()).toBe(2);
    await expect.poll(editor.title).toMatch(/\(run of \d+ \w+ \d+, \d\d:\d\d\)/);
    expect(await editor.prompt('prompt').inputValue()).toBe(before);
    await editor.planned();
    await expect.poll(() => editor.run.textContent()).toMatch(/all reused, free/);
    expect(await editor.edited.count()).toBe(0);
    await test.screenshot('history-6-as-it-was');
    await test.answerDialogs({});
    await test.close();
  });
});
