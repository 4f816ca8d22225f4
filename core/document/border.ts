import type { NodeCatalogue } from '../node';
import type { PortType } from '../values';
import { edgeId } from './edit';
import type { OpenGraph } from './open-graph';
import { addressText, portAddressOf, type Edge, type WorkflowDocument } from './schema';
import { inputsId, outputsId } from './subgraph';
import { freeName } from './subgraph-copies';

type Bends = NonNullable<WorkflowDocument['bends']>;

/** A port of the new subgraph while it is found. */
interface NewPort {
  name: string;
  type: PortType;
}

/** The border around some nodes: which wires cross it, and the ports they cross it by. */
export class Border {
  readonly #into = new Map<string, string[]>();
  readonly #inputs = new Map<string, NewPort & { key: string }>();
  readonly #outputs = new Map<string, NewPort>();
  readonly #unknown = new Set<string>();
  readonly #prefix: string;

  constructor(
    private readonly document: OpenGraph,
    private readonly inside: ReadonlySet<string>,
    private readonly catalogue: NodeCatalogue,
    private readonly id: string,
  ) {
    this.#prefix = document.prefix ?? '';
    for (const { from, to } of document.edges) this.#into.set(to, [...(this.#into.get(to) ?? []), from]);
    for (const edge of document.edges) {
      if (this.#enters(edge)) this.#inputFor(edge);
      if (this.#leaves(edge)) this.#outputFor(edge.from);
    }
    this.#addLoosePorts();
  }

  unknown(): string[] {
    return [...this.#unknown];
  }

  inputs(): NewPort[] {
    return [...this.#inputs.values()].map(({ name, type }) => ({ name, type }));
  }

  outputs(): NewPort[] {
    return [...this.#outputs.values()];
  }

  innerEdges(): Edge[] {
    const edges = this.document.edges.flatMap((edge): Edge[] => {
      if (this.#enters(edge)) return [{ from: this.#side(inputsId, this.#inputFor(edge)), to: edge.to }];
      const isInner = this.#isInside(edge.from) && this.#isInside(edge.to);
      return isInner ? [edge] : [];
    });
    for (const [to, { name }] of this.#inputs)
      if (!to.startsWith('[')) edges.push({ from: this.#side(inputsId, name), to });
    for (const [from, { name }] of this.#outputs) edges.push({ from, to: this.#side(outputsId, name) });
    return withoutTwins(edges);
  }

  outerEdges(): Edge[] {
    return withoutTwins(this.document.edges.flatMap((edge) => this.#outerHalf(edge) ?? []));
  }

  /**
   * Points of the wires on both sides. Those of a wire that crosses the border stay outside with its outer half, unless
   * several wires have become one there.
   */
  bends(): { inner: Bends; outer: Bends } {
    const inner: Bends = {};
    const outer: Bends = {};
    const halves = this.document.edges.map((edge) => ({ edge, half: this.#outerHalf(edge) }));
    const times = new Map<string, number>();
    for (const { half } of halves)
      if (half !== undefined) times.set(edgeId(half), (times.get(edgeId(half)) ?? 0) + 1);
    for (const { edge, half } of halves) {
      const points = this.document.bends?.[edgeId(edge)];
      if (points === undefined) continue;
      if (half === undefined) inner[edgeId(edge)] = points;
      else if (times.get(edgeId(half)) === 1) outer[edgeId(half)] = points;
    }
    return { inner, outer };
  }

  /** What is left of a wire outside; nothing of one that is inside. */
  #outerHalf(edge: Edge): Edge | undefined {
    const own = (port: string) => addressText({ node: this.id, port });
    if (this.#enters(edge)) return { ...edge, to: own(this.#inputFor(edge)) };
    if (this.#leaves(edge)) return { ...edge, from: own(this.#outputFor(edge.from)) };
    return this.#isInside(edge.from) ? undefined : edge;
  }

  #isInside(address: string): boolean {
    return this.inside.has(portAddressOf(address).node);
  }

  #enters({ from, to }: Edge): boolean {
    return this.#isInside(to) && !this.#isInside(from);
  }

  #leaves({ from, to }: Edge): boolean {
    return this.#isInside(from) && !this.#isInside(to);
  }

  #side(side: string, port: string): string {
    return addressText({ node: `${this.#prefix}${side}`, port });
  }

  #definition(address: string) {
    const { node, port } = portAddressOf(address);
    const definition = this.catalogue.get(this.document.nodes[node]?.type ?? '');
    return { node, port, input: definition?.inputs[port], output: definition?.outputs[port] };
  }

  /** A list that comes whole from outside is one port; where wires from inside stand between, each is one. */
  #inputFor({ from, to }: Edge): string {
    const sources = this.#into.get(to) ?? [];
    const { node, port, input } = this.#definition(to);
    const isWhole = input?.takes === 'all' && sources.every((source) => !this.#isInside(source));
    const key = JSON.stringify(isWhole ? ['all', ...sources] : ['one', from]);
    const known = this.#inputs.get(key);
    if (known !== undefined) return known.name;
    const type = input?.type ?? this.#definition(from).output?.type;
    if (type === undefined) this.#unknown.add(node);
    const name = freeName(
      port,
      [...this.#inputs.values()].map((one) => one.name),
    );
    this.#inputs.set(key, { key, name, type: type ?? 'image' });
    return name;
  }

  #outputFor(from: string): string {
    const known = this.#outputs.get(from);
    if (known !== undefined) return known.name;
    const { node, port, output } = this.#definition(from);
    if (output === undefined) this.#unknown.add(node);
    const name = freeName(
      port,
      [...this.#outputs.values()].map((one) => one.name),
    );
    this.#outputs.set(from, { name, type: output?.type ?? 'image' });
    return name;
  }

  #addLoosePorts(): void {
    const used = new Set(this.document.edges.map(({ from }) => from));
    for (const id of this.inside) {
      const definition = this.catalogue.get(this.document.nodes[id]?.type ?? '');
      for (const [port, { required, type }] of Object.entries(definition?.inputs ?? {})) {
        const to = addressText({ node: id, port });
        if (!required || this.#into.has(to)) continue;
        const name = freeName(
          port,
          [...this.#inputs.values()].map((one) => one.name),
        );
        this.#inputs.set(to, { key: to, name, type });
      }
      for (const port of Object.keys(definition?.outputs ?? {})) {
        const from = addressText({ node: id, port });
        if (!used.has(from)) this.#outputFor(from);
      }
    }
  }
}

/** Each wire once. */
export function withoutTwins<E extends Edge>(edges: readonly E[]): E[] {
  const seen = new Set<string>();
  return edges.filter((edge) => {
    const id = edgeId(edge);
    return seen.has(id) ? false : seen.add(id);
  });
}
