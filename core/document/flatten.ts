import type { Issue } from '../issue';
import type { NodeCatalogue } from '../node';
import { effectiveModes } from './modes';
import {
  addressText,
  portAddressOf,
  type DocumentNode,
  type Edge,
  type Subgraph,
  type WorkflowDocument,
} from './schema';
import { catalogueOf, inputsId, outputsId, subgraphOf } from './subgraph';

/** What an instance of a subgraph became. */
export interface Parts {
  /** Ids of all nodes in it, however deep. */
  nodes: readonly string[];
  /** For each of its outputs what gives it, as `node.port` of the flat document. */
  outputs: Readonly<Record<string, readonly string[]>>;
}

/** A document without subgraphs in use: what a plan is made of. */
export interface Flat {
  /**
   * A node `gen` inside the instance `look` is the node `look/gen`, which no node of a file can be called. Muted and
   * bypassed instances are still there as one node: nothing of them can run.
   */
  document: WorkflowDocument;
  /** With the kinds of node its subgraphs are. */
  catalogue: NodeCatalogue;
  /** What instances became, by the same ids; nested ones too. */
  instances: ReadonlyMap<string, Parts>;
  /** Where each edge stands in the file. */
  edgePath(edge: Edge): string | undefined;
  /** What is wrong with instances that were taken apart. */
  issues: readonly Issue[];
  /** Instances that could not be taken apart, and why. */
  refused: ReadonlyMap<string, Issue>;
}

/** More nodes than this are no workflow but subgraphs that double each other. */
const mostNodes = 100_000;

const known = new WeakMap<WorkflowDocument, { base: NodeCatalogue; flat: Flat }>();

/** Puts the nodes of its subgraphs in the place of the nodes that stand for them. The same document gives the same answer. */
export function flatten(document: WorkflowDocument, base: NodeCatalogue): Flat {
  const before = known.get(document);
  if (before?.base === base) return before.flat;
  const flat = new Flattening(document, base).flat();
  known.set(document, { base, flat });
  return flat;
}

/** These nodes, and all nodes inside those of them that stand for subgraphs. */
export function flatTargets({ document, instances }: Flat, targets: readonly string[]): string[] {
  return [
    ...new Set(
      targets.flatMap((id) =>
        Object.hasOwn(document.nodes, id) ? [id] : (instances.get(id)?.nodes ?? [id]),
      ),
    ),
  ];
}

/** One graph that is being laid into the flat one: the document itself, or the inside of one instance. */
interface Level {
  /** `""`, or `look/` for what is inside `look`. */
  prefix: string;
  /** Where it stands in the file. */
  path: string;
  nodes: Readonly<Record<string, DocumentNode>>;
  edges: readonly Edge[];
  /** Where the edges of each port stand, by `node.port` they go to. */
  into: ReadonlyMap<string, readonly Edge[]>;
  /** The graph around it and its id there. */
  outside?: { level: Level; id: string };
  /** The instances in it that are taken apart. */
  inside: Map<string, Level>;
}

class Flattening {
  readonly #nodes: Record<string, DocumentNode> = {};
  readonly #edges: Edge[] = [];
  readonly #paths = new Map<Edge, string>();
  readonly #groups: NonNullable<WorkflowDocument['groups']> = {};
  readonly #instances = new Map<string, Parts>();
  readonly #issues: Issue[] = [];
  readonly #refused = new Map<string, Issue>();
  readonly #levels: Level[] = [];
  /** Ids as they were laid down. */
  readonly #order: string[] = [];

  constructor(
    private readonly document: WorkflowDocument,
    private readonly base: NodeCatalogue,
  ) {}

