import { describe, expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';
import { editorOf } from './kit/editor';

describe.skipIf(!hasElectron)('by keyboard', () => {
  it('finds a node by its prompt, and gives a command another key', async () => {
    const test = await launchApp({ settings: { theme: 'dark' } });
    const { page } = test;
    await editorOf(test).ready();

    await page.keyboard.press('Control+f');
    const find = page.getByRole('dialog', { name: 'Find in the workflow' });
    await find.getByRole('combobox').fill('lantern');
    const row = find.getByRole('option');
    await expect.poll(() => row.count()).toBe(1);
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(1);
    const selected = await page.locator('.react-flow__node.selected').getAttribute('data-id');
    await test.screenshot('find-1-dark');
    await page.keyboard.press('Enter');
    expect(await find.count()).toBe(0);
    expect(await page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe(selected);

    // What is found by walking through is let go by Escape.
    await page.keyboard.press('Control+f');
    await find.getByRole('combobox').fill('zzz');
    await find.getByText('Nothing in this workflow').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.react-flow__node.selected').getAttribute('data-id')).toBe(selected);

    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Change keys…' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('searchbox').fill('minimap');
    await settings.getByRole('button', { name: 'Add a key for Minimap' }).click();
    await page.keyboard.press('Control+d');
    await settings.getByRole('alert').getByText('belongs to “Duplicate”').waitFor();
    await test.screenshot('shortcuts-1-taken');
    await settings.getByRole('button', { name: 'Leave it' }).click();
    await settings.getByRole('button', { name: 'Add a key for Minimap' }).click();
    await page.keyboard.press('Escape');
    expect(await settings.count()).toBe(1);
    await settings.getByRole('button', { name: 'Add a key for Minimap' }).click();
    await page.keyboard.press('q');
    await settings.getByRole('button', { name: 'Take Q from Minimap' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('q');
    await page.locator('.canvas-minimap').waitFor();

    // In the other language the same window comes back, drawn anew.
    await test.value('settings.change', { language: 'de', theme: 'light' });
    await editorOf(test).ready();
    await page.keyboard.press('Control+f');
    await page.getByRole('dialog', { name: 'Im Workflow suchen' }).waitFor();
    await test.screenshot('find-2-german-light');
    await page.keyboard.press('Escape');

    // What stands in the way is said in it too, on the card as in the inspector.
    await page.keyboard.press('Control+Shift+a');
    await page.getByRole('dialog', { name: 'Knoten hinzufügen' }).getByRole('combobox').fill('Übermalen');
    await page.keyboard.press('Enter');
    const blocked = page.locator('.react-flow__node.selected footer');
    await blocked.getByText('„Bild“ braucht eine Leitung: etwas verbinden, das ein Bild gibt.').waitFor();
    await page.getByRole('button', { name: /^Ausführen.*1 Problem/ }).waitFor();
    await test.screenshot('blocked-german-light');
    await test.close();
  });
});
