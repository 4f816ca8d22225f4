import type { NodeCatalogue } from '../node';
import { withSources } from '../plan/order';
import { Border } from './border';
import { freeNodeId, removeNodes } from './edit';
import type { OpenGraph } from './open-graph';
import {
  addressText,
  portAddressOf,
  type DocumentNode,
  type Point,
  type Subgraph,
  type WorkflowDocument,
} from './schema';
import { inputsId, isBoundary, outputsId, subgraphType } from './subgraph';
import { paramName } from './param-names';
import { freeSubgraphId } from './subgraph-copies';

/** Pure edits that put nodes into a subgraph and take them out again. */

/** Why nodes cannot become a subgraph: there are none, these others lie between them, or these are of no known kind. */
export type PackRefusal = { refused: 'nothing' | 'between' | 'unknown-type'; nodes: string[] };

/** From the side of the inside to the nearest card, in pixels of the canvas. */
const sideGap = 360;

type Drawn = Pick<WorkflowDocument, 'groups' | 'bends' | 'collapsed' | 'sizes'>;
type Groups = NonNullable<WorkflowDocument['groups']>;

/**
 * Puts nodes into a new subgraph, and one node in their place. What runs, what it is made from and what it costs stay as they
 * were: wires that crossed the border go through ports, in the same order; required inputs and outputs without any wire become
 * ports too.
 */
export function packNodes(
  document: OpenGraph,
  chosen: Iterable<string>,
  catalogue: NodeCatalogue,
  title: string,
): { document: OpenGraph; id: string } | PackRefusal {
  const inside = new Set([...chosen].filter((id) => Object.hasOwn(document.nodes, id) && !isBoundary(id)));
  if (inside.size === 0) return { refused: 'nothing', nodes: [] };
  const between = nodesBetween(document, inside);
  if (between.length > 0) return { refused: 'between', nodes: between };
  const subgraphs = document.subgraphs ?? {};
  const subgraph = freeSubgraphId(subgraphs, title);
  const rest = removeNodes(document, inside) as OpenGraph;
  const id = freeNodeId(rest, subgraph);
  const ports = new Border(document, inside, catalogue, id);
  const unknown = ports.unknown();
  if (unknown.length > 0) return { refused: 'unknown-type', nodes: unknown };

  const bare = (one: string) => one.slice(document.prefix?.length ?? 0);
  const ids = Object.keys(document.nodes).filter((one) => inside.has(one));
  const layout = Object.fromEntries(
    ids.flatMap((one) => (document.layout[one] === undefined ? [] : [[bare(one), document.layout[one]]])),
  ) as Record<string, Point>;
  const { outer, inner } = splitGroups(document.groups ?? {}, inside, id);
  const bends = ports.bends();
  const shown = (document.exposed ?? []).filter(({ param }) => inside.has(portAddressOf(param).node));
  const [left, top, right] = box(Object.values(layout));
  const border = {
    inputs: ports.inputs(),
    outputs: ports.outputs(),
    edges: ports.innerEdges().map(({ from, to }) => ({ from: bare(from), to: bare(to) })),
  };
  const params: Subgraph['params'] = [];
  for (const { param, label } of shown) {
    const name = paramName(
      border,
      bare(param),
      params.map((one) => one.name),
    );
    params.push({ name, ...(label === undefined ? {} : { label }), param: bare(param) });
  }
  const definition: Subgraph = {
    title,
    ...border,
    params,
    nodes: Object.fromEntries(ids.map((one) => [bare(one), document.nodes[one]!])),
    ...drawn({
      groups: Object.fromEntries(
        Object.entries(inner).map(([group, one]) => [group, { ...one, nodes: one.nodes.map(bare) }]),
      ),
      bends: Object.fromEntries(
        Object.entries(bends.inner).map(([wire, points]) => [wire.split(' ').map(bare).join(' '), points]),
      ),
      collapsed: document.collapsed ?? [],
      sizes: Object.fromEntries(
        ids.flatMap((one) => {
          const size = document.sizes?.[one];
          return size === undefined ? [] : [[bare(one), size]];
        }),
      ),
    }),
    layout: {
      ...layout,
      [inputsId]: [left - sideGap, top],
      [outputsId]: [right + sideGap, top],
    },
  };
  const node: DocumentNode = { type: subgraphType(subgraph), version: 1, params: {} };
  const {
    groups: _groups,
    bends: _bends,
    collapsed: _collapsed,
    sizes = {},
    exposed: _exposed,
    ...whole
  } = rest;
  const exposed = document.exposed?.map((one) => {
    const place = shown.indexOf(one);
    return place === -1 ? one : { ...one, param: addressText({ node: id, port: params[place]!.name }) };
  });
  return {
    id,
    document: {
      ...whole,
      nodes: { ...rest.nodes, [id]: node },
      edges: ports.outerEdges(),
      ...drawn({ groups: outer, bends: bends.outer, collapsed: document.collapsed ?? [], sizes }),
      ...(exposed === undefined ? {} : { exposed }),
      layout: { ...rest.layout, [id]: middle(Object.values(layout)) },
      subgraphs: { ...subgraphs, [subgraph]: definition },
    },
  };
}

