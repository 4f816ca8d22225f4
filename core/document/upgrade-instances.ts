import { sameJson, type JsonObject, type JsonValue } from '../json';
import type { NodeCatalogue } from '../node';
import { paramName } from './param-names';
import {
  addressText,
  portAddressOf,
  type DocumentNode,
  type Subgraph,
  type WorkflowDocument,
} from './schema';
import { subgraphOf } from './subgraph';
import { upgradeNode } from './upgrade-node';

type Subgraphs = NonNullable<WorkflowDocument['subgraphs']>;

/**
 * The values that instances of subgraphs have of params inside, in the shape of the present versions of the nodes they are
 * for: a node inside is upgraded with each instance's values, as it would be if it stood in its place. What a value becomes
 * besides (one param that is two by now) is shown by the subgraph from then on.
 */
export class InstanceUpgrades {
  readonly #upgraded = new Map<DocumentNode, JsonObject>();
  /** For each subgraph the params it shows besides, by `node.param`. */
  readonly #added = new Map<string, Map<string, string>>();
  readonly #open = new Set<DocumentNode>();

  constructor(
    private readonly subgraphs: Subgraphs,
    private readonly catalogue: NodeCatalogue,
  ) {}

  /** An instance as the file has it; any other node as its type has it. */
  node(node: DocumentNode): DocumentNode {
    if (this.#insideOf(node) === undefined) return upgradeNode(node, this.catalogue);
    const params = this.#paramsOf(node);
    return params === node.params ? node : { ...node, params };
  }

  /** With what its instances need to be shown besides. To be asked for when every node was. */
  shown(id: string, params: Subgraph['params']): Subgraph['params'] {
    const added = this.#added.get(id);
    if (added === undefined) return params;
    return [...params, ...[...added].map(([param, name]) => ({ name, param }))];
  }

  #insideOf({ type }: DocumentNode): Subgraph | undefined {
    const id = subgraphOf(type);
    return id !== undefined && Object.hasOwn(this.subgraphs, id) ? this.subgraphs[id] : undefined;
  }

  /** Worked out once for each node of the file: subgraphs in subgraphs would double the work at every depth. */
  #paramsOf(node: DocumentNode): JsonObject {
    const known = this.#upgraded.get(node);
    if (known !== undefined) return known;
    const params = this.#with(node, node.params);
    this.#upgraded.set(node, params);
    return params;
  }

  /** What `params` of a node become. */
  #with(node: DocumentNode, params: JsonObject): JsonObject {
    const inside = this.#insideOf(node);
    if (inside === undefined) return upgradeNode({ ...node, params }, this.catalogue).params;
    // One that is inside itself has no end; the plan says so.
    if (Object.keys(params).length === 0 || this.#open.has(node)) return params;
    this.#open.add(node);
    const upgraded = this.#values(subgraphOf(node.type)!, inside, params);
    this.#open.delete(node);
    return sameJson(upgraded, params) ? params : upgraded;
  }

  #values(id: string, inside: Subgraph, params: JsonObject): JsonObject {
    const addressOf = new Map(inside.params.map(({ name, param }) => [name, portAddressOf(param)]));
    const byNode = new Map<string, JsonObject>();
    for (const [name, value] of Object.entries(params)) {
      const { node, port } = addressOf.get(name) ?? { node: '', port: '' };
      if (Object.hasOwn(inside.nodes, node)) byNode.set(node, { ...byNode.get(node), [port]: value });
    }
    const become = new Map(
      [...byNode].map(([inner, own]) => {
        const node = inside.nodes[inner]!;
        return [inner, this.#with(node, { ...node.params, ...own })] as const;
      }),
    );
    const values: JsonObject = {};
    for (const [name, value] of Object.entries(params)) {
      const { node, port } = addressOf.get(name) ?? { node: '', port: '' };
      const now = become.get(node);
      if (now === undefined) values[name] = value;
      else if (Object.hasOwn(now, port)) values[name] = now[port]!;
    }
    for (const [inner, now] of become) this.#addOthers(id, inside, inner, now, values);
    return values;
  }

  /** What became of params that are not shown, where the node alone would have it otherwise. */
  #addOthers(id: string, inside: Subgraph, inner: string, now: JsonObject, values: JsonObject): void {
    const node = inside.nodes[inner]!;
    const alone = this.#paramsOf(node);
    for (const port of new Set([...Object.keys(now), ...Object.keys(alone)])) {
      const param = addressText({ node: inner, port });
      const value = Object.hasOwn(now, port) ? now[port] : this.#initial(node, port);
      if (
        value === undefined ||
        inside.params.some((one) => one.param === param && values[one.name] === value)
      )
        continue;
      const stands = Object.hasOwn(alone, port) ? alone[port] : this.#initial(node, port);
      if (!sameJson(value, stands)) values[this.#nameOf(id, inside, param)] = value;
    }
  }

  /** The value of a param that a node does not name. */
  #initial(node: DocumentNode, port: string): JsonValue | undefined {
    const id = subgraphOf(node.type) ?? '';
    const inside = this.#insideOf(node);
    if (inside === undefined) {
      const params = this.catalogue.get(node.type)?.params ?? {};
      return Object.hasOwn(params, port) ? (params[port]!.initial as JsonValue) : undefined;
    }
    const shown = this.shown(id, inside.params).find(({ name }) => name === port);
    const address = portAddressOf(shown?.param ?? '.');
    const inner = Object.hasOwn(inside.nodes, address.node) ? inside.nodes[address.node] : undefined;
    if (inner === undefined || this.#open.has(inner)) return undefined;
    const params = this.#paramsOf(inner);
    return Object.hasOwn(params, address.port) ? params[address.port] : this.#initial(inner, address.port);
  }

  #nameOf(id: string, inside: Subgraph, param: string): string {
    const shown = inside.params.find((one) => one.param === param)?.name;
    if (shown !== undefined) return shown;
    const added = this.#added.get(id) ?? new Map<string, string>();
    this.#added.set(id, added);
    const taken = [...inside.params.map(({ name }) => name), ...added.values()];
    const name = added.get(param) ?? paramName(inside, param, taken);
    added.set(param, name);
    return name;
  }
}
