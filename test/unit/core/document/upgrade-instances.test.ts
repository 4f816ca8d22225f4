import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { flatten } from '#core/document/flatten';
import type { DocumentNode, Subgraph, WorkflowDocument } from '#core/document/schema';
import { subgraphType } from '#core/document/subgraph';
import { upgradeNodes } from '#core/document/upgrade';
import { upgradeNode } from '#core/document/upgrade-node';
import type { JsonObject } from '#core/json';
import { defineNode, type NodeCatalogue } from '#core/node';
import { numberParam, textParam } from '#core/param';
import prompt from '../../../../nodes/prompt.node';

/** Version 1 had `text` plain, and `size` for both sides of a thing, doubled where `text` was "twice". */
const aged = defineNode({
  type: 'aged',
  version: 3,
  title: 'Aged',
  group: 'source',
  icon: 'link',
  summary: 'Two versions old.',
  params: {
    text: textParam({ label: 'Text', initial: '[]' }),
    width: numberParam({ label: 'Width', min: 0, max: 99, initial: 7 }),
    height: numberParam({ label: 'Height', min: 0, max: 99, initial: 7 }),
  },
  inputs: {},
  outputs: { out: { type: 'text', label: 'Out' } },
  upgrades: [
    {
      from: 1,
      params: (old) => (typeof old['text'] === 'string' ? { ...old, text: `[${old['text']}]` } : old),
    },
    {
      from: 2,
      params: ({ size, ...old }) => {
        if (typeof size !== 'number') return old;
        return { ...old, width: size, height: old['text'] === '[twice]' ? size * 2 : size };
      },
    },
  ],
  work: { on: 'plan', values: ({ params }) => ({ out: [params.text] }) },
});
const catalogue: NodeCatalogue = new Map([aged, prompt].map((definition) => [definition.type, definition]));

const subgraph = (nodes: Record<string, DocumentNode>, params: Record<string, string>): Subgraph => ({
  title: 'Inside',
  inputs: [],
  outputs: [],
  params: Object.entries(params).map(([name, param]) => ({ name, param })),
  nodes,
  edges: [],
  layout: {},
});
const instance = (id: string, params: JsonObject = {}): DocumentNode => ({
  type: subgraphType(id),
  version: 1,
  params,
});
const whole = (
  nodes: Record<string, DocumentNode>,
  subgraphs: Record<string, Subgraph>,
): WorkflowDocument => ({ ...createDocument('d', 'Old'), nodes, subgraphs });

/** Every param of every node of a plan, those that are left out at what they begin with. */
function resolved(document: WorkflowDocument, upgradeFlat: boolean): Record<string, unknown> {
  const flat = flatten(document, catalogue);
  expect([...flat.issues, ...flat.refused.values()]).toEqual([]);
  return Object.fromEntries(
    Object.entries(flat.document.nodes).map(([id, node]) => {
      const { type, version, params } = upgradeFlat ? upgradeNode(node, catalogue) : node;
      const specs = Object.entries(catalogue.get(type)!.params);
      const all = Object.fromEntries(specs.map(([name, { initial }]) => [name, params[name] ?? initial]));
      return [id, { type, version, ...all }];
    }),
  );
}

