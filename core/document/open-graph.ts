import { addressText, type Edge, type Point, type Subgraph, type WorkflowDocument } from './schema';
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

// The same edges give the same array, so that what is drawn from them stays as it is.
const placed = new WeakMap<readonly Edge[], Map<string, Edge[]>>();

function withPrefix(edges: readonly Edge[], prefix: string): Edge[] {
  const known = placed.get(edges) ?? new Map<string, Edge[]>();
  placed.set(edges, known);
  let made = known.get(prefix);
  if (made === undefined) {
    made = edges.map((edge) => ({ ...edge, from: prefix + edge.from, to: prefix + edge.to }));
    known.set(prefix, made);
  }
  return made;
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

/** The graph at the end of a path; the document itself for no path, and for one that is not there. */
export function openGraph(document: WorkflowDocument, path: OpenPath): OpenGraph {
  const inside = insideAt(document, pathThere(document, path));
  const subgraph = inside === undefined ? undefined : document.subgraphs?.[inside];
  if (path.length === 0 || inside === undefined || subgraph === undefined) return document;
  const prefix = `${path.join('/')}/`;
  const place = (id: string) => prefix + id;
  const { groups: _groups, exposed: _exposed, ...whole } = document;
  const { groups } = subgraph;
  return {
    ...whole,
    prefix,
    inside,
    nodes: {
      [place(inputsId)]: sideNode(inside, inputsId),
      ...renamed(subgraph.nodes, place),
      [place(outputsId)]: sideNode(inside, outputsId),
    },
    edges: withPrefix(subgraph.edges, prefix),
    layout: renamed(subgraph.layout, place),
    ...(groups && {
      groups: Object.fromEntries(
        Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: group.nodes.map(place) }]),
      ),
    }),
    exposed: subgraph.params.map(({ param, label }) => ({
      param: place(param),
      ...(label === undefined ? {} : { label }),
    })),
  };
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
  const { groups: _groups, ...rest } = now;
  const nodes = renamed(
    Object.fromEntries(Object.entries(changed.nodes).filter(([id]) => !isBoundary(id))),
    bare,
  );
  const edges =
    changed.edges === before.edges
      ? old.edges
      : changed.edges.map((edge) => ({ ...edge, from: bare(edge.from), to: bare(edge.to) }));
  const { groups } = changed;
  const subgraph: Subgraph = {
    ...rest,
    nodes: changed.nodes === before.nodes ? old.nodes : nodes,
    edges,
    layout: renamed(changed.layout, bare) as Record<string, Point>,
    ...(groups && {
      groups: Object.fromEntries(
        Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: group.nodes.map(bare) }]),
      ),
    }),
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
