import { describe, expect, it, onTestFinished } from 'vitest';
import { setRoute } from '#core/document/edit';
import { createFakeRunpodPublic } from '#test/kit/fake-runpod-public';
import { createFakeS3 } from '#test/kit/fake-s3';
import { hasElectron } from './kit/app';
import { filesHolding } from './kit/files-holding';
import { leave, open, workflow, type NodeRow } from './kit/open-workflow';

const size = { width: 1024, height: 1024 };
const keyId = 'AKIDOFTHETEST';
const key = 'bucket-secret-key';

describe.skipIf(!hasElectron)('the image host, in the window', () => {
  it('is missed before anything is sent, chosen in the settings, and gives the vendor the picture', async () => {
    const s3 = await createFakeS3({ keyId, key, region: 'us-east-1' });
    const vendor = await createFakeRunpodPublic({ key: 'runpod-key' });
    onTestFinished(async () => {
      await s3.close();
      await vendor.close();
    });
    const rows: NodeRow[] = [
      ['generate', 'generate', { size, prompt: 'A paper boat' }],
      ['edit', 'edit', { size, prompt: 'at night' }],
    ];
    const document = setRoute(
      workflow(rows, ['generate.image > edit.image']),
      'edit',
      'runpod-public/seedream-4.0-edit',
    );
    const environment = { SEEDLOOM_RUNPOD_PUBLIC_URL: vendor.url, SEEDLOOM_RUNPOD_PUBLIC_KEY: 'runpod-key' };
    const { test, editor } = await open(document, { environment });
    const { page, home } = test;
    await editor.card('edit').getByRole('heading').click();
    await editor.inspector
      .getByText(/by link only/)
      .first()
      .waitFor();
    await test.screenshot('image-host-1-missed');
    expect(vendor.requests).toEqual([]);

    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('tab', { name: 'Image host' }).click();
    await test.screenshot('image-host-2-none');
    await settings.getByRole('button', { name: 'S3-compatible bucket' }).click();
    await settings.getByText('Still missing: Access key ID, Secret access key, Endpoint, Bucket.').waitFor();
    await test.screenshot('image-host-3-missing');
    for (const [label, value] of [
      ['Access key ID', keyId],
      ['Secret access key', key],
    ] as const) {
      await settings.getByLabel(`S3-compatible bucket: ${label}`).fill(value);
      await page.keyboard.press('Enter');
      await expect.poll(() => settings.getByText('Still missing').textContent()).not.toContain(label);
    }
    await settings.getByLabel('Endpoint', { exact: true }).fill(s3.url);
    await page.keyboard.press('Enter');
    await settings.getByText('Still missing: Bucket.').waitFor();
    await settings.getByLabel('Bucket', { exact: true }).fill('pictures');
    await page.keyboard.press('Enter');
    await settings.getByText('Still missing').waitFor({ state: 'detached' });
    await test.screenshot('image-host-4-ready');
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'detached' });
    await editor.planned();

    await editor.runToEnd();
    expect((await editor.picture('edit')).width).toBeGreaterThan(0);
    await test.screenshot('image-host-5-made');
    expect({ kept: s3.objects.size, charges: vendor.charges.length }).toEqual({ kept: 1, charges: 1 });
    expect(s3.requests.map(({ method }) => method).sort()).toEqual(['GET', 'PUT']);
    expect(await filesHolding(home, /bucket-secret-key|AKIDOFTHETEST|X-Amz-Signature/)).toEqual([]);
    await leave(test);
  });
});
