import type { PortType } from '../values';
import { connect } from './edit';
import type { OpenGraph } from './open-graph';
import { addressText, portAddressOf, type Edge, type Subgraph, type WorkflowDocument } from './schema';
import { inputsId, outputsId, subgraphType } from './subgraph';
import { freeName } from './subgraph-copies';

export type Side = 'inputs' | 'outputs';

function edited(
  document: WorkflowDocument,
  id: string,
  edit: (inside: Subgraph) => Subgraph,
): WorkflowDocument {
  const inside = document.subgraphs?.[id];
  if (inside === undefined) return document;
  return { ...document, subgraphs: { ...document.subgraphs, [id]: edit(inside) } };
}

/** A new port of the open subgraph, wired to a port (`node.port`) inside. `replace`: that port takes one wire. */
export function addPort(
  graph: OpenGraph,
  side: Side,
  address: string,
  type: PortType,
  replace: boolean,
): OpenGraph {
  const { inside = '', prefix = '' } = graph;
  const known = graph.subgraphs?.[inside];
  if (known === undefined) return graph;
  const taken = [...known[side], ...(side === 'inputs' ? known.params : [])].map(({ name }) => name);
  const name = freeName(portAddressOf(address).port, taken);
  const own = addressText({ node: `${prefix}${side === 'inputs' ? inputsId : outputsId}`, port: name });
  const edge: Edge = side === 'inputs' ? { from: own, to: address } : { from: address, to: own };
  const more = edited(graph, inside, (one) => ({ ...one, [side]: [...one[side], { name, type }] }));
  return connect(more, edge, { replace: side === 'inputs' && replace });
}

/** Takes a port away, with its wires inside and at every node that stands for the subgraph. */
export function removePort(
  document: WorkflowDocument,
  id: string,
  side: Side,
  name: string,
): WorkflowDocument {
  const type = subgraphType(id);
  const cut = (edges: readonly Edge[], nodes: WorkflowDocument['nodes']) =>
    edges.filter((edge) => {
      const end = portAddressOf(side === 'inputs' ? edge.to : edge.from);
      return !(end.port === name && nodes[end.node]?.type === type);
    });
  const inner = addressText({ node: side === 'inputs' ? inputsId : outputsId, port: name });
  const subgraphs = Object.fromEntries(
    Object.entries(document.subgraphs ?? {}).map(([one, inside]) => {
      const edges = cut(inside.edges, inside.nodes);
      if (one !== id) return [one, { ...inside, edges }];
      return [
        one,
        {
          ...inside,
          [side]: inside[side].filter((port) => port.name !== name),
          edges: edges.filter(({ from, to }) => (side === 'inputs' ? from : to) !== inner),
        },
      ];
    }),
  );
  return { ...document, edges: cut(document.edges, document.nodes), subgraphs };
}

/** An empty label goes back to that of the port inside. */
export function setPortLabel(
  document: WorkflowDocument,
  id: string,
  side: Side,
  name: string,
  label: string,
): WorkflowDocument {
  return edited(document, id, (inside) => ({
    ...inside,
    [side]: inside[side].map(({ label: _old, ...port }) =>
      port.name === name && label !== ''
        ? { ...port, label }
        : port.name === name
          ? port
          : { ...port, ...(_old === undefined ? {} : { label: _old }) },
    ),
  }));
}

/** All nodes that stand for it are called so, unless they have a name of their own. */
export function setSubgraphTitle(document: WorkflowDocument, id: string, title: string): WorkflowDocument {
  return title === '' ? document : edited(document, id, (inside) => ({ ...inside, title }));
}
