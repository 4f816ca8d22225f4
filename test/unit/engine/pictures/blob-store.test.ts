import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBlobStore, type BlobStore } from '#engine/pictures/blob-store';

let folder: string;
let blobs: BlobStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedloom-blobs-'));
  blobs = createBlobStore(join(folder, 'blobs'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (text: string) => new TextEncoder().encode(text);
// From `printf abc | sha256sum`.
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

function filesIn(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('the blob store', () => {
  it('keeps bytes under their sha256', async () => {
    expect(blobs.has(abc)).toBe(false);
    expect(await blobs.put(bytesOf('abc'))).toBe(abc);
    expect(blobs.has(abc)).toBe(true);
    expect(blobs.path(abc)).toBe(join(folder, 'blobs', 'ba', `${abc.slice(2)}.bin`));
    expect(readFileSync(blobs.path(abc)!, 'utf8')).toBe('abc');
    expect(Buffer.from(await blobs.read(abc)).toString()).toBe('abc');
  });

  it('does not write again what is there', async () => {
    await blobs.put(bytesOf('abc'));
    const before = statSync(blobs.path(abc)!);
    expect(await blobs.put(bytesOf('abc'))).toBe(abc);
    expect(statSync(blobs.path(abc)!).ino).toBe(before.ino);
  });

  it('takes the same and other bytes from many at once and leaves nothing else behind', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `blob ${index % 6}`);
    const other = createBlobStore(join(folder, 'blobs'));
    const hashes = await Promise.all(
      texts.map((text, index) => (index % 2 === 0 ? blobs : other).put(bytesOf(text))),
    );
    expect(new Set(hashes).size).toBe(6);
    for (const [index, hash] of hashes.entries())
      expect(Buffer.from(await blobs.read(hash)).toString()).toBe(texts[index]);
    expect(filesIn()).toHaveLength(6);
  });

  it('takes no half-written file of a killed process for a blob', async () => {
    mkdirSync(join(folder, 'blobs', 'ba'), { recursive: true });
    writeFileSync(join(folder, 'blobs', 'ba', '0123456789abcdef01234567.tmp'), 'a');
    expect(blobs.has(abc)).toBe(false);
    expect(await blobs.put(bytesOf('abc'))).toBe(abc);
    expect(readFileSync(blobs.path(abc)!, 'utf8')).toBe('abc');
  });

  it.each(['', 'abc', '../../etc/passwd', `${abc}/..`, abc.toUpperCase(), `${abc}\n`, `..${abc.slice(2)}`])(
    'makes no path of %j',
    async (hash) => {
      await blobs.put(bytesOf('abc'));
      expect(blobs.path(hash)).toBeUndefined();
      expect(blobs.has(hash)).toBe(false);
      await expect(blobs.read(hash)).rejects.toMatchObject({ failure: { code: 'missing-blob' } });
    },
  );

  it('tells in words that the disk refuses, and leaves no file', async () => {
    writeFileSync(join(folder, 'blobs'), 'a file where the folder should be');
    await expect(blobs.put(bytesOf('abc'))).rejects.toMatchObject({
      failure: {
        act: 'user',
        charge: 'none',
        message: expect.stringContaining('write a picture to the data folder'),
      },
    });
    expect(filesIn()).toEqual(['blobs']);
  });
});
