import type { JsonValue } from '../json';
import type { NodeDefinition } from '../node';
import type { TaskKind } from '../task';
import { bendsOf, withMovedBends, withoutLostBends } from './bends';
import { freeGroupId, leaveGroups } from './edit-groups';
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

/** Pure edits of a document. Each gives a new document and shares what did not change. */

/** A free id made from a type: `generate`, `generate-2`, … */
export function freeNodeId(
  document: WorkflowDocument,
  type: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const isTaken = (id: string) => Object.hasOwn(document.nodes, id) || taken.has(id);
  if (!isTaken(type)) return type;
  let number = 2;
  while (isTaken(`${type}-${number}`)) number += 1;
  return `${type}-${number}`;
}

/** A node as its definition starts it. */
export function newNode(definition: NodeDefinition): DocumentNode {
  const params = Object.fromEntries(
    Object.entries(definition.params).map(([name, spec]) => [name, spec.initial as JsonValue]),
  );
  return { type: definition.type, version: definition.version, params };
}

export function addNode(
  document: WorkflowDocument,
  id: string,
  node: DocumentNode,
  at: Point,
): WorkflowDocument {
  return {
    ...document,
    nodes: { ...document.nodes, [id]: node },
    layout: { ...document.layout, [id]: roundPoint(at) },
  };
}

function omit<V>(record: Record<string, V>, ids: ReadonlySet<string>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)));
}

/** Without these nodes, their edges, places, group memberships and exposed params. A group goes with its last node. */
export function removeNodes(document: WorkflowDocument, ids: ReadonlySet<string>): WorkflowDocument {
  const { exposed, form, sizes, ...rest } = leaveGroups(document, ids);
  return withoutLostBends({
    ...rest,
    nodes: omit(document.nodes, ids),
    layout: omit(document.layout, ids),
    edges: document.edges.filter(
      (edge) => !ids.has(portAddressOf(edge.from).node) && !ids.has(portAddressOf(edge.to).node),
    ),
    ...(exposed && { exposed: exposed.filter(({ param }) => !ids.has(portAddressOf(param).node)) }),
    ...(form && {
      form: {
        ...form,
        ...(form.results && { results: form.results.filter((id) => !ids.has(id)) }),
      },
    }),
    ...(sizes && { sizes: omit(sizes, ids) }),
  });
}

/** `edit` of one node; one that is not there changes nothing. */
export function editNode(
  document: WorkflowDocument,
  id: string,
  edit: (node: DocumentNode) => DocumentNode,
): WorkflowDocument {
  const node = document.nodes[id];
  return node === undefined ? document : { ...document, nodes: { ...document.nodes, [id]: edit(node) } };
}

export function setParam(
  document: WorkflowDocument,
  id: string,
  param: string,
  value: JsonValue,
): WorkflowDocument {
  return editNode(document, id, (node) => ({ ...node, params: { ...node.params, [param]: value } }));
}

/** `undefined` goes back to the workflow's default. */
export function setRoute(
  document: WorkflowDocument,
  id: string,
  route: string | undefined,
): WorkflowDocument {
  return editNode(document, id, ({ route: _old, ...node }) =>
    route === undefined ? node : { ...node, route },
  );
}

export function setDefaultRoute(document: WorkflowDocument, kind: TaskKind, route: string): WorkflowDocument {
  return { ...document, routes: { ...document.routes, [kind]: route } };
}

/** An empty title goes back to the type's own. */
export function setTitle(document: WorkflowDocument, id: string, title: string): WorkflowDocument {
  return editNode(document, id, ({ title: _old, ...node }) => (title === '' ? node : { ...node, title }));
}

/** Asks for new pictures from the same input. */
export function takeNext(document: WorkflowDocument, id: string): WorkflowDocument {
  return editNode(document, id, (node) => ({ ...node, take: (node.take ?? 0) + 1 }));
}

export function moveNodes(
  document: WorkflowDocument,
  places: Readonly<Record<string, Point>>,
): WorkflowDocument {
  const moved = Object.fromEntries(Object.entries(places).map(([id, place]) => [id, roundPoint(place)]));
  const by = Object.fromEntries(
    Object.entries(moved).map(([id, [x, y]]): [string, Point] => {
      const [left, top] = document.layout[id] ?? [x, y];
      return [id, [x - left, y - top]];
    }),
  );
  return withMovedBends({ ...document, layout: { ...document.layout, ...moved } }, by);
}

