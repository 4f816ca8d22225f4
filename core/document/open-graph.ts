import { addressText, type DocumentGroup, type Edge, type Subgraph, type WorkflowDocument } from './schema';
import { boundaryType, inputsId, isBoundary, outputsId, subgraphOf } from './subgraph';
import { paramName } from './param-names';

/**
 * A graph as it is edited: the document itself, or the inside of one of its subgraphs as if it were a document. There ids begin
 * with the place (`look/generate`), as in a plan, and its ports stand as two nodes, `look/@inputs` and `look/@outputs`. Such
 * a graph is never a file: `withOpenGraph` brings what was changed back into the document.
 */
export type OpenGraph = WorkflowDocument & {
  /** `look/`, or `look/hat/` for a subgraph inside it. */
  readonly prefix?: string;
  /** The subgraph that is open. */
  readonly inside?: string;
};

/** The ids of the nodes to go through, from the outermost, to what is open. */
export type OpenPath = readonly string[];

/** How much of a path is there. */
export function pathThere({ nodes, subgraphs = {} }: WorkflowDocument, path: OpenPath): OpenPath {
  let within: Pick<Subgraph, 'nodes'> | undefined = { nodes };
  let there = 0;
  for (const id of path) {
    const subgraph: string | undefined = subgraphOf(within?.nodes[id]?.type ?? '');
    within = subgraph !== undefined && Object.hasOwn(subgraphs, subgraph) ? subgraphs[subgraph] : undefined;
    if (within === undefined) break;
    there += 1;
  }
  return there === path.length ? path : path.slice(0, there);
}

/** The id of the subgraph at the end of a path that is there. */
function insideAt({ nodes, subgraphs = {} }: WorkflowDocument, path: OpenPath): string | undefined {
  let within = nodes;
  let inside: string | undefined;
  for (const id of path) {
    inside = subgraphOf(within[id]?.type ?? '');
    within = subgraphs[inside ?? '']?.nodes ?? {};
  }
  return inside;
}

function renamed<V>(record: Readonly<Record<string, V>>, name: (id: string) => string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [name(id), value]));
}

// A node of the sides is the same object each time.
const sides = new Map<string, WorkflowDocument['nodes'][string]>();

function sideNode(inside: string, side: typeof inputsId | typeof outputsId) {
  const type = boundaryType(inside, side);
  const node = sides.get(type) ?? { type, version: 1, params: {} };
  sides.set(type, node);
  return node;
}

/** Names of a record or list with the place before them, the same object for the same one. */
function cached<V extends object>(make: (value: V, prefix: string) => V): (value: V, prefix: string) => V {
  const made = new WeakMap<V, Map<string, V>>();
  return (value, prefix) => {
    const known = made.get(value) ?? new Map<string, V>();
    made.set(value, known);
    const now = known.get(prefix) ?? make(value, prefix);
    known.set(prefix, now);
    return now;
  };
}

type Bends = NonNullable<WorkflowDocument['bends']>;
type Layout = WorkflowDocument['layout'];

const placedEdges = cached((edges: Edge[], prefix) =>
  edges.map((edge) => ({ ...edge, from: prefix + edge.from, to: prefix + edge.to })),
);
const placedGroup = cached((group: DocumentGroup, prefix) => ({
  ...group,
  nodes: group.nodes.map((id) => prefix + id),
}));
const placedBends = cached((bends: Bends, prefix) =>
  renamed(bends, (id) => wireName(id, (end) => prefix + end)),
);
const placedRecord = cached((record: Layout, prefix) => renamed(record, (id) => prefix + id));

function wireName(id: string, end: (text: string) => string): string {
  return id.split(' ').map(end).join(' ');
}

function mapped<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, change(value)]));
}

const opened = new WeakMap<WorkflowDocument, Map<string, OpenGraph>>();

/** The graph at the end of a path; the document itself for no path, and for one that is not there. */
export function openGraph(document: WorkflowDocument, path: OpenPath): OpenGraph {
  if (path.length === 0) return document;
  const known = opened.get(document) ?? new Map<string, OpenGraph>();
  opened.set(document, known);
  const way = path.join('/');
  const graph = known.get(way) ?? graphAt(document, path);
  known.set(way, graph);
  return graph;
}

