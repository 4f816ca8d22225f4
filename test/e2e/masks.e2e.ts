import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';
import { leave } from './kit/open-workflow';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

describe.skipIf(!hasElectron)('a part of a picture painted anew, in the window', () => {
  it('makes a mask, paints within it, and again within what another mask marks', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    await cp(examples, join(home, 'examples'), { recursive: true });
    const outFolder = join(home, 'out');
    const file = join(home, 'examples', 'new-glass.seedloom');
    const test = await launchApp({ home, arguments: [file], settings: { outFolder } });
    const editor = editorOf(test);
    await editor.ready();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 7/);

    await editor.runToEnd();
    const mask = await editor.picture('glass');
    const painted = await editor.picture('paint');
    expect(Math.min(mask.width, painted.width)).toBeGreaterThan(0);
    expect(mask.source).not.toBe(painted.source);
    expect(await readdir(outFolder)).toHaveLength(3);
    await test.screenshot('masks-1-made');

    // Another mask: it and all that comes after it is made again.
    await editor.card('glass').getByLabel('Invert').click();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 7/);
    await editor.runToEnd();
    await expect.poll(async () => (await editor.picture('glass')).source).not.toBe(mask.source);
    await test.screenshot('masks-2-inverted');

    await editor.card('paint').getByRole('heading').click();
    await test.screenshot('masks-3-inspector');
    await leave(test);
  });

  it('says what to do where nothing would be marked, and paints nothing', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    await cp(examples, join(home, 'examples'), { recursive: true });
    const file = join(home, 'examples', 'new-glass.seedloom');
    const test = await launchApp({ home, arguments: [file] });
    const editor = editorOf(test);
    await editor.ready();
    await editor.card('glass').getByRole('combobox', { name: 'Marks' }).click();
    await test.page.getByRole('option', { name: 'What is clear' }).click();
    await editor.run.click();
    await expect.poll(() => editor.card('glass').textContent()).toContain('has no transparency');
    await test.screenshot('masks-4-nothing-to-mark');
    expect(await editor.card('paint').locator('img.picture').count()).toBe(0);
    await leave(test);
  });
});
