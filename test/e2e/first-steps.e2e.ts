import { describe, expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';
import { seriousFinds } from './kit/axe';
import { editorOf } from './kit/editor';

describe.skipIf(!hasElectron)('the first five minutes', () => {
  it('are guided in four steps, which can be taken or left', async () => {
    const test = await launchApp({ settings: { guide: 'shown', theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    const guide = page.getByRole('complementary', { name: 'First steps' });
    const step = guide.locator('[aria-current="step"]');
    expect(await step.getByRole('heading').textContent()).toBe('Run it');
    await test.screenshot('guide-1-run');

    await step.getByRole('button', { name: 'Run' }).click();
    await guide.getByText('1 of 4 done').waitFor();
    await step.getByRole('button', { name: 'Go to the prompt' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('End');
    await page.keyboard.type(' At dusk.');
    await page.keyboard.press('Control+Enter');
    await guide.getByText('2 of 4 done').waitFor();
    await step.getByRole('button', { name: 'Compare routes' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await test.screenshot('guide-2-key');
    expect(await seriousFinds(page)).toEqual([]);
    await step.getByRole('button', { name: 'Open the keys' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await guide.getByText('That is all it takes').waitFor();
    await test.screenshot('guide-3-end');
    await guide.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => guide.count()).toBe(0);

    // It comes back when it is asked for, and goes at any time.
    await editor.command('first steps');
    await guide.getByText('0 of 4 done').waitFor();
    await guide.getByRole('button', { name: 'Leave the first steps' }).click();
    await expect.poll(() => guide.count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await test.close();
  });
});
