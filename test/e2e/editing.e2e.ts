import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { createFakeFal } from '#test/kit/fake-fal';
import { hasElectron } from './kit/app';
import { filesHolding } from './kit/files-holding';
import { samplePictures } from './kit/sample-pictures';
import { leave, open, workflow, type NodeRow } from './kit/open-workflow';

const small = { size: { width: 512, height: 512 } };

/** Goes to a port of a card as soon as it is there, quicker than a person can, and gives the name of what has the focus a while later. */
function atPortOf(card: string, page: Page): Promise<string | null | undefined> {
  return page.evaluate((id) => {
    const after = (frames: number, then: () => void) =>
      requestAnimationFrame(() => (frames === 0 ? then() : after(frames - 1, then)));
    return new Promise((done) => {
      const look = () => {
        const port = document.querySelector<HTMLElement>(`[data-id="${id}"] .port`);
        if (document.querySelector('[role="dialog"]') === null) port?.focus();
        // A card that is not measured yet is hidden, and takes no focus.
        if (port === null || port !== document.activeElement) return after(0, look);
        after(10, () => done(document.activeElement?.getAttribute('aria-label')));
      };
      look();
    });
  }, card);
}

describe.skipIf(!hasElectron)('editing, in the window', () => {
  it('adds, wires, refuses, deletes and takes back', async () => {
    const { test, editor, saved } = await open(createDocument('edited-here'));
    const { page } = test;
    await page.keyboard.press('Tab');
    await editor.palette.waitFor();
    await test.screenshot('edit-1-palette');
    await page.keyboard.type('gener');
    await page.keyboard.press('Enter');
    await editor.card('generate').waitFor();
    expect(await editor.inspector.getByLabel('Name of the node').getAttribute('placeholder')).toBe(
      'Generate',
    );

    const image = editor.port('Output', 'Image', 'Generate');
    const [x, y] = await editor.middleOf(image);
    await editor.drag(image, [x + 120, y + 60]);
    await test.screenshot('edit-2-loose-wire');
    await page.mouse.up();
    await editor.palette.getByText('takes image').waitFor();
    const offered = await editor.palette.getByRole('option').allTextContents();
    expect(offered.some((words) => words.startsWith('Upscale'))).toBe(true);
    expect(offered.some((words) => words.startsWith('Prompt') || words.startsWith('Number'))).toBe(false);
    await test.screenshot('edit-3-palette-of-a-wire');
    await page.keyboard.type('upscale');
    await page.keyboard.press('Enter');
    await editor.card('upscale').waitFor();
    await expect.poll(() => editor.wires.count()).toBe(1);

    // A text input does not take a picture, and says so while the wire is over it.
    await page.keyboard.press('f');
    await editor.drag(editor.port('Output', 'Image', 'Upscale'), editor.port('Input', 'Prompt', 'Generate'));
    await page.getByText('It gives image, this takes text').waitFor();
    await test.screenshot('edit-4-refused');
    await page.mouse.up();
    await expect.poll(() => editor.wires.count()).toBe(1);

    await editor.card('upscale').getByRole('heading').click();
    await page.keyboard.press('Delete');
    await editor.card('upscale').waitFor({ state: 'detached' });
    expect(await editor.wires.count()).toBe(0);
    await page.keyboard.press('Control+z');
    await editor.card('upscale').waitFor();
    await expect.poll(() => editor.wires.count()).toBe(1);

    await page.keyboard.press('Control+a');
    await editor.inspector.getByText('2 nodes selected').waitFor();
    await page.keyboard.press('Control+d');
    await expect.poll(() => editor.cards.count()).toBe(4);
    await expect.poll(() => editor.wires.count()).toBe(2);
    await page.keyboard.press('Control+c');
    // The system takes a copy a moment after the key.
    await expect
      .poll(() => test.app.evaluate(({ clipboard }) => clipboard.readText()))
      .toContain('"seedloom": "nodes"');
    await page.keyboard.press('Control+v');
    await expect.poll(() => editor.cards.count()).toBe(6);
    await expect.poll(() => editor.wires.count()).toBe(3);
    await test.screenshot('edit-5-six-cards');
    await page.keyboard.press('Control+x');
    await expect.poll(() => editor.cards.count()).toBe(4);

    // A wire by keyboard: taken up with Enter at one port, put down with Enter at another. The new card is given the
    // focus, but not taken from somebody who is at one of its ports already.
    const quickly = atPortOf('prompt', page);
    await editor.add('prompt');
    expect(await quickly).toMatch(/^Input Insert of Prompt,/);
    await editor.port('Output', 'Text', 'Prompt').press('Enter');
    await editor.port('Input', 'Prompt', 'Generate').first().press('Enter');
    await expect.poll(() => editor.wires.count()).toBe(3);

    const document = await saved();
    expect(Object.keys(document.nodes).sort()).toEqual([
      'generate',
      'generate-2',
      'prompt',
      'upscale',
      'upscale-2',
    ]);
    expect(document.edges).toContainEqual({ from: 'generate.image', to: 'upscale.image' });
    expect(document.edges).toContainEqual({ from: 'generate-2.image', to: 'upscale-2.image' });
    expect(document.edges.map(({ from }) => from)).toContain('prompt.text');
    await test.answerDialogs({});
    await test.close();
  });

  it('moves cards as one step; puts references in another order, adds and removes them, within the limits of the route', async () => {
    const rows: NodeRow[] = [
      ...['red', 'green', 'blue'].map((id): NodeRow => [id, 'generate', { ...small, prompt: id }]),
      ['together', 'multi-reference', { prompt: 'image 1 beside image 2', size: small.size }],
    ];
    const wires = ['red', 'green', 'blue'].map((id) => `${id}.image > together.references`);
    const { test, editor, home, saved } = await open(workflow(rows, wires));
    const { page } = test;
    const head = editor.card('red').getByRole('heading');
    const [x, y] = await editor.middleOf(head);
    await editor.drag(head, [x + 90, y + 130]);
    await page.mouse.up();
    await expect.poll(async () => (await editor.middleOf(head))[1] - y).toBeGreaterThan(60);
    await editor.edited.waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => Math.round((await editor.middleOf(head))[1] - y)).toBe(0);
    await editor.edited.waitFor({ state: 'detached' });

    await editor.runToEnd();
    await editor.card('together').getByRole('heading').click();
    const shelf = editor.inspector.locator('.shelf-item');
    const order = async () =>
      await shelf
        .locator('.shelf-thumb')
        .evaluateAll((all) => all.map((one) => one.querySelector('img')?.getAttribute('src')?.slice(-20)));
    await expect.poll(() => shelf.count()).toBe(3);
    const [red, green, blue] = await order();
    await shelf.nth(2).scrollIntoViewIfNeeded();
    await test.screenshot('edit-6-shelf');
    await editor.drag(shelf.nth(2).getByRole('button', { name: /^Image 3/ }), shelf.nth(0));
    await page.mouse.up();
    await expect.poll(order).toEqual([blue, red, green]);
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 1.*3 reused/);
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual([red, green, blue]);
    const thumb = shelf.nth(0).getByRole('button', { name: /^Image 1/ });
    await thumb.press('Space');
    await expect.poll(() => thumb.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Image 1, Generate moves to place 2 of 3').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(order).toEqual([green, red, blue]);
    const { edges } = await saved();
    expect(edges.map(({ from }) => from)).toEqual(['green.image', 'red.image', 'blue.image']);

    // Files dropped on the shelf and a pasted picture stand behind what is wired; Delete takes one away.
    const [picture] = await samplePictures();
    const file = join(home, 'Brand red.png');
    await writeFile(file, picture!.bytes);
    const mouse = await page.context().newCDPSession(page);
    const [overX, overY] = await editor.middleOf(shelf.nth(1));
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await mouse.send('Input.dispatchDragEvent', { type, x: overX, y: overY, data });
    await shelf.getByText('Brand red.png').waitFor();
    const [hash = ''] = /[0-9a-f]{64}/.exec((await editor.picture('red')).source) ?? [];
    await test.value('picture.copy', { hash });
    await shelf
      .nth(3)
      .getByRole('button', { name: /^Image 4, file Brand red/ })
      .focus();
    await page.keyboard.press('Control+v');
    await expect.poll(() => shelf.count()).toBe(5);
    // A route that takes three.
    await editor.inspector.getByRole('combobox', { name: 'Where this node runs' }).click();
    await page
      .getByRole('option', { name: /^Qwen-Image-Edit/ })
      .first()
      .click();
    const five = shelf
      .nth(4)
      .getByRole('button', { name: /^Image 5, file .*past the limit: Qwen-Image-Edit.* takes 3/ });
    await five.waitFor();
    expect(await shelf.evaluateAll((all) => all.map((one) => one.getAttribute('data-over')))).toEqual([
      'false',
      'false',
      'false',
      'true',
      'true',
    ]);
    await shelf.nth(2).scrollIntoViewIfNeeded();
    await test.screenshot('edit-6-shelf-past-the-limit');
    await five.focus();
    await page.keyboard.press('Delete');
    await page.keyboard.press('Delete');
    await expect.poll(() => shelf.count()).toBe(3);
    await editor.card('together').waitFor();

    // The size as the route makes it: what it cannot is marked, and the nearest that it can is one press away.
    const size = editor.inspector.getByRole('group', { name: 'Size', exact: true });
    await size.getByText('Sends 512 × 512').waitFor();
    await size.getByRole('button', { name: '4K' }).scrollIntoViewIfNeeded();
    expect(await size.getByRole('button', { name: '4K' }).getAttribute('aria-disabled')).toBe('true');
    await size.getByLabel('Width in pixels').fill('6000');
    await page.keyboard.press('Enter');
    await size.getByText(/does not make this: at most 2.1 MP/).waitFor();
    await test.screenshot('edit-6-size-refused');
    await size.getByRole('button', { name: /^Use / }).click();
    await size.getByText(/^Sends \d+ × \d+/).waitFor();
    await size.getByRole('button', { name: 'Keep the aspect' }).click();
    await size.getByRole('button', { name: '1:1' }).click();
    await size.getByLabel('Width in pixels').fill('768');
    await page.keyboard.press('Enter');
    await size.getByText('Sends 768 × 768').waitFor();

    // A take more on the card's footer says what it costs there.
    const card = editor.card('red');
    await card.hover();
    await card.getByRole('button', { name: /^New take: .*free when it is run/ }).click();
    await card.getByText('Take 2 of 2').waitFor();
    await card.getByRole('button', { name: /^Back to the take before/ }).click();
    await card.getByText('Take 2 of 2').waitFor({ state: 'detached' });
    await test.answerDialogs({});
    await test.close();
  });

  it('edits in the inspector, in both themes, and shows and hides what it is told', async () => {
    const rows: NodeRow[] = [['generate', 'generate', { ...small, prompt: 'A lighthouse' }]];
    const { test, editor, home, saved } = await open(workflow(rows, []));
    const { page } = test;
    await editor.card('generate').getByRole('heading').click();
    await editor.inspector.getByLabel('Name of the node').fill('Lighthouse');
    await page.keyboard.press('Enter');
    await expect.poll(() => editor.card('generate').getByRole('heading').textContent()).toBe('Lighthouse');
    await editor.inspector.getByRole('button', { name: '16:9' }).click();
    await editor.inspector.getByLabel('Pictures').fill('3');
    await page.keyboard.press('Enter');
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 3/);
    await editor.runToEnd();
    await editor.card('generate').getByText('1/3').waitFor();
    await editor.card('generate').getByRole('button', { name: 'Next picture' }).click();
    await editor.card('generate').getByText('2/3').waitFor();
    await test.screenshot('edit-7-inspector');

    await editor.card('generate').getByRole('heading').click();
    await page.keyboard.press('Space');
    const viewer = page.getByRole('dialog', { name: 'Lighthouse' });
    await viewer.getByText('2 of 3').waitFor();
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('3 of 3').waitFor();
    await test.screenshot('edit-8-viewer');
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });

    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    await page.keyboard.press('Control+Shift+l');
    await expect.poll(theme).toBe('grey');
    await page.keyboard.press('Control+Shift+l');
    await expect.poll(theme).toBe('dark');
    await test.screenshot('edit-9-dark');
    await page.getByRole('button', { name: 'Minimap' }).click();
    await page.getByRole('img', { name: 'Minimap' }).waitFor();
    await page.getByRole('button', { name: 'History of runs' }).click();
    await page.getByRole('region', { name: 'Runs' }).getByText('Edited here').waitFor();
    await test.screenshot('edit-10-minimap-and-runs');
    await editor.command('problems');
    await page.getByRole('region', { name: 'Problems' }).waitFor();
    await page.keyboard.press('Control+i');
    await editor.inspector.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Minimap' }).click();
    await page.getByRole('img', { name: 'Minimap' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Files and examples' }).click();
    await page.getByRole('region', { name: 'Files' }).waitFor();
    await test.screenshot('edit-11-files');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await test.screenshot('edit-12-keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+l');
    await expect.poll(theme).toBe('light');

    expect((await saved()).nodes['generate']).toMatchObject({
      title: 'Lighthouse',
      params: { count: 3, size: { width: 1280, height: 720 } },
    });
    await test.answerDialogs({});
    await test.close();
    expect(await readFile(join(home, 'settings.json'), 'utf8')).toContain('"light"');
  });

  it('sets a route, a key that nothing reads back and an address; a failure says what to do', async () => {
    const key = 'fal-key-that-nobody-shows';
    const vendor = await createFakeFal({ key });
    onTestFinished(() => vendor.close());
    const rows: NodeRow[] = [
      ['generate', 'generate', { prompt: 'A lighthouse', size: { width: 2048, height: 2048 } }],
    ];
    const { test, editor, home } = await open(workflow(rows, []));
    const { page } = test;

    // The workflow's default first, then the node's own.
    await editor.inspector.getByRole('combobox', { name: 'Where Generate runs' }).click();
    await test.screenshot('edit-13-routes');
    await page
      .getByRole('group', { name: 'fal' })
      .getByRole('option', { name: /^Seedream 4\.0/ })
      .click();
    await editor.card('generate').getByText('Seedream 4.0').waitFor();
    await editor.card('generate').getByRole('heading').click();
    await editor.inspector.getByRole('combobox', { name: 'Where this node runs' }).click();
    await page
      .getByRole('group', { name: 'fal' })
      .getByRole('option', { name: /^Seedream 4\.5/ })
      .click();
    await editor.card('generate').getByText('Seedream 4.5').waitFor();
    await editor.planned();
    await editor.inspector
      .getByText(/needs a key/)
      .first()
      .waitFor();
    await test.screenshot('edit-14-needs-a-key');

    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('tab', { name: 'Keys' }).click();
    await settings.getByLabel('Find a provider or model').fill('fal');
    await settings.getByLabel(/^fal.*: API key$/).fill(key);
    await test.screenshot('edit-15-keys');
    await settings.getByRole('button', { name: 'Keep' }).click();
    await settings.getByText(/For this start only|Kept in the safe store/).waitFor();
    await settings.getByRole('tab', { name: 'Addresses' }).click();
    await settings.getByLabel('Find a provider or model').fill('fal');
    await settings.getByLabel('Address', { exact: true }).fill(vendor.url);
    await page.keyboard.press('Enter');
    await settings.getByRole('button', { name: /^Reset Address/ }).isEnabled();
    await test.screenshot('edit-16-addresses');
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(key);
    expect(JSON.stringify(await test.value('app.start', {}))).not.toContain(key);
    expect(await filesHolding(home, key)).toEqual([]);

    // No money: nothing is sent.
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
    await editor.inspector.getByLabel('Budget of a run').fill('0');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Budget of a run/ }).waitFor();
    await editor.runToEnd();
    await page.getByText('The run stopped at the budget').waitFor();
    await test.screenshot('edit-17-over-budget');
    expect(vendor.charges).toEqual([]);
    expect(vendor.requests).toEqual([]);
    await editor.inspector.getByLabel('Budget of a run').fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Budget of a run/ }).waitFor({ state: 'detached' });

    vendor.fail({ kind: 'bad-key', on: 'submit' });
    await editor.runToEnd();
    const trouble = editor.card('generate').getByRole('alert');
    await trouble.getByText(/does not accept the key/).waitFor();
    await trouble.getByText(/Nothing was charged/).waitFor();
    await test.screenshot('edit-18-bad-key');
    expect(vendor.charges).toEqual([]);
    await trouble.getByRole('button').first().waitFor();

    await editor.runToEnd();
    expect((await editor.picture('generate')).width).toBeGreaterThan(0);
    await trouble.waitFor({ state: 'detached' });
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([1]);
    expect(await editor.foot('generate').textContent()).toContain('$0.04');
    expect(await editor.status.textContent()).toContain('Spent since start $0.04');
    await test.screenshot('edit-19-paid');
    expect(await page.content()).not.toContain(key);
    await leave(test);
  });

  it('cancels a slow run, and runs again', async () => {
    const rows: NodeRow[] = [['generate', 'generate', { ...small, prompt: 'A slow tide' }]];
    const settings = { providers: { 'sandbox.delay': '600000' } };
    const { test, editor } = await open(workflow(rows, []), { settings });
    await editor.run.click();
    await expect.poll(() => editor.run.textContent()).toMatch(/^Cancel/);
    await expect.poll(editor.states).toEqual({ generate: expect.stringMatching(/running|collecting/) });
    await test.screenshot('edit-20-slow');
    await editor.run.click();
    await editor.ended();
    expect(await editor.status.textContent()).toContain('Last run: cancelled');
    await test.screenshot('edit-21-cancelled');
    await test.value('settings.change', { providers: {} });
    await editor.runToEnd();
    expect(await editor.states()).toEqual({ generate: 'made' });
    await test.close();
  });
});
