import { portAddressOf, type DocumentNode, type WorkflowDocument } from '../document/schema';
import { sameJson } from '../json';
import type { NodeCatalogue } from '../node';
import { orderNodes, withSources } from '../plan/order';
import { modelRefOf, taskKindOf } from '../plan/route';
import type { TaskKind } from '../task';
import type { Change, RunFacts } from './comparison';
import { shortValues } from './short-values';

/** What is other in the graphs of two runs, node by node. */
export interface DocumentChanges {
  /** All nodes of both, each after what it needs. */
  order: string[];
  /** Of the workflow as a whole: default routes, what was asked for. */
  workflow: Change[];
  nodes: Map<string, Change[]>;
  /** The nodes wired to a node in either graph; to one port of it when that is named. */
  sources(node: string, port?: string): string[];
  /** Whether the node was asked for in just one of the runs. */
  isAskedInOne(node: string): boolean;
  taskOf(node: string): TaskKind | undefined;
}

export function compareDocuments(a: RunFacts, b: RunFacts, catalogue: NodeCatalogue): DocumentChanges {
  const [left, right] = [a.document, b.document];
  const wires = [incoming(left), incoming(right)] as const;
  const both: WorkflowDocument = {
    ...right,
    nodes: { ...left.nodes, ...right.nodes },
    edges: [...left.edges, ...right.edges],
  };
  const { order, cycle } = orderNodes(both);
  const [askedA, askedB] = [asked(a), asked(b)];
  const definitionOf = (node: string) => catalogue.get(both.nodes[node]?.type ?? '');
  const taskOf = (node: string) => {
    const definition = definitionOf(node);
    return definition === undefined ? undefined : taskKindOf(definition);
  };

  const nodes = new Map<string, Change[]>();
  for (const id of Object.keys(both.nodes)) {
    const [before, after] = [own(left.nodes, id), own(right.nodes, id)];
    if (before === undefined || after === undefined) {
      nodes.set(id, [{ kind: 'node', in: before === undefined ? 'b' : 'a' }]);
      continue;
    }
    if (!askedA.has(id) || !askedB.has(id)) continue;
    const changes = [
      ...nodeChanges(before, after, catalogue, [portsOf(wires[0], id), portsOf(wires[1], id)]),
      ...wireChanges(id, left, right, wires),
    ];
    const task = taskOf(id);
    if (task !== undefined && !(before.route === undefined && after.route === undefined))
      changes.push(...routeChanges(before.route ?? left.routes[task], after.route ?? right.routes[task]));
    if (changes.length > 0) nodes.set(id, changes);
  }

  return {
    order: [...order, ...cycle],
    workflow: [...targetChanges(a, b), ...defaultRouteChanges(left, right)],
    nodes,
    sources: (node, port) => [
      ...new Set(
        wires.flatMap((ports) =>
          [...(ports.get(node) ?? [])]
            .filter(([name]) => port === undefined || name === port)
            .flatMap(([, list]) => list.map((from) => portAddressOf(from).node)),
        ),
      ),
    ],
    isAskedInOne: (node) => askedA.has(node) !== askedB.has(node),
    taskOf,
  };
}

/** For each node its wired ports, each with what is wired to it in order. */
type Incoming = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

function incoming(document: WorkflowDocument): Incoming {
  const nodes = new Map<string, Map<string, string[]>>();
  for (const edge of document.edges) {
    const { node, port } = portAddressOf(edge.to);
    const ports = nodes.get(node) ?? new Map<string, string[]>();
    nodes.set(node, ports);
    ports.set(port, [...(ports.get(port) ?? []), edge.from]);
  }
  return nodes;
}

function portsOf(wires: Incoming, node: string): Set<string> {
  return new Set(wires.get(node)?.keys());
}

function asked({ document, targets }: RunFacts): Set<string> {
  return targets === undefined ? new Set(Object.keys(document.nodes)) : withSources(document, targets);
}

function own<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A value counts for nothing where a wire takes its place. */
function nodeChanges(
  before: DocumentNode,
  after: DocumentNode,
  catalogue: NodeCatalogue,
  [wiredBefore, wiredAfter]: readonly [Set<string>, Set<string>],
): Change[] {
  if (before.type !== after.type) return [{ kind: 'type', before: before.type, after: after.type }];
  const specs = catalogue.get(after.type)?.params ?? {};
  const changes: Change[] = [];
  const names = [...Object.keys(specs), ...Object.keys(before.params), ...Object.keys(after.params)];
  for (const name of new Set(names)) {
    if (wiredBefore.has(name) || wiredAfter.has(name)) continue;
    const initial: unknown = own(specs, name)?.initial;
    const old: unknown = own(before.params, name) ?? initial;
    const now: unknown = own(after.params, name) ?? initial;
    if (!sameJson(old, now)) changes.push({ kind: 'param', name, ...shortValues(old, now) });
  }
  const [old, now] = [before.take ?? 0, after.take ?? 0];
  if (old !== now) changes.push({ kind: 'take', before: String(old), after: String(now) });
  const rest = (node: DocumentNode): Record<string, unknown> => {
    const {
      type: _type,
      version: _version,
      title: _title,
      params: _params,
      route: _r,
      take: _t,
      ...more
    } = node;
    return more;
  };
  const [restBefore, restAfter] = [rest(before), rest(after)];
  for (const name of new Set([...Object.keys(restBefore), ...Object.keys(restAfter)]))
    if (!sameJson(restBefore[name], restAfter[name]))
      changes.push({ kind: 'setting', name, ...shortValues(restBefore[name], restAfter[name]) });
  return changes;
}

/** Wires that are gone or new because their node is are that node's difference. */
function wireChanges(
  node: string,
  left: WorkflowDocument,
  right: WorkflowDocument,
  [before, after]: readonly [Incoming, Incoming],
): Change[] {
  const kept = (list: readonly string[] | undefined, other: WorkflowDocument) =>
    (list ?? []).filter((from) => Object.hasOwn(other.nodes, portAddressOf(from).node));
  return [...new Set([...portsOf(before, node), ...portsOf(after, node)])].flatMap((name): Change[] => {
    const [old, now] = [before.get(node)?.get(name), after.get(node)?.get(name)];
    if (sameJson(kept(old, right), kept(now, left))) return [];
    const words = (list: readonly string[] | undefined) => (list ?? []).join(', ') || 'none';
    return [{ kind: 'wires', name, before: words(old), after: words(now) }];
  });
}

function routeChanges(before: string | undefined, after: string | undefined, task?: TaskKind): Change[] {
  if (before === after) return [];
  const isModel =
    before !== undefined && after !== undefined && modelRefOf(before).provider === modelRefOf(after).provider;
  return [
    {
      kind: isModel ? 'model' : 'route',
      ...(task === undefined ? {} : { task }),
      before: before ?? 'none',
      after: after ?? 'none',
    },
  ];
}

function defaultRouteChanges(left: WorkflowDocument, right: WorkflowDocument): Change[] {
  const tasks = new Set([...Object.keys(left.routes), ...Object.keys(right.routes)] as TaskKind[]);
  return [...tasks].flatMap((task) => routeChanges(left.routes[task], right.routes[task], task));
}

function targetChanges(a: RunFacts, b: RunFacts): Change[] {
  const words = ({ targets }: RunFacts) =>
    targets === undefined ? 'everything' : [...targets].sort().join(', ');
  const [before, after] = [words(a), words(b)];
  return before === after ? [] : [{ kind: 'asked', before, after }];
}
