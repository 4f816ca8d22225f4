import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setTitle } from '#core/document/edit';
import { makeGroup, setGroupColor } from '#core/document/edit-groups';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

/** words ──▶ faces ──▶ small, crooked, with a note; faces and small are a green group. */
function workflow(): WorkflowDocument {
  let document = createDocument('arrange', 'Arrange');
  const put = (id: string, type: string, at: [number, number], title: string) => {
    document = setTitle(addNode(document, id, newNode(nodes.get(type)!), at), id, title);
  };
  put('words', 'prompt', [0, 60], 'Words');
  put('faces', 'generate', [400, 0], 'Faces');
  put('small', 'resize', [760, 40], 'Small');
  put('note', 'note', [0, 340], 'Why');
  put('spare', 'prompt', [1180, 30], 'Spare');
  document = setParam(document, 'words', 'text', 'a portrait of a sailor');
  document = setParam(document, 'faces', 'size', { width: 512, height: 512 });
  document = setParam(document, 'note', 'text', 'The faces are made small before they are shown to anybody.');
  for (const [from, to] of [
    ['words.text', 'faces.prompt'],
    ['faces.image', 'small.image'],
  ] as const)
    document = connect(document, { from, to }, { replace: true });
  const { document: grouped, id } = makeGroup(document, ['faces', 'small'], 'Portraits');
  return setGroupColor(grouped, id!, 'green');
}

describe.skipIf(!hasElectron)('the canvas in order', () => {
  it('has groups, guides, order, notes and densities, by hand and by keys', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'arrange.seedloom');
    await writeFile(file, serializeDocument(workflow()));
    const test = await launchApp({ home, arguments: [file], settings: { theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    const title = (id: string) => editor.card(id).getByRole('heading');
    const frame = editor.card('group:group');
    const bar = page.getByRole('toolbar', { name: 'What is selected' });
    const boxOf = async (id: string) => (await editor.card(id).boundingBox())!;
    const saved = async () => {
      await page.keyboard.press('Control+s');
      await editor.edited.waitFor({ state: 'detached' });
      return JSON.parse(await readFile(file, 'utf8')) as WorkflowDocument;
    };

    // A frame behind its cards; its header moves them in one undo step.
    await frame.waitFor();
    const before = await boxOf('faces');
    await editor.drag(frame.getByRole('heading'), [before.x + 40, before.y - 60]);
    await page.mouse.up();
    await expect.poll(async () => (await boxOf('faces')).y).toBeLessThan(before.y - 20);
    await bar.waitFor();
    await test.screenshot('arrange-group-dark');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => Math.round((await boxOf('faces')).y)).toBe(Math.round(before.y));

    // Muted as a whole, and bypassed, from its header.
    await frame.getByRole('button', { name: 'Mute the group' }).click();
    await editor.card('faces').getByText('Muted', { exact: true }).waitFor();
    await frame.getByRole('button', { name: 'Mute the group' }).click();

    // A dragged card stands on the lines of others, and goes into the frame it is dropped in.
    const [small, spare] = [await boxOf('small'), await boxOf('spare')];
    const grip = await editor.middleOf(title('spare'));
    await page.mouse.move(grip[0], grip[1]);
    await page.mouse.down();
    // A drag begins where the pointer is after the first few pixels.
    await page.mouse.move(grip[0] + 4, grip[1]);
    await page.mouse.move(grip[0] + 4 + small.x - spare.x + 4, small.y + small.height - 30, { steps: 6 });
    await page.locator('.guides line').first().waitFor({ state: 'attached' });
    await test.screenshot('arrange-guides-dark');
    await page.mouse.up();
    await expect.poll(async () => Math.round((await boxOf('spare')).x)).toBe(Math.round(small.x));
    await page.locator('.guides').waitFor({ state: 'detached' });
    expect((await saved()).groups?.['group']?.nodes).toEqual(['faces', 'small', 'spare']);

    // Collapsed to one card, whose wires end at its edge.
    await frame.getByRole('button', { name: 'Collapse' }).click();
    await frame.getByText('3 cards').waitFor();
    await frame.getByText('2 will run').waitFor();
    expect(await editor.wires.count()).toBe(1);
    await test.screenshot('arrange-folded-dark');
    await frame.getByRole('button', { name: 'Open the group' }).click();
    await title('faces').waitFor();

    // A group of what is selected, by keys; ungrouped by Delete, which leaves the cards.
    await title('words').click();
    await page.keyboard.press('Control+g');
    await page.getByLabel('Name of the group').fill('Sources');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    await page.keyboard.press('Delete');
    await page.getByRole('heading', { name: 'Sources' }).waitFor({ state: 'detached' });
    await title('words').waitFor();

    // Laid out in one step; nudged in one step.
    await page.keyboard.press('Escape');
    await saved();
    await editor.command('Lay out the cards');
    await editor.edited.waitFor();
    expect((await saved()).layout['note']).not.toEqual([0, 340]);
    await title('words').click();
    const placed = (await saved()).layout['words']!;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect((await saved()).layout['words']).toEqual([placed[0] + 28, placed[1]]);
    await page.keyboard.press('Control+z');
    expect((await saved()).layout['words']).toEqual(placed);

    // The menu of a card by keyboard; all settings on the card, which stays as wide.
    await page.keyboard.press('ContextMenu');
    await page.getByRole('menu').waitFor();
    await test.screenshot('arrange-menu-dark');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    const width = (await boxOf('faces')).width;
    await page.keyboard.press('d');
    await editor.card('faces').locator('[data-bench="true"]').waitFor();
    expect((await boxOf('faces')).width).toBeCloseTo(width, 1);
    await page.keyboard.press('Control+Shift+l');
    await page.locator('html[data-theme="light"]').waitFor();
    await page.keyboard.press('f');
    await test.screenshot('arrange-bench-light');
    await page.keyboard.press('d');

    // A note is as large as it is made, also by keys.
    await editor
      .card('note')
      .getByRole('button', { name: /Size of the note/ })
      .focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect((await saved()).sizes).toEqual({ note: [296, 184] });

    // Nothing but the canvas, and back.
    await page.keyboard.press('h');
    await page.getByRole('button', { name: 'Show the bars' }).waitFor();
    expect(await page.getByRole('contentinfo', { name: 'Status' }).count()).toBe(0);
    await test.screenshot('arrange-clean-light');
    await page.getByRole('button', { name: 'Show the bars' }).click();
    await page.getByRole('contentinfo', { name: 'Status' }).waitFor();
    await test.close();
  });
});
