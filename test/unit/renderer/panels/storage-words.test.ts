import { describe, expect, it } from 'vitest';
import type { StorageReport } from '#core/storage';
import { cleanUpWords, useLines, verifyWords } from '../../../../renderer/panels/storage-words';

const none = { count: 0, bytes: 0 };
const report: StorageReport = {
  folder: '/data',
  results: { count: 3, bytes: 750 },
  takenIn: none,
  others: none,
  previews: none,
  database: { count: 2, bytes: 250 },
  damaged: none,
  leftOver: none,
  bytes: 1000,
};

describe('the words of the storage page', () => {
  it('name only what is there, with its part of the whole', () => {
    expect(useLines(report).map(({ name, part }) => [name, part])).toEqual([
      ['Results', 0.75],
      ['Database', 0.25],
    ]);
  });

  it('say before and after what a clean-up takes, and what it spares', () => {
    const sum = {
      isDryRun: true,
      results: 2,
      pictures: none,
      previews: none,
      leftOver: none,
      bytes: 2.5e9,
      needed: 1,
    };
    expect(cleanUpWords(sum)).toBe(
      'Would remove 2 results: 2.5 GB. 1 result stays because something needs it.',
    );
    expect(cleanUpWords({ ...sum, isDryRun: false, needed: 0 })).toBe('Removed 2 results: 2.5 GB.');
    expect(cleanUpWords({ ...sum, results: 0, bytes: 0, needed: 0 })).toBe('There is nothing to remove.');
  });

  it('tell sound, stopped and damaged apart', () => {
    const seen = {
      checked: { count: 4, bytes: 4000 },
      damaged: [],
      folder: '/data/damaged',
      isStopped: false,
    };
    expect(verifyWords({ ...seen, database: 'sound' }).tone).toBe('success');
    expect(verifyWords({ ...seen, database: 'sound', isStopped: true }).words).toContain('Stopped after');
    expect(verifyWords({ ...seen, database: 'damaged' }).tone).toBe('danger');
    const damaged = [{ hash: 'a', use: 'result' as const }];
    expect(verifyWords({ ...seen, damaged, database: 'sound' })).toMatchObject({
      tone: 'danger',
      words: expect.stringContaining('/data/damaged'),
    });
  });
});
