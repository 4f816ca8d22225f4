import { languageOf, wordsOf } from '#core/words/words';

/**
 * What the window says, in its language: the page's address names it (`?language=de`), so it is there before anything is
 * drawn; another language is another load of the page.
 */
export const language = languageOf(
  typeof location === 'undefined' ? 'en' : new URLSearchParams(location.search).get('language'),
);
export const words = wordsOf(language);
