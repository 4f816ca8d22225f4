import type { NodeCatalogue } from '../node';
import { withoutTwins } from './border';
import { freeNodeId } from './edit';
import type { OpenGraph } from './open-graph';
import { drawn, middle } from './pack';
import {
  addressText,
  edgeId,
  mostPoints,
  portAddressOf,
  type DocumentNode,
  type Edge,
  type Point,
  type Subgraph,
  type WorkflowDocument,
} from './schema';
import { inputsId, isBoundary, outputsId, subgraphOf, subgraphType } from './subgraph';
import { freeName } from './subgraph-copies';

type Groups = NonNullable<WorkflowDocument['groups']>;

/**
 * The nodes of a subgraph in the place of the node that stands for it, with that node's own values, take and mode. A
 * subgraph that nothing stands for any more goes. `undefined` for any other node.
 */
export function unpackNode(
  document: OpenGraph,
  id: string,
  catalogue: NodeCatalogue,
): { document: OpenGraph; ids: string[] } | undefined {
  const instance = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  const subgraph = subgraphOf(instance?.type ?? '');
  const inside = subgraph === undefined ? undefined : document.subgraphs?.[subgraph];
  if (instance === undefined || subgraph === undefined || inside === undefined) return undefined;
  const { [id]: _gone, ...others } = document.nodes;
  const rest: OpenGraph = { ...document, nodes: others };
  const fresh = new Map<string, string>();
  for (const inner of Object.keys(inside.nodes))
    fresh.set(inner, freeNodeId(rest, inner, new Set(fresh.values())));
  const moved = (address: string) => {
    const { node, port } = portAddressOf(address);
    return addressText({ node: fresh.get(node) ?? node, port });
  };

  const shift = middle(
    Object.entries(inside.layout).flatMap(([inner, place]) => (isBoundary(inner) ? [] : [place])),
  );
  const at = document.layout[id] ?? shift;
  const layout = { ...document.layout };
  delete layout[id];
  const nodes = { ...others };
  const { [id]: _size, ...sizes } = document.sizes ?? {};
  for (const [inner, node] of Object.entries(inside.nodes)) {
    const own = fresh.get(inner)!;
    nodes[own] = withOwn(inner, node, instance, inside, catalogue);
    const place = inside.layout[inner];
    if (place !== undefined) layout[own] = [place[0] - shift[0] + at[0], place[1] - shift[1] + at[1]];
    const size = inside.sizes?.[inner];
    if (size !== undefined) sizes[own] = size;
  }
  const by: Point = [at[0] - shift[0], at[1] - shift[1]];
  const { edges, bends } = joinedEdges(document, id, inside, moved, by);
  const shown = new Map(inside.params.map(({ name, param }) => [name, moved(param)]));
  const exposed = document.exposed?.flatMap((one) => {
    const { node, port } = portAddressOf(one.param);
    if (node !== id) return [one];
    const param = shown.get(port);
    return param === undefined ? [] : [{ ...one, param }];
  });
  const { groups, collapsed } = mergedGroups(document, inside, id, fresh);
  const { groups: _groups, bends: _bends, collapsed: _collapsed, sizes: _sizes, ...shownElse } = rest;
  const { exposed: _exposed, subgraphs: _subgraphs, ...whole } = shownElse;
  const left = leftSubgraphs({ ...document, nodes }, subgraph);
  return {
    ids: [...fresh.values()],
    document: {
      ...whole,
      nodes,
      edges,
      layout,
      ...drawn({ groups, bends, collapsed, sizes }),
      ...(exposed === undefined ? {} : { exposed }),
      ...(left === undefined ? {} : { subgraphs: left }),
    },
  };
}

/** A node of the inside as the instance has it. */
function withOwn(
  inner: string,
  node: DocumentNode,
  { params, mode, take = 0 }: DocumentNode,
  inside: Subgraph,
  catalogue: NodeCatalogue,
): DocumentNode {
  const values = inside.params.flatMap(({ name, param }) => {
    const { node: owner, port } = portAddressOf(param);
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return owner === inner && value !== undefined ? [[port, value] as const] : [];
  });
  const asks = catalogue.get(node.type)?.work.on;
  const takes = take > 0 && (asks === 'provider' || asks === 'parts');
  return {
    ...node,
    ...(mode === undefined || node.mode === 'mute' ? {} : { mode }),
    ...(values.length === 0 ? {} : { params: { ...node.params, ...Object.fromEntries(values) } }),
    ...(takes ? { take: (node.take ?? 0) + take } : {}),
  };
}

