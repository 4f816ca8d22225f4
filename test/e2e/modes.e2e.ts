import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setTitle } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

/** prompt ──▶ faces (three pictures) ──▶ night ──▶ small, and a spare picture; faces and spare are a group. */
function workflow(): WorkflowDocument {
  let document = createDocument('modes', 'Modes');
  const put = (id: string, type: string, at: [number, number], title: string) => {
    document = setTitle(addNode(document, id, newNode(nodes.get(type)!), at), id, title);
  };
  put('prompt', 'prompt', [0, 0], 'Words');
  put('faces', 'generate', [360, 0], 'Faces');
  put('night', 'edit', [720, 0], 'At night');
  put('small', 'resize', [1080, 0], 'Small');
  put('spare', 'generate', [0, 330], 'Spare');
  document = setParam(document, 'prompt', 'text', 'a portrait of a sailor');
  document = setParam(document, 'faces', 'count', 3);
  for (const id of ['faces', 'spare']) document = setParam(document, id, 'size', { width: 512, height: 512 });
  document = setParam(document, 'night', 'prompt', 'at night');
  document = setParam(document, 'spare', 'prompt', 'a lighthouse');
  for (const [from, to] of [
    ['prompt.text', 'faces.prompt'],
    ['faces.image', 'night.image'],
    ['night.image', 'small.image'],
  ] as const)
    document = connect(document, { from, to }, { replace: true });
  return { ...document, groups: { portraits: { title: 'Portraits', nodes: ['faces', 'spare'] } } };
}

describe.skipIf(!hasElectron)('what a run leaves alone', () => {
  it('is muted, bypassed and pinned in the window, by keys and by hand', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'modes.seedloom');
    await writeFile(file, serializeDocument(workflow()));
    const test = await launchApp({ home, arguments: [file], settings: { theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    await editor.runToEnd();
    expect(await editor.states()).toMatchObject({
      faces: 'made',
      night: 'made',
      small: 'made',
      spare: 'made',
    });

    const title = (id: string) => editor.card(id).getByRole('heading');
    const badge = (id: string, words: string) => editor.card(id).getByText(words, { exact: true });

    // Muted: it and what needs it do not run; undone and done again in one step.
    await title('night').click();
    await page.keyboard.press('m');
    await badge('night', 'Muted').waitFor();
    await editor.planned();
    expect(await editor.states()).toMatchObject({ night: 'muted', small: 'left out' });
    expect(await editor.foot('small').textContent()).toContain('needs At night, which is muted');
    await test.screenshot('modes-muted-dark');
    await page.keyboard.press('Control+z');
    await badge('night', 'Muted').waitFor({ state: 'detached' });
    await editor.planned();
    expect(await editor.states()).toMatchObject({ night: 'made', small: 'made' });

    // Bypassed: what comes in goes on, and the run makes only what comes after it.
    await page.keyboard.press('Control+b');
    await badge('night', 'Bypassed').waitFor();
    await editor.planned();
    expect(await editor.states()).toMatchObject({ night: 'bypassed', small: 'will run' });
    await editor.runToEnd();
    expect(await editor.states()).toMatchObject({ night: 'bypassed', small: 'made' });

    // Pinned: the second picture alone stays, whatever the words say.
    const faces = editor.card('faces');
    await faces.getByRole('button', { name: 'Next picture' }).click();
    const kept = await editor.picture('faces');
    await title('faces').click();
    await page.keyboard.press('p');
    const pin = faces.getByRole('button', { name: 'Keep this picture' });
    await expect.poll(() => pin.getAttribute('aria-pressed')).toBe('true');
    await editor.prompt('prompt').fill('a portrait of a cook');
    await editor.planned();
    await expect.poll(async () => (await editor.states())['faces']).toBe('2 will run');
    await editor.runToEnd();
    await expect.poll(async () => (await editor.picture('faces')).source).toBe(kept.source);
    await test.screenshot('modes-pinned-dark');
    await faces.getByRole('button', { name: 'Next picture' }).click();
    await expect.poll(() => pin.getAttribute('aria-pressed')).toBe('false');
    await faces.getByRole('button', { name: 'Picture before' }).click();

    // A group at once, from the list of commands; then run again with a new take, and all of it in the light.
    await title('spare').click();
    await editor.command('Mute the group');
    await badge('faces', 'Muted').waitFor();
    await editor.planned();
    expect(await editor.states()).toMatchObject({ faces: 'muted', spare: 'muted', small: 'left out' });
    await page.keyboard.press('Control+z');
    await badge('faces', 'Muted').waitFor({ state: 'detached' });
    await editor.planned();
    await editor.command('Run again with a new take');
    await editor.card('spare').getByText('Take 2 of 2', { exact: true }).waitFor();
    await editor.ended();
    expect(await editor.states()).toMatchObject({ spare: 'made', faces: 'reused, free' });
    await page.keyboard.press('m');
    await badge('spare', 'Muted').waitFor();
    await title('faces').click();
    await page.keyboard.press('Control+Shift+l');
    await page.locator('html[data-theme="light"]').waitFor();
    await editor.planned();
    await test.screenshot('modes-light');

    // All of it is in the file.
    await page.keyboard.press('Control+s');
    await editor.edited.waitFor({ state: 'detached' });
    await test.close();
    const again = await launchApp({ home, arguments: [file] });
    const reopened = editorOf(again);
    await reopened.ready();
    expect(await reopened.states()).toMatchObject({
      night: 'bypassed',
      spare: 'muted',
      small: 'reused, free',
    });
    await again.close();
  });
});
