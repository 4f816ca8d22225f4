import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBends, moveBend, mostBends, removeBend, straighten } from '#core/document/bends';
import { connect, disconnect, moveNodes, removeNodes } from '#core/document/edit';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import { insertNode, insertPorts } from '#core/document/edit-wires';
import { parseDocument } from '#core/document/parse';
import { portAddressOf, type Point, type WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { orderNodes } from '#core/plan/order';
import { small, smallNodes } from '#test/kit/small-catalogue';

const edge = (text: string) => {
  const [from = '', to = ''] = text.split(' > ');
  return { from, to };
};
const texts = (document: WorkflowDocument) => document.edges.map(({ from, to }) => `${from} > ${to}`);

describe('a node put into a wire', () => {
  const document = () =>
    small(
      [
        ['a', 'make'],
        ['b', 'make'],
        ['c', 'make'],
        ['end', 'change'],
        ['new', 'change'],
      ],
      ['a.image > end.images', 'b.image > end.images', 'c.image > end.images'],
    );

  it('stands where the wire stood, so the order of the pictures stays', () => {
    const after = insertNode(document(), smallNodes, edge('b.image > end.images'), 'new');
    expect(texts(after)).toEqual([
      'a.image > end.images',
      'b.image > new.images',
      'new.image > end.images',
      'c.image > end.images',
    ]);
  });

  it('is not put in where it fits on one side only, is an end of it, or has wires on both sides', () => {
    const before = document();
    const wire = edge('b.image > end.images');
    expect(insertPorts(before, smallNodes, wire, 'a')).toBeNull();
    expect(insertPorts(before, smallNodes, wire, 'end')).toBeNull();
    expect(insertPorts(before, smallNodes, edge('a.image > new.images'), 'new')).toBeNull();
    const used = small(
      [
        ['a', 'make'],
        ['end', 'change'],
        ['x', 'make'],
        ['mid', 'change'],
        ['y', 'change'],
      ],
      ['a.image > end.images', 'x.image > mid.images', 'mid.image > y.images'],
    );
    expect(insertPorts(used, smallNodes, edge('a.image > end.images'), 'mid')).toBeNull();
    expect(insertNode(used, smallNodes, edge('a.image > end.images'), 'mid')).toBe(used);
  });

  it('never makes a loop, loses a wire or changes the order of the others', () => {
    const kinds = ['make', 'change', 'change', 'change', 'change', 'change'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 10 }),
        fc.nat(20),
        fc.nat(5),
        (pairs, at, node) => {
          let graph = small(
            kinds.map((kind, place) => [`n${place}`, kind] as const),
            [],
          );
          for (const [left, right] of pairs) {
            const [from, to] = [Math.min(left, right), Math.max(left, right)];
            if (from !== to)
              graph = connect(graph, edge(`n${from}.image > n${to}.images`), { replace: false });
          }
          const wire = graph.edges[at % Math.max(1, graph.edges.length)];
          if (wire === undefined) return;
          const after = insertNode(graph, smallNodes, wire, `n${node}`);
          expect(orderNodes(after).cycle).toEqual([]);
          if (after === graph) return;
          expect(after.edges).toHaveLength(graph.edges.length + 1);
          expect(new Set(texts(after)).size).toBe(after.edges.length);
          const others = texts(graph).filter((one) => one !== `${wire.from} > ${wire.to}`);
          expect(texts(after).filter((one) => others.includes(one))).toEqual(others);
          const into = (all: WorkflowDocument) =>
            all.edges
              .filter(({ to }) => to === wire.to)
              .map(({ from }) => (portAddressOf(from).node === `n${node}` ? wire.from : from));
          expect(into(after)).toEqual(into(graph));
        },
      ),
    );
  });
});

describe('points of a wire', () => {
  const wire = 'make.image change.images';
  const document = () =>
    small(
      [
        ['make', 'make'],
        ['change', 'change'],
      ],
      ['make.image > change.images'],
    );

  it('are added, moved, taken away, and the field goes with the last', () => {
    const one = addBends(document(), wire, 0, [[10.4, 20.6]]);
    expect(one.bends).toEqual({ [wire]: [[10, 21]] });
    const two = addBends(one, wire, 0, [[1, 2]]);
    expect(two.bends?.[wire]).toEqual([
      [1, 2],
      [10, 21],
    ]);
    expect(moveBend(two, wire, 1, [9, 9]).bends?.[wire]?.[1]).toEqual([9, 9]);
    expect(moveBend(two, wire, 5, [9, 9])).toBe(two);
    expect('bends' in removeBend(removeBend(two, wire, 0), wire, 0)).toBe(false);
    expect('bends' in straighten(two, wire)).toBe(false);
    expect(addBends(document(), 'not there', 0, [[1, 1]]).bends).toBeUndefined();
    const many = Array.from({ length: mostBends + 1 }, (_, place): Point => [place, 0]);
    expect(addBends(document(), wire, 0, many).bends).toBeUndefined();
  });

  it('go with their wire', () => {
    const led = addBends(document(), wire, 0, [[100, 50]]);
    expect('bends' in disconnect(led, led.edges)).toBe(false);
    expect('bends' in removeNodes(led, new Set(['make']))).toBe(false);
  });

  it('move along when both ends move together, and stay when one does', () => {
    const led = addBends(document(), wire, 0, [[100, 50]]);
    const at = (id: string, by: Point): Point => {
      const [x, y] = led.layout[id] ?? [0, 0];
      return [x + by[0], y + by[1]];
    };
    expect(moveNodes(led, { make: at('make', [30, 40]) }).bends).toEqual(led.bends);
    const both = moveNodes(led, { make: at('make', [30, 40]), change: at('change', [30, 40]) });
    expect(both.bends?.[wire]).toEqual([[130, 90]]);
  });

  it('are copied with both ends, under their new names', () => {
    const led = addBends(document(), wire, 0, [[100, 50]]);
    expect(copyNodes(led, new Set(['make'])).bends).toBeUndefined();
    const { document: pasted, ids } = pasteFragment(led, copyNodes(led, new Set(['make', 'change'])), [5, 6]);
    expect(pasted.bends).toEqual({
      [wire]: [[100, 50]],
      [`${ids[0]}.image ${ids[1]}.images`]: [[105, 56]],
    });
  });

  it('are kept in the file, a point a line, and nothing is written where there are none', () => {
    const led = addBends(document(), wire, 0, [
      [100, 50],
      [200, -60],
    ]);
    const text = serializeDocument(led);
    expect(text).toContain('      [200, -60]');
    expect(parseDocument(text, smallNodes)).toEqual({ ok: true, document: led });
    expect(serializeDocument(document())).not.toContain('bends');
    const wrong = parseDocument(text.replace('make.image change.images', 'make.image'), smallNodes);
    expect(wrong.ok).toBe(false);
  });
});
