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

/** ideas (six) ──▶ drafts ──▶ choose ──▶ night ──▶ and both at a Compare with the drafts that were chosen. */
function workflow(): WorkflowDocument {
  let document = createDocument('funnel', 'Funnel');
  const put = (id: string, type: string, at: [number, number], title: string) => {
    document = setTitle(addNode(document, id, newNode(nodes.get(type)!), at), id, title);
  };
  put('ideas', 'sweep', [0, 0], 'Ideas');
  put('drafts', 'generate', [340, 0], 'Drafts');
  put('choose', 'choose', [680, 0], 'Choose');
  put('night', 'edit', [1020, 0], 'At night');
  put('both', 'compare', [1360, 0], 'Compare');
  const lines = 'a lighthouse\na sailing boat\na red barn\na mountain hut\na stone bridge\na windmill';
  document = setParam(document, 'ideas', 'lines', lines);
  document = setParam(document, 'drafts', 'size', { width: 512, height: 512 });
  document = setParam(document, 'night', 'prompt', 'the same at night');
  for (const [from, to] of [
    ['ideas.text', 'drafts.prompt'],
    ['drafts.image', 'choose.images'],
    ['choose.image', 'night.image'],
    ['choose.image', 'both.a'],
    ['night.image', 'both.b'],
  ] as const)
    document = connect(document, { from, to }, { replace: true });
  return document;
}

describe.skipIf(!hasElectron)('a choice', () => {
  it('is waited for, made with keys and in the viewer, and only what was picked is made', async () => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const file = join(home, 'funnel.seedloom');
    await writeFile(file, serializeDocument(workflow()));
    const test = await launchApp({ home, arguments: [file], settings: { theme: 'dark' } });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    await editor.planned();
    const choose = editor.card('choose');
    await choose.getByText('Up to 6 pictures, you choose').waitFor();

    // The run goes as far as it can, and says where somebody is waited for.
    await page.keyboard.press('Control+Enter');
    await choose.getByText('waits for you').waitFor();
    const status = page.getByRole('button', { name: 'Waits for your choice' });
    await status.click();
    const option = (place: number) => choose.getByRole('button', { name: new RegExp(`^Picture ${place},`) });
    await expect.poll(() => option(1).evaluate((one) => one === document.activeElement)).toBe(true);

    // With the keys alone: the first and the fifth, and one that is taken back.
    await page.keyboard.press('Space');
    await page.keyboard.press('5');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('x');
    await choose.getByText('3 of 6 chosen').waitFor();
    await page.keyboard.press('Control+z');
    await choose.getByText('2 of 6 chosen').waitFor();
    const go = choose.getByRole('button', { name: /^Go on/ });
    await go.getByText('free').waitFor();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+=');
    await test.screenshot('choose-dark');

    // In the viewer, large.
    await option(2).focus();
    await page.keyboard.press('v');
    const viewer = page.getByRole('dialog');
    await viewer.getByText('2 of 6').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('x');
    await viewer.getByRole('button', { name: 'Unpick (X)' }).waitFor();
    await test.screenshot('choose-viewer-dark');
    await page.keyboard.press('Escape');
    await choose.getByText('3 of 6 chosen').waitFor();

    await option(1).focus();
    await page.keyboard.press('Enter');
    await editor.ended();
    await editor.planned();
    expect(await editor.states()).toMatchObject({ drafts: 'reused, free', choose: 'chosen', night: 'made' });
    await choose.getByText('3 of 6 chosen').waitFor();
    await editor.card('night').getByText('1/3').waitFor();
    await editor.card('both').getByRole('slider').waitFor();
    await page.getByRole('button', { name: 'Runs' }).first().click();
    await page.getByText('Waits for a choice').waitFor();
    await page.getByRole('button', { name: 'Runs' }).first().click();
    await page.keyboard.press('Control+i');
    await page.keyboard.press('Control+0');
    await page.keyboard.press('Control+Shift+l');
    await page.locator('html[data-theme="light"]').waitFor();
    await test.screenshot('choose-light');
    await page.keyboard.press('Control+s');
    await editor.edited.waitFor({ state: 'detached' });
    await test.close();
  });
});
