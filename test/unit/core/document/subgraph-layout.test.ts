import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBends } from '#core/document/bends';
import { moveNodes, removeNodes } from '#core/document/edit';
import { makeGroup, putInGroup, setCollapsed, setGroupTitle, setSize } from '#core/document/edit-groups';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import { everyGraph, openGraph, withOpenGraph, type OpenGraph } from '#core/document/open-graph';
import { packNodes } from '#core/document/pack';
import { parseDocument } from '#core/document/parse';
import {
  edgeId,
  portAddressOf,
  type Point,
  type Subgraph,
  type WorkflowDocument,
} from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { catalogueOf } from '#core/document/subgraph';
import { unpackNode } from '#core/document/unpack';
import { documentOf, randomGraph } from '#test/kit/random-modes';
import { small, smallNodes } from '#test/kit/small-catalogue';

const point = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
const numRuns = 300;

/** A random workflow that was arranged: bent wires, sizes, groups of which some are folded. */
const arranged = fc
  .record({
    graph: randomGraph,
    mask: fc.infiniteStream(fc.boolean()),
    points: fc.infiniteStream(fc.array(point, { maxLength: 3 })),
    places: fc.infiniteStream(point),
  })
  .map(({ graph, mask, points, places }) => {
    const next = <T>(stream: Stream<T>): T => stream.next().value as T;
    const plain = documentOf(graph, 'document-1');
    const ids = Object.keys(plain.nodes);
    const groups = Object.keys(plain.groups ?? {});
    const bends = plain.edges.flatMap((edge) => {
      const list = next(points);
      return list.length === 0 ? [] : [[edgeId(edge), list] as const];
    });
    const sized = ids.filter(() => next(mask));
    const collapsed = groups.filter(() => next(mask));
    const document: WorkflowDocument = {
      ...plain,
      layout: Object.fromEntries(ids.map((id) => [id, next(places)])),
      ...(bends.length > 0 && { bends: Object.fromEntries(bends) }),
      ...(collapsed.length > 0 && { collapsed }),
      ...(sized.length > 0 && { sizes: Object.fromEntries(sized.map((id) => [id, next(places)])) }),
    };
    return { document, chosen: ids.filter(() => next(mask)) };
  });
type Stream<T> = { next(): IteratorResult<T> };

const groupsOf = ({ groups = {} }: WorkflowDocument) =>
  Object.fromEntries(
    Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: [...group.nodes].sort() }]),
  );

const drawn = ({ groups, layout, bends, collapsed, sizes }: Subgraph) => ({
  groups,
  layout,
  bends,
  collapsed,
  sizes,
});

function packed(document: OpenGraph, ids: readonly string[]) {
  const made = packNodes(document, ids, catalogueOf(document, smallNodes), 'Look');
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

describe('for every arranged workflow and every choice of its nodes', () => {
  it('groups, bends and sizes go into a subgraph and come back out of it', () => {
    let bent = 0;
    fc.assert(
      fc.property(arranged, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        const inside = made.document.subgraphs!['look']!;
        const isInside = (address: string) => chosen.includes(portAddressOf(address).node);
        const own = (edge: { from: string; to: string }) => isInside(edge.from) && isInside(edge.to);
        const carried = Object.entries(document.bends ?? {}).filter(([id]) => id.split(' ').every(isInside));
        bent += carried.length;
        expect(inside.bends ?? {}).toEqual(Object.fromEntries(carried));
        const back = unpackNode(made.document, made.id, catalogueOf(made.document, smallNodes))!.document;
        expect(back.sizes).toEqual(document.sizes);
        expect(groupsOf(back)).toEqual(groupsOf(document));
        expect(back.collapsed).toEqual(document.collapsed);
        for (const edge of document.edges) {
          const [now, before] = [back.bends?.[edgeId(edge)], document.bends?.[edgeId(edge)]];
          const isWhole = own(edge) || (!isInside(edge.from) && !isInside(edge.to));
          // Of a wire that crossed the border the points are kept, or lost where several had become one.
          if (isWhole || isInside(edge.from) || now !== undefined) expect(now).toEqual(before);
        }
      }),
      { numRuns },
    );
    expect(bent).toBeGreaterThan(20);
  });

  it('a file of it reads as it was written, and writes the same text again', () => {
    fc.assert(
      fc.property(arranged, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        const text = serializeDocument(made.document);
        const read = parseDocument(text, smallNodes);
        if (!read.ok) throw new Error(JSON.stringify(read.issues));
        expect(serializeDocument(read.document)).toBe(text);
        expect(drawn(read.document.subgraphs!['look']!)).toEqual(drawn(made.document.subgraphs!['look']!));
      }),
      { numRuns: 150 },
    );
  });

  it('the open inside and the file say the same, and what did not change stays the same object', () => {
    fc.assert(
      fc.property(arranged, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        const open = openGraph(made.document, ['look']);
        expect(withOpenGraph(made.document, ['look'], { ...open })).toEqual(made.document);
        const moved = withOpenGraph(made.document, ['look'], moveNodes(open, { 'look/@inputs': [1, 2] }));
        const again = openGraph(moved, ['look']);
        for (const [id, group] of Object.entries(open.groups ?? {})) expect(again.groups![id]).toBe(group);
        for (const [id, points] of Object.entries(open.bends ?? {})) expect(again.bends![id]).toBe(points);
        expect(again.edges).toBe(open.edges);
      }),
      { numRuns: 100 },
    );
  });
});

