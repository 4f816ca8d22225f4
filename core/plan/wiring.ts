import type { NodeMode } from '../document/modes';
import { addressText, portAddressOf, type Edge, type WorkflowDocument } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeCatalogue, NodeDefinition } from '../node';
import { passedInputs } from './live-edges';
import type { PlannedItem } from './step';

/** What comes to a node's inputs. */
export interface Arriving {
  /** For each port what comes to it; none for a port whose every source gives nothing. */
  lists: Record<string, PlannedItem[]>;
  /** Whether something is wired to the port that is there. */
  isWired(port: string): boolean;
  /** Sources an issue stands in the way of. */
  blockers: string[];
  /** Muted and bypassed nodes without which a required input is empty. */
  missing: string[];
}

/**
 * Who gives what to whom. A bypassed node is no more than a wire: what is wired to it counts as wired to where it goes. A
 * muted one, and one that lacks what it needs, is as if it were not there.
 */
export class Wiring {
  readonly #incoming = new Map<string, Map<string, string[]>>();
  readonly #lists = new Map<string, Record<string, PlannedItem[]>>();
  readonly #blocked = new Set<string>();
  /** What the outputs of bypassed nodes pass on, by `node.port`. */
  readonly #passed = new Map<string, readonly string[]>();
  /** Nodes that give nothing, and the muted or bypassed ones that are the cause. */
  readonly #absent = new Map<string, readonly string[]>();

  constructor(
    private readonly document: WorkflowDocument,
    private readonly catalogue: NodeCatalogue,
    private readonly modes: ReadonlyMap<string, NodeMode>,
  ) {}

  /** Takes an edge in, or says what is wrong with it; `path` is where it stands in the file. Nothing is wrong with an edge into a node that does not run. */
  addEdge(edge: Edge, path: string): Issue[] {
    const [from, to] = [portAddressOf(edge.from), portAddressOf(edge.to)];
    const source = this.document.nodes[from.node];
    const target = this.document.nodes[to.node];
    const issues: Issue[] = [];
    const wrong = (code: string, message: string) => {
      issues.push({
        code,
        severity: 'error',
        message,
        place: { node: to.node, port: to.port, path },
      });
    };
    const isOff = this.modes.has(to.node);
    const refuse = () => {
      if (!isOff && target !== undefined) this.#blocked.add(to.node);
      return isOff ? [] : issues;
    };
    if (source === undefined || target === undefined) {
      const missing = source === undefined ? from.node : to.node;
      wrong(
        'unknown-node',
        `The edge ${edge.from} → ${edge.to} names node "${missing}", which is not there.`,
      );
      return refuse();
    }
    const [gives, takes] = [this.catalogue.get(source.type), this.catalogue.get(target.type)];
    const output = gives?.outputs[from.port];
    const input = takes?.inputs[to.port];
    if (gives !== undefined && output === undefined)
      wrong('unknown-port', `${gives.title} has no output "${from.port}".`);
    if (takes !== undefined && input === undefined)
      wrong('unknown-port', `${takes.title} has no input "${to.port}".`);
    if (output !== undefined && input !== undefined && output.type !== input.type)
      wrong('wrong-port-type', `${edge.from} gives ${output.type}, but ${edge.to} takes ${input.type}.`);
    // What an unknown kind of node would give does not matter while it gives nothing.
    const isUnknownButOff = gives === undefined && this.modes.has(from.node);
    if (input === undefined || (output?.type !== input.type && !isUnknownButOff)) return refuse();
    const ports = this.#incoming.get(to.node) ?? new Map<string, string[]>();
    this.#incoming.set(to.node, ports);
    const sources = ports.get(to.port) ?? [];
    if (input.takes === 'one' && sources.length > 0) {
      wrong(
        'too-many-edges',
        `"${input.label}" takes one wire and has ${sources.length + 1}; remove all but one.`,
      );
      if (isOff) return [];
      this.#blocked.add(to.node);
    }
    ports.set(to.port, [...sources, edge.from]);
    return issues;
  }

  isBlocked(id: string): boolean {
    return this.#blocked.has(id);
  }

  block(id: string): void {
    this.#blocked.add(id);
  }

  give(id: string, lists: Record<string, PlannedItem[]>): void {
    this.#lists.set(id, lists);
  }

  /** The node gives nothing, because of these muted or bypassed nodes. */
  leaveOut(id: string, because: readonly string[]): void {
    this.#absent.set(id, because);
  }

  /** Makes a node a mere wire; gives how many items each output passes on. */
  passThrough(id: string, definition: NodeDefinition | undefined): Record<string, number> {
    const ports = this.#incoming.get(id);
    const counts: Record<string, number> = {};
    this.#absent.set(id, [id]);
    if (definition === undefined) return counts;
    for (const [output, input] of passedInputs(definition, (port) => ports?.has(port) ?? false)) {
      const sources = this.#throughBypassed(ports?.get(input) ?? []);
      this.#passed.set(addressText({ node: id, port: output }), sources);
      counts[output] = sources.reduce((sum, source) => sum + this.#listOf(source).length, 0);
    }
    return counts;
  }

  arriving(id: string, definition: NodeDefinition): Arriving {
    const ports = this.#incoming.get(id);
    const lists: Record<string, PlannedItem[]> = {};
    const blockers = new Set<string>();
    const missing = new Set<string>();
    for (const [port, wires] of ports ?? []) {
      const sources = this.#throughBypassed(wires);
      const absent = sources.filter((source) => this.#absent.has(portAddressOf(source).node));
      for (const source of sources) {
        const { node } = portAddressOf(source);
        if (this.#blocked.has(node)) blockers.add(node);
      }
      if (absent.length < sources.length) {
        lists[port] = sources.flatMap((source) => this.#listOf(source));
      } else if (definition.inputs[port]?.required === true || definition.work.on === 'wire') {
        for (const source of absent)
          for (const cause of this.#absent.get(portAddressOf(source).node) ?? []) missing.add(cause);
      }
    }
    return {
      lists,
      isWired: (port) => Object.hasOwn(lists, port),
      blockers: [...blockers],
      missing: [...missing],
    };
  }

  #listOf(source: string): PlannedItem[] {
    const { node, port } = portAddressOf(source);
    return this.#lists.get(node)?.[port] ?? [];
  }

  #throughBypassed(sources: readonly string[]): string[] {
    return sources.flatMap((source) => this.#passed.get(source) ?? [source]);
  }
}

/** What a node that only passes on lacks: the one input it is set to. */
export function emptyWires(
  node: string,
  { inputs }: NodeDefinition,
  passes: ReadonlyMap<string, string>,
  { isWired, missing }: Pick<Arriving, 'isWired' | 'missing'>,
): Issue[] {
  if (missing.length > 0) return [];
  return [...passes.values()]
    .filter((input) => !isWired(input))
    .map((input) => ({
      code: 'nothing-to-pass-on',
      severity: 'error',
      message: `"${inputs[input]?.label}" is to be passed on, and nothing is wired to it.`,
      place: { node, port: input },
    }));
}
