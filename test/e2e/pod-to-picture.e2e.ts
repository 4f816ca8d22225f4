import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder';
import { createFakeComfyui } from '../kit/fake-comfyui';
import { runpodIn, runpodKey } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { hasElectron } from './kit/app';
import { open, workflow } from './kit/open-workflow';

const rows = [
  ['generate', 'generate', { prompt: 'A lighthouse in the fog', size: { width: 512, height: 512 } }],
] as const;

/** RunPod with nothing rented, and a ComfyUI that every pod of it has. */
async function world() {
  const folder = temporaryFolder();
  const clock = new SimulatedClock(Date.now());
  const comfyui = await createFakeComfyui({ stepsPerJob: 1 });
  const runpod = await runpodIn(folder.path, {
    clock,
    deafImages: ['runpod/comfyui:latest'],
    comfyui: comfyui.url,
  });
  onTestFinished(async () => {
    await runpod.close();
    await comfyui.close();
    folder.remove();
  });
  runpod.soldOut.add('NVIDIA A40');
  return { runpod, comfyui, clock };
}

describe.skipIf(!hasElectron)('from a RunPod key to a picture', () => {
  it('without its console', async () => {
    const { runpod, comfyui, clock } = await world();
    const { test, editor } = await open(workflow(rows, []), {
      environment: { SEEDLOOM_RUNPOD_URL: runpod.url },
      settings: { theme: 'dark' },
    });
    const { page } = test;
    const shot = async (name: string) => {
      for (const theme of ['light', 'dark']) {
        await page.evaluate((wanted) => {
          document.documentElement.dataset['theme'] = wanted;
        }, theme);
        await test.screenshot(`pod-to-picture-${name}-${theme}`);
      }
    };

    await page.getByRole('button', { name: 'Pods: your rented GPUs' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Keys' }).waitFor();
    await shot('01-no-key');
    await dialog.getByRole('button', { name: 'Keys' }).click();
    const keys = page.getByRole('dialog', { name: 'Settings' });
    await keys.getByPlaceholder(/Filter|Find/).fill('RunPod');
    await shot('02-keys');
    const field = keys.getByLabel(/API key/).first();
    await field.fill(runpodKey);
    await field.press('Enter');
    await shot('03-key');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Pods: your rented GPUs' }).click();
    await dialog.getByText('No pods').waitFor();
    await shot('04-no-pods');
    await dialog.getByRole('button', { name: 'New pod…' }).click();
    const used = dialog.getByRole('checkbox', { name: /^Use it for ComfyUI/ });
    expect(await used.isChecked()).toBe(true);
    await dialog.getByText('Image, ports, environment').click();
    await dialog.getByLabel('Name', { exact: true }).fill('portraits');
    await dialog.getByText('Image, ports, environment').click();
    await shot('05-new-pod');
    await dialog.getByRole('button', { name: 'Rent for $0.60/h' }).click();
    const row = dialog.getByRole('listitem', { name: 'portraits' });
    await row.getByText('ComfyUI runs here').waitFor();
    await shot('06-rented');
    await page.keyboard.press('Escape');

    await editor.card('generate').locator('header').click();
    await editor.inspector.getByRole('combobox', { name: 'Where this node runs' }).click();
    const choices = page.getByRole('listbox');
    await choices
      .getByRole('group', { name: /^ComfyUI/ })
      .getByText('SDXL', { exact: true })
      .click();
    await editor.inspector.getByText(/portraits, starting, \$0\.60\/h/).waitFor();
    await editor.planned();
    await editor.status.getByText('1 problem').click();
    await page.getByRole('button', { name: 'Run when it answers' }).waitFor();
    expect(await editor.card('generate').getByText('pod time').count()).toBe(2);
    expect(await editor.card('generate').getByText('free', { exact: true }).count()).toBe(0);
    await shot('07-starting');

    // It waits for the pod, can be told not to, and sends nothing.
    await editor.run.click();
    await page.getByRole('button', { name: /^Cancel.*waiting for portraits/ }).click();
    await editor.run.click();
    await page.getByRole('button', { name: /^Cancel.*waiting for portraits: starting/ }).waitFor();
    await shot('08-waiting');
    expect(comfyui.charges).toHaveLength(0);
    await clock.pass(5);
    await editor.card('generate').getByRole('img').first().waitFor();
    expect(comfyui.charges).toHaveLength(1);
    await editor.inspector.getByText(/portraits, (ready|working)/).waitFor();
    await shot('09-picture');
    await editor.inspector.getByRole('button', { name: 'Compare routes' }).click();
    await dialog
      .getByText(/portraits, ready, \$0\.60\/h/)
      .first()
      .waitFor();
    await shot('10-routes');
    await page.keyboard.press('Escape');

    await editor.status.getByRole('button', { name: 'Stop' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Stop' }).click();
    await editor.status.getByText('Pod portraits: stopped').waitFor();
    expect(runpod.pods[0]!.isUp).toBe(false);

    // Another picture: the pod is started by the person's word alone, and the run begins by itself.
    await editor.command('New take of the selection');
    await editor.inspector.getByText(/portraits, stopped/).waitFor();
    await editor.status.getByText('1 problem').waitFor();
    await shot('11-stopped');
    await editor.run.click();
    await question.getByText('Start portraits?').waitFor();
    await shot('12-start-and-run');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(runpod.pods[0]!.isUp).toBe(false);
    await editor.run.click();
    await question.getByRole('button', { name: 'Start and run for $0.60/h' }).click();
    await page.getByRole('button', { name: /^Cancel.*waiting for portraits/ }).waitFor();
    await clock.pass(5);
    await expect.poll(() => comfyui.charges.length).toBe(2);
    await test.answerDialogs({ message: [0] });
    await test.close();
    expect(runpod.pods[0]!.isUp).toBe(false);
  });
});
