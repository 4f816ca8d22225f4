import { providerTexts as german } from './de/provider-texts';
import type { Language } from './words';

/** What the window shows of a provider or an image host beside its models. */
interface Described {
  label: string;
  summary: string;
  secrets: readonly { label: string; help?: string }[];
  settings: readonly { label: string; hint?: string }[];
  models?: readonly { label: string }[];
}

const textsOf: Record<Language, Readonly<Record<string, string>>> = { en: {}, de: german };

/** A text of a provider in a language; one that has no translation, such as a name, stays as it is. */
export function providerText(text: string, language: Language): string {
  const texts = textsOf[language];
  return Object.hasOwn(texts, text) ? (texts[text] ?? text) : text;
}

/** A provider or an image host with its texts in a language. */
export function providerIn<P extends Described>(provider: P, language: Language): P {
  const say = (text: string) => providerText(text, language);
  return {
    ...provider,
    label: say(provider.label),
    summary: say(provider.summary),
    secrets: provider.secrets.map((secret) => ({
      ...secret,
      label: say(secret.label),
      ...(secret.help === undefined ? {} : { help: say(secret.help) }),
    })),
    settings: provider.settings.map((setting) => ({
      ...setting,
      label: say(setting.label),
      ...(setting.hint === undefined ? {} : { hint: say(setting.hint) }),
    })),
    ...(provider.models === undefined
      ? {}
      : { models: provider.models.map((model) => ({ ...model, label: say(model.label) })) }),
  };
}
