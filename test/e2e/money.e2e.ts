import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeFal } from '#test/kit/fake-fal';
import { hasElectron } from './kit/app';
import { leave, open, workflow, type NodeRow } from './kit/open-workflow';

const rows: NodeRow[] = [
  ['generate', 'generate', { prompt: 'A lighthouse', size: { width: 2048, height: 2048 } }],
];

/** The app on a fake fal that is paid and counts. */
async function openOnFal() {
  const key = 'fal-key-of-the-test';
  const vendor = await createFakeFal({ key });
  onTestFinished(() => vendor.close());
  const environment = { SEEDLOOM_FAL_KEY: key, SEEDLOOM_FAL_URL: vendor.url };
  const opened = await open(workflow(rows, [], 'fal/seedream-4.5'), { environment });
  return { ...opened, vendor };
}

describe.skipIf(!hasElectron)('money, in the window', () => {
  it('a step in doubt waits for the person: give up, then send again', async () => {
    const { test, editor, vendor } = await openOnFal();
    const trouble = editor.card('generate').getByRole('alert');
    vendor.fail({ kind: 'cut-during', on: 'submit' });
    await editor.runToEnd();
    await trouble.getByText(/It may have been charged/).waitFor();
    await trouble.getByText(/cannot be asked whether it was taken/).waitFor();
    await test.screenshot('money-1-in-doubt');
    await trouble.getByRole('button', { name: 'Give up' }).click();
    await trouble.getByText(/^Given up/).waitFor();
    await editor.planned();
    expect(vendor.charges).toHaveLength(1);
    await test.screenshot('money-2-given-up');

    vendor.fail({ kind: 'cut-before', on: 'submit' });
    await editor.runToEnd();
    await trouble.getByRole('button', { name: 'Send again · $0.04' }).click();
    await editor.ended();
    expect((await editor.picture('generate')).width).toBeGreaterThan(0);
    expect(vendor.charges).toHaveLength(2);
    await test.screenshot('money-2-sent-again');
    await leave(test);
  });

  it('a budget of the day holds over runs, and is set in the settings', async () => {
    const { test, editor, vendor } = await openOnFal();
    const { page } = test;
    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByLabel('Budget of a day').fill('0.05');
    await page.keyboard.press('Enter');
    await test.screenshot('money-3-budgets');
    await page.keyboard.press('Escape');
    await editor.runToEnd();
    expect(vendor.charges).toHaveLength(1);
    await editor.prompt('generate').fill('A lighthouse at night');
    await editor.planned();
    await editor.runToEnd();
    await editor
      .card('generate')
      .getByText(/left of a budget/)
      .waitFor();
    await test.screenshot('money-4-day-is-spent');
    expect(vendor.charges).toHaveLength(1);
    await leave(test);
  });
});
