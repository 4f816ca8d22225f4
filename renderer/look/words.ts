import { translatedTo } from '#core/words/translated';
import { languageOf, wordsOf } from '#core/words/words';

/**
 * What the window says, in its language: the page's address names it (`?language=de`), so it is there before anything is
 * drawn; another language is another load of the page.
 */
export const language = languageOf(
  typeof location === 'undefined' ? 'en' : new URLSearchParams(location.search).get('language'),
);
export const words = wordsOf(language);

/** A text that came from outside the window (`Failure.message`, `Issue.message`, a note), in its language. */
export function translated(text: string): string;
export function translated<T extends null | undefined>(text: string | T): string | T;
export function translated(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? translatedTo(language, text) : text;
}
