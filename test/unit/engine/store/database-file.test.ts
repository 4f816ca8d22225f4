import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseState } from '#engine/store/database-file';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder.path, 'data.mdb');
  await write(0, 2000, 300);
});
afterEach(() => folder.remove());

/** Fills a database with rows small and large, in several tables. */
async function write(from: number, count: number, length: number): Promise<void> {
  const root = open({ path: folder.path, maxDbs: 32, encoding: 'json' });
  const tables = ['a', 'b', 'c'].map((name) => root.openDB<unknown, string>({ name, encoding: 'json' }));
  for (let row = from; row < from + count; row += 1) {
    const size = row % 50 === 0 ? length * 40 : length;
    void tables[row % 3]!.put(`row ${row}`, { text: 'x'.repeat(size) });
    if (row % 5 === 0) void tables[(row + 1) % 3]!.remove(`row ${row - 4}`);
  }
  await root.flushed;
  await root.close();
}

/** Bytes, as the computer has them. */
function pageSize(): number {
  return readFileSync(file).readUInt32LE(48);
}

function damaged(change: (bytes: Buffer) => Buffer): string {
  const copy = join(folder.path, 'copy.mdb');
  writeFileSync(copy, change(readFileSync(file)));
  return copy;
}

describe('the state of a database file', () => {
  it('is sound as lmdb leaves it, also after it was gone on with', async () => {
    expect(databaseState(file)).toBe('sound');
    expect(databaseState(file, { whole: true })).toBe('sound');
    for (let time = 1; time < 8; time += 1) {
      await write(time * 700, 300 * time, 100 * time);
      expect(databaseState(file, { whole: true })).toBe('sound');
    }
  });

  it('is sound for an empty database, and missing without one', async () => {
    const other = join(folder.path, 'other');
    await open({ path: other }).close();
    expect(databaseState(join(other, 'data.mdb'), { whole: true })).toBe('sound');
    expect(databaseState(join(folder.path, 'none.mdb'))).toBe('missing');
  });

  it('is sound while it is being written to', async () => {
    const root = open<unknown, string>({ path: folder.path, maxDbs: 32, encoding: 'json' });
    for (let row = 0; row < 200; row += 1) {
      const written = root.put(`more ${row}`, { text: 'y'.repeat(row * 50) });
      expect(databaseState(file, { whole: true })).toBe('sound');
      await written;
    }
    await root.close();
  });

  it('is damaged wherever it was cut off', () => {
    const { size } = statSync(file);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Math.floor(size / 2) }), (length) => {
        const copy = join(folder.path, 'cut.mdb');
        copyFileSync(file, copy);
        truncateSync(copy, length);
        expect(databaseState(copy)).toBe('damaged');
      }),
    );
  });

  it('is damaged when it was written over: by another file, by zeros, in its first pages', () => {
    expect(databaseState(damaged(() => Buffer.from('%PDF-1.7 something else'.repeat(2000))))).toBe('damaged');
    expect(databaseState(damaged((bytes) => bytes.fill(0)))).toBe('damaged');
    expect(databaseState(damaged((bytes) => bytes.fill(0, 0, pageSize())))).toBe('damaged');
    expect(databaseState(damaged((bytes) => bytes.fill(255, pageSize(), 2 * pageSize())))).toBe('damaged');
  });

  it('is damaged when any page in use was zeroed, once every page is looked at', () => {
    const page = pageSize();
    const pages = statSync(file).size / page;
    let found = 0;
    for (let number = 2; number < pages; number += 1)
      if (
        databaseState(
          damaged((bytes) => bytes.fill(0, number * page, (number + 1) * page)),
          { whole: true },
        ) === 'damaged'
      )
        found += 1;
    // Pages that were given back, and the later pages of long values, say nothing about where they lead.
    expect(found).toBeGreaterThan(pages / 3);
  });

  it('is of another version when the number says so', () => {
    const other = damaged((bytes) => {
      bytes.writeUInt32LE(3, 28);
      bytes.writeUInt32LE(3, pageSize() + 28);
      return bytes;
    });
    expect(databaseState(other)).toBe('other-version');
  });
});
