import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode, setParam } from '#core/document/edit';
import { packNodes } from '#core/document/pack';
import { catalogueOf } from '#core/document/subgraph';
import { mostEarlierPrompts } from '#core/earlier-prompts';
import { earlierPrompts } from '#engine/history/earlier-prompts';
import { nodes } from '#nodes/catalogue';

function run(id: string, openedAt: string, ...texts: string[]) {
  let document = createDocument(id);
  for (const [place, text] of texts.entries()) {
    document = addNode(document, `p${place}`, newNode(nodes.get('prompt')!), [0, 0]);
    document = setParam(document, `p${place}`, 'text', text);
  }
  return { document, openedAt };
}

describe('earlier prompts', () => {
  it('come each once, newest first, those of the workflow before all others', () => {
    const runs = [
      run('other', '3', 'a fox', 'an owl'),
      run('mine', '2', 'an owl', 'a cat'),
      run('mine', '1', 'a cat', '  '),
    ];
    expect(earlierPrompts(runs, nodes, 'mine')).toEqual([
      { text: 'an owl', at: '2', isOwn: true },
      { text: 'a cat', at: '2', isOwn: true },
      { text: 'a fox', at: '3', isOwn: false },
    ]);
  });

  it('are found inside subgraphs too, as each use of one ran with them', () => {
    const { document, openedAt } = run('mine', '1', 'a fox', 'an owl');
    const made = packNodes(document, ['p1'], catalogueOf(document, nodes), 'Birds');
    if ('refused' in made) throw new Error(made.refused);
    const texts = earlierPrompts([{ document: made.document, openedAt }], nodes, 'mine').map(
      ({ text }) => text,
    );
    expect(texts.sort()).toEqual(['a fox', 'an owl']);
  });

  it('are so many and no more, also where a run had a kind of node that is not known', () => {
    const texts = Array.from({ length: 300 }, (_, at) => `prompt ${at}`);
    expect(earlierPrompts([run('a', '1', ...texts)], nodes, 'b')).toHaveLength(mostEarlierPrompts);
    expect(earlierPrompts([run('a', '1', ...texts)], new Map(), 'b')).toEqual([]);
  });
});
