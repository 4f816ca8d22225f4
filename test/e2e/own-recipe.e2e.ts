import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import { hasElectron } from './kit/app';
import { leave, open, workflow } from './kit/open-workflow';

const guide = readFileSync(new URL('../../docs/add-a-recipe.md', import.meta.url), 'utf8');
const example = /```json\n(.*?)```/s.exec(guide)?.[1] ?? '';
const rows = [
  ['generate', 'generate', { prompt: 'A lighthouse', size: { width: 512, height: 512 } }],
] as const;

describe.skipIf(!hasElectron)('a recipe of your own', () => {
  it('is chosen like any other model and runs; a bad one is said; what the GPU lacks is listed', async () => {
    const comfyui = await createFakeComfyui({ stepsPerJob: 1 });
    onTestFinished(() => comfyui.close());
    const { test, editor } = await open(workflow(rows, [], 'comfyui/crisp-sdxl'), {
      environment: { SEEDLOOM_COMFYUI_URL: comfyui.url },
      recipes: {
        'crisp-sdxl.recipe.json': example,
        'lacking.recipe.json': example
          .replace('SDXL, crisp', 'SDXL, lacking')
          .replaceAll('sd_xl_base_1.0', 'sd_xl_base_9.9')
          .replace('"ImageScaleBy"', '"SharpenLikeNobody"'),
        'bad.recipe.json': '{}',
      },
    });
    const { page } = test;
    await page.getByText('The header is missing').waitFor();
    await test.screenshot('own-recipe-0-bad');
    await editor.runToEnd();
    expect(comfyui.charges).toHaveLength(1);
    await editor.card('generate').locator('header').click();
    await editor.inspector.getByRole('combobox', { name: 'Where this node runs' }).click();
    const choices = page.getByRole('listbox').getByRole('group', { name: 'ComfyUI (your GPU)' });
    await choices.getByText('SDXL, crisp').waitFor();
    await test.screenshot('own-recipe-1-chooser');
    await choices.getByText('SDXL, lacking').click();
    await editor.run.click();
    await page.getByText('the node SharpenLikeNobody').first().waitFor();
    const missing = editor.inspector.getByRole('list', { name: 'What is missing' });
    await missing
      .getByText('models/checkpoints · 6.9 GB · CreativeML Open RAIL++-M')
      .scrollIntoViewIfNeeded();
    expect(await missing.getByRole('listitem').count()).toBe(2);
    await test.screenshot('own-recipe-2-lacking');
    expect(comfyui.charges).toHaveLength(1);
    await leave(test);
  });
});
