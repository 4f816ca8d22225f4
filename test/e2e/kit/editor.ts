import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp } from './app';

/** What is in the window, found as a person finds it: by its place and its words. */
export function editorOf({ page, app }: TestApp) {
  // Far longer than anything here takes, far shorter than a test: what is not there is told by its own line.
  page.setDefaultTimeout(60_000);
  const card = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const run = page.getByRole('banner').getByRole('button', { name: /^(Run|Cancel|Stopping)/ });
  const status = page.getByRole('contentinfo', { name: 'Status' });
  return {
    card,
    run,
    status,
    /** The line at the foot of a card: state, why, price. */
    foot: (id: string) => card(id).locator('footer'),
    prompt: (id: string) => card(id).getByLabel(/^(Prompt|Text)$/),
    inspector: page.getByRole('complementary', { name: 'Inspector' }),
    tab: page.getByRole('tab', { selected: true }),
    tabs: page.getByRole('tab'),
    edited: page.getByRole('tab', { selected: true }).getByText('edited', { exact: true }),
    port: (side: 'Input' | 'Output', label: string, node: string) =>
      page.getByRole('button', { name: startingWith(`${side} ${label} of ${node},`) }),

    wires: page.locator('.react-flow__edge'),
    cards: page.locator('.react-flow__node'),
    palette: page.getByRole('dialog', { name: 'Add a node' }),
    /** A command, as it is chosen from the list of all of them. */
    async command(words: string): Promise<void> {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    },
    /** Adds a node by keyboard alone. */
    async add(words: string): Promise<void> {
      await page.keyboard.press('Control+Shift+a');
      const dialog = page.getByRole('dialog', { name: 'Add a node' });
      await dialog.waitFor();
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    },
    /** Presses the pointer on one thing and takes it along to another, by small steps as a hand does. */
    async drag(from: Locator, to: Locator | readonly [x: number, y: number]): Promise<void> {
      const start = await middleOf(from);
      const end = 'boundingBox' in to ? await middleOf(to) : to;
      await page.mouse.move(start[0], start[1]);
      await page.mouse.down();
      await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, { steps: 4 });
      await page.mouse.move(end[0], end[1], { steps: 4 });
    },
    middleOf,

    /** The first document is there and its plan is made. */
    async ready(): Promise<void> {
      await page.locator('.frame[data-ready="true"]').waitFor();
      await planned(status);
    },
    planned: () => planned(status),
    /** Presses Run and waits for the end. */
    async runToEnd(): Promise<void> {
      await run.click();
      await ended(status, run);
    },
    ended: () => ended(status, run),
    /** Each card's state in words, by node id: what comes before the first "·". */
    states: () =>
      page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((node) => {
            const words = node.querySelector('footer .card-words')?.textContent ?? '';
            return [node.dataset['id'] ?? '', words.split(' · ')[0] ?? ''];
          }),
        ),
      ),
    /** Waits until a picture of a card is drawn and gives its natural size. */
    async picture(id: string): Promise<{ width: number; height: number; source: string }> {
      const image = card(id).locator('img.picture[data-shown="true"]').first();
      await image.waitFor();
      return image.evaluate((element) => {
        const { naturalWidth: width, naturalHeight: height, src: source } = element as HTMLImageElement;
        return { width, height, source };
      });
    },
    title: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? ''),
    closeWindow: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    isOpen: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length > 0),
  };
}

/** Text at the start of a name; behind it stands how things are just now. */
function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`);
}

async function planned(status: Locator): Promise<void> {
  // A plan is asked for a moment after the edit: the sign of it has to be given time to come, if it comes at all.
  await status.page().evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  await status.getByLabel('Planning').waitFor({ state: 'detached' });
}

async function ended(status: Locator, run: Locator): Promise<void> {
  await expect.poll(() => run.textContent()).toMatch(/^Run/);
  await planned(status);
}

/** The middle of something once it stands still. */
async function middleOf(element: Locator): Promise<readonly [x: number, y: number]> {
  const handle = await element.elementHandle();
  await handle?.waitForElementState('stable');
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not in the window');
  return [box.x + box.width / 2, box.y + box.height / 2];
}
