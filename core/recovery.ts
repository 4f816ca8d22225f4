import type { Recovery } from './provider';
import { en } from './words/en/en';
import type { Words } from './words/words';

/** What happens to money already spent when something breaks, in words. */
export function describeRecovery(
  recovery: Recovery,
  words: Words = en,
): { title: string; text: string; safe: boolean } {
  return { ...words.routes.recovery[recovery], safe: recovery !== 'none' };
}
