import { describe, expect, it } from 'vitest';
import { languageNames, languageOf, wordsOf, type Language } from '#core/words/words';

const languages = Object.keys(languageNames) as Language[];

/** Every text and sentence of a language, by its path. */
function textsOf(words: object, path = ''): [string, unknown][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? textsOf(value, `${path}${name}.`)
      : [[`${path}${name}`, value] satisfies [string, unknown]],
  );
}

describe('languageOf', () => {
  it('goes by the language, not the country', () => {
    expect(languageOf('de-AT')).toBe('de');
    expect(languageOf('DE_de')).toBe('de');
  });
  it('is English for a language that is not there', () => {
    expect(languageOf('tlh')).toBe('en');
    expect(languageOf('constructor')).toBe('en');
    expect(languageOf(null)).toBe('en');
  });
});

describe.each(languages)('the words of %s', (language) => {
  it('leave nothing empty', () => {
    const empty = textsOf(wordsOf(language)).filter(
      ([, text]) => typeof text === 'string' && text.trim() === '',
    );
    expect(empty).toEqual([]);
  });
  it('have the texts of English, and no others', () =>
    expect(textsOf(wordsOf(language)).map(([path]) => path)).toEqual(
      textsOf(wordsOf('en')).map(([path]) => path),
    ));
});
