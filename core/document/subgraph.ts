import { sameJson, type JsonValue } from '../json';
import type { NodeCatalogue, NodeDefinition } from '../node';
import type { ParamSpec } from '../param';
import type { InputSpec, OutputSpec } from '../port';
import { addressText, portAddressOf, type Subgraph, type WorkflowDocument } from './schema';

/** The ids under which the ports of a subgraph are known inside it. No node can have such an id. */
export const inputsId = '@inputs';
export const outputsId = '@outputs';

/** The icons of subgraphs and of their sides: the window is built with those that are named. */
export const subgraphIcons = ['package', 'log-in', 'log-out'] as const;

const prefix = 'subgraph:';

/** The type of the nodes that stand for a subgraph. */
export function subgraphType(id: string): string {
  return `${prefix}${id}`;
}

/** The id of the subgraph a node of this type stands for, or `undefined` for any other type. */
export function subgraphOf(type: string): string | undefined {
  return type.startsWith(prefix) ? type.slice(prefix.length) : undefined;
}

/** The type of what stands for a side of a subgraph inside it. */
export function boundaryType(id: string, side: typeof inputsId | typeof outputsId): string {
  return `${subgraphType(id)}${side}`;
}

/** Whether an id of a graph, with or without the place of the graph before it, is one of the two sides. */
export function isBoundary(id: string): boolean {
  return id.endsWith(inputsId) || id.endsWith(outputsId);
}

type Subgraphs = NonNullable<WorkflowDocument['subgraphs']>;

/** The ids of subgraphs that have `id` inside them, themselves or through others, and `id`. */
export function subgraphsAround(subgraphs: Subgraphs, id: string): Set<string> {
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [outer, { nodes }] of Object.entries(subgraphs))
      if (Object.values(nodes).some(({ type }) => found.has(subgraphOf(type) ?? ''))) found.add(outer);
  }
  return found;
}

/** How the two sides are called where they are shown. */
export interface SideWords {
  inputs: string;
  outputs: string;
}

const english: SideWords = { inputs: 'Inputs', outputs: 'Outputs' };

const made = new WeakMap<Subgraphs, { base: NodeCatalogue; catalogue: NodeCatalogue }>();

/**
 * The kinds of node there are in a document: those of `base` and one for each of its subgraphs, made from what it has
 * inside. Definitions of `before` that say the same are kept as they are.
 */
export function catalogueOf(
  { subgraphs }: Pick<WorkflowDocument, 'subgraphs'>,
  base: NodeCatalogue,
  before?: NodeCatalogue,
  words: SideWords = english,
): NodeCatalogue {
  if (subgraphs === undefined) return base;
  const known = made.get(subgraphs);
  if (known?.base === base) return known.catalogue;
  const catalogue = new Map(base);
  const open = new Set<string>();
  const add = (definition: NodeDefinition) => {
    const old = before?.get(definition.type);
    catalogue.set(definition.type, old !== undefined && saysTheSame(old, definition) ? old : definition);
  };
  const definitionOf = (type: string): NodeDefinition | undefined => {
    const id = subgraphOf(type);
    const inside = id === undefined ? undefined : own(subgraphs, id);
    if (id === undefined || inside === undefined || catalogue.has(type)) return catalogue.get(type);
    // One that is inside itself has no end; the plan says so.
    if (open.has(id)) return undefined;
    open.add(id);
    for (const definition of definitionsOf(id, inside, definitionOf, words)) add(definition);
    open.delete(id);
    return catalogue.get(type);
  };
  for (const id of Object.keys(subgraphs)) definitionOf(subgraphType(id));
  made.set(subgraphs, { base, catalogue });
  return catalogue;
}