/** A wire with the points it is led through. */
type Led = Edge & { points: readonly Point[] };

/** The wires of both, those that crossed the border in one again, with the points of all their parts; `by`: how far the inside moves. */
function joinedEdges(
  document: OpenGraph,
  id: string,
  inside: Subgraph,
  moved: (address: string) => string,
  by: Point,
): { edges: Edge[]; bends: NonNullable<WorkflowDocument['bends']> } {
  const outside: Led[] = document.edges.map((edge) => ({
    ...edge,
    points: document.bends?.[edgeId(edge)] ?? [],
  }));
  const within: Led[] = inside.edges.map((edge) => ({
    ...edge,
    points: (inside.bends?.[edgeId(edge)] ?? []).map(([x, y]) => [x + by[0], y + by[1]]),
  }));
  /** The wires a wire of the inside goes on from. */
  const before = ({ from, points }: Led): Omit<Led, 'to'>[] => {
    const { node, port } = portAddressOf(from);
    if (node !== inputsId) return [{ from: moved(from), points }];
    return outside
      .filter(({ to }) => to === addressText({ node: id, port }))
      .map((edge) => ({ from: edge.from, points: [...edge.points, ...points] }));
  };
  const outer = outside.flatMap((edge): Led[] => {
    if (portAddressOf(edge.to).node === id) return [];
    const { node, port } = portAddressOf(edge.from);
    if (node !== id) return [edge];
    const given = addressText({ node: outputsId, port });
    return within
      .filter(({ to }) => to === given)
      .flatMap((part) => before(part))
      .map(({ from, points }) => ({ from, to: edge.to, points: [...points, ...edge.points] }));
  });
  const inner = within.flatMap((edge): Led[] =>
    portAddressOf(edge.to).node === outputsId
      ? []
      : before(edge).map(({ from, points }) => ({ from, to: moved(edge.to), points })),
  );
  const led = withoutTwins([...outer, ...inner]);
  return {
    edges: led.map(({ from, to }) => ({ from, to })),
    bends: Object.fromEntries(
      led.flatMap((edge) =>
        edge.points.length === 0 ? [] : [[edgeId(edge), edge.points.slice(0, mostPoints)]],
      ),
    ),
  };
}

function mergedGroups(
  { groups = {}, collapsed: outer = [] }: OpenGraph,
  inside: Subgraph,
  id: string,
  fresh: ReadonlyMap<string, string>,
): { groups: Groups; collapsed: string[] } {
  const merged: Groups = {};
  const collapsed = [...outer];
  for (const [key, group] of Object.entries(groups))
    merged[key] = {
      ...group,
      nodes: group.nodes.flatMap((node) => (node === id ? [...fresh.values()] : [node])),
    };
  for (const [key, group] of Object.entries(inside.groups ?? {})) {
    const nodes = group.nodes.map((node) => fresh.get(node) ?? node);
    const same = merged[key];
    const isSame =
      same !== undefined &&
      same.title === group.title &&
      same.color === group.color &&
      same.mode === group.mode;
    const name = isSame ? key : freeName(key, Object.keys(merged));
    merged[name] = isSame ? { ...same, nodes: [...same.nodes, ...nodes] } : { ...group, nodes };
    if (!isSame && inside.collapsed?.includes(key) === true) collapsed.push(name);
  }
  return { groups: merged, collapsed };
}

/** Without one that no node stands for any more. In the open inside of another the rest of the file is not seen: it stays. */
function leftSubgraphs(document: OpenGraph, subgraph: string): WorkflowDocument['subgraphs'] {
  const { subgraphs = {}, prefix = '' } = document;
  const type = subgraphType(subgraph);
  const isUsed = [document, ...Object.values(subgraphs)].some(({ nodes }) =>
    Object.values(nodes).some((node) => node.type === type),
  );
  if (isUsed || prefix !== '') return subgraphs;
  const { [subgraph]: _gone, ...left } = subgraphs;
  return Object.keys(left).length === 0 ? undefined : left;
}
