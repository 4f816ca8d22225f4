import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeNodes } from '#core/document/edit';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import { pinStep, setGroupMode, setNodeMode, unpinStep } from '#core/document/edit-modes';
import { effectiveModes, type NodeMode } from '#core/document/modes';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { pictureOf } from '#test/kit/small-knowledge';

const grouped = (): WorkflowDocument => ({
  ...small([
    ['a', 'make'],
    ['b', 'make'],
    ['c', 'make'],
  ]),
  groups: { one: { title: 'One', nodes: ['a', 'b'] }, two: { title: 'Two', nodes: ['b', 'gone'] } },
});
const modesOf = (document: WorkflowDocument) => Object.fromEntries(effectiveModes(document));

function parsed(text: string) {
  const result = parseDocument(text, smallNodes);
  return result.ok ? result.document : result.issues;
}

describe('modes', () => {
  it('of a node and its groups count together, the strongest first', () => {
    const document = setGroupMode(setNodeMode(grouped(), 'a', 'mute'), 'one', 'bypass');
    expect(modesOf(document)).toEqual({ a: 'mute', b: 'bypass' });
    expect(modesOf(setGroupMode(document, 'two', 'mute'))).toEqual({ a: 'mute', b: 'mute' });
    expect(modesOf(setGroupMode(document, 'one', undefined))).toEqual({ a: 'mute' });
  });

  it('leave no trace when they are taken away, and none on what is not there', () => {
    const document = grouped();
    expect(setNodeMode(setNodeMode(document, 'a', 'mute'), 'a', undefined)).toEqual(document);
    expect(setGroupMode(setGroupMode(document, 'one', 'mute'), 'one', undefined)).toEqual(document);
    expect(setNodeMode(document, 'nobody', 'mute')).toBe(document);
    expect(setGroupMode(document, 'toString', 'mute')).toBe(document);
  });

  it('are never stronger than the strongest that is set', () => {
    const mode = fc.option(fc.constantFrom<NodeMode>('mute', 'bypass'), { nil: undefined });
    fc.assert(
      fc.property(mode, mode, mode, (own, one, two) => {
        const document = setGroupMode(setGroupMode(setNodeMode(grouped(), 'b', own), 'one', one), 'two', two);
        const set = [own, one, two];
        const strongest = set.includes('mute') ? 'mute' : set.includes('bypass') ? 'bypass' : undefined;
        expect(modesOf(document)['b']).toBe(strongest);
        expect(modesOf(document)['c']).toBeUndefined();
      }),
    );
  });
});

describe('pins', () => {
  const outputs = { image: [pictureOf('kept')] };

  it('are set and taken away by place', () => {
    const document = pinStep(pinStep(grouped(), 'a', '0', outputs), 'a', '0.1', outputs);
    expect(document.nodes['a']!.pins).toEqual({ '0': outputs, '0.1': outputs });
    expect(unpinStep(unpinStep(document, 'a', '0'), 'a', '0.1')).toEqual(grouped());
    expect(unpinStep(document, 'a', '7')).toEqual(document);
  });

  it('go with a copied node, and with a removed one', () => {
    const document = pinStep(grouped(), 'a', '0', outputs);
    const { document: pasted, ids } = pasteFragment(document, copyNodes(document, new Set(['a'])), [0, 0]);
    expect(pasted.nodes[ids[0]!]!.pins).toEqual({ '0': outputs });
    expect(serializeDocument(removeNodes(document, new Set(['a'])))).not.toContain('pins');
  });
});

describe('the file', () => {
  const full = () => {
    const document = setGroupMode(setNodeMode(grouped(), 'c', 'bypass'), 'two', 'mute');
    const lora = { lora: [{ name: 'x', strength: 0.5 }], number: [1, 2, 3], text: ['a'] };
    return pinStep(pinStep(document, 'a', '2.1', lora), 'a', '0', { image: [pictureOf('kept')] });
  };

  it('keeps modes and pins, with one text whatever the order things were set in', () => {
    expect(parsed(serializeDocument(full()))).toEqual(full());
    const { hash, format, width, height, bytes } = pictureOf('kept');
    const other = pinStep(full(), 'a', '0', { image: [{ bytes, height, width, format, hash }] });
    const { one, two } = full().groups!;
    const swapped = {
      ...other,
      groups: { two: { nodes: two!.nodes, mode: two!.mode, title: 'Two' }, one: one! },
    };
    expect(serializeDocument(swapped)).toBe(serializeDocument(full()));
  });

  it.each([
    [{ mode: 'off' }, 'nodes.a.mode'],
    [{ pins: { first: {} } }, 'nodes.a.pins.first'],
    [{ pins: { '01': {} } }, 'nodes.a.pins.01'],
    [
      { pins: { '0': { image: [{ hash: '../../etc', format: 'png', width: 1, height: 1, bytes: 1 }] } } },
      'nodes.a.pins.0.image.0.hash',
    ],
    [{ pins: { '0': { image: [{ ...pictureOf('x'), path: '/home' }] } } }, 'nodes.a.pins.0.image.0.path'],
  ])('with %j is refused, with its place', (more, path) => {
    const document = JSON.parse(serializeDocument(grouped()));
    Object.assign(document.nodes.a, more);
    expect(parsed(JSON.stringify(document))).toMatchObject([
      { severity: 'error', place: { node: 'a', path } },
    ]);
  });
});
