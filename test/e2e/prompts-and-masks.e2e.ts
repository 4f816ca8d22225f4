import { describe, expect, it } from 'vitest';
import { hasElectron } from './kit/app';
import { leave, open, workflow } from './kit/open-workflow';

const document = workflow(
  [
    [
      'words',
      'prompt',
      { text: 'A $animal in {deep snow|warm rain}, (soft light:1.2)', variables: 'animal = {fox|owl}' },
    ],
    ['make', 'generate', { size: { width: 1024, height: 768 } }],
    ['hole', 'mask', {}],
    ['paint', 'inpaint', { prompt: 'a wooden door' }],
    ['cut', 'crop', {}],
  ],
  [
    'words.text > make.prompt',
    'make.image > hole.image',
    'make.image > paint.image',
    'hole.mask > paint.mask',
    'make.image > cut.image',
  ],
);

describe.skipIf(!hasElectron)('prompts, masks and crops, in the window', () => {
  it('marks what is typed, says what is sent, paints a mask, and has each back by undo', async () => {
    const { test, editor } = await open(document, { settings: { theme: 'dark' } });
    const { page } = test;

    // A mask of a picture that is not there yet says what to do.
    await editor.card('hole').getByRole('heading').click();
    await page.keyboard.press('Shift+E');
    const painter = page.getByRole('dialog', { name: /^Paint the mask/ });
    await painter.getByRole('button', { name: 'Run to “Generate”' }).click();
    await editor.ended();
    await editor.picture('make');

    await page.keyboard.press('Shift+E');
    const stage = painter.getByRole('application');
    await stage.waitFor();
    const box = (await stage.boundingBox())!;
    const at = (x: number, y: number): [number, number] => [
      box.x + box.width / 2 + x * 300,
      box.y + box.height / 2 + y * 300,
    ];
    await page.mouse.move(...at(-0.5, 0));
    await page.mouse.down();
    await page.mouse.move(...at(0, -0.4), { steps: 8 });
    await page.mouse.move(...at(0.5, 0), { steps: 8 });
    await page.mouse.up();
    await painter.getByText('1 stroke', { exact: true }).waitFor();
    await page.keyboard.press('e');
    await page.keyboard.press('Space');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await painter.getByText('2 strokes', { exact: true }).waitFor();
    await test.screenshot('prompts-and-masks-1-painting');
    await page.keyboard.press('Control+z');
    await painter.getByText('1 stroke', { exact: true }).waitFor();
    await page.keyboard.press('Control+y');
    await painter.getByText('2 strokes', { exact: true }).waitFor();
    await painter.getByRole('button', { name: 'Done' }).click();
    await editor.planned();
    await editor.runToEnd();
    const mask = await editor.picture('hole');
    expect([mask.width > 0, (await editor.picture('paint')).source !== mask.source]).toEqual([true, true]);
    await test.screenshot('prompts-and-masks-2-painted');

    // What was sent, and another draw.
    await editor.card('words').getByRole('heading').click();
    await expect.poll(() => editor.inspector.textContent()).toContain('A fox in deep snow, (soft light:1.2)');
    await test.screenshot('prompts-and-masks-3-prompt');

    // An earlier prompt takes the place of the text in one step.
    const field = editor.prompt('words');
    await field.fill('An owl');
    await field.press('Alt+ArrowDown');
    await page.getByPlaceholder('Find in earlier prompts…').fill('snow rain');
    await test.screenshot('prompts-and-masks-4-earlier');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toContain('{deep snow|warm rain}');

    // A crop chosen on the picture: the keys move the frame, and one undo takes it back.
    await editor.card('cut').getByRole('heading').click();
    await editor.inspector.getByRole('button', { name: 'On the picture…' }).click();
    const cropper = page.getByRole('dialog', { name: /^Crop on the picture/ });
    await cropper.getByRole('button', { name: '1:1', exact: true }).click();
    await cropper.locator('.ReactCrop__crop-selection').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => cropper.getByRole('status').textContent()).toMatch(/^(\d+) × \1 px from/);
    await test.screenshot('prompts-and-masks-5-crop');
    await cropper.getByRole('button', { name: 'Crop', exact: true }).click();
    await editor.card('cut').getByLabel('Left').waitFor();
    await page.keyboard.press('Control+z');
    await editor.card('cut').getByRole('combobox', { name: 'Shape' }).waitFor();
    await leave(test);
  });
});
