import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam } from '#core/document/edit';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { countCalls } from './kit/calls';
import { editorOf } from './kit/editor';

const rows = 6;
/** Six rows of prompt ──▶ generate ──▶ resize, and a row of prompts by themselves. */
function workflow() {
  let document = createDocument('renders', 'Renders');
  const put = (id: string, type: string, at: [number, number]) => {
    document = addNode(document, id, newNode(nodes.get(type)!), at);
  };
  for (let row = 0; row < rows; row += 1) {
    put(`p${row}`, 'prompt', [(row % 3) * 1000, Math.floor(row / 3) * 500]);
    put(`g${row}`, 'generate', [(row % 3) * 1000 + 320, Math.floor(row / 3) * 500]);
    put(`r${row}`, 'resize', [(row % 3) * 1000 + 640, Math.floor(row / 3) * 500]);
    put(`alone${row}`, 'prompt', [row * 400, 1000]);
    document = setParam(document, `p${row}`, 'text', `row ${row}`);
    document = setParam(document, `g${row}`, 'size', { width: 256, height: 256 });
    for (const [from, to] of [
      [`p${row}.text`, `g${row}.prompt`],
      [`g${row}.image`, `r${row}.image`],
    ] as const)
      document = connect(document, { from, to }, { replace: true });
  }
  return document;
}
const cards = rows * 4;

/** The cards drawn since this was asked last: React gives an element that is drawn again new props. */
function drawnAnew(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.react-flow__node')].flatMap((node) => {
      const card = node.querySelector('.card')!;
      const props: unknown = Reflect.get(
        card,
        Object.keys(card).find((key) => key.startsWith('__reactProps$'))!,
      );
      const isAnew = Reflect.get(card, 'propsSeen') !== props;
      Reflect.set(card, 'propsSeen', props);
      return isAnew ? [node.dataset['id']!] : [];
    }),
  );
}

describe.skipIf(!hasElectron)('what is drawn anew', () => {
  it('is the card that changed, and no other', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'renders.seedloom');
    await writeFile(file, serializeDocument(workflow()));
    const test = await launchApp({ home, arguments: [file] });
    const { page, app } = test;
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1900, 1100));
    const editor = editorOf(test);
    await editor.ready();
    await page.keyboard.press('Control+0');
    const frames = () =>
      page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
      );
    const drawn = await countCalls(page, ['card.tsx KnownCard', 'wire.tsx Wire', 'canvas.tsx Flow']);
    const since = async () => {
      await editor.planned();
      await frames();
      const calls = await drawn();
      return {
        cards: calls['card.tsx KnownCard'],
        wires: calls['wire.tsx Wire'],
        canvas: calls['canvas.tsx Flow'],
      };
    };

    // Selecting all of them draws all of them: they are counted.
    await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } });
    await since();
    await drawnAnew(page);
    await page.keyboard.press('Control+a');
    expect((await since()).cards).toBeGreaterThanOrEqual(cards);
    expect(await drawnAnew(page)).toHaveLength(cards);
    await page.keyboard.press('Escape');

    // Selecting one draws it and no other. It is drawn once; one time, on a busy machine, two drawings were counted.
    const selected: number[] = [];
    for (const id of ['alone2', 'alone1', 'alone0']) {
      await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } });
      await since();
      await drawnAnew(page);
      await editor.card(id).getByRole('heading').click();
      const { cards: drawings, wires } = await since();
      expect(await drawnAnew(page)).toEqual([id]);
      expect(wires).toBe(0);
      selected.push(drawings);
    }
    expect(Math.min(...selected)).toBe(1);
    expect(Math.max(...selected)).toBeLessThanOrEqual(2);

    // Typing: once for each letter, and once for what the plan says in the end.
    await editor.prompt('alone0').click();
    await since();
    await page.keyboard.type('abcd');
    const typed = await since();
    expect(typed).toMatchObject({ wires: 0, canvas: 0 });
    expect(typed.cards).toBeGreaterThanOrEqual(4);
    expect(typed.cards).toBeLessThanOrEqual(6);

    // Moving: where a card stands is no matter of the card. The one before is selected no more.
    await editor.drag(editor.card('alone3').getByRole('heading'), [900, 950]);
    await page.mouse.up();
    const moved = await since();
    expect(moved.wires).toBe(0);
    expect(moved.cards).toBeLessThanOrEqual(3);

    // The canvas moves and grows.
    await page.mouse.move(900, 120);
    await page.mouse.wheel(60, 40);
    await page.mouse.wheel(-20, -60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -20);
    await page.keyboard.up('Control');
    expect(await since()).toMatchObject({ cards: 0, wires: 0 });

    // A run of one node: its card, and those whose plan it changes.
    await editor.card('g0').getByRole('heading').click();
    await since();
    await editor.command('Run the selection');
    await editor.card('g0').getByText(/^made/).waitFor();
    expect((await since()).cards).toBeLessThan(cards / 2);

    // From far away all cards are without what is not seen of them, and have it again from near.
    const parts = () => page.locator('.card :is(.field, .card-bench, .port-sign)').count();
    expect(await parts()).toBeGreaterThan(cards);
    const zoomed = (keys: string) => async () => {
      await page.keyboard.press(keys);
      return page.locator('.canvas').getAttribute('data-density');
    };
    await expect.poll(zoomed('Control+-')).toBe('poster');
    await expect.poll(parts).toBe(0);
    expect(await page.locator('.card-far').filter({ hasText: 'row' }).count()).toBe(rows);
    await expect.poll(zoomed('Control+=')).toBe('card');
    await expect.poll(parts).toBeGreaterThan(cards);
    await test.close();
  });
});
