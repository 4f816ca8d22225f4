import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import type { FakeLora } from '#test/kit/fake-comfyui-loras';
import { hasElectron } from './kit/app';
import { leave, open, workflow, type NodeRow } from './kit/open-workflow';

const photograph = (name: string) =>
  readFileSync(new URL(`../../examples/pictures/${name}`, import.meta.url));

const tags = (words: Record<string, number>) => JSON.stringify({ '10_own': words });
const loras: FakeLora[] = [
  {
    name: 'faces/mira-v3.safetensors',
    metadata: {
      ss_base_model_version: 'sdxl_base_v1-0',
      'modelspec.title': 'Mira',
      'modelspec.trigger_phrase': 'mira woman',
      'modelspec.license': 'CC-BY-4.0',
      ss_network_dim: '16',
    },
    bytes: 228_000_000,
    preview: photograph('portrait.jpg'),
  },
  {
    name: 'products/green-bottle.safetensors',
    metadata: {
      'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
      ss_tag_frequency: tags({ 'grnbttl bottle': 40, 'studio light': 22, shadow: 7 }),
      ss_network_dim: '32',
    },
    bytes: 456_000_000,
    preview: photograph('bottle.jpg'),
  },
  {
    name: 'film-grain.safetensors',
    metadata: {
      'modelspec.architecture': 'flux-1-dev/lora',
      'modelspec.trigger_phrase': 'flmgrn, kodak',
      ss_network_dim: '4',
    },
    bytes: 38_000_000,
  },
  { name: 'unnamed-04.safetensors', bytes: 19_000_000 },
];

const rows: NodeRow[] = [
  ['first', 'lora', {}],
  ['second', 'lora', { name: 'mira-v3', strength: 0.7 }],
  ['generate', 'generate', { prompt: 'A lighthouse keeper', size: { width: 512, height: 512 }, seed: 7 }],
];
const wires = ['first.loras > second.loras', 'second.loras > generate.loras'];

describe.skipIf(!hasElectron)('LoRAs', () => {
  it('are chosen from what the GPU has, by keyboard; one for another model is said before anything is sent', async () => {
    const comfyui = await createFakeComfyui({ stepsPerJob: 1, loras });
    onTestFinished(() => comfyui.close());
    const { test, editor, saved } = await open(workflow(rows, wires, 'comfyui/sdxl'), {
      environment: { SEEDLOOM_COMFYUI_URL: comfyui.url },
      settings: { theme: 'dark' },
    });
    const { page } = test;
    const dialog = page.getByRole('dialog', { name: 'Choose a LoRA' });
    const names = () => dialog.locator('.palette-title').allTextContents();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

    await editor.card('first').locator('header').click();
    const browse = editor.inspector.getByRole('button', { name: 'File: choose from the list' });
    await browse.focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('mira woman').waitFor();
    await dialog.locator('img.picture[data-shown="true"]').nth(1).waitFor();
    expect(await dialog.locator('[cmdk-group-heading]').allTextContents()).toEqual([
      'Made for Stable Diffusion XL',
      'Their headers do not say what for',
      'Made for other models',
    ]);
    await test.screenshot('loras-1-list');

    // By what it was trained on, and with the keyboard alone.
    await page.keyboard.type('studio');
    expect(await names()).toEqual(['green-bottle.safetensors']);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('File: choose from the list');
    expect((await saved()).nodes['first']?.params['name']).toBe('products/green-bottle.safetensors');
    await editor.inspector.getByText('grnbttl bottle, studio light').waitFor();
    await test.screenshot('loras-2-inspector');

    // One for another model: the plan says so at once, and nothing can be sent.
    await browse.click();
    await dialog.getByText('flmgrn, kodak').waitFor();
    await page.keyboard.type('flmgrn');
    await page.keyboard.press('Enter');
    await page
      .getByText(/film-grain\.safetensors is made for FLUX\.1/)
      .first()
      .waitFor();
    await editor.card('generate').locator('header').click();
    await test.screenshot('loras-3-other-model');
    expect(comfyui.charges).toEqual([]);

    // A name nobody lists can be written all the same; Ctrl Z brings the one before back.
    await editor.card('first').locator('header').click();
    await browse.click();
    await dialog.getByText('mira woman').waitFor();
    await page.keyboard.type('not-there-yet');
    await dialog.getByText('Use “not-there-yet” as it is written').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page
      .getByText(/film-grain\.safetensors is made for/)
      .first()
      .waitFor({ state: 'detached' });
    await editor.runToEnd();
    const [charge] = comfyui.charges;
    expect(comfyui.charges).toHaveLength(1);
    const posted = comfyui.requests.find(({ path }) => path.endsWith('/prompt'))?.body as {
      prompt_id: string;
      prompt: Record<string, { inputs: Record<string, unknown> }>;
    };
    expect(posted.prompt_id).toBe(charge?.requestId);
    expect(posted.prompt['lora-1']?.inputs).toMatchObject({
      lora_name: 'products/green-bottle.safetensors',
      strength_model: 1,
    });
    expect(posted.prompt['lora-2']?.inputs).toMatchObject({
      lora_name: 'faces/mira-v3.safetensors',
      strength_model: 0.7,
    });
    await leave(test);
  });

  it('says where there is none, and where nobody answers', async () => {
    const comfyui = await createFakeComfyui({ loras: [] });
    const { test, editor } = await open(workflow(rows, wires, 'comfyui/sdxl'), {
      environment: { SEEDLOOM_COMFYUI_URL: comfyui.url },
      settings: { theme: 'light' },
    });
    const { page } = test;
    const dialog = page.getByRole('dialog', { name: 'Choose a LoRA' });
    const browse = editor.inspector.getByRole('button', { name: 'File: choose from the list' });
    await editor.card('first').locator('header').click();
    await browse.click();
    await dialog.getByText('There is no LoRA on ComfyUI').waitFor();
    await test.screenshot('loras-4-empty');
    await page.keyboard.press('Escape');
    await comfyui.close();
    await browse.click();
    await dialog.getByRole('button', { name: 'Try again' }).waitFor();
    await test.screenshot('loras-5-away');
    await page.keyboard.type('by-hand.safetensors');
    await dialog.getByText('Use “by-hand.safetensors” as it is written').waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await editor.inspector.getByLabel('File', { exact: true }).inputValue()).toBe(
      'by-hand.safetensors',
    );
    await leave(test);
  });
});
