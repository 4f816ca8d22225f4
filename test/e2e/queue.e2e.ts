import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasElectron, launchApp, makeHome, type TestApp } from './kit/app';
import { editorOf } from './kit/editor';

/** Long enough that a job never ends by itself while a test looks. */
const slow = { 'sandbox.delay': '600000' };
/** Of the question about unsaved changes. */
const discard = 1;
const fast = { 'sandbox.delay': '0' };

async function temporaryHome(): Promise<string> {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

function queueOf({ page }: TestApp) {
  const section = page.getByRole('region', { name: 'Queue' });
  return {
    section,
    button: page.getByRole('banner').getByRole('button', { name: /^Queue/ }),
    sign: page.getByRole('contentinfo', { name: 'Status' }).getByTitle('Show the queue'),
    grips: section.getByRole('button', { name: /Arrow keys to move/ }),
    titles: () => section.locator('li .list-words > :first-child').allTextContents(),
    press: (name: string | RegExp) => section.getByRole('button', { name }).click(),
  };
}

describe.skipIf(!hasElectron)('the queue in the window', () => {
  it('takes what is asked for while a run is under way, is put in order, and survives a restart', async () => {
    const home = await temporaryHome();
    const settings = {
      outFolder: join(home, 'out'),
      providers: slow,
      prices: { 'sandbox/picture': 0.04 },
      theme: 'dark' as const,
    };
    const test = await launchApp({ home, settings });
    const editor = editorOf(test);
    const queue = queueOf(test);
    const { page } = test;
    await editor.ready();

    /** Names the workflow, as its place in the list shows it, and changes what it makes. */
    const becomes = async (name: string) => {
      await page.getByRole('tab', { selected: true }).dblclick();
      await page.getByRole('banner').getByLabel('Name of the workflow').fill(name);
      await page.keyboard.press('Enter');
      await editor.prompt('prompt').fill(`${name} on a quiet lake`);
      await editor.planned();
    };

    await editor.command('Runs');
    await queue.section.getByText('Nothing waits.').waitFor();
    await test.screenshot('queue-0-nothing');
    await editor.command('Runs');

    await becomes('Boats');
    await editor.run.click();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Cancel0 of 3/);
    await test.screenshot('queue-1-button');
    expect(await queue.button.textContent()).toMatch(/^Queue 3\$0\.04/);

    await becomes('Herons');
    await queue.button.click();
    await expect.poll(() => queue.sign.textContent()).toBe('1 waiting');
    await becomes('Reeds');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => queue.sign.textContent()).toBe('2 waiting');
    await becomes('Swans');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => queue.sign.textContent()).toBe('3 waiting');
    expect((await test.value('queue.state', {})).underWay).toBeNull();

    await queue.sign.click();
    await expect.poll(queue.titles).toEqual(['Herons', 'Reeds', 'Swans']);
    expect(await queue.section.textContent()).toContain('3 runs waiting · at most $0.12');

    // The keyboard alone: up on the handle of the last, which keeps the focus.
    await queue.grips.nth(2).focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(queue.titles).toEqual(['Herons', 'Swans', 'Reeds']);
    await page.keyboard.press('ArrowUp');
    await expect.poll(queue.titles).toEqual(['Swans', 'Herons', 'Reeds']);
    await test.screenshot('queue-2-waiting');
    const [, , below] = [0, 1, 2].map((place) => queue.grips.nth(place));
    await editor.drag(queue.grips.nth(0), below!);
    await test.screenshot('queue-3-dragging');
    await page.mouse.up();
    await expect.poll(queue.titles).toEqual(['Herons', 'Reeds', 'Swans']);
    const order = async () => (await test.value('queue.state', {})).waiting.map(({ title }) => title);
    await expect.poll(order).toEqual(['Herons', 'Reeds', 'Swans']);

    // A click within a twentieth of a second after a drag is taken for its end.
    const takeOut = queue.section.getByRole('button', { name: 'Take Reeds out of the queue' });
    await expect
      .poll(async () => {
        if ((await takeOut.count()) > 0) await takeOut.click();
        return queue.titles();
      })
      .toEqual(['Herons', 'Swans']);

    // The one started at once is cancelled: the first that waits begins.
    await editor.run.click();
    await expect.poll(async () => (await test.value('queue.state', {})).underWay?.title).toBe('Herons');
    await expect.poll(() => queue.section.textContent()).toContain('Under way');
    await expect.poll(() => editor.run.textContent()).toMatch(/^Cancel/);
    await queue.press('Pause');
    await expect.poll(() => queue.sign.textContent()).toBe('Queue paused · 1 waiting');
    await expect.poll(() => queue.section.textContent()).toMatch(/Paused · \d of 3/);
    await test.screenshot('queue-4-paused');
    await test.value('settings.change', { theme: 'light' });
    await test.kill();

    const again = await launchApp({ home });
    const after = queueOf(again);
    await editorOf(again).ready();
    await expect.poll(() => after.sign.textContent()).toBe('Queue paused · 1 waiting');
    await after.sign.click();
    await expect.poll(after.titles).toEqual(['Swans']);
    await expect.poll(() => after.section.textContent()).toContain('Herons');
    await again.screenshot('queue-5-started-again');

    await again.value('settings.change', { providers: fast });
    await after.press('Cancel Herons');
    await expect.poll(async () => (await again.value('queue.state', {})).underWay).toBeNull();
    expect(await after.titles()).toEqual(['Swans']);
    await after.press('Resume');
    await after.section.getByText('Nothing waits.').waitFor();
    await expect.poll(() => after.sign.count()).toBe(0);
    const outcomes = async () =>
      Object.fromEntries((await again.value('run.list', {})).map(({ title, outcome }) => [title, outcome]));
    await expect.poll(outcomes).toMatchObject({ Boats: 'cancelled', Swans: 'done' });
    await again.screenshot('queue-6-empty');
    // The name and the words were not saved.
    await again.answerDialogs({ message: [discard] });
    await again.close();
  });
});
