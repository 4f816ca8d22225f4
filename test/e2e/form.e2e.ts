import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute, setTitle } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

/** The same words to two pictures of a paid vendor, and to two of the sandbox. */
function workflow(): WorkflowDocument {
  let document = createDocument('form', 'Portraits');
  const put = (id: string, type: string, at: [number, number], title: string) => {
    document = setTitle(addNode(document, id, newNode(nodes.get(type)!), at), id, title);
  };
  put('words', 'prompt', [0, 0], 'Words');
  put('final', 'generate', [360, 0], 'Final');
  put('draft', 'generate', [360, 480], 'Draft');
  document = setParam(document, 'words', 'text', 'a portrait of a sailor, soft light');
  for (const id of ['final', 'draft']) {
    document = setParam(document, id, 'count', 2);
    const side = id === 'final' ? 2048 : 512;
    document = setParam(document, id, 'size', { width: side, height: side });
    document = connect(document, { from: 'words.text', to: `${id}.prompt` }, { replace: true });
  }
  return setRoute(document, 'final', 'fal/seedream-4.5');
}

describe.skipIf(!hasElectron)('before the run, and the form', () => {
  it('plans, rehearses, and is handed to somebody who never sees the graph', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'portraits.seedloom');
    await writeFile(file, serializeDocument(workflow()));
    const test = await launchApp({ home, arguments: [file], settings: { theme: 'dark', budget: 1 } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();

    // The plan: what will run, for how much; a node is left out by keyboard, of this run alone.
    await page.keyboard.press('Control+Shift+p');
    const plan = page.getByRole('region', { name: 'Plan of the next run' });
    const row = plan.getByRole('row', { name: 'Final: Will run' });
    expect(await row.textContent()).toContain('$0.08');
    await test.screenshot('form-1-plan');
    await plan.getByLabel('Only what costs').check();
    expect(await plan.getByRole('row').count()).toBe(1);
    await row.focus();
    await page.keyboard.press('m');
    await plan.getByText('Nothing of the next run costs money.').waitFor();
    await plan.getByLabel('Only what costs').uncheck();
    await plan.getByRole('button', { name: 'Run without 1 node' }).waitFor();
    expect(await editor.edited.count()).toBe(0);
    await page
      .getByRole('button', { name: /^Budget of a run: \$0.92|^Budget of a run: \$1.00 left/ })
      .click();
    await test.screenshot('form-2-budget');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+p');

    // A rehearsal: the connection is cut at the paid node; nothing is paid, and nothing of it is on the cards.
    await page.keyboard.press('Control+Alt+p');
    const dialog = page.getByRole('dialog', { name: 'Rehearse the run' });
    await dialog.getByRole('combobox', { name: 'What goes wrong at Final' }).click();
    await page.getByRole('option', { name: 'The connection is cut' }).click();
    await test.screenshot('form-3-rehearsal');
    await dialog.getByRole('button', { name: 'Start the rehearsal' }).click();
    await dialog.getByText('It did not get to the end').waitFor();
    expect(await dialog.getByText('2 in doubt').count()).toBe(1);
    expect(await dialog.getByText('fal/seedream-4.5').count()).toBe(1);
    await test.screenshot('form-4-rehearsed');
    await page.keyboard.press('Escape');
    expect(await editor.states()).toMatchObject({ final: 'will run', draft: 'will run' });
    const [rehearsed] = await test.value('run.list', {});
    expect(rehearsed).toMatchObject({ rehearsal: true, spent: 0 });

    // What costs is muted; the words go on the form from the inspector, the rest by the form itself.
    await editor.card('final').getByRole('heading').click();
    await page.keyboard.press('m');
    await editor.card('words').getByRole('heading').click();
    const text = editor.inspector.locator('[data-param="words.text"]');
    await text.getByRole('button', { name: 'Put it on the form' }).click();
    const place = await editor.card('final').boundingBox();
    await page.keyboard.press('Control+Alt+f');
    const form = page.getByRole('main', { name: 'Form' });
    await form.getByRole('button', { name: 'Arrange' }).click();
    await form.getByLabel('Description').fill('Two drafts of a portrait, from a few words.');
    await form.getByLabel('Label').fill('Who shall it be?');
    await form.getByRole('combobox', { name: 'Add a field' }).click();
    await page.getByRole('option', { name: 'Size' }).last().click();
    await form.getByLabel('Heading above it').last().fill('Format');
    await form.getByLabel('The file opens with the form').check();
    await test.screenshot('form-5-arrange');
    await form.getByRole('button', { name: 'Move “Size”' }).focus();
    // Each is told when it is done.
    const told = (words: RegExp) => page.getByText(words).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await told(/(Picked up|was moved over droppable area) .*size/);
    await page.keyboard.press('ArrowUp');
    await told(/was moved over droppable area words\.text/);
    await page.keyboard.press('Space');
    await form.getByRole('button', { name: 'Done' }).click();
    await expect
      .poll(() => form.locator('.field-label').allTextContents())
      .toEqual(['Size', 'Who shall it be?']);
    await page.keyboard.press('Control+z');
    await expect
      .poll(() => form.locator('.field-label').allTextContents())
      .toEqual(['Who shall it be?', 'Size']);

    // Filled in and run: the pictures are there, large, and open in the viewer.
    await form.getByRole('textbox', { name: 'Who shall it be?' }).fill('a lighthouse keeper at dusk');
    await form.getByRole('button', { name: /^Run 2/ }).click();
    await form.getByRole('button', { name: 'Look at picture 2 of Draft' }).waitFor();
    await form.locator('.form-picture img[data-shown="true"]').nth(1).waitFor();
    await form.getByRole('button', { name: /^Run/ }).waitFor();
    await test.screenshot('form-6-run');
    expect(await page.locator('.react-flow').count()).toBe(0);
    await page.keyboard.press('Delete');
    await page.setViewportSize({ width: 760, height: 900 });
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    await test.screenshot('form-7-narrow-light');
    await page.setViewportSize({ width: 1440, height: 900 });
    await test.screenshot('form-8-light');
    await page.keyboard.press('Control+s');
    await expect.poll(() => readFile(file, 'utf8')).toContain('"first": true');

    // Each tab shows what it showed. The graph is where it was left.
    await page.keyboard.press('Control+n');
    await page.locator('.react-flow').waitFor();
    await page.keyboard.press('Control+Tab');
    await form.getByRole('textbox', { name: 'Who shall it be?' }).waitFor();
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await editor.cards.first().waitFor();
    expect(await editor.cards.count()).toBe(3);
    expect(await editor.card('final').boundingBox()).toEqual(place);

    // Whoever opens the file sees the form first.
    await page.keyboard.press('Control+w');
    await expect.poll(() => editor.cards.count()).toBe(0);
    await page.getByRole('button', { name: 'Files and examples' }).click();
    await page.getByRole('button', { name: /^portraits/ }).click();
    await form.getByRole('textbox', { name: 'Who shall it be?' }).waitFor();
    await test.close();
  });
});
