import { describe, expect, it } from 'vitest';
import { hasElectron } from './kit/app';
import { leave, open, workflow } from './kit/open-workflow';

const size = { width: 512, height: 512 };
const rows = [
  ['words', 'prompt', { text: 'a portrait of a sailor' }],
  ['face', 'generate', { size }],
  ['night', 'edit', { prompt: 'at night' }],
  ['small', 'resize', {}],
] as const;
const wires = ['words.text > face.prompt', 'face.image > night.image', 'night.image > small.image'];

describe.skipIf(!hasElectron)('a subgraph', () => {
  it('is made, opened, changed, run and unpacked in the window, and nothing is made twice', async () => {
    const { test, editor, saved } = await open(workflow(rows, wires), { settings: { theme: 'dark' } });
    const { page } = test;
    const title = (id: string) => editor.card(id).getByRole('heading');
    await editor.runToEnd();

    // Two nodes in one: nothing of them is made anew, and the whole shows their picture.
    await title('face').click();
    await title('night').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+Shift+e');
    await title('subgraph').waitFor();
    await editor.planned();
    expect(await editor.foot('subgraph').textContent()).toContain('reused');
    await editor.card('subgraph').getByRole('img', { name: 'Subgraph' }).waitFor();
    expect(await editor.cards.count()).toBe(3);
    await test.screenshot('subgraph-closed-dark');

    // Inside: its cards as on any canvas, its sides, and the way back up.
    await title('subgraph').dblclick();
    await title('subgraph/night').waitFor();
    const path = page.getByRole('navigation', { name: 'Where this is' });
    await path.getByRole('button', { name: 'Subgraph' }).waitFor();
    await editor.card('subgraph/@inputs').waitFor();
    expect(await editor.foot('subgraph/night').textContent()).toContain('reused');
    await test.screenshot('subgraph-open-dark');

    // A param is shown on the whole; a further port is made by drawing a wire to a side.
    await title('subgraph/night').click();
    await editor.inspector.getByRole('button', { name: 'Show “Prompt” on the subgraph' }).click();
    await editor.drag(
      editor.port('Output', 'Image', 'Generate'),
      editor.card('subgraph/@outputs').getByRole('heading'),
    );
    await page.mouse.up();
    await editor.port('Input', 'Image', 'Outputs').nth(1).waitFor();
    await title('subgraph/night').click();
    await page.keyboard.press('Escape');
    await path.waitFor({ state: 'detached' });
    const shown = editor.card('subgraph').getByRole('textbox', { name: 'Prompt' });
    await shown.fill('at noon');
    await shown.press('Tab');
    await editor.planned();
    await test.screenshot('subgraph-shown-dark');
    expect(await editor.foot('subgraph').textContent()).toContain('1 will run');
    await editor.runToEnd();
    expect(await editor.foot('subgraph').textContent()).toContain('made');
    const file = await saved();
    expect(file.nodes['subgraph']).toMatchObject({
      type: 'subgraph:subgraph',
      params: { 'night-prompt': 'at noon' },
    });
    expect(file.subgraphs?.['subgraph']?.outputs.map(({ name }) => name)).toEqual(['image', 'image-2']);

    // Kept for other workflows, and offered with the other nodes.
    await title('subgraph').click();
    await editor.command('Save as a node');
    await page.getByText('“Subgraph” is among your nodes').waitFor();
    await editor.add('my nodes');
    await title('subgraph-2').waitFor();
    await test.screenshot('subgraph-saved-dark');
    await page.keyboard.press('Control+z');
    await title('subgraph-2').waitFor({ state: 'detached' });

    // Muted, it and all it has inside are left alone.
    await title('subgraph').click();
    await page.keyboard.press('m');
    await editor.card('subgraph').getByText('Muted', { exact: true }).waitFor();
    await page.keyboard.press('m');

    // Unpacked, its own values stay, and all is still there.
    await page.keyboard.press('Control+Shift+u');
    await title('night').waitFor();
    await editor.planned();
    expect(await editor.prompt('night').inputValue()).toBe('at noon');
    expect(await editor.foot('night').textContent()).toContain('reused');
    expect(await editor.cards.count()).toBe(4);
    await leave(test);
  });
});