function graphAt(document: WorkflowDocument, path: OpenPath): OpenGraph {
  const inside = insideAt(document, pathThere(document, path));
  const subgraph = inside === undefined ? undefined : document.subgraphs?.[inside];
  if (inside === undefined || subgraph === undefined) return document;
  const prefix = `${path.join('/')}/`;
  const place = (id: string) => prefix + id;
  const { seedloom, id, title, routes, subgraphs } = document;
  const { groups, bends, collapsed, sizes } = subgraph;
  return {
    seedloom,
    id,
    title,
    routes,
    ...(subgraphs && { subgraphs }),
    prefix,
    inside,
    nodes: {
      [place(inputsId)]: sideNode(inside, inputsId),
      ...renamed(subgraph.nodes, place),
      [place(outputsId)]: sideNode(inside, outputsId),
    },
    edges: placedEdges(subgraph.edges, prefix),
    layout: placedRecord(subgraph.layout, prefix),
    ...(groups && { groups: mapped(groups, (group) => placedGroup(group, prefix)) }),
    ...(bends && { bends: placedBends(bends, prefix) }),
    ...(collapsed && { collapsed }),
    ...(sizes && { sizes: placedRecord(sizes, prefix) }),
    exposed: subgraph.params.map(({ param, label }) => ({
      param: place(param),
      ...(label === undefined ? {} : { label }),
    })),
  };
}

/** The workflow and the inside of every node in it that stands for a subgraph, however deep, in order. */
export function everyGraph(document: WorkflowDocument): OpenGraph[] {
  const graphs: OpenGraph[] = [];
  const add = (path: OpenPath, around: readonly string[]) => {
    const graph = openGraph(document, path);
    graphs.push(graph);
    for (const [id, { type }] of Object.entries(graph.nodes)) {
      const subgraph = isBoundary(id) ? undefined : subgraphOf(type);
      const isThere = subgraph !== undefined && Object.hasOwn(document.subgraphs ?? {}, subgraph);
      // One that is inside itself has no end.
      if (isThere && !around.includes(subgraph)) add(id.split('/'), [...around, subgraph]);
    }
  };
  add([], []);
  return graphs;
}

/** The document with what was changed in the graph at the end of a path. */
export function withOpenGraph(
  document: WorkflowDocument,
  path: OpenPath,
  changed: OpenGraph,
): WorkflowDocument {
  const before = openGraph(document, path);
  const { prefix, inside } = before;
  if (prefix === undefined || inside === undefined) return changed;
  const old = document.subgraphs?.[inside];
  const now = changed.subgraphs?.[inside];
  if (old === undefined || now === undefined) return document;
  const bare = (id: string) => (id.startsWith(prefix) ? id.slice(prefix.length) : id);
  const { groups: _groups, bends: _bends, collapsed: _collapsed, sizes: _sizes, ...rest } = now;
  const nodes = renamed(
    Object.fromEntries(Object.entries(changed.nodes).filter(([id]) => !isBoundary(id))),
    bare,
  );
  const { groups, bends, collapsed, sizes } = changed;
  const subgraph: Subgraph = {
    ...rest,
    nodes: changed.nodes === before.nodes ? old.nodes : nodes,
    edges:
      changed.edges === before.edges
        ? old.edges
        : changed.edges.map((edge) => ({ ...edge, from: bare(edge.from), to: bare(edge.to) })),
    layout: changed.layout === before.layout ? old.layout : renamed(changed.layout, bare),
    ...(groups && {
      groups: Object.fromEntries(
        Object.entries(groups).map(([id, group]) => {
          const same = before.groups?.[id] === group ? old.groups?.[id] : undefined;
          return [id, same ?? { ...group, nodes: group.nodes.map(bare) }];
        }),
      ),
    }),
    ...(bends && { bends: renamed(bends, (id) => wireName(id, bare)) }),
    ...(collapsed && { collapsed }),
    ...(sizes && { sizes: renamed(sizes, bare) }),
  };
  const params = shownParams(subgraph, changed.exposed ?? [], bare);
  return {
    ...document,
    title: changed.title,
    routes: changed.routes,
    subgraphs: { ...changed.subgraphs, [inside]: { ...subgraph, params } },
  };
}

/** What is exposed inside becomes a param of the whole: of the name it had, else of the port that may give it, else of its own. */
function shownParams(
  inside: Subgraph,
  exposed: NonNullable<WorkflowDocument['exposed']>,
  bare: (id: string) => string,
): Subgraph['params'] {
  const list: Subgraph['params'] = [];
  for (const { param: text, label } of exposed) {
    const param = bare(text);
    const same = inside.params.find((one) => one.param === param)?.name;
    const name =
      same ??
      paramName(
        inside,
        param,
        [...inside.params, ...list].map((one) => one.name),
      );
    list.push({ name, ...(label === undefined ? {} : { label }), param });
  }
  return list;
}

/** Shows a param of the open graph to those who see only the whole, or no longer. */
export function toggleExposed(document: OpenGraph, node: string, param: string): OpenGraph {
  const text = addressText({ node, port: param });
  const { exposed = [] } = document;
  const left = exposed.filter((one) => one.param !== text);
  return { ...document, exposed: left.length < exposed.length ? left : [...exposed, { param: text }] };
}
