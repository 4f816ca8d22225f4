import type { NodeCatalogue } from '../node';
import { canConnect } from '../plan/can-connect';
import { withoutLostBends } from './bends';
import { addressText, edgeId, portAddressOf, type Edge, type WorkflowDocument } from './schema';

/** The ports a node would take part of a wire with. */
export interface InsertPorts {
  input: string;
  output: string;
}

function withoutEdge(document: WorkflowDocument, edge: Edge): WorkflowDocument {
  return { ...document, edges: document.edges.filter((one) => edgeId(one) !== edgeId(edge)) };
}

/**
 * By which ports a node can be put into a wire: its first free input and first output of the right type, by
 * `canConnect`. `null` for a node that has wires on both sides already, for the wire's own ends, for what would make a
 * loop, and for a wire or node that is not there.
 */
export function insertPorts(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  edge: Edge,
  node: string,
): InsertPorts | null {
  const from = portAddressOf(edge.from);
  const to = portAddressOf(edge.to);
  const definition = catalogue.get(document.nodes[node]?.type ?? '');
  if (definition === undefined || from.node === node || to.node === node) return null;
  if (!document.edges.some((one) => edgeId(one) === edgeId(edge))) return null;
  const into = document.edges.filter((one) => portAddressOf(one.to).node === node);
  const outOf = document.edges.filter((one) => portAddressOf(one.from).node === node);
  if (into.length > 0 && outOf.length > 0) return null;
  const cut = withoutEdge(document, edge);
  const type = catalogue.get(document.nodes[from.node]?.type ?? '')?.outputs[from.port]?.type;
  const input = Object.entries(definition.inputs).find(([port, spec]) => {
    if (spec.type !== type) return false;
    const address = { node, port };
    const wired = into.filter((one) => one.to === addressText(address));
    if (wired.length > 0 && (spec.takes === 'one' || wired.some((one) => one.from === edge.from)))
      return false;
    return canConnect(cut, catalogue, from, address) === null;
  })?.[0];
  if (input === undefined) return null;
  const half: WorkflowDocument = {
    ...cut,
    edges: [...cut.edges, { from: edge.from, to: addressText({ node, port: input }) }],
  };
  const output = Object.entries(definition.outputs).find(
    ([port, spec]) =>
      spec.type === type &&
      !outOf.some((one) => one.from === addressText({ node, port }) && one.to === edge.to) &&
      canConnect(half, catalogue, { node, port }, to) === null,
  )?.[0];
  return output === undefined ? null : { input, output };
}

/**
 * Puts a node into a wire: two wires in the place of one, so that the order of the pictures in an input that takes
 * several stays. Unchanged where `insertPorts` finds no way.
 */
export function insertNode(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  edge: Edge,
  node: string,
): WorkflowDocument {
  const ports = insertPorts(document, catalogue, edge, node);
  if (ports === null) return document;
  const edges = document.edges.flatMap((one) =>
    edgeId(one) === edgeId(edge)
      ? [
          { from: one.from, to: addressText({ node, port: ports.input }) },
          { from: addressText({ node, port: ports.output }), to: one.to },
        ]
      : [one],
  );
  return withoutLostBends({ ...document, edges });
}
