import { portAddressOf, type Edge } from '#core/document/schema';

/** For each node, for each of its inputs, what is wired to it (`node.port`), in order. */
type Incoming = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

// One reading of the edges serves every card; it goes when its edges go.
const readings = new WeakMap<readonly Edge[], Incoming>();
/** The newest reading: what is wired to a card that has the same wires stays the same object, and the card as it is. */
let newest: Incoming = new Map();
const nothing: Readonly<Record<string, readonly string[]>> = {};

type Ports = Readonly<Record<string, readonly string[]>>;

function samePorts(left: Ports, right: Ports): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const [one = [], other = []] = [left[name], right[name]];
      return one.length === other.length && one.every((source, place) => source === other[place]);
    })
  );
}

function read(edges: readonly Edge[]): Incoming {
  const all = new Map<string, Record<string, string[]>>();
  for (const edge of edges) {
    const { node, port } = portAddressOf(edge.to);
    const ports = all.get(node) ?? {};
    all.set(node, ports);
    (ports[port] ??= []).push(edge.from);
  }
  const incoming = new Map<string, Ports>();
  for (const [node, ports] of all) {
    const before = newest.get(node);
    incoming.set(node, before !== undefined && samePorts(before, ports) ? before : ports);
  }
  newest = incoming;
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

const counts = new WeakMap<readonly Edge[], Record<'input' | 'output', ReadonlyMap<string, number>>>();

/** How many wires there are at each port (`node.port`) of one side. */
export function wireCounts(edges: readonly Edge[], side: 'input' | 'output'): ReadonlyMap<string, number> {
  let read = counts.get(edges);
  if (read === undefined) {
    const count = (ends: readonly string[]) => {
      const map = new Map<string, number>();
      for (const end of ends) map.set(end, (map.get(end) ?? 0) + 1);
      return map;
    };
    read = { input: count(edges.map(({ to }) => to)), output: count(edges.map(({ from }) => from)) };
    counts.set(edges, read);
  }
  return read[side];
}
