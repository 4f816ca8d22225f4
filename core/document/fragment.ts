import { bendsOf } from './bends';
import { addNode, freeNodeId } from './edit';
import { freeGroupId } from './edit-groups';
import type { OpenGraph } from './open-graph';
import {
  addressText,
  edgeId,
  portAddressOf,
  type DocumentGroup,
  type DocumentNode,
  type Edge,
  type Point,
  type WorkflowDocument,
} from './schema';
import { isBoundary } from './subgraph';
import { subgraphsUsed, withSubgraphs } from './subgraph-copies';

/**
 * Part of a graph, for the clipboard: nodes with the edges between them, and the groups that are in it whole. Its ids are
 * bare, without the place of the graph it is from.
 */
export interface Fragment {
  nodes: Record<string, DocumentNode>;
  edges: Edge[];
  layout: Record<string, Point>;
  /** Points of the wires between them. */
  bends?: Record<string, Point[]> | undefined;
  groups?: Record<string, DocumentGroup> | undefined;
  collapsed?: string[] | undefined;
  sizes?: Record<string, Point> | undefined;
  /** Those the nodes stand for. */
  subgraphs?: NonNullable<WorkflowDocument['subgraphs']> | undefined;
}

/** `incoming`: with the wires that come into these nodes from others, too. */
export function copyNodes(
  document: OpenGraph,
  ids: ReadonlySet<string>,
  { incoming = false }: { incoming?: boolean } = {},
): Fragment {
  const bare = (text: string) => text.slice(document.prefix?.length ?? 0);
  const bareEdge = ({ from, to }: Edge): Edge => ({ from: bare(from), to: bare(to) });
  const isKept = (id: string) => ids.has(id) && !isBoundary(id);
  const kept = <V>(record: Record<string, V> = {}): Record<string, V> =>
    Object.fromEntries(
      Object.entries(record).flatMap(([id, value]) => (isKept(id) ? [[bare(id), value]] : [])),
    );
  const groups = Object.entries(document.groups ?? {}).filter(
    ([, { nodes }]) => nodes.length > 0 && nodes.every(isKept),
  );
  const collapsed = (document.collapsed ?? []).filter((id) => groups.some(([group]) => group === id));
  const sizes = kept(document.sizes);
  const edges = document.edges.filter(
    (edge) => (incoming || isKept(portAddressOf(edge.from).node)) && isKept(portAddressOf(edge.to).node),
  );
  const bends = Object.entries(bendsOf(document, edges) ?? {});
  const nodes = kept(document.nodes);
  const subgraphs = subgraphsUsed(document.subgraphs ?? {}, Object.values(nodes));
  return {
    nodes,
    layout: kept(document.layout),
    edges: edges.map(bareEdge),
    ...(bends.length > 0 && {
      bends: Object.fromEntries(bends.map(([id, points]) => [id.split(' ').map(bare).join(' '), points])),
    }),
    ...(groups.length > 0 && {
      groups: Object.fromEntries(
        groups.map(([id, group]) => [id, { ...group, nodes: group.nodes.map(bare) }]),
      ),
    }),
    ...(collapsed.length > 0 && { collapsed }),
    ...(Object.keys(sizes).length > 0 && { sizes }),
    ...(Object.keys(subgraphs).length > 0 && { subgraphs }),
  };
}

/** Adds a fragment under fresh ids, moved by `by`. `ids` are the new nodes'. Wires from nodes that are not there are left out. */
export function pasteFragment(
  into: OpenGraph,
  given: Fragment,
  by: Point,
): { document: WorkflowDocument; ids: string[] } {
  const { document, fragment } = withSubgraphs(into, given);
  const fresh = new Map<string, string>();
  const taken = new Set<string>();
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const free = freeNodeId(document, Object.hasOwn(document.nodes, id) ? node.type : id, taken);
    fresh.set(id, free);
    taken.add(free);
  }
  const renamed = (text: string) => {
    const { node, port } = portAddressOf(text);
    return addressText({ node: fresh.get(node) ?? `${into.prefix ?? ''}${node}`, port });
  };
  let pasted = document;
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const [x, y] = fragment.layout[id] ?? [0, 0];
    pasted = addNode(pasted, fresh.get(id) ?? id, node, [x + by[0], y + by[1]]);
  }
  const edges = fragment.edges
    .map((edge) => ({
      from: renamed(edge.from),
      to: renamed(edge.to),
      bends: fragment.bends?.[edgeId(edge)],
    }))
    .filter(({ from, to }) =>
      [from, to].every((end) => Object.hasOwn(pasted.nodes, portAddressOf(end).node)),
    );
  pasted = { ...pasted, edges: [...pasted.edges, ...edges.map(({ from, to }) => ({ from, to }))] };
  for (const { bends, ...edge } of edges)
    if (bends !== undefined) {
      const points = bends.map(([x, y]) => [Math.round(x + by[0]), Math.round(y + by[1])] satisfies Point);
      pasted = { ...pasted, bends: { ...pasted.bends, [edgeId(edge)]: points } };
    }
  for (const [id, size] of Object.entries(fragment.sizes ?? {}))
    if (fresh.has(id)) pasted = { ...pasted, sizes: { ...pasted.sizes, [fresh.get(id) ?? id]: size } };
  for (const [id, group] of Object.entries(fragment.groups ?? {})) {
    const free = freeGroupId(pasted, id);
    const nodes = group.nodes.flatMap((node) => fresh.get(node) ?? []);
    pasted = { ...pasted, groups: { ...pasted.groups, [free]: { ...group, nodes } } };
    if (fragment.collapsed?.includes(id) === true)
      pasted = { ...pasted, collapsed: [...(pasted.collapsed ?? []), free].sort() };
  }
  return { document: pasted, ids: [...fresh.values()] };
}
