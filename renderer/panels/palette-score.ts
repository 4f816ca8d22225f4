import { defaultFilter } from 'cmdk';

/**
 * How well something answers what was typed, 0 (not at all) to 1. Titles match letter by letter ("mref" finds
 * Multi-reference); other words only as they are written, or everything would match everything.
 */
export function paletteScore(title: string, words: readonly string[], typed: string): number {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 1;
  const byTitle = defaultFilter(title, wanted);
  if (byTitle > 0.2) return byTitle;
  const place = words.findIndex((word) => word.toLowerCase().includes(wanted));
  return place === -1 ? byTitle * 0.5 : 0.2 - place * 0.005;
}

/** The same of a command. One that cannot be done now comes after those that can and answer nearly as well. */
export function commandScore(
  { title, heading, whyNot }: { title: string; heading: string; whyNot?: string | undefined },
  typed: string,
): number {
  return paletteScore(title, [heading], typed) * (whyNot === undefined ? 1 : 0.5);
}
