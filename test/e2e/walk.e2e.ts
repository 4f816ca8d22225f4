import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';
import { seriousFinds } from './kit/axe';
import { editorOf } from './kit/editor';

it.skipIf(!hasElectron)('what a new user stumbled over is mended', async () => {
  const test = await launchApp({ settings: { theme: 'dark' } });
  const { page, app } = test;
  const editor = editorOf(test);
  await editor.ready();
  const expectNoFinds = async (where: string) =>
    expect([where, await seriousFinds(page)]).toEqual([where, []]);

  // A command that cannot be done can be walked to, and says why.
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor();
  await page.keyboard.type('versions');
  await page.getByRole('option', { name: /^Versions.*Save it first/ }).waitFor();
  await test.screenshot('walk-why');
  await expectNoFinds('commands');
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: /^Notifications/ })
    .getByText('Save it first')
    .waitFor();

  // Two pictures, whole and side by side; the search and the keys of the light table.
  await editor.runToEnd();
  await editor.card('generate').getByRole('heading').click();
  await page.keyboard.press('Control+Shift+r');
  await editor.foot('generate').getByText('made').waitFor();
  await editor.ended();
  await page.keyboard.press('l');
  const table = page.getByRole('dialog', { name: 'Light table' });
  await table.getByRole('option').first().click();
  await page.keyboard.press('Shift+ArrowRight');
  await table.getByText('2 chosen').waitFor();
  await page.keyboard.press('c');
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await compare.waitFor();
  await page.keyboard.press('2');
  const stage = await compare.locator('.compare-stage').boundingBox();
  await expect
    .poll(async () => (await compare.getByRole('img').first().boundingBox())?.height)
    .toBeLessThanOrEqual(stage?.height ?? 0);
  await test.screenshot('walk-compare');
  await page.keyboard.press('Escape');
  await compare.waitFor({ state: 'detached' });
  const keysButton = table.getByRole('button', { name: 'Keys of the light table' });
  await keysButton.click();
  await page.getByRole('dialog', { name: 'Keys of the light table' }).waitFor();
  await test.screenshot('walk-keys');
  await expectNoFinds('keys of the light table');
  await page.keyboard.press('Escape');
  // The list gives the focus back once it is gone, in a task of its own.
  await expect.poll(() => keysButton.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.type('boat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await table.count()).toBe(1);
  await page.keyboard.press('Escape');
  await table.waitFor({ state: 'detached' });

  // More tabs than fit, in a small window.
  for (let tab = 0; tab < 4; tab += 1) {
    await page.keyboard.press('Control+n');
    await editor.add('prompt');
    await editor.cards.first().waitFor();
  }
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 640));
  await page.getByRole('button', { name: 'All 5 open workflows' }).click();
  await page.getByRole('menuitem', { name: /^First picture/ }).waitFor();
  await test.screenshot('walk-tabs');
  await expectNoFinds('tabs');
  await page.getByRole('menuitem', { name: /^First picture/ }).click();
  await editor.tab.filter({ hasText: 'First picture' }).waitFor();

  // The engine has threads to spare: a plan does not wait behind pictures.
  const metrics = await app.evaluate(({ app: running }) => running.getAppMetrics());
  const engine = metrics.find(({ name }) => name === 'Seedloom engine');
  if (process.platform === 'linux')
    expect(readdirSync(`/proc/${engine?.pid ?? 0}/task`).length).toBeGreaterThanOrEqual(14);
  await test.answerDialogs({ message: [1, 1, 1, 1, 1, 1, 1] });
  await test.close();
});