/** How a graph is drawn, without what there is nothing of; only groups that are there can be folded. */
export function drawn({
  groups,
  bends,
  collapsed,
  sizes,
}: { [K in keyof Drawn]-?: NonNullable<Drawn[K]> }): Drawn {
  const folded = [...new Set(collapsed)].filter((id) => Object.hasOwn(groups, id)).sort();
  return {
    ...(Object.keys(groups).length > 0 && { groups }),
    ...(Object.keys(bends).length > 0 && { bends }),
    ...(folded.length > 0 && { collapsed: folded }),
    ...(Object.keys(sizes).length > 0 && { sizes }),
  };
}

/** Nodes that need some of these and that others of these need: without them the whole would feed itself. */
function nodesBetween(document: WorkflowDocument, inside: ReadonlySet<string>): string[] {
  const needed = withSources(document, inside);
  const dependents = new Map<string, string[]>();
  for (const { from, to } of document.edges) {
    const source = portAddressOf(from).node;
    dependents.set(source, [...(dependents.get(source) ?? []), portAddressOf(to).node]);
  }
  const after = new Set<string>();
  const open = [...inside];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const next of dependents.get(id) ?? []) {
      if (after.has(next)) continue;
      after.add(next);
      open.push(next);
    }
  return [...after].filter((id) => needed.has(id) && !inside.has(id));
}

/**
 * A group whose nodes all go in goes with them; one that has others as well keeps the whole if it had all of it, else it is
 * parted. One with a mode is parted always: the whole bypassed is another thing than each of its nodes bypassed.
 */
function splitGroups(
  groups: Groups,
  inside: ReadonlySet<string>,
  id: string,
): { outer: Groups; inner: Groups } {
  const outer: Groups = {};
  const inner: Groups = {};
  for (const [key, group] of Object.entries(groups)) {
    const mine = group.nodes.filter((node) => inside.has(node));
    const others = group.nodes.filter((node) => !inside.has(node));
    if (mine.length === 0) outer[key] = group;
    else if (others.length === 0) inner[key] = group;
    else if (mine.length === inside.size && group.mode === undefined)
      outer[key] = { ...group, nodes: [...others, id] };
    else {
      outer[key] = { ...group, nodes: others };
      inner[key] = { ...group, nodes: mine };
    }
  }
  return { outer, inner };
}

function box(places: readonly Point[]): [left: number, top: number, right: number, bottom: number] {
  if (places.length === 0) return [0, 0, 0, 0];
  const [x, y] = [places.map((place) => place[0]), places.map((place) => place[1])];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

/** The middle of a box around places. */
export function middle(places: readonly Point[]): Point {
  const [left, top, right, bottom] = box(places);
  return [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
}
