import { exampleTexts as german } from './de/example-texts';
import type { Language } from './words';

const textsOf: Record<Language, Readonly<Record<string, string>>> = { en: {}, de: german };

/** What an example says to the person: not the prompts in it. */
export interface ExampleTexts {
  title: string;
  nodes: Record<
    string,
    { title?: string | undefined; type?: string | undefined; params: Record<string, unknown> }
  >;
}

/** An example with its titles and notes in a language; one that has no translation stays English. */
export function exampleIn<E extends ExampleTexts>(example: E, language: Language): E {
  const texts = textsOf[language];
  const say = (text: string) => (Object.hasOwn(texts, text) ? (texts[text] ?? text) : text);
  const nodes = Object.fromEntries(
    Object.entries(example.nodes).map(([id, node]) => {
      const { title, type, params } = node;
      const { text } = params;
      return [
        id,
        {
          ...node,
          ...(title === undefined ? {} : { title: say(title) }),
          ...(type === 'note' && typeof text === 'string' ? { params: { ...params, text: say(text) } } : {}),
        },
      ];
    }),
  );
  return { ...example, title: say(example.title), nodes };
}
