import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { exampleTexts } from '#core/words/de/example-texts';
import { exampleIn } from '#core/words/example-words';
import { nodes } from '#nodes/catalogue';

const folder = join(process.cwd(), 'examples');
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.seedloom'))
  .map((name): WorkflowDocument => {
    const parsed = parseDocument(readFileSync(join(folder, name), 'utf8'), nodes);
    if (!parsed.ok) throw new Error(`${name} cannot be read`);
    return parsed.document;
  });
const texts = new Set(
  examples.flatMap(({ title, nodes: inside }) => [
    title,
    ...Object.values(inside).flatMap((node) => [
      ...(node.title === undefined ? [] : [node.title]),
      ...(node.type === 'note' ? [String(node.params['text'])] : []),
    ]),
  ]),
);

describe('the texts of the examples in German', () => {
  it('are complete', () =>
    expect([...texts].filter((text) => !Object.hasOwn(exampleTexts, text))).toEqual([]));
  it('have nothing that no example says', () =>
    expect(Object.keys(exampleTexts).filter((text) => !texts.has(text))).toEqual([]));
  it('stand in an example of that language, and leave all else alone', () => {
    const first = examples.find(({ title }) => title === 'First picture')!;
    const german = exampleIn(first, 'de');
    expect(german.title).toBe('Erstes Bild');
    expect(german.nodes['note']).toMatchObject({ title: 'Hier beginnen', params: { color: 'amber' } });
    const { note: _note, ...others } = german.nodes;
    expect(first.nodes).toMatchObject(others);
    expect(exampleIn(first, 'en')).toEqual(first);
  });
});
