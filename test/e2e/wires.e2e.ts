import { describe, expect, it } from 'vitest';
import { moveNodes } from '#core/document/edit';
import { hasElectron } from './kit/app';
import { open, workflow, type NodeRow } from './kit/open-workflow';

const small = { size: { width: 512, height: 512 } };

describe.skipIf(!hasElectron)('wires, in the window', () => {
  it('take in what is dropped on them, bend, go around cards, and are drawn by keyboard alone', async () => {
    const rows: NodeRow[] = [
      ['from', 'generate', { ...small, prompt: 'A lighthouse' }],
      ['between', 'note', {}],
      ['to', 'upscale', {}],
      ['free', 'resize', {}],
    ];
    const places = { from: [0, 0], between: [400, -60], to: [840, 0], free: [420, 420] } as const;
    const start = moveNodes(workflow(rows, ['from.image > to.image']), {
      from: [...places.from],
      between: [...places.between],
      to: [...places.to],
      free: [...places.free],
    });
    const { test, editor, saved } = await open(start, { settings: { theme: 'dark' } });
    const { page } = test;
    const wire = editor.wires.first().locator('.wire-core');
    const parts = async () => ((await wire.getAttribute('d')) ?? '').split('C').length - 1;

    // The card between them is not run through, until the person says so.
    await expect.poll(parts).toBe(3);
    await test.screenshot('wires-1-around');
    await editor.command('wires around cards');
    await expect.poll(parts).toBe(1);
    await editor.card('between').getByRole('heading').first().click();
    await page.keyboard.press('Delete');
    await editor.card('between').waitFor({ state: 'detached' });

    // Held over the wire a card parts it; let go it is in it; one step takes both back.
    const head = editor.card('free').getByRole('heading');
    const [x, y] = await editor.middleOf(head);
    const port = await editor.middleOf(editor.port('Output', 'Image', 'Generate'));
    await editor.drag(head, [x, port[1] - 70]);
    await page.locator('.wire-part').first().waitFor({ state: 'attached' });
    await test.screenshot('wires-2-parted');
    await page.mouse.up();
    await expect.poll(() => editor.wires.count()).toBe(2);
    await test.screenshot('wires-3-inserted');
    expect((await saved()).edges).toEqual([
      { from: 'from.image', to: 'free.image' },
      { from: 'free.image', to: 'to.image' },
    ]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => editor.wires.count()).toBe(1);
    await expect.poll(async () => Math.round((await editor.middleOf(head))[1] - y)).toBe(0);

    // A point by double click, taken along, taken away.
    const from = await editor.middleOf(editor.port('Output', 'Image', 'Generate'));
    const to = await editor.middleOf(editor.port('Input', 'Image', 'Upscale'));
    await page.mouse.dblclick((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    const bend = page.getByRole('button', { name: 'Point 1 of 1 of the wire' });
    await editor.drag(bend, [(from[0] + to[0]) / 2, from[1] - 90]);
    await page.mouse.up();
    await expect.poll(parts).toBe(2);
    await test.screenshot('wires-4-bent');
    expect(Object.keys((await saved()).bends ?? {})).toEqual(['from.image to.image']);
    await bend.press('Delete');
    await bend.waitFor({ state: 'detached' });

    // From here on no pointer: a pipeline is built, wired and run.
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await expect.poll(() => editor.cards.count()).toBe(0);
    const add = async (key: string, typed: string) => {
      await page.keyboard.press(key);
      await editor.palette.waitFor();
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await editor.palette.waitFor({ state: 'detached' });
    };
    await add('Tab', 'prompt');
    await add('Shift+A', 'generate');
    await expect.poll(() => editor.wires.count()).toBe(1);
    await page.keyboard.press('Alt+ArrowLeft');
    const tag = () => page.evaluate(() => document.activeElement?.tagName);
    for (let left = 9; left > 0 && (await tag()) !== 'TEXTAREA'; left -= 1) await page.keyboard.press('Tab');
    await page.keyboard.type('A lighthouse');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+ArrowRight');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'));
    const hasFocus = (id: string) => expect.poll(focused).toBe(id);
    await hasFocus('generate');
    await add('a', 'resize');
    await editor.card('resize').waitFor();
    await expect.poll(focused).not.toBe('generate');
    await page.keyboard.press('Control+ArrowLeft');
    await hasFocus('generate');
    await page.keyboard.press('w');
    await page.getByText(/^Wire at Image of Generate/).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Image of Resize, 1 of 1/).waitFor({ state: 'attached' });
    await test.screenshot('wires-5-by-keyboard');
    await page.keyboard.press('Enter');
    await expect.poll(() => editor.wires.count()).toBe(2);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('e');
    await page.keyboard.press('e');
    await test.screenshot('wires-6-chosen');
    await add('a', 'convert');
    await expect.poll(() => editor.wires.count()).toBe(3);
    // The new card takes the focus once the palette is gone; a key pressed before that would be the card's.
    await hasFocus('convert');
    await editor.port('Input', 'Image', 'Resize').press('Delete');
    await expect.poll(() => editor.wires.count()).toBe(2);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+Shift+l');
    await test.screenshot('wires-7-light');
    await page.keyboard.press('Control+Enter');
    await editor.picture('resize');
    await test.screenshot('wires-8-run');
    expect((await saved()).edges).toEqual([
      { from: 'generate.image', to: 'convert.image' },
      { from: 'prompt.text', to: 'generate.prompt' },
      { from: 'convert.image', to: 'resize.image' },
    ]);
    await test.close();
  });
});