  flat(): Flat {
    const { document } = this;
    const catalogue = catalogueOf(document, this.base);
    const rest = { catalogue, issues: this.#issues, refused: this.#refused, instances: this.#instances };
    const isUsed = Object.values(document.nodes).some(({ type }) => subgraphOf(type) !== undefined);
    if (!isUsed) return { ...rest, document, edgePath: placesOf(document.edges) };
    this.#lay(document, { prefix: '', path: '', take: 0, around: [] }, catalogue);
    for (const level of this.#levels) this.#join(level, catalogue);
    const { groups: _groups, ...whole } = document;
    const groups = Object.keys(this.#groups).length === 0 ? {} : { groups: this.#groups };
    return {
      ...rest,
      document: { ...whole, nodes: this.#nodes, edges: this.#edges, ...groups },
      edgePath: (edge) => this.#paths.get(edge),
    };
  }

  /** Lays the nodes of a graph down, those inside its instances in their place. */
  #lay(
    { nodes, edges, groups }: Pick<Subgraph, 'nodes' | 'edges' | 'groups'>,
    at: { prefix: string; path: string; take: number; around: readonly string[]; outside?: Level['outside'] },
    catalogue: NodeCatalogue,
  ): Level {
    const { prefix, path, take, around, outside } = at;
    const into = new Map<string, Edge[]>();
    for (const edge of edges) {
      const list = into.get(edge.to);
      if (list === undefined) into.set(edge.to, [edge]);
      else list.push(edge);
    }
    const level: Level = {
      prefix,
      path,
      nodes,
      edges,
      into,
      inside: new Map(),
      ...(outside === undefined ? {} : { outside }),
    };
    this.#levels.push(level);
    const modes = effectiveModes({ nodes, groups });
    const laid = new Map<string, readonly string[]>();
    for (const [id, node] of Object.entries(nodes)) {
      const flatId = `${prefix}${id}`;
      const subgraph = subgraphOf(node.type);
      const definition = catalogue.get(node.type);
      const isOff = modes.has(id);
      if (subgraph === undefined || isOff) {
        const asks = definition?.work.on === 'provider';
        this.#put(flatId, take > 0 && asks ? { ...node, take: (node.take ?? 0) + take } : node);
        laid.set(id, [flatId]);
        continue;
      }
      const inside = this.#insideOf(flatId, subgraph, node, around);
      if (inside === undefined) {
        this.#put(flatId, node);
        laid.set(id, [flatId]);
        continue;
      }
      const first = this.#order.length;
      level.inside.set(
        id,
        this.#lay(
          this.#withParams(inside, node, flatId),
          {
            prefix: `${flatId}/`,
            path: `subgraphs.${subgraph}.`,
            take: take + (node.take ?? 0),
            around: [...around, subgraph],
            outside: { level, id },
          },
          catalogue,
        ),
      );
      const parts = this.#order.slice(first);
      this.#instances.set(flatId, { nodes: parts, outputs: {} });
      laid.set(id, parts);
    }
    for (const [id, group] of Object.entries(groups ?? {}))
      this.#groups[`${prefix}${id}`] = {
        ...group,
        nodes: group.nodes.flatMap((node) => laid.get(node) ?? []),
      };
    return level;
  }

  #put(id: string, node: DocumentNode): void {
    this.#nodes[id] = node;
    this.#order.push(id);
  }

