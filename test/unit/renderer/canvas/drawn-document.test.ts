import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, moveNodes, removeNodes, setParam, setTitle } from '#core/document/edit';
import { rememberDrawn } from '../../../../renderer/canvas/drawn-document';
import { cardsOf, wiresOf } from '../../../../renderer/canvas/flow-elements';
import { wiredTo } from '../../../../renderer/canvas/incoming';

const node = { type: 'x', version: 1, params: {} };
function twoNodes() {
  let document = createDocument('doc');
  for (const id of ['a', 'b', 'c']) document = addNode(document, id, node, [0, 0]);
  return connect(document, { from: 'a.out', to: 'b.in' }, { replace: false });
}
const none = new Set<string>();

describe('what the canvas is drawn from', () => {
  it('is the document of before while only params change', () => {
    const document = twoNodes();
    const drawnOf = rememberDrawn();
    expect(drawnOf(document)).toBe(document);
    const typed = setParam(setParam(document, 'a', 'text', 'w'), 'a', 'text', 'wo');
    expect(drawnOf(typed)).toBe(document);
    expect(drawnOf(typed)).toBe(document);
  });

  it('is the new one after anything else', () => {
    const document = twoNodes();
    for (const changed of [
      setTitle(document, 'a', 'Words'),
      moveNodes(document, { a: [4, 0] }),
      removeNodes(document, new Set(['c'])),
      addNode(document, 'd', node, [0, 0]),
      connect(document, { from: 'a.out', to: 'c.in' }, { replace: false }),
      { ...document, nodes: { ...document.nodes, a: { ...node, mode: 'mute' as const } } },
      { ...document, nodes: { b: node, a: node, c: node } },
      { ...document, groups: { g: { title: 'G', nodes: ['a'] } } },
    ]) {
      const drawnOf = rememberDrawn();
      drawnOf(document);
      expect(drawnOf(changed)).toBe(changed);
    }
  });

  it('gives the same arrays when no card and no wire changed', () => {
    const document = twoNodes();
    const typed = setParam(document, 'a', 'text', 'x');
    const cards = cardsOf(document, new Map(), none, []);
    const wires = wiresOf(document, new Map(), none, []);
    expect(cardsOf(typed, new Map(), none, cards)).toBe(cards);
    expect(wiresOf(typed, new Map(), none, wires)).toBe(wires);
    const renamed = wiresOf(setTitle(document, 'a', 'Words'), new Map(), none, wires);
    expect(renamed[0]?.ariaLabel).toContain('Words');
  });

  it('keeps what is wired to a card whose wires stay', () => {
    const document = twoNodes();
    const before = wiredTo(document.edges, 'b');
    const more = connect(document, { from: 'a.out', to: 'c.in' }, { replace: false });
    expect(wiredTo(more.edges, 'b')).toBe(before);
    const other = connect(document, { from: 'c.out', to: 'b.in' }, { replace: false });
    expect(wiredTo(other.edges, 'b')).toEqual({ in: ['a.out', 'c.out'] });
  });
});
