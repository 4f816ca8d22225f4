import type { NodeCatalogue, NodeDefinition } from '../node';
import type { Field, ParamSpec } from '../param';
import { nodeTexts as german } from './de/node-texts';
import type { Language } from './words';

const textsOf: Record<Language, Readonly<Record<string, string>>> = { en: {}, de: german };

/** The kinds of node with their texts in a language; a text that has no translation stays English. */
export function catalogueIn(catalogue: NodeCatalogue, language: Language): NodeCatalogue {
  const texts = textsOf[language];
  const say = (text: string) => (Object.hasOwn(texts, text) ? (texts[text] ?? text) : text);
  return new Map([...catalogue].map(([type, definition]) => [type, saidBy(definition, say)]));
}

function saidBy(definition: NodeDefinition, say: (text: string) => string): NodeDefinition {
  const each = <S>(specs: Readonly<Record<string, S>>, change: (spec: S) => S): Record<string, S> =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, change(spec)]));
  const port = <S extends { label: string }>(spec: S): S => ({ ...spec, label: say(spec.label) });
  const { title, summary, keywords = [] } = definition;
  return {
    ...definition,
    title: say(title),
    summary: say(summary),
    // Whoever knows the English name finds it by that too.
    keywords: say(title) === title ? keywords : [...keywords, title],
    params: each(definition.params, (spec) => paramSaidBy(spec, say)),
    inputs: each(definition.inputs, port),
    outputs: each(definition.outputs, port),
  };
}

function paramSaidBy(spec: ParamSpec, say: (text: string) => string): ParamSpec {
  const { label, hint, field } = spec;
  return {
    ...spec,
    label: say(label),
    ...(hint === undefined ? {} : { hint: say(hint) }),
    field: fieldSaidBy(field, say),
  };
}

function fieldSaidBy(field: Field, say: (text: string) => string): Field {
  if (field.kind === 'choice')
    return { ...field, options: field.options.map((option) => ({ ...option, label: say(option.label) })) };
  if (field.kind === 'text' && field.placeholder !== undefined)
    return { ...field, placeholder: say(field.placeholder) };
  return field;
}