describe('an instance of a subgraph with nodes of an older version', () => {
  it('has its own values brought to the version of the node they are for', () => {
    const old = whole(
      { a: instance('look', { text: 'a {cat}', other: 1 }), b: instance('look') },
      {
        look: subgraph(
          { words: { type: 'prompt', version: 1, params: { text: '{x}' } } },
          { text: 'words.text' },
        ),
      },
    );
    const { nodes, subgraphs } = upgradeNodes(old, catalogue);
    expect(nodes['a']?.params).toEqual({ text: 'a \\{cat}', other: 1 });
    expect(nodes['b']).toBe(old.nodes['b']);
    expect(subgraphs?.['look']?.nodes['words']).toMatchObject({ version: 2, params: { text: '\\{x}' } });
    expect(subgraphs?.['look']?.params).toBe(old.subgraphs?.['look']?.params);
  });

  it('and so in instances inside of others, and in what is saved and pasted', () => {
    const part = {
      nodes: {},
      subgraphs: {
        outer: subgraph({ in: instance('inner', { text: 'in' }) }, { words: 'in.text' }),
        outmost: subgraph({ mid: instance('outer', { words: 'mid' }) }, { words: 'mid.words' }),
        inner: subgraph({ old: { type: 'aged', version: 1, params: {} } }, { text: 'old.text' }),
      },
    };
    const upgraded = upgradeNodes(part, catalogue).subgraphs;
    expect(upgraded.outer.nodes['in']?.params).toEqual({ text: '[in]' });
    expect(upgraded.outmost.nodes['mid']?.params).toEqual({ words: '[mid]' });
  });

  it('is brought there once: a second reading changes nothing', () => {
    const old = whole(
      { a: instance('look', { text: 'cat' }) },
      { look: subgraph({ n: { type: 'aged', version: 1, params: { size: 3 } } }, { text: 'n.text' }) },
    );
    const once = upgradeNodes(old, catalogue);
    expect(once.nodes['a']?.params).toEqual({ text: '[cat]' });
    expect(upgradeNodes(once, catalogue)).toEqual(once);
  });

  it('one inside itself is left to the plan, which says so', () => {
    const old = whole(
      { a: instance('ring', { text: 'x' }) },
      { ring: subgraph({ in: instance('ring', { text: 'y' }) }, { text: 'in.text' }) },
    );
    expect(upgradeNodes(old, catalogue).nodes['a']).toEqual(old.nodes['a']);
  });

  it('a hundred deep take no longer than a hundred', () => {
    const subgraphs: Record<string, Subgraph> = {
      s0: subgraph({ n: { type: 'aged', version: 1, params: {} } }, { text: 'n.text' }),
    };
    for (let depth = 1; depth <= 100; depth += 1)
      subgraphs[`s${depth}`] = subgraph(
        { n: instance(`s${depth - 1}`, { text: `${depth}` }) },
        { text: 'n.text' },
      );
    const { nodes } = upgradeNodes(whole({ a: instance('s100', { text: 'top' }) }, subgraphs), catalogue);
    expect(nodes['a']?.params).toEqual({ text: '[top]' });
  });

  it('asks of every step what it asked before, whatever is shown at whatever depth', () => {
    const value = fc.record(
      { text: fc.constantFrom('a', 'twice', ''), size: fc.constantFrom(1, 2) },
      { requiredKeys: [] },
    );
    const version = fc.constantFrom(1, 2, 3);
    const shown = fc.subarray(['text', 'size']);
    fc.assert(
      fc.property(
        fc.array(fc.record({ value, version, shown, through: shown, twice: fc.boolean() }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(fc.record({ value, at: fc.nat(2) }), { minLength: 1, maxLength: 3 }),
        value,
        (leaves, places, outer) => {
          const subgraphs: Record<string, Subgraph> = {};
          // What only older versions had is only in nodes of those.
          const fitting = (params: JsonObject, of: number): JsonObject => {
            const { size, ...rest } = params;
            return of === 3 || size === undefined ? rest : params;
          };
          leaves.forEach((leaf, number) => {
            const names = leaf.shown.filter((name) => leaf.version < 3 || name !== 'size');
            const inner = { type: 'aged', version: leaf.version, params: fitting(leaf.value, leaf.version) };
            subgraphs[`leaf${number}`] = subgraph(
              { n: inner, ...(leaf.twice ? { m: inner } : {}) },
              Object.fromEntries(names.map((name) => [name, `n.${name}`])),
            );
            const through = leaf.through.filter((name) => names.includes(name));
            const given = Object.fromEntries(
              Object.entries(fitting(outer, leaf.version)).filter(([name]) => names.includes(name)),
            );
            subgraphs[`mid${number}`] = subgraph(
              { in: instance(`leaf${number}`, given) },
              Object.fromEntries(through.map((name) => [`my-${name}`, `in.${name}`])),
            );
          });
          const nodes: Record<string, DocumentNode> = {};
          places.forEach(({ value: own, at }, number) => {
            const leaf = at % leaves.length;
            const pick = (id: string, prefix: string) =>
              Object.fromEntries(
                Object.entries(own)
                  .map(([name, one]) => [`${prefix}${name}`, one] as const)
                  .filter(([name]) => subgraphs[id]!.params.some((param) => param.name === name)),
              );
            nodes[`l${number}`] = instance(`leaf${leaf}`, pick(`leaf${leaf}`, ''));
            nodes[`m${number}`] = instance(`mid${leaf}`, pick(`mid${leaf}`, 'my-'));
          });
          const old = whole(nodes, subgraphs);
          expect(resolved(upgradeNodes(old, catalogue), false)).toEqual(resolved(old, true));
        },
      ),
      { numRuns: 300 },
    );
  });
});
