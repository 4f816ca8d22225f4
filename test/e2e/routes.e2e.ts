import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeFal } from '#test/kit/fake-fal';
import { hasElectron } from './kit/app';
import { leave, open, workflow, type NodeRow } from './kit/open-workflow';

const rows: NodeRow[] = [
  [
    'generate',
    'generate',
    { prompt: 'A lighthouse', size: { width: 2048, height: 2048 }, seed: 7, count: 2 },
  ],
];

describe.skipIf(!hasElectron)('routes, side by side', () => {
  it('shows what each would cost, leave out and refuse, and switches in one step', async () => {
    const key = 'fal-key-of-the-test';
    const vendor = await createFakeFal({ key });
    onTestFinished(() => vendor.close());
    const environment = { SEEDLOOM_FAL_KEY: key, SEEDLOOM_FAL_URL: vendor.url };
    const opened = await open(workflow(rows, [], 'fal/seedream-4.5'), {
      environment,
      settings: { theme: 'dark' },
    });
    const { test, editor, saved } = opened;
    const { page } = test;
    const dialog = page.getByRole('dialog', { name: 'Compare routes' });
    const row = (route: string) => dialog.locator('tbody', { has: page.locator(`[data-route="${route}"]`) });
    const top = () => dialog.locator('[data-route]').first().getAttribute('data-route');

    await editor.runToEnd();
    await editor.card('generate').locator('header').click();
    const compare = editor.inspector.getByRole('button', { name: 'Compare routes' });
    await compare.scrollIntoViewIfNeeded();
    await test.screenshot('routes-0-inspector');
    await editor.inspector.getByRole('combobox', { name: 'Where this node runs' }).click();
    await page.getByRole('listbox').getByText('leaves out the seed').first().waitFor();
    await test.screenshot('routes-0-chooser');
    await page.keyboard.press('Escape');
    await compare.click();
    await row('fal/seedream-4.5').getByText('of 2 jobs').waitFor();
    expect(await row('fal/seedream-4.5').getByText('$0.08 for 2').count()).toBe(1);
    expect(await row('fal/seedream-4.5').getByLabel('The node’s route').count()).toBe(1);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-route'));
    expect(await focused()).toBe('fal/seedream-4.5');
    await row('wavespeed/seedream-4.5').getByText('Leaves out the seed.').waitFor();
    await row('wavespeed/seedream-4.5').getByText('not used yet').waitFor();
    await row('local/lanczos').getByText('does not make pictures from words').waitFor();
    await row('runpod-public/seedream-4.0').getByText('$0.027–0.1132').waitFor();
    await test.screenshot('routes-1-dark');

    // It is sorted by price, the free ones first; a click on a column sorts by that, another one turns it round.
    const [cheapest] = await dialog.locator('tbody').allTextContents();
    expect(cheapest).toContain('free');
    const batch = dialog.getByRole('columnheader', { name: 'Batch' });
    await batch.getByRole('button').click();
    expect(await batch.getAttribute('aria-sort')).toBe('descending');
    await batch.getByRole('button').click();
    expect(await batch.getAttribute('aria-sort')).toBe('ascending');
    await dialog.getByRole('button', { name: 'Route', exact: true }).click();

    const own = dialog.getByLabel('Your price of Seedream 4.5 on WaveSpeed');
    await own.fill('0.025');
    await own.press('Enter');
    await row('wavespeed/seedream-4.5').getByText('$0.05 for 2').waitFor();
    expect(await row('wavespeed/seedream-4.5').getByText('your price').count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    // By keyboard alone: from the list of commands, along the rows, and the choice.
    await page.keyboard.press('Control+Shift+l');
    await editor.command('Compare routes');
    await row('wavespeed/seedream-4.5').getByText('your price').waitFor();
    await test.screenshot('routes-2-light');
    await page.keyboard.press('End');
    const last = await focused();
    await row(last ?? '')
      .getByText('does not make pictures from words')
      .waitFor();
    await test.screenshot('routes-3-cannot');
    await page.keyboard.press('Enter');
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Home');
    expect(await focused()).toBe(await top());
    await page.keyboard.press('ArrowDown');
    const next = await focused();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect((await saved()).nodes['generate']?.route).toBe(next);
    expect(next).not.toBe('fal/seedream-4.5');
    await page.keyboard.press('Control+z');
    const { nodes } = await saved();
    expect(nodes['generate']).toMatchObject({ route: 'fal/seedream-4.5', params: { seed: 7, count: 2 } });

    // With nothing selected there is nothing to choose for: the same table, for any size.
    await page.locator('.react-flow__pane').click({ position: { x: 40, y: 300 } });
    await editor.command('Compare routes');
    await dialog.getByText(/for one picture of any size/).waitFor();
    await row('fal/seedream-4.5').getByText('of 2 jobs').waitFor();
    await test.screenshot('routes-4-in-general');
    await page.keyboard.press('Enter');
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await leave(test);
  });
});
