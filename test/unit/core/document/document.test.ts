import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNode,
  connect,
  disconnect,
  freeNodeId,
  moveNodes,
  newNode,
  orderEdges,
  removeNodes,
  setParam,
  setRoute,
  setTitle,
} from '#core/document/edit';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import { parseDocument } from '#core/document/parse';
import { serializeDocument } from '#core/document/serialize';
import { upgradeNode } from '#core/document/upgrade-node';
import { defineNode } from '#core/node';
import { numberParam } from '#core/param';
import { small, smallNodes } from '#test/kit/small-catalogue';

const twoNodes = () =>
  small(
    [
      ['make', 'make'],
      ['change', 'change'],
    ],
    ['make.image > change.images'],
  );

function parsed(text: string) {
  const result = parseDocument(text, smallNodes);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.document;
}

function issuesOf(text: string) {
  const result = parseDocument(text, smallNodes);
  return result.ok ? [] : result.issues;
}

describe('the file', () => {
  it('comes back as it was', () => {
    const document = twoNodes();
    expect(parsed(serializeDocument(document))).toEqual(document);
  });

  it('has one text for one document, whatever the order things were added in', () => {
    const forwards = small([
      ['a', 'make'],
      ['b', 'make'],
    ]);
    const backwards = small([
      ['b', 'make'],
      ['a', 'make'],
    ]);
    expect(serializeDocument(forwards)).toBe(serializeDocument(backwards));
  });

  it('changes by one line for one word, one move, one number', () => {
    const before = serializeDocument(twoNodes()).split('\n');
    const changes = [
      setParam(twoNodes(), 'make', 'prompt', 'a dog'),
      moveNodes(twoNodes(), { change: [300, -20] }),
      setParam(twoNodes(), 'make', 'count', 3),
    ];
    for (const change of changes) {
      const after = serializeDocument(change).split('\n');
      expect(after).toHaveLength(before.length);
      expect(after.filter((line, place) => line !== before[place])).toHaveLength(1);
    }
  });

  it('keeps the order of the edges into a port', () => {
    const document = small(
      [
        ['z', 'make'],
        ['a', 'make'],
        ['change', 'change'],
      ],
      ['z.image > change.images', 'a.image > change.images'],
    );
    expect(parsed(serializeDocument(document)).edges.map(({ from }) => from)).toEqual(['z.image', 'a.image']);
  });

  it('keeps unknown node types as they are', () => {
    const document = small([['odd', 'from-the-future']]);
    const withParams = setParam(document, 'odd', 'anything', { deep: [1, null, 'x'] });
    const text = serializeDocument(withParams);
    expect(serializeDocument(parsed(text))).toBe(text);
  });

  it('comes back the same for every param a person can type', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        // A key named __proto__ is left out when a file is read: nobody means it well.
        fc
          .dictionary(fc.string(), fc.jsonValue())
          .filter((rest) => !JSON.stringify(rest).includes('__proto__')),
        (prompt, rest) => {
          const document = setParam(
            setParam(twoNodes(), 'make', 'prompt', prompt),
            'make',
            'rest',
            rest as never,
          );
          const text = serializeDocument(document);
          expect(serializeDocument(parsed(text))).toBe(text);
        },
      ),
    );
  });

  it.each([
    ['not JSON', 'not a workflow', 'not-json'],
    ['a list', '[]', 'not-a-workflow'],
    ['another program’s JSON', '{"nodes":[]}', 'not-a-workflow'],
    ['a newer format', '{"seedloom":99}', 'newer-format'],
  ])('%s is refused with a reason', (_name, text, code) => {
    expect(issuesOf(text)).toEqual([expect.objectContaining({ code, severity: 'error' })]);
  });

  it('names every wrong place', () => {
    // oxlint-disable-next-line typescript/no-explicit-any -- a deliberately broken file
    const file = JSON.parse(serializeDocument(twoNodes())) as Record<string, any>;
    file['nodes'].make.version = 'one';
    file['nodes'].make.secret = 1;
    file['edges'][0].to = 'nowhere';
    const issues = issuesOf(JSON.stringify(file));
    expect(issues.map(({ place }) => place.path).sort()).toEqual([
      'edges.0.to',
      'nodes.make.secret',
      'nodes.make.version',
    ]);
    expect(issues.find(({ place }) => place.path === 'nodes.make.version')!.place.node).toBe('make');
  });
});

