import { describe, expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';
import { seriousFinds } from './kit/axe';
import { editorOf } from './kit/editor';

const sizes = [
  [1024, 700],
  [1440, 900],
  [1920, 1160],
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

    for (const theme of themes) {
      await test.value('settings.change', { theme });
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      for (const [width, height] of sizes) {
        await app.evaluate(
          ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w!, h!),
          [width, height] as const,
        );
        await still();
        await page.keyboard.press('Control+0');
        await still();
        await test.screenshot(`look-${theme}-${width}`);
      }
      expect([theme, await seriousFinds(page)]).toEqual([theme, []]);
    }
    await test.close();
  });
});
