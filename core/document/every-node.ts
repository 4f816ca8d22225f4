import type { DocumentNode, WorkflowDocument } from './schema';

type Part = Pick<WorkflowDocument, 'nodes' | 'subgraphs'>;

/** The nodes of a workflow and those inside its subgraphs, each as often as it stands in the file. */
export function everyNode({ nodes, subgraphs = {} }: Part): DocumentNode[] {
  return [nodes, ...Object.values(subgraphs).map((inside) => inside.nodes)].flatMap((one) =>
    Object.values(one),
  );
}

/** A workflow, or a part of one, with each of these nodes changed. */
export function withEveryNode<P extends Part>(part: P, change: (node: DocumentNode) => DocumentNode): P {
  const changed = (nodes: WorkflowDocument['nodes']) =>
    Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, change(node)]));
  const { subgraphs } = part;
  return {
    ...part,
    nodes: changed(part.nodes),
    ...(subgraphs && {
      subgraphs: Object.fromEntries(
        Object.entries(subgraphs).map(([id, inside]) => [id, { ...inside, nodes: changed(inside.nodes) }]),
      ),
    }),
  };
}