describe('edits', () => {
  it('do not touch the document they are given', () => {
    const document = twoNodes();
    const text = JSON.stringify(document);
    setParam(document, 'make', 'prompt', 'x');
    removeNodes(document, new Set(['make']));
    orderEdges(document, 'change.images', []);
    expect(JSON.stringify(document)).toBe(text);
  });

  it('share what did not change', () => {
    const document = twoNodes();
    const edited = setParam(document, 'make', 'prompt', 'x');
    expect(edited.nodes['change']).toBe(document.nodes['change']);
    expect(edited.edges).toBe(document.edges);
  });

  it('removing a node takes its edges and place along', () => {
    const left = removeNodes(twoNodes(), new Set(['make']));
    expect(left.edges).toEqual([]);
    expect(Object.keys(left.layout)).toEqual(['change']);
  });

  it('connecting twice is once, and replaces where one wire is all', () => {
    const edge = { from: 'make.image', to: 'change.images' };
    expect(connect(twoNodes(), edge, { replace: false }).edges).toHaveLength(1);
    const other = { from: 'change.image', to: 'change.images' };
    expect(connect(twoNodes(), other, { replace: true }).edges).toEqual([other]);
    expect(disconnect(twoNodes(), [edge]).edges).toEqual([]);
  });

  it('clears a route and a title by giving none', () => {
    const routed = setRoute(twoNodes(), 'make', 'shop/one');
    expect(setRoute(routed, 'make', undefined)).toEqual(twoNodes());
    expect(setTitle(setTitle(twoNodes(), 'make', 'Mine'), 'make', '')).toEqual(twoNodes());
  });

  it('pastes a copy under fresh ids with its inner wires', () => {
    const document = twoNodes();
    const fragment = copyNodes(document, new Set(['make', 'change']));
    const { document: pasted, ids } = pasteFragment(document, fragment, [20, 20]);
    expect(ids).toEqual(['make-2', 'change-2']);
    expect(pasted.edges).toContainEqual({ from: 'make-2.image', to: 'change-2.images' });
    expect(pasted.layout['make-2']).toEqual([20, 20]);
    expect(freeNodeId(pasted, 'make')).toBe('make-3');
  });
});

describe('node upgrades', () => {
  const third = defineNode({
    type: 'aged',
    version: 3,
    title: 'Aged',
    group: 'other',
    icon: 'clock',
    summary: 'Has been through two versions.',
    params: { amount: numberParam({ label: 'Amount', min: 0, max: 10, initial: 1 }) },
    inputs: {},
    outputs: {},
    upgrades: [
      { from: 1, params: ({ size, ...rest }) => ({ ...rest, quantity: size ?? 0 }) },
      { from: 2, params: ({ quantity, ...rest }) => ({ ...rest, amount: quantity ?? 0 }) },
    ],
    work: { on: 'plan', values: () => ({}) },
  });
  const catalogue = new Map([['aged', third]]);

  it('go one version after the other', () => {
    expect(upgradeNode({ type: 'aged', version: 1, params: { size: 4 } }, catalogue)).toEqual({
      type: 'aged',
      version: 3,
      params: { amount: 4 },
    });
  });

  it('leave newer and unknown nodes alone', () => {
    const newer = { type: 'aged', version: 9, params: { x: 1 } };
    const unknown = { type: 'ghost', version: 1, params: {} };
    expect(upgradeNode(newer, catalogue)).toBe(newer);
    expect(upgradeNode(unknown, catalogue)).toBe(unknown);
  });
});

it('adds a node where it is asked to, on whole pixels', () => {
  const document = addNode(small([]), 'make', newNode(smallNodes.get('make')!), [1.4, -2.6]);
  expect(document.layout['make']).toEqual([1, -3]);
});
