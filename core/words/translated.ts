import { nodeTexts as germanNodes } from './de/node-texts';
import { providerTexts as germanProviders } from './de/provider-texts';
import { said as german } from './de/said';
import { translator, type Translate } from './sentences';
import type { Language } from './words';

const translators: Record<Language, Translate> = {
  en: (text) => text,
  de: translator([germanNodes, germanProviders], german),
};

/**
 * A text that core, engine, a provider or the program made (a failure's message, a plan's note, where a price is from) in a
 * language. They make it in English, as it stands in journals and is told to programs; a text nobody knows stays as it is.
 */
export function translatedTo(language: Language, text: string): string {
  return translators[language](text);
}