function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function definitionsOf(
  id: string,
  inside: Subgraph,
  definitionOf: (type: string) => NodeDefinition | undefined,
  words: SideWords,
): NodeDefinition[] {
  const { title, edges, nodes } = inside;
  const at = (node: string) => definitionOf(own(nodes, node)?.type ?? '');
  const inputs: Record<string, InputSpec> = {};
  for (const { name, label, type } of inside.inputs) {
    const address = addressText({ node: inputsId, port: name });
    const taking = edges
      .filter(({ from }) => from === address)
      .flatMap(({ to }) => {
        const { node, port } = portAddressOf(to);
        const spec = own(at(node)?.inputs ?? {}, port);
        const isOnly = edges.every((edge) => edge.to !== to || edge.from === address);
        return spec === undefined ? [] : [{ ...spec, required: spec.required && isOnly }];
      });
    inputs[name] = {
      type,
      label: label ?? taking[0]?.label ?? name,
      takes: taking.length > 0 && taking.every(({ takes }) => takes === 'all') ? 'all' : 'one',
      required: taking.some(({ required }) => required),
    };
  }
  const outputs: Record<string, OutputSpec> = {};
  for (const { name, label, type } of inside.outputs) {
    const from = edges.find(({ to }) => to === addressText({ node: outputsId, port: name }))?.from ?? '';
    const { node, port } = portAddressOf(from);
    outputs[name] = { type, label: label ?? own(at(node)?.outputs ?? {}, port)?.label ?? name };
  }
  const names = Object.values(nodes).map(
    ({ title: named, type }) => named ?? definitionOf(type)?.title ?? type,
  );
  const part = { version: 1, group: 'subgraph', work: { on: 'parts' } } as const;
  return [
    {
      ...part,
      type: subgraphType(id),
      title,
      icon: subgraphIcons[0],
      summary: `${names.length === 1 ? '1 node' : `${names.length} nodes`} in one: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ' …' : ''}`,
      params: paramsOf(inside, at),
      inputs,
      outputs,
    },
    {
      ...part,
      hidden: true,
      type: boundaryType(id, inputsId),
      title: words.inputs,
      icon: subgraphIcons[1],
      summary: `What comes into ${title}.`,
      params: {},
      inputs: {},
      outputs: Object.fromEntries(
        Object.entries(inputs).map(([name, { type, label }]) => [name, { type, label }]),
      ),
    },
    {
      ...part,
      hidden: true,
      type: boundaryType(id, outputsId),
      title: words.outputs,
      icon: subgraphIcons[2],
      summary: `What ${title} gives.`,
      params: {},
      inputs: Object.fromEntries(
        Object.entries(outputs).map(([name, spec]) => [
          name,
          { ...spec, takes: 'one' as const, required: false },
        ]),
      ),
      outputs: {},
    },
  ];
}

/** The params a subgraph shows, each starting as it stands inside. One that names nothing there is left out. */
function paramsOf(
  { params, nodes }: Subgraph,
  at: (node: string) => NodeDefinition | undefined,
): Record<string, ParamSpec> {
  const nameOf = new Map(params.map(({ name, param }) => [param, name]));
  const specs: Record<string, ParamSpec> = {};
  for (const { name, label, param } of params) {
    const { node, port } = portAddressOf(param);
    const inner: ParamSpec | undefined = own(at(node)?.params ?? {}, port);
    if (inner === undefined) continue;
    const { when, ...spec } = inner;
    const other = when && nameOf.get(addressText({ node, port: when.param }));
    const stands = own(nodes[node]?.params ?? {}, port) ?? inner.initial;
    specs[name] = {
      ...spec,
      label: label ?? spec.label,
      initial: stands as JsonValue,
      onCard: true,
      ...(when === undefined || other === undefined ? {} : { when: { ...when, param: other } }),
    };
  }
  return specs;
}

function saysTheSame(old: NodeDefinition, now: NodeDefinition): boolean {
  const names = Object.keys(now.params);
  return (
    old.title === now.title &&
    old.summary === now.summary &&
    sameJson([old.inputs, Object.keys(old.inputs)], [now.inputs, Object.keys(now.inputs)]) &&
    sameJson([old.outputs, Object.keys(old.outputs)], [now.outputs, Object.keys(now.outputs)]) &&
    sameJson(Object.keys(old.params), names) &&
    names.every((name) => {
      const { schema: one, ...left } = old.params[name]!;
      const { schema: other, ...right } = now.params[name]!;
      return one === other && sameJson(left, right);
    })
  );
}
