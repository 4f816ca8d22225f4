import { journalEntrySchema, type JournalEntry } from '#core/journal';

/**
 * How rows are kept: JSON text, as lmdb's own `json` writes it. A value that is no JSON any more reads as `undefined`
 * instead of throwing, so that one damaged row is one row.
 */
export const rowEncoder = {
  encode: (value: unknown): string => JSON.stringify(value),
  decode(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      return undefined;
    }
  },
};

/** Journal entries as they are understood here; those of a newer Seedloom, and damaged ones, are passed over. */
export function readableEntries(range: Iterable<{ value: unknown }>): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const { value } of range) {
    const entry = journalEntrySchema.safeParse(value);
    if (entry.success) entries.push(entry.data);
  }
  return entries;
}
