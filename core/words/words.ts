import { de } from './de/de';
import { en } from './en/en';

/** All words of one language; a sentence with numbers or names in it is a function. Complete by type. */
export type Words = typeof en;

const all = { en, de } satisfies Record<string, Words>;

/** The languages there are, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } satisfies Record<keyof typeof all, string>;
export type Language = keyof typeof all;

export function wordsOf(language: Language): Words {
  return all[language];
}

/** `"de-AT"` → `"de"`; English for a language that is not there. */
export function languageOf(tag: string | null | undefined): Language {
  const language = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(all, language) ? (language as Language) : 'en';
}
