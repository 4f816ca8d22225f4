import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

async function temporaryHome(): Promise<string> {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

describe.skipIf(!hasElectron)('the main job, in the window', () => {
  it('runs, reuses, changes a word, takes it back, saves and finds all of it again', async () => {
    const home = await temporaryHome();
    const settings = { outFolder: join(home, 'out') };
    const test = await launchApp({ home, settings });
    const editor = editorOf(test);
    const files = async () => (await readdir(settings.outFolder)).sort();
    await editor.ready();
    await editor.card('generate').waitFor();
    expect(await editor.run.textContent()).toMatch(/^Run 3/);
    expect(await editor.foot('generate').textContent()).toContain('will run · not made yet');
    await test.screenshot('main-1-first-start');

    await editor.runToEnd();
    const first = await editor.picture('generate');
    expect(Math.min(first.width, first.height)).toBeGreaterThan(0);
    expect((await editor.picture('preview')).source).toBe(first.source);
    await editor.picture('save');
    expect(await files()).toHaveLength(1);
    expect(await editor.run.textContent()).toMatch(/^Run.*all reused, free/);
    expect(await editor.status.textContent()).toContain('Last run: done');
    await test.screenshot('main-2-made');

    await editor.runToEnd();
    const reused = { generate: 'reused, free', preview: 'reused, free', save: 'reused, free' };
    await expect.poll(editor.states).toMatchObject(reused);
    expect(await files()).toHaveLength(1);

    const prompt = editor.prompt('prompt');
    const before = await prompt.inputValue();
    await prompt.click();
    await test.page.keyboard.press('Control+End');
    await test.page.keyboard.type(' Snow on the peaks.');
    await editor.edited.waitFor();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 3/);
    expect(await editor.foot('generate').textContent()).toContain('will run · "Prompt" changed');
    expect(await editor.foot('save').textContent()).toContain('waits for Preview');
    await test.screenshot('main-3-prompt-changed');
    await editor.runToEnd();
    const second = await editor.picture('generate');
    expect(second.source).not.toBe(first.source);
    expect(await files()).toHaveLength(2);

    // A word that only the last node reads makes only that node anew.
    await editor.card('save').getByLabel('Name', { exact: true }).fill('lake');
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 1.*2 reused/);
    expect(await editor.states()).toMatchObject({ save: 'will run' });
    await test.screenshot('main-4-only-save');
    await editor.runToEnd();
    expect(await editor.states()).toMatchObject({ ...reused, save: 'made' });
    expect((await files()).filter((name) => name.startsWith('lake'))).toHaveLength(1);

    await editor.card('note').getByRole('heading').click();
    await test.page.keyboard.press('Control+z');
    // What was typed goes sentence by sentence.
    for (let step = 0; step < 3 && (await prompt.inputValue()) !== before; step += 1)
      await test.page.keyboard.press('Control+z');
    await expect.poll(() => prompt.inputValue()).toBe(before);
    await expect.poll(() => editor.run.textContent()).toMatch(/all reused, free/);
    await expect.poll(async () => (await editor.picture('generate')).source).toBe(first.source);
    await editor.edited.waitFor({ state: 'detached' });
    await test.screenshot('main-5-undone');
    for (let step = 0; step < 3 && !(await prompt.inputValue()).includes('Snow'); step += 1)
      await test.page.keyboard.press('Control+Shift+z');
    await expect.poll(() => prompt.inputValue()).toContain('Snow on the peaks.');

    const file = join(home, 'boat.seedloom');
    await test.answerDialogs({ save: [file] });
    await test.page.keyboard.press('Control+Shift+s');
    await expect.poll(editor.title).toContain('boat');
    await editor.edited.waitFor({ state: 'detached' });
    const saved = await readFile(file, 'utf8');
    expect(saved).toContain('Snow on the peaks.');
    await test.answerDialogs({});
    await test.close();

    const again = await launchApp({ home, arguments: [file] });
    const reopened = editorOf(again);
    await reopened.ready();
    await expect.poll(reopened.title).toContain('boat');
    expect(await reopened.prompt('prompt').inputValue()).toContain('Snow on the peaks.');
    expect((await reopened.picture('generate')).source).toBe(second.source);
    expect(await reopened.edited.count()).toBe(0);
    await expect.poll(() => reopened.run.textContent()).toMatch(/all reused, free/);
    await again.screenshot('main-6-started-again');
    await again.answerDialogs({});
    await again.close();
    expect(await readFile(file, 'utf8')).toBe(saved);
  });

  it('asks before it closes a tab with unsaved changes, and saves where it is told', async () => {
    const home = await temporaryHome();
    const test = await launchApp({ home });
    const editor = editorOf(test);
    await editor.ready();
    await editor.prompt('prompt').fill('A red bicycle');
    await editor.edited.waitFor();
    const question = test.page.getByRole('alertdialog', { name: /^Save the changes/ });
    await test.page.keyboard.press('Control+w');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await editor.prompt('prompt').inputValue()).toBe('A red bicycle');

    const file = join(home, 'bicycle.seedloom');
    await test.answerDialogs({ save: [file] });
    await test.page.keyboard.press('Control+w');
    await question.getByRole('button', { name: 'Save', exact: true }).click();
    await editor.cards.first().waitFor({ state: 'detached' });
    expect(await readFile(file, 'utf8')).toContain('A red bicycle');

    // The last tab leaves an empty one; the closed one comes back from its file.
    await test.page.keyboard.press('Control+Shift+t');
    await expect.poll(() => editor.prompt('prompt').inputValue()).toBe('A red bicycle');
    await editor.prompt('prompt').fill('A blue bicycle');
    await editor.edited.waitFor();
    await test.page.keyboard.press('Control+w');
    await question.getByRole('button', { name: 'Don’t save' }).click();
    await editor.cards.first().waitFor({ state: 'detached' });
    await test.answerDialogs({});
    await test.close();
    expect(await readFile(file, 'utf8')).toContain('A red bicycle');
    for (const draft of await readdir(join(home, 'drafts')))
      expect(await readFile(join(home, 'drafts', draft), 'utf8')).not.toContain('bicycle');
  });

  it('brings unsaved work back after a crash', async () => {
    const home = await temporaryHome();
    const test = await launchApp({ home });
    const editor = editorOf(test);
    await editor.ready();
    await editor.prompt('prompt').fill('Never lost');
    const drafts = async () => {
      const names = await readdir(join(home, 'drafts')).catch(() => []);
      // One that is being written has another name, and is no draft yet.
      const whole = names.filter((name) => name.endsWith('.json'));
      const texts = await Promise.all(
        whole.map((name) => readFile(join(home, 'drafts', name), 'utf8').catch(() => '')),
      );
      return texts.join('');
    };
    await expect.poll(drafts).toContain('Never lost');
    await expect.poll(() => readFile(join(home, 'session.json'), 'utf8')).toContain('"ended": false');
    await test.kill();

    const again = await launchApp({ home });
    const reopened = editorOf(again);
    await reopened.ready();
    expect(await reopened.prompt('prompt').inputValue()).toBe('Never lost');
    await again.page.getByText('Your unsaved work is back').waitFor();
    await again.screenshot('main-7-work-is-back');
    await again.answerDialogs({});
    await again.close();
  });

  it('asks before it writes over what another program wrote', async () => {
    const home = await temporaryHome();
    const file = join(home, 'shared.seedloom');
    const document = createDocument('shared', 'Shared');
    await writeFile(file, serializeDocument(document));
    const test = await launchApp({ home, arguments: [file] });
    const editor = editorOf(test);
    await editor.ready();
    await test.page.keyboard.press('Tab');
    await test.page.keyboard.type('note');
    await test.page.keyboard.press('Enter');
    await editor.card('note').waitFor();
    const theirs = serializeDocument({ ...document, title: 'From another program' });
    await writeFile(file, theirs);

    await test.page.keyboard.press('Control+s');
    const question = test.page.getByRole('alertdialog', { name: /was changed by another program/ });
    await question.waitFor();
    await test.screenshot('main-8-changed-on-disk');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await readFile(file, 'utf8')).toBe(theirs);

    const other = join(home, 'mine.seedloom');
    await test.answerDialogs({ save: [other] });
    await test.page.keyboard.press('Control+s');
    await question.getByRole('button', { name: 'Save as…' }).click();
    await expect.poll(editor.title).toContain('mine');
    expect(await readFile(other, 'utf8')).toContain('"note"');
    expect(await readFile(file, 'utf8')).toBe(theirs);

    await writeFile(other, theirs);
    await test.page.keyboard.press('Control+d');
    await editor.edited.waitFor();
    await test.page.keyboard.press('Control+s');
    await question.getByRole('button', { name: 'Overwrite' }).click();
    await editor.edited.waitFor({ state: 'detached' });
    expect(await readFile(other, 'utf8')).toContain('"note-2"');
    await test.answerDialogs({});
    await test.close();
  });

  it('keeps a node it does not know, and leaves what is open where a file cannot be read', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'work'));
    const files = {
      strange: join(home, 'work', 'strange.seedloom'),
      copy: join(home, 'work', 'copy.seedloom'),
      words: join(home, 'work', 'words.seedloom'),
      newer: join(home, 'work', 'newer.seedloom'),
    };
    const known = createDocument('strange', 'Strange');
    const text = serializeDocument({
      ...known,
      nodes: {
        'hologram-1': {
          type: 'hologram',
          version: 7,
          title: 'Hologram of the future',
          params: { depth: 3, layers: ['a', 'b'], deep: { er: null } },
        },
        prompt: {
          type: 'prompt',
          version: nodes.get('prompt')!.version,
          params: { text: 'A cube of light' },
        },
      },
      edges: [{ from: 'prompt.text', to: 'hologram-1.words' }],
      layout: { 'hologram-1': [400, 0], prompt: [0, 0] },
    });
    await writeFile(files.strange, text);
    await writeFile(files.words, 'Dear diary,\n');
    await writeFile(files.newer, JSON.stringify({ ...known, seedloom: 99 }));
    const test = await launchApp({ home, arguments: [files.strange] });
    const editor = editorOf(test);
    await editor.ready();
    await editor.card('hologram-1').getByText('does not know the kind “hologram”').waitFor();
    await expect.poll(() => editor.wires.count()).toBe(1);
    await test.screenshot('main-9-unknown-node');
    await test.answerDialogs({ save: [files.copy] });
    await test.page.keyboard.press('Control+Shift+s');
    await expect.poll(editor.title).toContain('copy');
    expect(await readFile(files.copy, 'utf8')).toBe(text);

    await test.answerDialogs({ open: [[files.words], [files.newer]] });
    await test.page.keyboard.press('Control+o');
    await test.page.getByText(/it is not JSON/).waitFor();
    await test.page.keyboard.press('Control+o');
    await test.page.getByText(/has format 99/).waitFor();
    await test.screenshot('main-10-cannot-be-read');
    expect(await editor.title()).toContain('copy');
    expect(await editor.prompt('prompt').inputValue()).toBe('A cube of light');
    expect(await readFile(files.words, 'utf8')).toBe('Dear diary,\n');
    await test.close();
  });
});
