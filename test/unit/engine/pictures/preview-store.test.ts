import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBlobStore, type BlobStore } from '#engine/pictures/blob-store';
import { createPreviewStore, type PreviewStore } from '#engine/pictures/preview-store';
import { distance, noise, pixel, twoColors } from '#test/fixtures/pictures/make-pictures';

let folder: string;
let blobs: BlobStore;
let previews: PreviewStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedloom-previews-'));
  blobs = createBlobStore(join(folder, 'blobs'));
  previews = createPreviewStore(join(folder, 'previews'), blobs);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () =>
  readdirSync(join(folder, 'previews'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

describe('the preview store', () => {
  it('makes a WebP of the asked width', async () => {
    const hash = await blobs.put(await twoColors(1600, 900).jpeg().toBuffer());
    const file = await previews.file(hash, 512);
    expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: 512, height: 288 });
    const bytes = readFileSync(file!);
    expect(distance(await pixel(bytes, 100, 100), [208, 32, 32])).toBeLessThan(12);
    expect(distance(await pixel(bytes, 400, 200), [32, 64, 208])).toBeLessThan(12);
  });

  it('shows it upright', async () => {
    const hash = await blobs.put(
      await twoColors(800, 400).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    );
    const file = await previews.file(hash, 256);
    expect(await sharp(file).metadata()).toMatchObject({ width: 256, height: 512 });
    // A quarter turn to the right brings the red left half to the top.
    expect(distance(await pixel(readFileSync(file!), 128, 60), [208, 32, 32])).toBeLessThan(12);
  });

  it('never enlarges', async () => {
    const hash = await blobs.put(await twoColors(100, 70).png().toBuffer());
    expect(await sharp(await previews.file(hash, 1024)).metadata()).toMatchObject({ width: 100, height: 70 });
  });

  it('makes one of a strip that is higher than WebP can be', async () => {
    const hash = await blobs.put(await twoColors(300, 20_000).png().toBuffer());
    expect(await sharp(await previews.file(hash, 512)).metadata()).toMatchObject({
      width: 240,
      height: 16_000,
    });
  });

  it('shares one job among all who ask, and keeps the file', async () => {
    const hash = await blobs.put(await noise(900, 900).png().toBuffer());
    const asked = await Promise.all(Array.from({ length: 20 }, () => previews.file(hash, 256)));
    expect(new Set(asked).size).toBe(1);
    expect(files()).toHaveLength(1);
    const before = statSync(asked[0]!);
    expect(await previews.file(hash, 256)).toBe(asked[0]);
    expect(statSync(asked[0]!).ino).toBe(before.ino);
    await previews.file(hash, 512);
    expect(files()).toHaveLength(2);
  });

  it('makes it again when the folder was thrown away', async () => {
    const hash = await blobs.put(await twoColors(800, 400).png().toBuffer());
    const file = await previews.file(hash, 256);
    rmSync(join(folder, 'previews'), { recursive: true });
    expect(await previews.file(hash, 256)).toBe(file);
    expect(files()).toHaveLength(1);
  });

  it('has none of a picture that is not there', async () => {
    expect(await previews.file('0'.repeat(64), 256)).toBeUndefined();
    expect(await previews.file('../secret', 256)).toBeUndefined();
  });

  it('fails in words, leaves nothing behind and can be asked again', async () => {
    const hash = await blobs.put(await twoColors(800, 400).png().toBuffer());
    writeFileSync(join(folder, 'previews'), 'a file where the folder should be');
    await expect(previews.file(hash, 256)).rejects.toMatchObject({ failure: { code: 'preview-failed' } });
    rmSync(join(folder, 'previews'));
    expect(await previews.file(hash, 256)).toBeDefined();
  });
});
