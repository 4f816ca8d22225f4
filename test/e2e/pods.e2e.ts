import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../kit/engine-bench';
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
});
