import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { hasElectron } from './kit/app';
import { leave, open, workflow } from './kit/open-workflow';

/** A folder of three pictures of different shapes. */
async function pictures(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'seedloom-set-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [place, [width, height]] of [
    [640, 640],
    [800, 600],
    [600, 900],
  ].entries()) {
    const background = { r: 60 + 60 * place, g: 120, b: 160 };
    const bytes = await sharp({ create: { width: width!, height: height!, channels: 3, background } })
      .png()
      .toBuffer();
    await writeFile(join(folder, `${place}.png`), bytes);
  }
  return folder;
}

describe.skipIf(!hasElectron)('a LoRA', () => {
  it('is trained and used in the sandbox: the card says what it is, the plan what happens to the pictures', async () => {
    const rows = [
      ['photos', 'image-folder', { folder: { path: await pictures() } }],
      ['train', 'train-lora', { trigger: 'ohwx bottle', steps: 300, resolution: 512, samples: 2 }],
      ['use', 'generate', { prompt: 'ohwx bottle on a beach', size: { width: 512, height: 512 } }],
    ] as const;
    const wires = ['photos.image > train.images', 'train.lora > use.loras'];
    const { test, editor } = await open(workflow(rows, wires));
    await editor.card('train').locator('header').click();
    await editor.inspector.getByText('Pictures are scaled and cropped for the training').waitFor();
    await test.screenshot('train-lora-0-planned');
    await editor.runToEnd();
    const card = editor.card('train');
    await card.getByText('3 pictures · 300 steps · rank 16').waitFor();
    await card.getByText('A rehearsal: it has learned nothing').waitFor();
    await editor.inspector.getByText('3 pictures · 300 steps · rank 16').waitFor();
    const losses = /^Loss: 0\.\d+ at first, 0\.\d+ at last/;
    await card.getByRole('img', { name: losses }).waitFor();
    await editor.inspector.getByRole('img', { name: losses }).waitFor();
    await card.getByRole('img', { name: 'Train LoRA, picture 1 of 2' }).waitFor();
    expect(await editor.inspector.getByRole('button', { name: /^Look at picture/ }).count()).toBe(2);
    await test.screenshot('train-lora-1-trained');
    expect(await editor.card('use').getByRole('img').count()).toBeGreaterThan(0);
    await leave(test);
  });
});
