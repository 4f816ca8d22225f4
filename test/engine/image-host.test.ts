import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addNode } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunEvent } from '#core/run';
import type { EngineOptions } from '#engine/contract';
import { imageHosts } from '#providers/catalogue';
import runpodPublic from '#providers/runpod-public.provider';
import { contractNodes, oneNode } from '../contract/contract-nodes';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { createFakeFal } from '#test/kit/fake-fal';
import { createFakeRunpodPublic } from '#test/kit/fake-runpod-public';
import { createFakeS3, type FakeS3, type FakeS3Options } from '#test/kit/fake-s3';
import type { FakeVendor } from '#test/kit/fake-vendor';

const day = 86_400_000;
const keyId = 'AKIDSECRETID';
const key = 'secret+access/key';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: FakeVendor;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await createFakeRunpodPublic({ key: 'runpod-key' });
  closing = [];
  mkdirSync(join(folder.path, 'references'));
  await sharp({ create: { width: 64, height: 48, channels: 3, background: '#c0392b' } })
    .png()
    .toFile(join(folder.path, 'references', '1.png'));
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  await vendor.close();
  folder.remove();
});

type Settings = Record<string, string>;
const secrets: Settings = {
  'runpod-public.key': 'runpod-key',
  's3.keyId': keyId,
  's3.key': key,
  'fal.key': 'fal-key',
};

async function bench(
  imageHost: string | undefined,
  settings: Settings = {},
  changes: Partial<EngineOptions> & { secrets?: Settings } = {},
): Promise<EngineBench> {
  const { secrets: given = secrets, ...more } = changes;
  const own: Settings = { 'runpod-public.baseUrl': vendor.url, ...settings };
  const made = await engineBench(folder.path, [runpodPublic], {
    nodes: contractNodes,
    imageHosts,
    imageHost: () => imageHost,
    secret: (provider, name) => given[`${provider}.${name}`],
    setting: (provider, name) => own[`${provider}.${name}`],
    ...more,
  });
  closing.push(() => made.engine.close());
  return made;
}

/** A bucket whose clock is `ahead` of that of the engine by so many milliseconds. */
async function bucket(
  options: FakeS3Options & { ahead?: number } = {},
): Promise<{ s3: FakeS3; at(made: EngineBench): void; settings: Settings }> {
  let clock = () => 0;
  const { ahead = 0, ...given } = options;
  const s3 = await createFakeS3({ keyId, key, now: () => clock() + ahead, ...given });
  closing.push(() => s3.close());
  return {
    s3,
    at: (made) => {
      clock = () => made.clock.now();
    },
    settings: { 's3.baseUrl': `${s3.url}/`, 's3.bucket': 'pictures', 's3.region': 'eu-central-1' },
  };
}

function edit(prompt = 'a red bicycle'): WorkflowDocument {
  const size = { width: 1024, height: 1024 };
  return oneNode('edit', 'runpod-public/seedream-4.0-edit', {
    prompt,
    size,
    references: { path: 'references' },
  });
}

const puts = (host: FakeVendor) => host.requests.filter(({ method }) => method === 'PUT');
const gets = (host: FakeVendor) => host.requests.filter(({ method }) => method === 'GET');
function sentLinks(): string[] {
  return vendor.requests
    .filter(({ points }) => points.includes('submit'))
    .flatMap(({ body }) => (body as { input: { images: string[] } }).input.images);
}
function failureIn(events: readonly RunEvent[]) {
  return events.find((event) => event.type === 'step-failed')?.failure;
}
const noSignature = /X-Amz-(Signature|Credential)=(?!•)|AKIDSECRETID|secret\+access/i;

