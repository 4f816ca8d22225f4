import { portAddressOf, type Edge } from '#core/document/schema';

/** For each node, for each of its inputs, what is wired to it (`node.port`), in order. */
type Incoming = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

// One reading of the edges serves every card; it goes when its edges go.
const readings = new WeakMap<readonly Edge[], Incoming>();
const nothing: Readonly<Record<string, readonly string[]>> = {};

function read(edges: readonly Edge[]): Incoming {
  const incoming = new Map<string, Record<string, string[]>>();
  for (const edge of edges) {
    const { node, port } = portAddressOf(edge.to);
    const ports = incoming.get(node) ?? {};
    incoming.set(node, ports);
    (ports[port] ??= []).push(edge.from);
  }
  return incoming;
}

/** What is wired to a node's inputs. */
export function wiredTo(edges: readonly Edge[], node: string): Readonly<Record<string, readonly string[]>> {
  let incoming = readings.get(edges);
  if (incoming === undefined) {
    incoming = read(edges);
    readings.set(edges, incoming);
  }
  return incoming.get(node) ?? nothing;
}
