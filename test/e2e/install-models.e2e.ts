import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import { temporaryFolder } from '../kit/temporary-folder';
import { computer, runpodIn, runpodKey, wish } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { serializeDocument } from '#core/document/serialize';
import { hasElectron, launchApp } from './kit/app';
import { editorOf } from './kit/editor';
import { leave, workflow } from './kit/open-workflow';

const rows = [
  ['generate', 'generate', { prompt: 'A lighthouse', size: { width: 1024, height: 1024 } }],
] as const;

const classes = readFileSync(new URL('../fixtures/comfyui-object-info.json', import.meta.url), 'utf8');
/** A server without any of the three files. */
const bare = JSON.parse(
  classes.replaceAll(/(ae|qwen_3_4b|z_image_turbo_bf16)\.safetensors/g, 'other.safetensors'),
) as object;

describe.skipIf(!hasElectron)('models that a pod lacks', () => {
  it('are installed from beside the failed picture, after sizes and licences are shown', async () => {
    const folder = temporaryFolder();
    const clock = new SimulatedClock(Date.now() - 10 * 60_000);
    // The image is deaf: no installer runs, the test says what one would.
    const runpod = await runpodIn(folder.path, { clock, deafImages: ['runpod/comfyui:latest'] });
    const comfyui = await createFakeComfyui({ stepsPerJob: 1, objectInfo: bare });
    onTestFinished(async () => {
      await comfyui.close();
      await runpod.close();
      folder.remove();
    });
    runpod.hub.set('Comfy-Org/z_image_turbo', { gated: false, cardData: { license: 'apache-2.0' } });
    runpod.hub.set('Comfy-Org/z_image_turbo/tree/main/split_files/vae', [
      { path: 'split_files/vae/ae.safetensors', size: 335_304_388, lfs: { oid: 'c'.repeat(64) } },
    ]);
    runpod.hub.set('Comfy-Org/z_image_turbo/tree/main/split_files/text_encoders', []);
    const home = join(folder.path, 'data');
    const before = await computer(folder.path, runpod);
    const volume = { networkVolume: { id: 'vol1', path: '/workspace' } };
    await before.engine.pods.create(wish({ idle: null }, { name: 'portraits', ...volume }));
    before.keep();
    await clock.pass(5);
    await before.close();

    const file = join(folder.path, 'work.seedloom');
    writeFileSync(file, serializeDocument(workflow(rows, [], 'comfyui/z-image-turbo')));
    const test = await launchApp({
      home,
      arguments: [file],
      environment: {
        SEEDLOOM_COMFYUI_URL: comfyui.url,
        SEEDLOOM_RUNPOD_KEY: runpodKey,
        SEEDLOOM_RUNPOD_URL: runpod.url,
      },
    });
    const { page } = test;
    const editor = editorOf(test);
    await editor.ready();
    await page.getByText('Pod: ready').waitFor();
    await editor.run.click();
    await editor.card('generate').locator('header').click();
    const install = editor.inspector.getByRole('button', { name: 'Install on portraits…' });
    await install.scrollIntoViewIfNeeded();
    await test.screenshot('install-models-1-missing');
    await install.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('models/vae · 335.3 MB · licence: Apache 2.0 · hash is checked').waitFor();
    await dialog.getByText(/There is no qwen_3_4b.safetensors at its address any more/).waitFor();
    await test.screenshot('install-models-2-agree');
    const pod = runpod.pods[0]!;
    expect([...pod.files.keys()].some((name) => name.includes('/order-'))).toBe(false);
    await dialog.getByRole('button', { name: 'Agree and install 12.6 GB' }).click();
    await dialog.getByText('None costs').or(dialog.getByText('One pod costs')).waitFor();
    const orderFile = `temp/seedloom/${pod.body.env['SEEDLOOM_ORDER']}`;
    await expect.poll(() => pod.files.get(orderFile)?.split('\n').length).toBe(3);
    const order = pod.files.get(orderFile)!.split('\n');
    const sign = [`1 ${order[0]} 90000000`, '1 gated 0', '2 loads 167652194'];
    pod.files.set(`temp/seedloom/${pod.body.env['SEEDLOOM_PROGRESS']}`, sign.join('\n'));
    await dialog.getByRole('button', { name: 'Look again' }).click();
    const installs = dialog.getByRole('list', { name: 'Models that are installed' });
    await installs.getByText('loading, 50 %').waitFor();
    await installs.getByText('not installed: its site does not give it out').waitFor();
    await test.screenshot('install-models-3-loading');
    await page.keyboard.press('Escape');
    await leave(test, { pods: true });
    expect(pod.isUp).toBe(true);
  });
});
