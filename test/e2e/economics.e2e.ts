import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setRoute } from '#core/document/edit';
import { serializeDocument } from '#core/document/serialize';
import { temporaryFolder } from '../kit/temporary-folder';
import { computer, runpodIn, runpodKey, wish } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { hasElectron, launchApp } from './kit/app';
import { editorOf } from './kit/editor';
import { leave, workflow, type NodeRow } from './kit/open-workflow';

const size = { width: 1440, height: 960 };
const rows: NodeRow[] = [
  ['generate', 'generate', { prompt: 'A bottle on a rock', size, seed: 7, count: 4 }],
  ['edit', 'edit', { prompt: 'At dusk' }],
  ['other', 'generate', { prompt: 'A lighthouse', size: { width: 2560, height: 1920 } }],
];

/** The workflow runs at a vendor; a pod that was made here runs, and is where ComfyUI is. */
async function begin() {
  const folder = temporaryFolder();
  const runpod = await runpodIn(folder.path, { clock: new SimulatedClock(Date.now() - 10 * 60_000) });
  onTestFinished(async () => {
    await runpod.close();
    folder.remove();
  });
  const before = await computer(folder.path, runpod);
  const { id } = await before.engine.pods.create(wish({ idle: 20, maxAge: null }, { name: 'portraits' }));
  before.keep();
  await runpod.clock.pass(6);
  const address = before.reports[0]?.address ?? '';
  await before.close();
  const file = join(folder.path, 'work.seedloom');
  const document = workflow(rows, ['generate.image > edit.image'], 'fal/seedream-4.0');
  await writeFile(file, serializeDocument(setRoute(document, 'edit', 'fal/seedream-4.0')));
  const test = await launchApp({
    home: join(folder.path, 'data'),
    arguments: [file],
    settings: { theme: 'dark' },
    environment: {
      SEEDLOOM_RUNPOD_KEY: runpodKey,
      SEEDLOOM_RUNPOD_URL: runpod.url,
      SEEDLOOM_COMFYUI_URL: address,
      SEEDLOOM_FAL_KEY: 'fal-key-of-the-test',
    },
  });
  const editor = editorOf(test);
  await editor.ready();
  const routes = async () => {
    const start = await test.value('plan.make', { document: await shown(), path: null });
    return Object.fromEntries(
      start.nodes.flatMap(({ id: node, route }) =>
        route === undefined ? [] : [[node, `${route.provider}/${route.model}`]],
      ),
    );
  };
  /** As it is in the window, by way of the file. */
  const shown = async () => {
    await test.page.keyboard.press('Control+s');
    await editor.edited.waitFor({ state: 'detached' });
    const opened = await test.value('workflow.open', { path: file });
    return JSON.parse(opened!.text) as typeof document;
  };
  return { test, editor, routes, pod: id };
}

describe.skipIf(!hasElectron)('the same graph on another route', () => {
  it('shows from how many pictures the pod is cheaper, and moves a branch there and back in one step', async () => {
    const { test, editor, routes } = await begin();
    const { page } = test;
    await editor.card('generate').locator('header').click();
    await editor.inspector.getByRole('button', { name: 'Compare routes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare routes' });
    await dialog.getByRole('button', { name: 'What they cost' }).click();
    const row = (route: string) => dialog.locator('tbody', { has: page.locator(`[data-route="${route}"]`) });
    await row('comfyui/sdxl').getByText('pod portraits').waitFor();
    // 5 to 60 seconds at $0.60 an hour; it runs, and stands idle for 20 minutes before it stops.
    expect(await row('comfyui/sdxl').textContent()).toContain('$0.0008–0.01');
    expect(await row('comfyui/sdxl').textContent()).toContain('$0.20it runs');
    // 20 cents are won back by 2 to 2.9 cents a picture.
    expect(await row('comfyui/sdxl').locator('td').nth(3).textContent()).toBe('7–11');
    const lead = dialog.locator('output');
    expect(await lead.textContent()).toMatch(/is the cheapest for 4 pictures: \$0\.12\./);
    await test.screenshot('economics-1-few');
    const number = dialog.getByLabel('How many pictures');
    await number.click();
    await number.fill('400');
    await number.press('Enter');
    await lead.getByText(/ComfyUI.* is the cheapest for 400 pictures/).waitFor();
    expect(await dialog.locator('tbody').first().getByText('cheapest').count()).toBe(1);
    expect(await dialog.locator('[data-route]').first().getAttribute('data-route')).toMatch(/^comfyui\//);
    await test.screenshot('economics-2-many');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    // The branch from Generate: two nodes, with what is different there and what it costs, before anything changes.
    await editor.inspector.getByRole('button', { name: 'Move branch…' }).click();
    const move = page.getByRole('dialog', { name: 'Move branch' });
    await move.getByRole('button', { name: 'Move 2 nodes' }).waitFor();
    expect(await move.getByRole('combobox', { name: 'Where it moves' }).textContent()).toContain('ComfyUI');
    expect(await move.locator('.move-row').count()).toBe(2);
    await test.screenshot('economics-3-move');
    await move.getByRole('button', { name: 'Move 2 nodes' }).click();
    await move.waitFor({ state: 'detached' });
    const moved = await routes();
    expect(moved['generate']).toMatch(/^comfyui\//);
    expect(moved['edit']).toMatch(/^comfyui\//);
    expect(moved['other']).toBe('fal/seedream-4.0');

    // The way back is offered by itself, with the models of before.
    await editor.command('Move branch');
    await move.getByText('Seedream 4.0, fal').first().waitFor();
    await move.getByRole('button', { name: 'Move 2 nodes' }).click();
    await move.waitFor({ state: 'detached' });
    const vendor = { generate: 'fal/seedream-4.0', edit: 'fal/seedream-4.0', other: 'fal/seedream-4.0' };
    expect(await routes()).toEqual(vendor);
    await page.keyboard.press('Control+z');
    expect(await routes()).toEqual(moved);
    await page.keyboard.press('Control+z');
    expect(await routes()).toEqual(vendor);

    // All of it: what would not run there stays unless the person wants it to go.
    await editor.command('Move branch');
    await move.getByRole('combobox', { name: 'What moves' }).click();
    await page.getByRole('option', { name: 'Every node that asks a model' }).click();
    await move.getByText(/Would not run/).waitFor();
    await move.getByRole('button', { name: 'Move 2 nodes' }).waitFor();
    await test.screenshot('economics-4-all');
    await page.keyboard.press('Escape');
    await leave(test, { pods: true });
  });
});
