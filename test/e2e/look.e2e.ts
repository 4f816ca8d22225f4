import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';
import { seriousFinds } from './kit/axe';
import { editorOf } from './kit/editor';

const sizes = [
  [1024, 700],
  [1920, 1160],
  [1440, 900],
] as const;
const themes = ['dark', 'light', 'grey'] as const;

describe.skipIf(!hasElectron)('the look', () => {
  it('is whole at every size, in every theme and density, and axe finds nothing serious', async () => {
    const test = await launchApp({ settings: { theme: 'dark' } });
    const { page, app } = test;
    const editor = editorOf(test);
    await editor.ready();
    await editor.runToEnd();
    const still = () => page.evaluate(() => new Promise((done) => setTimeout(done, 260)));
    const canvas = page.locator('.canvas');
    const show = async (theme: (typeof themes)[number]) => {
      await test.value('settings.change', { theme });
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    };
    const expectNoFinds = async (where: string) =>
      expect([where, await seriousFinds(page)]).toEqual([where, []]);

    const atEachSize = async (name: string, fit: boolean) => {
      for (const [width, height] of sizes) {
        await app.evaluate(
          ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w!, h!),
          [width, height] as const,
        );
        await still();
        if (fit) {
          await page.keyboard.press('Control+0');
          await still();
        }
        await test.screenshot(`look-${name}-${width}`);
      }
    };
    for (const theme of themes) {
      await show(theme);
      await atEachSize(theme, true);
      await expectNoFinds(theme);

      // All cards on the bench, and from far away.
      await page.keyboard.press('d');
      await page.locator('.card[data-bench="true"]').first().waitFor();
      await atEachSize(`${theme}-bench`, true);
      if (theme === 'light') await expectNoFinds('bench');
      await page.keyboard.press('d');
      const density = async () => {
        await page.keyboard.press('Control+-');
        await still();
        return canvas.getAttribute('data-density');
      };
      await expect.poll(density).toBe('poster');
      await canvas.locator('.card-far').filter({ hasText: 'wooden boat' }).waitFor();
      await atEachSize(`${theme}-poster`, false);
      if (theme === 'grey') await expectNoFinds('poster');
      await page.keyboard.press('Control+0');
    }

    // What opens over the canvas or beside it, each in one theme.
    await show('light');
    await page.keyboard.press('Control+Shift+p');
    await page.getByRole('region', { name: 'Plan of the next run' }).getByRole('row').first().waitFor();
    await page.keyboard.press('Control+j');
    await page.getByRole('region', { name: 'Strip of pictures' }).getByRole('option').first().waitFor();
    await still();
    await test.screenshot('look-light-plan');
    await expectNoFinds('plan and strip');
    await page.keyboard.press('Control+j');
    await page.keyboard.press('Control+Shift+p');

    await show('grey');
    await page.keyboard.press('l');
    await page.getByRole('dialog', { name: 'Light table' }).getByRole('option').first().click();
    await still();
    await test.screenshot('look-grey-light-table');
    await expectNoFinds('light table');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // An example has no versions before it is a file.
    await test.answerDialogs({ save: [join(test.home, 'look.seedloom')] });
    await page.keyboard.press('Control+s');
    await editor.tab.filter({ hasText: 'look' }).waitFor();
    await page.keyboard.press('Control+Alt+s');
    await page.getByRole('dialog', { name: 'Versions' }).waitFor();
    await still();
    await test.screenshot('look-grey-versions');
    await expectNoFinds('versions');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await show('dark');
    await page.keyboard.press('Control+Alt+f');
    await page.getByRole('button', { name: 'Suggest fields' }).click();
    await still();
    await test.screenshot('look-dark-form');
    await expectNoFinds('form');
    await test.close();
  });
});
