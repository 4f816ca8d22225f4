import type { BridgeInput } from '#core/ipc';
import type { CleanUpReport, StorageReport, StorageUse, VerifyReport } from '#core/storage';
import { count, fileSize } from '../look/format';
import { words as said } from '../look/words';

/** Which results go: all that hold for them. */
export type CleanUpLimits = Pick<BridgeInput<'storage.cleanUp'>, 'olderThanDays' | 'keepBytes'>;

export interface UseLine {
  name: string;
  note: string;
  use: StorageUse;
  /** 0 to 1 of all. */
  part: number;
}

const useOrder = [
  'results',
  'takenIn',
  'others',
  'previews',
  'database',
  'damaged',
  'leftOver',
] as const satisfies readonly (keyof StorageReport)[];

/** What uses the data folder; only what is there. */
export function useLines(report: StorageReport): UseLine[] {
  return useOrder
    .filter((kind) => report[kind].count > 0)
    .map((kind) => ({
      ...said.storage.uses[kind],
      use: report[kind],
      part: report.bytes === 0 ? 0 : report[kind].bytes / report.bytes,
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
    value: `${days}-days`,
    heading: said.storage.cleanUp.byAge,
    label: said.storage.cleanUp.notUsedFor(days),
    limits: { olderThanDays: days, keepBytes: null },
  })),
  {
    value: 'all',
    heading: said.storage.cleanUp.byAge,
    label: said.storage.cleanUp.ofAnyAge,
    limits: { olderThanDays: 0, keepBytes: null },
  },
  ...[50, 20, 5, 1].map((size) => ({
    value: `${size} GB`,
    heading: said.storage.cleanUp.bySize,
    label: said.storage.cleanUp.beyond(size),
    limits: { olderThanDays: null, keepBytes: size * 1e9 },
  })),
];

/** What a clean-up has removed, or would. */
export function cleanUpWords({ isDryRun, results, bytes, needed }: CleanUpReport): string {
  const { nothing, kept, leftOverFiles, would, did } = said.storage.cleanUp;
  const removed = () => {
    if (bytes === 0 && results === 0) return nothing;
    const what = results === 0 ? leftOverFiles : count(results, 'result');
    return (isDryRun ? would : did)(what, fileSize(bytes));
  };
  return needed === 0 ? removed() : `${removed()} ${kept(needed, count(needed, 'result'))}`;
}

export function verifyWords({ checked, damaged, database, isStopped, folder }: VerifyReport): {
  tone: 'success' | 'danger' | 'plain';
  words: string;
} {
  const seen = `${count(checked.count, 'picture')} (${fileSize(checked.bytes)})`;
  const text = said.storage.verify;
  const pages = database === 'damaged' ? [text.damagedPages] : [];
  if (damaged.length > 0)
    return {
      tone: 'danger',
      words: [text.damaged(damaged.length, seen, folder), ...pages].join(' '),
    };
  if (pages.length > 0) return { tone: 'danger', words: pages.join(' ') };
  return isStopped
    ? { tone: 'plain', words: text.stopped(seen) }
    : { tone: 'success', words: text.whole(seen) };
}