describe('a bucket', () => {
  test('gives a vendor a link that opens the very picture, and what it was named by', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    expect(await made.run(edit())).toMatchObject({ outcome: 'done' });
    const [path, object] = [...s3.objects][0]!;
    expect(path).toMatch(/^\/pictures\/seedloom\/[0-9a-f]{64}\.png$/);
    expect(object.contentType).toBe('image/png');
    expect(object.bytes).toEqual(readFileSync(join(folder.path, 'references', '1.png')));
    expect(gets(s3).map((request) => request.path)).toEqual([path]);
    expect(vendor.charges).toHaveLength(1);
  });

  test('is given a content once, and the same link is used again until its last day', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    await made.run(edit('one'));
    await made.clock.sleep(5 * day);
    await made.run(edit('two'));
    expect(puts(s3)).toHaveLength(1);
    expect(new Set(sentLinks()).size).toBe(1);
    await made.clock.sleep(2 * day);
    expect(await made.run(edit('three'))).toMatchObject({ outcome: 'done' });
    expect(puts(s3)).toHaveLength(2);
    expect(new Set(sentLinks()).size).toBe(2);
    expect(s3.objects.size).toBe(1);
  });

  test('what was uploaded is known after a restart', async () => {
    const { s3, at, settings } = await bucket();
    const first = await bench('s3', settings);
    at(first);
    await first.run(edit('one'));
    await first.engine.close();
    const second = await bench('s3', settings);
    at(second);
    await second.run(edit('two'));
    expect(puts(s3)).toHaveLength(1);
  });

  test('two steps with one reference share one upload', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    const both = addNode(edit('one'), 'other', edit('two').nodes['it']!, [0, 200]);
    expect(await made.run(both)).toMatchObject({ outcome: 'done' });
    expect(puts(s3)).toHaveLength(1);
    expect(vendor.charges).toHaveLength(2);
  });

  test('another bucket is another place', async () => {
    const here = await bucket();
    const there = await bucket({ bucket: 'others', region: 'auto' });
    const settings: Settings = { ...here.settings };
    const made = await bench(
      's3',
      {},
      {
        setting: (provider, name) =>
          name === 'baseUrl' && provider !== 's3' ? vendor.url : settings[`${provider}.${name}`],
      },
    );
    here.at(made);
    there.at(made);
    await made.run(edit('one'));
    Object.assign(settings, there.settings, {
      's3.bucket': 'others',
      's3.region': 'auto',
      's3.prefix': '/my pictures/../100%/',
    });
    expect(await made.run(edit('two'))).toMatchObject({ outcome: 'done' });
    expect([puts(here.s3).length, puts(there.s3).length]).toEqual([1, 1]);
    expect([...there.s3.objects.keys()][0]).toMatch(/^\/others\/my%20pictures\/100%25\/[0-9a-f]{64}\.png$/);
  });

  test('trouble that passes is waited for', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    s3.fail({ kind: 'refuse', status: 503, on: 'upload' });
    s3.fail({ kind: 'cut-during', on: 'upload' });
    expect(await made.run(edit())).toMatchObject({ outcome: 'done' });
  });

  test.each([
    ['a wrong secret key', { key: 'another' }, {}, 'bad-key', 'secret access key is wrong'],
    ['a wrong key ID', { keyId: 'AKIDOTHER' }, {}, 'bad-key', 'does not know the access key ID'],
    ['a missing bucket', { bucket: 'elsewhere' }, {}, 'no-bucket', 'no such bucket'],
    ['another region', { region: 'us-west-2' }, {}, 'wrong-region', 'another region'],
    ['a clock that is behind', { ahead: 3_600_000 }, {}, 'wrong-clock', 'Set the clock'],
    ['a clock that is ahead', { ahead: -3_600_000 }, {}, 'wrong-clock', 'Set the clock'],
    [
      'an endpoint without https',
      {},
      { 's3.baseUrl': 's3.amazonaws.com' },
      'wrong-address',
      'Write it like https://',
    ],
  ])(
    '%s: is said in clear words, nothing is sent, nothing is charged, no signature is told',
    async (_name, options, changed, code, words) => {
      const { at, settings } = await bucket(options);
      const made = await bench('s3', { ...settings, ...changed });
      at(made);
      const { events, outcome } = await made.run(edit());
      expect(outcome).toBe('failed');
      expect(failureIn(events)).toMatchObject({
        code,
        act: 'user',
        charge: 'none',
        message: expect.stringContaining(words),
      });
      expect(vendor.requests).toEqual([]);
      expect(JSON.stringify([events, made.engine.show(events[0]!.run)])).not.toMatch(noSignature);
    },
  );

  test('what answers there and is no bucket is said so', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    s3.fail({ kind: 'refuse', status: 404, body: '<html>Not here</html>', on: 'upload' });
    const { events } = await made.run(edit());
    expect(failureIn(events)).toMatchObject({ code: 'wrong-address', charge: 'none' });
  });

  test('a vendor that repeats the link in its refusal tells nobody the signature', async () => {
    const { s3, at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    // Gone between the upload and the vendor's look: the fake then says which link it could not fetch.
    s3.fail({ kind: 'expired', status: 404, on: 'download' });
    const { events, outcome } = await made.run(edit());
    expect(outcome).toBe('failed');
    expect(JSON.stringify(failureIn(events))).toContain('X-Amz-Date=');
    const { run } = events[0]!;
    expect(JSON.stringify([events, made.engine.show(run), made.engine.receipts(run)])).not.toMatch(
      noSignature,
    );
  });

  test('no file of the data folder has a signature or a key', async () => {
    const { at, settings } = await bucket();
    const made = await bench('s3', settings);
    at(made);
    await made.run(edit());
    await made.engine.close();
    const files = readFileSync(join(folder.path, 'data', 'store', 'data.mdb')).toString('latin1');
    expect(files).toContain('uploads');
    expect(files).not.toMatch(/X-Amz-Signature|X-Amz-Credential|AKIDSECRETID|secret\+access/i);
  });
});

