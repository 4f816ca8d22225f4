import { describe, expect, it } from 'vitest';
import { nodeTexts } from '#core/words/de/node-texts';
import { catalogueIn } from '#core/words/node-words';
import { nodes } from '#nodes/catalogue';

/** Every text of the node library that a person reads; not the examples of prompts and names in empty fields. */
const texts = new Set(
  [...nodes.values()].flatMap(({ title, summary, params, inputs, outputs }) => [
    title,
    summary,
    ...[...Object.values(inputs), ...Object.values(outputs)].map(({ label }) => label),
    ...Object.values(params).flatMap(({ label, hint, field }) => [
      label,
      ...(hint === undefined ? [] : [hint]),
      ...(field.kind === 'choice' ? field.options.map((option) => option.label) : []),
    ]),
  ]),
);
const placeholders = new Set(
  [...nodes.values()].flatMap(({ params }) =>
    Object.values(params).flatMap(({ field }) => (field.kind === 'text' ? [field.placeholder ?? ''] : [])),
  ),
);
/** Shapes, sizes and formats are the same in both. */
const isTheSameEverywhere = (text: string) => /^[\d:]+( ×)?$|^(PNG|JPEG|WebP|AVIF|TIFF)$/.test(text);

describe('the texts of nodes in German', () => {
  it('are complete', () =>
    expect(
      [...texts].filter((text) => !isTheSameEverywhere(text) && !Object.hasOwn(nodeTexts, text)),
    ).toEqual([]));
  it('have nothing that no node says', () =>
    expect(Object.keys(nodeTexts).filter((text) => !texts.has(text) && !placeholders.has(text))).toEqual([]));
  it('stand in the catalogue of that language, and leave all else alone', () => {
    const german = catalogueIn(nodes, 'de');
    const generate = german.get('generate')!;
    expect(generate.title).toBe('Erzeugen');
    expect(generate.keywords).toContain('Generate');
    expect(generate.params['count']?.label).toBe('Bilder');
    expect(generate.params['count']?.schema).toBe(nodes.get('generate')?.params['count']?.schema);
    expect(generate.work).toBe(nodes.get('generate')?.work);
    expect([...german.keys()]).toEqual([...nodes.keys()]);
  });
  it('are English in English', () => {
    expect(catalogueIn(nodes, 'en').get('generate')?.title).toBe('Generate');
  });
});
