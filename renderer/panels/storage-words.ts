import type { BridgeInput } from '#core/ipc';
import type { CleanUpReport, StorageReport, StorageUse, VerifyReport } from '#core/storage';
import { count, fileSize } from '../look/format';

/** Which results go: all that hold for them. */
export type CleanUpLimits = Pick<BridgeInput<'storage.cleanUp'>, 'olderThanDays' | 'keepBytes'>;

export interface UseLine {
  name: string;
  note: string;
  use: StorageUse;
  /** 0 to 1 of all. */
  part: number;
}

/** What uses the data folder; only what is there. */
export function useLines(report: StorageReport): UseLine[] {
  const lines: [string, string, StorageUse][] = [
    ['Results', 'Pictures that were made', report.results],
    ['Your pictures', 'Taken in from files and pasted; a clean-up leaves them', report.takenIn],
    ['Unknown pictures', 'Not in the database; a clean-up leaves them', report.others],
    ['Previews', 'Made again when they are needed', report.previews],
    ['Database', 'History, receipts, budgets', report.database],
    ['Damaged', 'Set aside, never deleted', report.damaged],
    ['Left over', 'Of writes that were cut', report.leftOver],
  ];
  return lines
    .filter(([, , use]) => use.count > 0)
    .map(([name, note, use]) => ({
      name,
      note,
      use,
      part: report.bytes === 0 ? 0 : use.bytes / report.bytes,
    }));
}

/** What a clean-up may be asked to remove. */
export const cleanUpChoices: readonly {
  value: string;
  heading: string;
  label: string;
  limits: CleanUpLimits;
}[] = [
  ...[90, 30, 7].map((days) => ({
    value: `${days} days`,
    heading: 'By age',
    label: `not used for ${days} days`,
    limits: { olderThanDays: days, keepBytes: null },
  })),
  {
    value: 'all',
    heading: 'By age',
    label: 'of any age',
    limits: { olderThanDays: 0, keepBytes: null },
  },
  ...[50, 20, 5, 1].map((size) => ({
    value: `${size} GB`,
    heading: 'By size, unused for longest first',
    label: `beyond ${size} GB`,
    limits: { olderThanDays: null, keepBytes: size * 1e9 },
  })),
];

/** What a clean-up has removed, or would. */
export function cleanUpWords({ isDryRun, results, bytes, needed }: CleanUpReport): string {
  const kept =
    needed === 0
      ? ''
      : ` ${count(needed, 'result')} ${needed === 1 ? 'stays' : 'stay'} because something needs ${needed === 1 ? 'it' : 'them'}.`;
  if (bytes === 0 && results === 0) return `There is nothing to remove.${kept}`;
  const what = results === 0 ? 'left-over files' : count(results, 'result');
  return `${isDryRun ? 'Would remove' : 'Removed'} ${what}: ${fileSize(bytes)}.${kept}`;
}

export function verifyWords({ checked, damaged, database, isStopped, folder }: VerifyReport): {
  tone: 'success' | 'danger' | 'plain';
  words: string;
} {
  const seen = `${count(checked.count, 'picture')} (${fileSize(checked.bytes)})`;
  const pages = database === 'damaged' ? ' The database has damaged pages: copy the data folder.' : '';
  if (damaged.length > 0)
    return {
      tone: 'danger',
      words:
        `${damaged.length} of ${seen} ${damaged.length === 1 ? 'was' : 'were'} damaged and set aside in ` +
        `${folder}. Results are made again when a run needs them, at their price.${pages}`,
    };
  if (pages !== '') return { tone: 'danger', words: pages.trim() };
  return isStopped
    ? { tone: 'plain', words: `Stopped after ${seen}. Nothing damaged so far.` }
    : { tone: 'success', words: `Checked ${seen}. Every one is as it was made.` };
}