describe('fal storage', () => {
  test('gives a link by the fal key, once for a content while it lives', async () => {
    const fal = await createFakeFal({ key: 'fal-key' });
    closing.push(() => fal.close());
    const made = await bench('fal', { 'fal.baseUrl': fal.url });
    await made.run(edit('one'));
    expect(await made.run(edit('two'))).toMatchObject({ outcome: 'done' });
    expect(puts(fal)).toHaveLength(1);
    expect(sentLinks().every((link) => link.startsWith(`${fal.url}/files/upload/`))).toBe(true);
    await made.clock.sleep(day);
    await made.run(edit('three'));
    expect(puts(fal)).toHaveLength(2);
    expect(fal.charges).toEqual([]);
  });

  test('a key that fal refuses ends the step before anything is sent', async () => {
    const fal = await createFakeFal({ key: 'another' });
    closing.push(() => fal.close());
    const made = await bench('fal', { 'fal.baseUrl': fal.url });
    const { events } = await made.run(edit());
    expect(failureIn(events)).toMatchObject({ code: 'bad-key', act: 'user', charge: 'none' });
    expect(vendor.requests).toEqual([]);
  });
});

describe('the plan', () => {
  const issues = async (made: EngineBench, document = edit()) =>
    (await made.engine.plan(made.request(document))).issues;

  test.each([
    [
      'none is chosen',
      undefined,
      {},
      secrets,
      'no-image-host',
      /by link only\. Choose an image host in the settings.*SEEDLOOM_IMAGE_HOST \(fal, s3\)/,
    ],
    [
      'there is no such host',
      'dropbox',
      {},
      secrets,
      'no-image-host',
      /no image host "dropbox"; there are fal, s3/,
    ],
    ['a key is missing', 's3', {}, { 's3.keyId': keyId }, 'no-key', /Secret access key.*SEEDLOOM_S3_KEY/],
    [
      'a setting is missing',
      's3',
      { 's3.baseUrl': 'https://s3.example' },
      secrets,
      'no-image-host-setting',
      /Bucket.*--setting s3\.bucket/,
    ],
  ] as const)('says so when %s, and nothing is sent', async (_name, host, settings, given, code, words) => {
    const made = await bench(host, settings, { secrets: given });
    expect(await issues(made)).toEqual([
      { code, severity: 'error', message: expect.stringMatching(words), place: { node: 'it' } },
    ]);
    expect(await made.engine.start(made.request(edit()))).toMatchObject({ ok: false });
    expect(vendor.requests).toEqual([]);
  });

  test('needs none for a task without pictures, nor for a result that is there', async () => {
    const { at, settings } = await bucket();
    let host: string | undefined = 's3';
    const made = await bench('', settings, { imageHost: () => host });
    at(made);
    await made.run(edit());
    host = undefined;
    expect(await issues(made, oneNode('generate', 'runpod-public/seedream-4.0'))).toEqual([]);
    expect(await issues(made)).toEqual([]);
    expect(await made.run(edit())).toMatchObject({ outcome: 'done', spent: 0 });
    expect(await issues(made, edit('another'))).toHaveLength(1);
  });
});
