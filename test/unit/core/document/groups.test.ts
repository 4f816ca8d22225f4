import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeNodes } from '#core/document/edit';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import {
  leaveGroups,
  makeGroup,
  putInGroup,
  removeGroups,
  setCollapsed,
  setGroupColor,
  setGroupTitle,
  setSize,
} from '#core/document/edit-groups';
import { setGroupMode } from '#core/document/edit-modes';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { small, smallNodes } from '#test/kit/small-catalogue';

const four = () =>
  small(
    [
      ['a', 'make'],
      ['b', 'change'],
      ['c', 'change'],
      ['d', 'make'],
    ],
    ['a.image > b.images', 'b.image > c.images'],
  );
const grouped = () => makeGroup(four(), ['a', 'b'], 'Portraits').document;

function reread(document: WorkflowDocument): WorkflowDocument {
  const result = parseDocument(serializeDocument(document), smallNodes);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.document;
}

describe('a group', () => {
  it('is made of nodes that are there, taken out of the groups they were in', () => {
    const { document, id } = makeGroup(grouped(), ['b', 'c', 'gone'], 'Later');
    expect(id).toBe('group-2');
    expect(document.groups).toEqual({
      group: { title: 'Portraits', nodes: ['a'] },
      'group-2': { title: 'Later', nodes: ['b', 'c'] },
    });
    expect(makeGroup(four(), ['gone'], 'Nothing')).toEqual({ document: four(), id: undefined });
  });

  it('goes with its last node, and with it what is said of its drawing', () => {
    const collapsed = setCollapsed(grouped(), 'group', true);
    expect(collapsed.collapsed).toEqual(['group']);
    const left = removeNodes(collapsed, new Set(['a', 'b']));
    expect(left.groups).toBeUndefined();
    expect(left.collapsed).toBeUndefined();
    expect(removeNodes(collapsed, new Set(['a'])).groups?.['group']?.nodes).toEqual(['b']);
  });

  it('is ungrouped without losing a node', () => {
    const after = removeGroups(setCollapsed(grouped(), 'group', true), new Set(['group']));
    expect(after).toEqual(four());
  });

  it('takes a node in and lets it go; modes inside stay what they are', () => {
    const inside = setGroupMode(putInGroup(grouped(), 'd', 'group'), 'group', 'mute');
    expect(inside.groups?.['group']).toEqual({
      title: 'Portraits',
      mode: 'mute',
      nodes: ['a', 'b', 'd'],
    });
    expect(putInGroup(inside, 'd', undefined).groups?.['group']?.nodes).toEqual(['a', 'b']);
    expect(putInGroup(inside, 'd', 'none')).toBe(inside);
    expect(leaveGroups(inside, new Set(['c']))).toBe(inside);
  });

  it('is copied when all of it is taken, and only then', () => {
    const document = setSize(setCollapsed(grouped(), 'group', true), 'a', [300, 90]);
    const all = pasteFragment(document, copyNodes(document, new Set(['a', 'b'])), [10, 10]);
    expect(all.document.groups?.['group-2']).toEqual({ title: 'Portraits', nodes: all.ids });
    expect(all.document.collapsed).toEqual(['group', 'group-2']);
    expect(all.document.sizes?.[all.ids[0]!]).toEqual([300, 90]);
    const part = pasteFragment(document, copyNodes(document, new Set(['b', 'c'])), [10, 10]);
    expect(Object.keys(part.document.groups!)).toEqual(['group']);
  });
});

describe('a duplicate', () => {
  it('keeps the wires among its nodes, and those that come in when they are asked for', () => {
    const document = four();
    const plain = pasteFragment(document, copyNodes(document, new Set(['b', 'c'])), [0, 0]);
    expect(plain.document.edges.slice(2)).toEqual([{ from: 'change.image', to: 'change-2.images' }]);
    const wired = pasteFragment(
      document,
      copyNodes(document, new Set(['b', 'c']), { incoming: true }),
      [0, 0],
    );
    expect(wired.document.edges.slice(2)).toEqual([
      { from: 'a.image', to: 'change.images' },
      { from: 'change.image', to: 'change-2.images' },
    ]);
  });

  it('leaves out a wire from a node that is not there', () => {
    const fragment = copyNodes(four(), new Set(['b']), { incoming: true });
    expect(pasteFragment(small([]), fragment, [0, 0]).document.edges).toEqual([]);
  });
});

it('any edits of groups come back from the file, in one text whatever their order', () => {
  const node = fc.constantFrom('a', 'b', 'c', 'd');
  const group = fc.constantFrom('group', 'group-2', 'group-3');
  type Step = (document: WorkflowDocument) => WorkflowDocument;
  const step: fc.Arbitrary<Step> = fc.oneof<fc.Arbitrary<Step>[]>(
    fc.subarray(['a', 'b', 'c', 'd']).map(
      (ids): Step =>
        (document) =>
          makeGroup(document, ids, 'G').document,
    ),
    fc.tuple(node, fc.option(group, { nil: undefined })).map(
      ([id, to]): Step =>
        (document) =>
          putInGroup(document, id, to),
    ),
    fc.tuple(group, fc.boolean()).map(
      ([id, on]): Step =>
        (document) =>
          setCollapsed(document, id, on),
    ),
    group.map(
      (id): Step =>
        (document) =>
          setGroupColor(document, id, 'blue'),
    ),
    group.map(
      (id): Step =>
        (document) =>
          setGroupTitle(document, id, 'Other'),
    ),
    group.map(
      (id): Step =>
        (document) =>
          removeGroups(document, new Set([id])),
    ),
    node.map(
      (id): Step =>
        (document) =>
          setSize(document, id, [200.4, 100]),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const document = steps.reduce((changed, edit) => edit(changed), four());
      expect(reread(document)).toEqual(document);
      const members = Object.values(document.groups ?? {}).flatMap(({ nodes }) => nodes);
      expect(new Set(members).size).toBe(members.length);
      for (const { nodes } of Object.values(document.groups ?? {})) expect(nodes.length).toBeGreaterThan(0);
      for (const id of document.collapsed ?? []) expect(document.groups).toHaveProperty([id]);
      expect(document.nodes).toEqual(four().nodes);
    }),
  );
});