/** Adds an edge at the end of its port's list; a second one from the same output to the same port is not added. */
export function connect(
  document: WorkflowDocument,
  edge: Edge,
  options: { replace: boolean },
): WorkflowDocument {
  const others = options.replace ? document.edges.filter(({ to }) => to !== edge.to) : document.edges;
  if (others.some(({ from, to }) => from === edge.from && to === edge.to)) return document;
  return withoutLostBends({ ...document, edges: [...others, { from: edge.from, to: edge.to }] });
}

export function disconnect(document: WorkflowDocument, edges: readonly Edge[]): WorkflowDocument {
  const gone = new Set(edges.map(edgeId));
  return withoutLostBends({ ...document, edges: document.edges.filter((edge) => !gone.has(edgeId(edge))) });
}

/** Puts the edges into one port in the order of `sources` (`node.port` texts); any not named stay behind them. */
export function orderEdges(
  document: WorkflowDocument,
  to: string,
  sources: readonly string[],
): WorkflowDocument {
  const rank = (edge: Edge) => {
    const place = sources.indexOf(edge.from);
    return place === -1 ? sources.length : place;
  };
  const ordered = document.edges
    .filter((edge) => edge.to === to)
    .sort((left, right) => rank(left) - rank(right));
  return { ...document, edges: [...document.edges.filter((edge) => edge.to !== to), ...ordered] };
}

export { edgeId };

function roundPoint([x, y]: Point): Point {
  return [Math.round(x), Math.round(y)];
}

/** Part of a document, for the clipboard: nodes with the edges between them, and the groups that are in it whole. */
export interface Fragment {
  nodes: Record<string, DocumentNode>;
  edges: Edge[];
  layout: Record<string, Point>;
  /** Points of the wires between them. */
  bends?: Record<string, Point[]> | undefined;
  groups?: Record<string, DocumentGroup> | undefined;
  collapsed?: string[] | undefined;
  sizes?: Record<string, Point> | undefined;
}

/** `incoming`: with the wires that come into these nodes from others, too. */
export function copyNodes(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
  { incoming = false }: { incoming?: boolean } = {},
): Fragment {
  const kept = <V>(record: Record<string, V> = {}): Record<string, V> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => ids.has(id)));
  const groups = Object.entries(document.groups ?? {}).filter(
    ([, { nodes }]) => nodes.length > 0 && nodes.every((node) => ids.has(node)),
  );
  const collapsed = (document.collapsed ?? []).filter((id) => groups.some(([group]) => group === id));
  const sizes = kept(document.sizes);
  const edges = document.edges.filter(
    (edge) => (incoming || ids.has(portAddressOf(edge.from).node)) && ids.has(portAddressOf(edge.to).node),
  );
  const bends = bendsOf(document, edges);
  return {
    nodes: kept(document.nodes),
    layout: kept(document.layout),
    edges,
    ...(bends && { bends }),
    ...(groups.length > 0 && { groups: Object.fromEntries(groups) }),
    ...(collapsed.length > 0 && { collapsed }),
    ...(Object.keys(sizes).length > 0 && { sizes }),
  };
}

/** Adds a fragment under fresh ids, moved by `by`. `ids` are the new nodes'. Wires from nodes that are not there are left out. */
export function pasteFragment(
  document: WorkflowDocument,
  fragment: Fragment,
  by: Point,
): { document: WorkflowDocument; ids: string[] } {
  const fresh = new Map<string, string>();
  const taken = new Set<string>();
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const free = freeNodeId(document, Object.hasOwn(document.nodes, id) ? node.type : id, taken);
    fresh.set(id, free);
    taken.add(free);
  }
  const renamed = (text: string) => {
    const { node, port } = portAddressOf(text);
    return addressText({ node: fresh.get(node) ?? node, port });
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
      const points = bends.map(([x, y]) => roundPoint([x + by[0], y + by[1]]));
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
