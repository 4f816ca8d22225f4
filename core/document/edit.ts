import type { JsonValue } from '../json';
import type { NodeDefinition } from '../node';
import type { TaskKind } from '../task';
import { withMovedBends, withoutLostBends } from './bends';
import { leaveGroups } from './edit-groups';
import { isBoundary } from './subgraph';
import {
  edgeId,
  portAddressOf,
  type DocumentNode,
  type Edge,
  type Point,
  type WorkflowDocument,
} from './schema';

/** Pure edits of a document. Each gives a new document and shares what did not change. */

/**
 * A free id made from a type or another id: `generate`, `generate-2`, … In the open inside of a subgraph ids begin with its
 * place (`look/generate`).
 */
export function freeNodeId(
  document: WorkflowDocument & { readonly prefix?: string },
  type: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const isTaken = (id: string) => Object.hasOwn(document.nodes, id) || taken.has(id);
  const base = `${document.prefix ?? ''}${type.replace(/^.*[:/]/, '').slice(0, 60)}`;
  if (!isTaken(base)) return base;
  let number = 2;
  while (isTaken(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
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

/**
 * Without these nodes, their edges, places, group memberships and exposed params. A group goes with its last node. The sides
 * of an open subgraph stay.
 */
export function removeNodes(document: WorkflowDocument, given: Iterable<string>): WorkflowDocument {
  const ids = new Set([...given].filter((id) => !isBoundary(id)));
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

/** Back to the take before: its pictures are there and cost nothing. */
export function takeBefore(document: WorkflowDocument, id: string): WorkflowDocument {
  if ((document.nodes[id]?.take ?? 0) === 0) return document;
  return editNode(document, id, ({ take = 0, ...node }) => (take === 1 ? node : { ...node, take: take - 1 }));
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
