import { words } from '../look/words';

/** The largest seed the dice throws: routes that take seeds take at least 31 bits. */
export const largestDiceSeed = 2 ** 31 - 1;

/** A seed from a number between 0 and 1. */
export function diceSeed(random: number): number {
  return Math.floor(random * (largestDiceSeed + 1));
}

export type ReadSeed = { ok: true; value: number | null } | { ok: false; reason: string };

/** What a person typed; nothing means that the route chooses. */
export function readSeed(text: string): ReadSeed {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: null };
  const value = Number(trimmed);
  if (!/^\d+$/.test(trimmed) || !Number.isSafeInteger(value))
    return { ok: false, reason: words.fields.seed.wrong(Number.MAX_SAFE_INTEGER) };
  return { ok: true, value };
}
