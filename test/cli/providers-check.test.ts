import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyCheck } from '#core/key-check';
import { createFakeFal } from '../kit/fake-fal';
import { createFakeWavespeed } from '../kit/fake-wavespeed';
import type { FakeVendor } from '../kit/fake-vendor';
import { commandLine, type CommandLine, type Ended } from './command-line';

let line: CommandLine;
let fal: FakeVendor;
let wavespeed: FakeVendor;
beforeEach(async () => {
  line = commandLine();
  fal = await createFakeFal({ key: 'fal-key-that-works' });
  wavespeed = await createFakeWavespeed({ key: 'wavespeed-key-that-works' });
});
afterEach(async () => {
  await fal.close();
  await wavespeed.close();
  line.remove();
});

const environment = () => ({
  SEEDLOOM_FAL_URL: fal.url,
  SEEDLOOM_FAL_KEY: 'fal-key-that-works',
  SEEDLOOM_WAVESPEED_URL: wavespeed.url,
  SEEDLOOM_WAVESPEED_KEY: 'a-wrong-wavespeed-key',
  SEEDLOOM_BYTEPLUS_KEY: 'an-ark-key',
  // Nothing listens there.
  SEEDLOOM_COMFYUI_URL: 'http://127.0.0.1:1',
});
const checksOf = ({ out }: Ended) =>
  Object.fromEntries((JSON.parse(out) as KeyCheck[]).map((check) => [check.provider, check]));
const spent = () =>
  [fal, wavespeed].flatMap(({ charges, requests }) => [
    ...charges,
    ...requests.filter(({ points }) => points.includes('submit')),
  ]);

describe('seedloom providers check', () => {
  it('says of every provider with a key what can be told, spends nothing, and tells no key', async () => {
    const json = await line.start(['providers', 'check', '--json'], environment());
    expect(json.code).toBe(0);
    expect(checksOf(json)).toMatchObject({
      fal: { state: 'works' },
      wavespeed: { state: 'refused', failure: { code: 'bad-key', charge: 'none' } },
      byteplus: { provider: 'byteplus', state: 'unknown' },
      comfyui: { state: 'unknown', failure: { act: 'user', charge: 'none' } },
      openrouter: { state: 'not-set', variable: 'SEEDLOOM_OPENROUTER_KEY' },
    });
    expect(Object.keys(checksOf(json))).not.toContain('sandbox');
    const words = await line.start(['providers', 'check'], environment());
    expect(words.out).toMatch(/^fal +Works\./m);
    expect(words.out).toMatch(/^wavespeed +Refused\. .*wavespeed\.ai/m);
    expect(words.out).toMatch(/^byteplus +Cannot be told without spending\.$/m);
    expect(words.out).toMatch(
      /^openrouter +Not set\. Get one at https:.* and set SEEDLOOM_OPENROUTER_KEY\.$/m,
    );
    expect(spent()).toEqual([]);
    expect(JSON.stringify([json, words])).not.toMatch(/that-works|a-wrong-wavespeed|an-ark-key/);
  });

  it.each([
    ['fal', 0],
    ['byteplus', 0],
    ['sandbox', 0],
    ['wavespeed', 1],
    ['openrouter', 1],
    ['comfyui', 1],
    ['nobody', 2],
  ])('of %s alone ends with %i', async (provider, code) => {
    expect(await line.start(['providers', 'check', provider], environment())).toMatchObject({ code });
    expect(spent()).toEqual([]);
  });
});

describe('an image host', () => {
  it('is named by the environment or --setting, and one that is not there is refused', async () => {
    const listed = await line.start(['providers'], {
      SEEDLOOM_IMAGE_HOST: 's3',
      SEEDLOOM_S3_KEY: 'secret-one',
    });
    expect(listed.out).toContain('s3: S3-compatible bucket (chosen)');
    expect(listed.out).toMatch(/Secret access key: set$/m);
    expect(listed.out).not.toContain('secret-one');
    const refused = await line.start(['resume', '--setting', 'imageHost=dropbox']);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.errors).toContain('There is no image host "dropbox"; there are none, fal, s3.');
  });
});
