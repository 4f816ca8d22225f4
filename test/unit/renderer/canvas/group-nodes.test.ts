import { describe, expect, it } from 'vitest';
import { moveNodes } from '#core/document/edit';
import { makeGroup, setCollapsed } from '#core/document/edit-groups';
import { small } from '#test/kit/small-catalogue';
import { cardsOf, wiresOf, type CardNode } from '../../../../renderer/canvas/flow-elements';
import {
  cardChanges,
  dropped,
  foldedNodes,
  groupNodesOf,
  movedWith,
  realEnds,
  rememberGroups,
} from '../../../../renderer/canvas/group-nodes';

const none = new Set<string>();
const noFrames = new Map<string, never>();

/** a ─▶ b ─▶ c, a card every 400 px, 272 × 200; a and b are a group. */
function grouped() {
  const line = small(
    [
      ['a', 'make'],
      ['b', 'change'],
      ['c', 'change'],
    ],
    ['a.image > b.images', 'b.image > c.images'],
  );
  return makeGroup(moveNodes(line, { a: [0, 0], b: [400, 0], c: [800, 0] }), ['a', 'b'], 'Two').document;
}
const cardsIn = (document: ReturnType<typeof grouped>): CardNode[] =>
  cardsOf(document, new Map(), none, []).map((card) => ({ ...card, measured: { width: 272, height: 200 } }));

describe('the frame of a group', () => {
  it('lies around its cards, and is the same object until something of it changed', () => {
    const document = grouped();
    const cards = cardsIn(document);
    const memory = rememberGroups();
    const first = memory.nodes(document, cards, none, noFrames);
    expect(first).toMatchObject([
      { id: 'group:group', type: 'frame', position: { x: -20, y: -56 }, width: 712, height: 276 },
    ]);
    const other = moveNodes(document, { c: [900, 0] });
    expect(memory.nodes(other, cards, none, noFrames)[0]).toBe(first[0]);
    expect(memory.nodes(document, cards, new Set(['group']), noFrames)[0]).toMatchObject({ selected: true });
  });

  it('waits for the sizes of its cards, and stays while some of them are dragged', () => {
    const document = grouped();
    expect(groupNodesOf(document, cardsOf(document, new Map(), none, []), none, noFrames, [])).toEqual([]);
    const held = new Map([['group', { x: 1, y: 2, width: 3, height: 4 }]]);
    expect(groupNodesOf(document, cardsIn(document), none, held, [])[0]).toMatchObject({
      position: { x: 1, y: 2 },
      width: 3,
    });
  });

  it('takes its cards along', () => {
    const document = grouped();
    const cards = cardsIn(document);
    const frames = groupNodesOf(document, cards, none, noFrames, []);
    const changes = cardChanges(
      [{ type: 'position', id: 'group:group', position: { x: 80, y: -56 }, dragging: true }],
      frames,
      document,
      cards,
    );
    expect(changes).toEqual([
      { type: 'position', id: 'a', position: { x: 100, y: 0 }, dragging: true },
      { type: 'position', id: 'b', position: { x: 500, y: 0 }, dragging: true },
    ]);
    expect([...movedWith(frames, document.groups)]).toEqual(['group:group', 'a', 'b']);
  });
});

describe('a card that is let go', () => {
  const nodesOf = (document: ReturnType<typeof grouped>) => document.groups?.['group']?.nodes;

  it('goes into the frame its middle lies in, in one step with its place', () => {
    const document = grouped();
    const after = dropped(document, { c: [200, 40] }, cardsIn(document));
    expect(after.layout['c']).toEqual([200, 40]);
    expect(nodesOf(after)).toEqual(['a', 'b', 'c']);
  });

  it('leaves the frame its middle left, and stays in it while it lies inside', () => {
    const document = grouped();
    expect(nodesOf(dropped(document, { b: [400, 600] }, cardsIn(document)))).toEqual(['a']);
    expect(nodesOf(dropped(document, { b: [440, 60] }, cardsIn(document)))).toEqual(['a', 'b']);
  });

  it('stays in its group when all of the group is moved', () => {
    const document = grouped();
    expect(nodesOf(dropped(document, { a: [0, 900], b: [400, 900] }, cardsIn(document)))).toEqual(['a', 'b']);
  });
});

describe('a collapsed group', () => {
  it('is one card that takes the wires from outside; those inside are gone', () => {
    const document = setCollapsed(grouped(), 'group', true);
    const folded = foldedNodes(document);
    expect([...folded]).toEqual([
      ['a', 'group'],
      ['b', 'group'],
    ]);
    const wires = wiresOf(document, new Map(), none, []);
    const memory = rememberGroups();
    const shown = memory.wires(wires, folded);
    expect(shown).toMatchObject([{ source: 'group:group', sourceHandle: 'out', target: 'c' }]);
    expect(realEnds(shown[0]!.id)).toEqual({ source: 'b', target: 'c' });
    expect(memory.wires(wires, folded)[0]).toBe(shown[0]);
    expect(groupNodesOf(document, cardsIn(document), none, noFrames, [])).toMatchObject([
      { type: 'folded', position: { x: -20, y: -56 }, width: 272, height: 72 },
    ]);
  });

  it('of one node that is in two groups hides it once', () => {
    const document = grouped();
    const both = {
      ...document,
      groups: { ...document.groups, other: { title: 'Other', nodes: ['b', 'c', 'gone'] } },
      collapsed: ['group', 'other'],
    };
    expect(foldedNodes(both).get('b')).toBe('group');
    expect(groupNodesOf(both, cardsIn(both), none, noFrames, [])).toHaveLength(2);
    expect(rememberGroups().wires(wiresOf(both, new Map(), none, []), foldedNodes(both))).toMatchObject([
      { source: 'group:group', target: 'group:other' },
    ]);
  });
});
