import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { createFakeWavespeed } from '#test/kit/fake-wavespeed';
import { hasElectron } from './kit/app';
import { leave, open } from './kit/open-workflow';

describe.skipIf(!hasElectron)('a key, in the window', () => {
  it('is checked without spending, and what was said of it goes with it', async () => {
    const key = 'wavespeed-key-that-works';
    const vendor = await createFakeWavespeed({ key });
    onTestFinished(() => vendor.close());
    const environment = { SEEDLOOM_WAVESPEED_URL: vendor.url };
    const { test } = await open(createDocument('keys', 'Keys'), { environment });
    const { page } = test;
    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('tab', { name: 'Keys' }).click();
    await settings.getByLabel('Find a provider or model').fill('wavespeed');
    const check = settings.getByRole('button', { name: 'Check the key of WaveSpeedAI' });
    expect(await check.count()).toBe(0);

    await settings.getByLabel('WaveSpeedAI: API key').fill('a-wrong-key');
    await page.keyboard.press('Enter');
    await check.click();
    await settings.getByText(/^Refused\. WaveSpeedAI does not accept the key/).waitFor();
    await test.screenshot('keys-1-refused');

    await settings.getByLabel('WaveSpeedAI: API key').fill(key);
    await page.keyboard.press('Enter');
    await settings.getByText(/^Refused/).waitFor({ state: 'detached' });
    await check.click();
    await settings.getByText('Works. $12.50 left.').waitFor();
    await test.screenshot('keys-2-works');
    expect(vendor.charges).toEqual([]);
    expect(vendor.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v3/balance',
      'GET /api/v3/balance',
    ]);
    await leave(test);
  });
});
