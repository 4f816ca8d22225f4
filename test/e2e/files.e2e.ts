import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addNode, newNode } from '#core/document/edit';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

it.skipIf(!hasElectron)('keeps, restores, carries and shares workflows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seedloom-files-'));
  const home = await makeHome();
  const path = join(folder, 'Bottle.seedloom');
  const prompt = (text: string) => ({ ...newNode(nodes.get('prompt')!), params: { text } });
  const document = addNode(createDocument('doc', 'Bottle'), 'prompt', prompt('first'), [80, 80]);
  await writeFile(path, serializeDocument(document));
  const test = await launchApp({ home, arguments: [path], settings: { outFolder: join(folder, 'out') } });
  const { page } = test;
  const editor = editorOf(test);
  await editor.ready();

  // Two saves are two versions; the first is restored in one step, and the one before it stays.
  await editor.prompt('prompt').fill('second');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(path, 'utf8')).toContain('second');
  await expect.poll(() => editor.edited.count()).toBe(0);
  await editor.prompt('prompt').fill('third');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(path, 'utf8')).toContain('third');
  await editor.command('Versions');
  const versions = page.getByRole('dialog', { name: 'Versions' });
  await expect.poll(() => versions.locator('.versions-row').count()).toBeGreaterThanOrEqual(3);
  await versions.locator('.versions-row').last().click();
  await versions.getByText('first').waitFor();
  await test.screenshot('files-versions');
  await versions.getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('first');
  await page.keyboard.press('Escape');

  // Changed by another program while it is edited here: a question with what is other.
  await writeFile(path, serializeDocument({ ...document, nodes: { prompt: prompt('theirs') } }));
  const changed = page.getByRole('dialog', { name: /was changed elsewhere/ });
  await changed.waitFor();
  await test.screenshot('files-changed');
  await changed.getByRole('button', { name: 'Load theirs' }).click();
  await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('theirs');
  await expect.poll(() => editor.edited.count()).toBe(0);

  // The same while nothing is edited: it is read again.
  await writeFile(path, serializeDocument({ ...document, nodes: { prompt: prompt('again') } }));
  await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('again');

  // A template, run; its picture opens as the workflow that made it.
  await editor.command('New from template');
  const templates = page.getByRole('dialog', { name: 'New from template' });
  await templates.getByRole('button', { name: 'New workflow from First picture' }).waitFor();
  await test.screenshot('files-templates');
  await templates.getByRole('button', { name: 'New workflow from First picture' }).click();
  await editor.planned();
  await editor.runToEnd();
  const pictures = async () => (await readdir(join(folder, 'out'))).filter((name) => name.endsWith('.png'));
  await expect.poll(pictures).toHaveLength(1);
  const [picture] = await pictures();
  const found = await test.value('workflow.open', { path: join(folder, 'out', picture!) });
  expect(found).toMatchObject({ path: null, name: 'First picture' });
  await editor.command('Save as template');
  await page.getByText('“First picture” is a template now').waitFor();

  // A bundle goes out and comes in again.
  const bundle = join(folder, 'shared.seedloom.zip');
  await test.answerDialogs({ save: [bundle], open: [[folder]] });
  await editor.command('Export bundle');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Export…' }).click();
  await page.getByText(/Bundle written/).waitFor();
  expect(await test.value('workflow.open', { path: bundle })).toMatchObject({
    path: join(folder, 'shared', 'shared.seedloom'),
  });

  await page.emulateMedia({ colorScheme: 'light' });
  await editor.command('New from template');
  await templates.getByText('Your own').waitFor();
  await expect.poll(() => templates.locator('.template').count()).toBeGreaterThanOrEqual(6);
  await test.screenshot('files-templates-light');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Files and examples' }).click();
  await test.screenshot('files-recent-light');
  await test.kill();
  await rm(folder, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});