  #insideOf(
    flatId: string,
    subgraph: string,
    node: DocumentNode,
    around: readonly string[],
  ): Subgraph | undefined {
    const { subgraphs = {} } = this.document;
    const refuse = (code: string, message: string): undefined => {
      this.#refused.set(flatId, { code, severity: 'error', message, place: { node: flatId } });
    };
    const inside = Object.hasOwn(subgraphs, subgraph) ? subgraphs[subgraph] : undefined;
    if (inside === undefined)
      return refuse('unknown-subgraph', `This workflow has no subgraph "${subgraph}"; remove the node.`);
    if (around.includes(subgraph))
      return refuse(
        'subgraph-in-itself',
        `The subgraph "${inside.title}" is inside itself; remove it there, or it would never end.`,
      );
    if (this.#order.length > mostNodes)
      return refuse(
        'too-many-nodes',
        `The subgraphs of this workflow stand for more than ${mostNodes} nodes; use fewer inside each other.`,
      );
    if (Object.keys(node.pins ?? {}).length > 0)
      return refuse(
        'pinned-subgraph',
        `A subgraph has no result of its own to pin. Pin the nodes inside "${inside.title}" instead.`,
      );
    return inside;
  }

  /** The inside with the instance's own values of what it shows. */
  #withParams(inside: Subgraph, { params }: DocumentNode, flatId: string): Subgraph {
    const nodes = { ...inside.nodes };
    for (const [name, value] of Object.entries(params)) {
      const shown = inside.params.find((one) => one.name === name);
      const { node: id, port: param } = portAddressOf(shown?.param ?? '.');
      const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
      if (node !== undefined) nodes[id] = { ...node, params: { ...node.params, [param]: value } };
      else
        this.#issues.push({
          code: 'unknown-param',
          severity: 'error',
          message: `${inside.title} has no param "${name}"; remove it or correct its name.`,
          place: { node: flatId, param: name },
        });
    }
    return { ...inside, nodes };
  }

  /** Adds the flat edges that come out of the edges of one graph. */
  #join(level: Level, catalogue: NodeCatalogue): void {
    level.edges.forEach((edge, place) => {
      const path = `${level.path}edges.${place}`;
      const to = portAddressOf(edge.to);
      const from = portAddressOf(edge.from);
      if (level.inside.has(from.node) && !this.#hasPort(level, from.node, from.port, 'outputs', catalogue))
        this.#noPort(level, from, 'output', path, catalogue);
      if (level.inside.has(to.node)) {
        if (!this.#hasPort(level, to.node, to.port, 'inputs', catalogue))
          this.#noPort(level, to, 'input', path, catalogue);
        return;
      }
      const { outside } = level;
      if (outside !== undefined && from.node === inputsId)
        this.#checkSide(outside, from.port, 'inputs', path, catalogue);
      if (outside !== undefined && to.node === outputsId) {
        this.#checkSide(outside, to.port, 'outputs', path, catalogue);
        return;
      }
      for (const source of this.#sources(level, edge.from, new Set())) {
        const joined = { from: source, to: `${level.prefix}${edge.to}` };
        this.#edges.push(joined);
        this.#paths.set(joined, path);
      }
    });
    for (const [id, inner] of level.inside) {
      const flatId = `${level.prefix}${id}`;
      const outputs = Object.keys(catalogue.get(level.nodes[id]?.type ?? '')?.outputs ?? {});
      this.#instances.set(flatId, {
        nodes: this.#instances.get(flatId)?.nodes ?? [],
        outputs: Object.fromEntries(
          outputs.map((port) => [port, this.#given(inner, port, new Set())] as const),
        ),
      });
    }
  }

  #hasPort(
    level: Level,
    id: string,
    port: string,
    side: 'inputs' | 'outputs',
    catalogue: NodeCatalogue,
  ): boolean {
    return Object.hasOwn(catalogue.get(level.nodes[id]?.type ?? '')?.[side] ?? {}, port);
  }

  /** A wire inside may only name a port the whole has. */
  #checkSide(
    { level, id }: { level: Level; id: string },
    port: string,
    side: 'inputs' | 'outputs',
    path: string,
    catalogue: NodeCatalogue,
  ): void {
    if (this.#hasPort(level, id, port, side, catalogue)) return;
    this.#noPort(level, { node: id, port }, side === 'inputs' ? 'input' : 'output', path, catalogue);
  }

  #noPort(
    level: Level,
    { node, port }: { node: string; port: string },
    side: string,
    path: string,
    catalogue: NodeCatalogue,
  ): void {
    const title = catalogue.get(level.nodes[node]?.type ?? '')?.title ?? node;
    this.#issues.push({
      code: 'unknown-port',
      severity: 'error',
      message: `${title} has no ${side} "${port}".`,
      place: { node: `${level.prefix}${node}`, port, path },
    });
  }

  /** What gives an output of the graph inside an instance, in order. */
  #given(inner: Level, port: string, seen: Set<string>): string[] {
    const edges = inner.into.get(addressText({ node: outputsId, port })) ?? [];
    return edges.flatMap(({ from }) => this.#sources(inner, from, seen));
  }

  /** The ends of nodes that `from` stands for, through the sides of subgraphs. */
  #sources(level: Level, from: string, seen: Set<string>): string[] {
    const { node, port } = portAddressOf(from);
    const inner = level.inside.get(node);
    const isSide = node === inputsId && level.outside !== undefined;
    if (inner === undefined && !isSide) return [`${level.prefix}${from}`];
    const place = `${level.prefix}${from}`;
    // Subgraphs that hand on to each other in a ring: nothing is ever given there.
    if (seen.has(place)) return [];
    const on = new Set(seen).add(place);
    if (inner !== undefined) return this.#given(inner, port, on);
    const { level: outer, id } = level.outside!;
    const edges = outer.into.get(addressText({ node: id, port })) ?? [];
    return edges.flatMap((edge) => this.#sources(outer, edge.from, on));
  }
}

function placesOf(edges: readonly Edge[]): Flat['edgePath'] {
  let places: Map<Edge, number> | undefined;
  return (edge) => {
    places ??= new Map(edges.map((one, place) => [one, place]));
    return `edges.${places.get(edge) ?? ''}`;
  };
}
