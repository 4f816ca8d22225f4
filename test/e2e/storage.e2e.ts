import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode, setParam } from '#core/document/edit';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

async function open(home: string) {
  let document = addNode(
    createDocument('stored', 'Stored'),
    'generate',
    newNode(nodes.get('generate')!),
    [0, 0],
  );
  document = setParam(document, 'generate', 'prompt', 'A paper boat');
  document = setParam(document, 'generate', 'size', { width: 512, height: 512 });
  const file = join(home, 'work.seedloom');
  writeFileSync(file, serializeDocument(document));
  const test = await launchApp({ home, arguments: [file] });
  const editor = editorOf(test);
  await editor.ready();
  return { test, editor };
}

async function temporaryHome(): Promise<string> {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

const picturesIn = (home: string) =>
  readdirSync(join(home, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.bin'),
  );

describe.skipIf(!hasElectron)('the data folder, in the window', () => {
  it('shows what uses it, cleans up after saying what goes, and sets aside what is damaged', async () => {
    const home = await temporaryHome();
    const { test, editor } = await open(home);
    const { page } = test;
    await editor.runToEnd();
    await editor.prompt('generate').fill('A tin robot');
    await editor.planned();
    await editor.runToEnd();
    await editor.picture('generate');
    expect(picturesIn(home)).toHaveLength(2);

    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('tab', { name: 'Storage' }).click();
    await settings.getByText('2 files').first().waitFor();
    await test.screenshot('storage-1-uses');
    const choose = async (name: string) => {
      await settings.getByRole('combobox', { name: 'Which results' }).click();
      await page.getByRole('option', { name }).click();
    };
    await choose('beyond 1 GB');
    await settings.getByRole('button', { name: 'Clean up…' }).click();
    await settings.getByText(/^There is nothing to remove/).waitFor();
    await choose('of any age');
    await settings.getByRole('button', { name: 'Clean up…' }).click();
    await settings.getByText(/^Would remove 1 result: .* 1 result stays/).waitFor();
    await test.screenshot('storage-2-sum');
    expect(picturesIn(home)).toHaveLength(2);
    await settings.getByRole('button', { name: /^Remove \d/ }).click();
    await settings.getByText(/^Removed 1 result/).waitFor();
    const [kept, ...others] = picturesIn(home);
    expect(others).toEqual([]);

    await settings.getByRole('button', { name: 'Check' }).click();
    await settings.getByText('Every one is as it was made.').waitFor();
    writeFileSync(join(home, 'blobs', kept!), 'not what it was');
    await settings.getByRole('button', { name: 'Check' }).click();
    await settings.getByText(/1 of 1 picture .* was damaged/).waitFor();
    await test.screenshot('storage-3-damaged');
    expect(readdirSync(join(home, 'damaged'))).toHaveLength(1);
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'detached' });

    await editor.planned();
    await editor.runToEnd();
    expect(picturesIn(home)).toEqual([kept]);
    await test.answerDialogs({ message: [1] });
    await test.close();
  });

  it('says that a damaged database was set aside, and runs', async () => {
    const home = await temporaryHome();
    const first = await open(home);
    await first.editor.runToEnd();
    await first.test.close();
    truncateSync(join(home, 'store', 'data.mdb'), 9000);
    const { test, editor } = await open(home);
    await test.page.getByText(/database was damaged, and a new one was begun/).waitFor();
    await test.screenshot('storage-4-database-damaged');
    expect(readdirSync(home).filter((name) => name.startsWith('store.damaged-'))).toHaveLength(1);
    await editor.runToEnd();
    expect(existsSync(join(home, 'store', 'data.mdb'))).toBe(true);
    await test.close();
  });
});