/** words ──▶ make ──▶ change ──▶ write, `make` and `change` in one, opened. */
const whole = packed(
  small(
    [
      ['words', 'words'],
      ['make', 'make'],
      ['change', 'change'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > change.images', 'change.image > write.image'],
  ),
  ['make', 'change'],
).document;
const open = openGraph(whole, ['look']);

describe('inside an open subgraph', () => {
  it('cards are grouped, folded and sized, wires are bent, and all of it is saved', () => {
    const made = makeGroup(open, ['look/make', 'look/@inputs'], 'Pictures');
    const put = putInGroup(made.document, 'look/@outputs', made.id);
    const folded = setCollapsed(setGroupTitle(put, made.id!, 'Own'), made.id!, true);
    const sized = setSize(folded, 'look/change', [300, 200]);
    const bent = addBends(sized, 'look/@inputs.prompt look/make.prompt', 0, [[5, 6]]);
    const saved = withOpenGraph(whole, ['look'], bent);
    expect(saved.subgraphs!['look']).toMatchObject({
      groups: { group: { title: 'Own', nodes: ['make'] } },
      collapsed: ['group'],
      sizes: { change: [300, 200] },
      bends: { '@inputs.prompt make.prompt': [[5, 6]] },
    });
    const read = parseDocument(serializeDocument(saved), smallNodes);
    expect(read.ok && drawn(read.document.subgraphs!['look']!)).toEqual(drawn(saved.subgraphs!['look']!));
    expect(openGraph(saved, ['look'])).toMatchObject({
      groups: { group: { nodes: ['look/make'] } },
      bends: { 'look/@inputs.prompt look/make.prompt': [[5, 6]] },
    });
  });

  it('copies carry their wires, and may take what comes in along', () => {
    const bent = addBends(open, 'look/make.image look/change.images', 0, [[5, 6]]);
    const fragment = copyNodes(bent, new Set(['look/make', 'look/change', 'look/@outputs']), {
      incoming: true,
    });
    expect(Object.keys(fragment.nodes)).toEqual(['make', 'change']);
    const { document, ids } = pasteFragment(bent, fragment, [10, 10] as Point);
    expect(ids).toEqual(['look/make-2', 'look/change-2']);
    expect(document.edges).toContainEqual({ from: 'look/@inputs.prompt', to: 'look/make-2.prompt' });
    expect(document.bends!['look/make-2.image look/change-2.images']).toEqual([[15, 16]]);
    expect(pasteFragment(small([]), fragment, [0, 0]).document.edges).toEqual([
      { from: 'make.image', to: 'change.images' },
    ]);
  });

  it('the sides stay whatever is deleted', () => {
    const left = withOpenGraph(whole, ['look'], removeNodes(open, new Set(Object.keys(open.nodes))));
    const inside = left.subgraphs!['look']!;
    expect(inside.nodes).toEqual({});
    expect(Object.keys(inside.layout)).toEqual(['@inputs', '@outputs']);
  });

  it('every graph of a workflow is found, and one inside itself only once', () => {
    expect(everyGraph(whole).map(({ prefix }) => prefix)).toEqual([undefined, 'look/']);
    const inside = whole.subgraphs!['look']!;
    const again = { type: 'subgraph:look', version: 1, params: {} };
    const endless = { ...whole, subgraphs: { look: { ...inside, nodes: { ...inside.nodes, again } } } };
    expect(everyGraph(endless).map(({ prefix }) => prefix)).toEqual([undefined, 'look/']);
  });
});
