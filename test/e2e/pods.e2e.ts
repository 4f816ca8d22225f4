import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder';
import { computer, runpodIn, runpodKey, wish } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { hasElectron, launchApp } from './kit/app';

/** A pod that an earlier Seedloom has left running, half an hour ago. */
async function podLeftRunning() {
  const folder = temporaryFolder();
  const clock = new SimulatedClock(Date.now() - 30 * 60_000);
  const runpod = await runpodIn(folder.path, { clock });
  onTestFinished(async () => {
    await runpod.close();
    folder.remove();
  });
  const before = await computer(folder.path, runpod);
  const { id } = await before.engine.pods.create(wish({ idle: null }, { name: 'portraits' }));
  before.keep();
  await clock.pass(5);
  await before.close();
  const environment = {
    SEEDLOOM_RUNPOD_KEY: runpodKey,
    SEEDLOOM_RUNPOD_URL: runpod.url,
  };
  return { runpod, pod: runpod.pod(id), home: join(folder.path, 'data'), environment };
}

describe.skipIf(!hasElectron)('pods, in the window', () => {
  it('that were left running are named, are in sight with their price, and are stopped by a button', async () => {
    const { pod, home, environment } = await podLeftRunning();
    const test = await launchApp({ home, environment });
    const { page } = test;
    await page.getByText(/portraits.* was left running: \$0\.60 an hour/).waitFor();
    const status = page.getByRole('contentinfo', { name: 'Status' });
    await status.getByText('Pod: ready').waitFor();
    await expect.poll(() => status.textContent()).toMatch(/\$0\.60\/h · \$0\.\d+ since start/);
    await test.screenshot('pods-1-running');
    await status.getByRole('button', { name: 'Stop' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Stop the pod?').waitFor();
    await test.screenshot('pods-2-question');
    await question.getByRole('button', { name: 'Stop' }).click();
    await status.getByText('Pod: ready').waitFor({ state: 'detached' });
    expect(pod.isUp).toBe(false);
    expect(pod.stops.map(({ by }) => by)).toEqual(['seedloom']);
    // Nothing costs: nothing is asked.
    await test.close();
  });

  it.each([
    ['stops', 0, false],
    ['leaves running', 1, true],
  ] as const)('%s what the person says when the window closes', async (_what, pressed, isUp) => {
    const { pod, home, environment } = await podLeftRunning();
    const test = await launchApp({ home, environment });
    await test.page.getByText('Pod: ready').waitFor();
    await test.answerDialogs({ message: [pressed] });
    await test.close();
    expect(pod.isUp).toBe(isUp);
  });

  it('is rented, has its rules changed, is stopped, started and terminated in the window of pods', async () => {
    const folder = temporaryFolder();
    const clock = new SimulatedClock(Date.now());
    const runpod = await runpodIn(folder.path, { clock, deafImages: ['runpod/comfyui:latest'] });
    onTestFinished(async () => {
      await runpod.close();
      folder.remove();
    });
    runpod.make({ name: 'made-in-the-console' });
    runpod.soldOut.add('NVIDIA A40');
    const environment = { SEEDLOOM_RUNPOD_KEY: runpodKey, SEEDLOOM_RUNPOD_URL: runpod.url };
    const test = await launchApp({ home: join(folder.path, 'data'), environment });
    const { page } = test;
    await page.getByRole('button', { name: 'Pods: your rented GPUs' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('made-in-the-console').waitFor();
    await dialog.getByText('None costs by the hour now.').waitFor();

    await dialog.getByRole('button', { name: 'New pod…' }).click();
    const gpu = dialog.getByRole('combobox', { name: 'GPU', exact: true });
    await expect.poll(() => gpu.textContent()).toContain('RTX 4090 · 24 GB · $0.60/h');
    await gpu.click();
    const soldOut = page.getByRole('option', { name: /A40/ });
    expect(await soldOut.getAttribute('data-disabled')).not.toBeNull();
    await test.screenshot('pods-3-gpus');
    await page.keyboard.press('Escape');
    await dialog.getByRole('combobox', { name: 'Network volume' }).click();
    await page.getByRole('option', { name: /models/ }).click();
    await dialog.getByRole('combobox', { name: 'Without work' }).click();
    await page.getByRole('option', { name: '30 minutes' }).click();
    await dialog.getByText('Image, ports, environment').click();
    await dialog.getByLabel('Name', { exact: true }).fill('portraits');
    await dialog.getByLabel('Environment').fill('HF_TOKEN=hf_of-the-person');
    await test.screenshot('pods-4-new');
    // Out of balance: nothing is rented, and the next step is offered.
    runpod.balance = 0;
    await dialog.getByRole('button', { name: 'Rent for $0.60/h' }).click();
    await dialog.getByRole('button', { name: 'Top up' }).waitFor();
    await test.screenshot('pods-5-no-balance');
    runpod.balance = 25;
    await dialog.getByRole('button', { name: 'Rent for $0.60/h' }).click();
    const row = dialog.getByRole('listitem', { name: 'portraits' });
    await row.getByText('$0.60/h').waitFor();
    const pod = runpod.pods[1]!;
    expect(pod.body).toMatchObject({
      name: 'portraits',
      env: { HF_TOKEN: 'hf_of-the-person', SEEDLOOM_LEASE_MINUTES: '15' },
      mounts: { network: [{ volumeId: 'vol1', path: '/workspace' }] },
    });
    // The dialog lies over the status bar, which is in sight and not read aloud.
    await page.locator('.status-pods').getByText('$0.60/h').waitFor();

    await row.getByRole('button', { name: 'When portraits is stopped' }).click();
    await row.getByRole('combobox', { name: 'Without work' }).click();
    await page.getByRole('option', { name: 'Never' }).click();
    await test.screenshot('pods-6-rules');
    await row.getByRole('button', { name: 'Save' }).click();

    const answer = async (question: string, action: string) => {
      const asked = page.getByRole('alertdialog');
      await asked.getByText(question).waitFor();
      await asked.getByRole('button', { name: action }).click();
    };
    await row.getByRole('button', { name: 'Stop portraits' }).click();
    await answer('Stop the pod?', 'Stop');
    await row.getByRole('button', { name: 'Start portraits' }).waitFor();
    expect(pod.isUp).toBe(false);
    // Its machine has no GPU any more: the way out is offered.
    runpod.zeroGpus = 'refused';
    await row.getByRole('button', { name: 'Start portraits' }).click();
    await answer('Start portraits?', 'Start for $0.60/h');
    await row.getByRole('button', { name: 'New pod' }).waitFor();
    await test.screenshot('pods-7-no-gpu');
    runpod.zeroGpus = 'no';
    await row.getByRole('button', { name: 'Start portraits' }).click();
    await answer('Start portraits?', 'Start for $0.60/h');
    await row.getByRole('button', { name: 'Stop portraits' }).waitFor();
    expect(pod.isUp).toBe(true);
    await row.getByRole('button', { name: 'Terminate portraits' }).click();
    await answer('Terminate portraits?', 'Terminate');
    await row.waitFor({ state: 'detached' });
    expect([pod.status, runpod.pods[0]!.status]).toEqual(['TERMINATED', 'EXITED']);
    await test.close();
  });
});
