import { editNode } from './edit';
import { openGraph, pathThere, withOpenGraph, type OpenGraph, type OpenPath } from './open-graph';
import type { DocumentNode, WorkflowDocument } from './schema';
import { subgraphOf, subgraphType } from './subgraph';
import { freeSubgraphId } from './subgraph-copies';

/** How many nodes of the file stand for a subgraph. */
export function timesUsed({ nodes, subgraphs = {} }: WorkflowDocument, subgraph: string): number {
  const type = subgraphType(subgraph);
  const graphs = [nodes, ...Object.values(subgraphs).map((inside) => inside.nodes)];
  return graphs.reduce((sum, one) => sum + Object.values(one).filter((node) => node.type === type).length, 0);
}

/** The nodes on the way to what is open have subgraphs of their own: what is changed there changes no other. */
export function withOwnSubgraphs(document: WorkflowDocument, path: OpenPath): WorkflowDocument {
  let own = document;
  path.forEach((_, depth) => {
    const around = path.slice(0, depth);
    const graph = openGraph(own, around);
    const id = `${graph.prefix ?? ''}${path[depth] ?? ''}`;
    const subgraph = subgraphOf(graph.nodes[id]?.type ?? '');
    const inside = subgraph === undefined ? undefined : graph.subgraphs?.[subgraph];
    if (subgraph === undefined || inside === undefined || timesUsed(own, subgraph) < 2) return;
    const fresh = freeSubgraphId(own.subgraphs ?? {}, subgraph);
    const retyped = editNode(graph, id, (node) => ({ ...node, type: subgraphType(fresh) })) as OpenGraph;
    own = withOpenGraph(own, around, { ...retyped, subgraphs: { ...graph.subgraphs, [fresh]: inside } });
  });
  return own;
}

/** A node by its id in a plan: `gen`, or `look/gen` for one inside. */
export function nodeAt(document: WorkflowDocument, id: string): DocumentNode | undefined {
  const path = id.split('/').slice(0, -1);
  if (pathThere(document, path).length < path.length) return undefined;
  const { nodes } = openGraph(document, path);
  return Object.hasOwn(nodes, id) ? nodes[id] : undefined;
}

/** An edit of the graph a node of a plan is in, for this one place of it. */
export function editAt(
  document: WorkflowDocument,
  id: string,
  edit: (graph: OpenGraph) => WorkflowDocument,
): WorkflowDocument {
  const path = id.split('/').slice(0, -1);
  const own = withOwnSubgraphs(document, path);
  return withOpenGraph(own, path, edit(openGraph(own, path)));
}
