import { portAddressOf, type WorkflowDocument } from '../document/schema';

/** The nodes each node depends on directly. Ends that name no node of the document are left out. */
export function directSources(document: WorkflowDocument): Map<string, Set<string>> {
  const sources = new Map<string, Set<string>>();
  for (const id of Object.keys(document.nodes)) sources.set(id, new Set());
  for (const edge of document.edges) {
    const from = portAddressOf(edge.from).node;
    if (sources.has(from)) sources.get(portAddressOf(edge.to).node)?.add(from);
  }
  return sources;
}

/** These nodes and all they depend on. */
export function withSources(document: WorkflowDocument, targets: Iterable<string>): Set<string> {
  const sources = directSources(document);
  const found = new Set<string>();
  const open = [...targets].filter((id) => sources.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(sources.get(id) ?? []));
  }
  return found;
}

/** A node and everything that depends on it. */
export function withDependents(document: WorkflowDocument, node: string): Set<string> {
  const dependents = new Map<string, string[]>();
  for (const edge of document.edges) {
    const from = portAddressOf(edge.from).node;
    dependents.set(from, [...(dependents.get(from) ?? []), portAddressOf(edge.to).node]);
  }
  const found = new Set<string>();
  const open = [node];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(dependents.get(id) ?? []));
  }
  return found;
}

/**
 * Every node after the ones it depends on; nodes that don't depend on each other stand in document order. `cycle` holds
 * the nodes that are in a loop or behind one, and is empty for a sound graph.
 */
export function orderNodes(document: WorkflowDocument): { order: string[]; cycle: string[] } {
  const sources = directSources(document);
  const dependents = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [id, from] of sources) {
    open.set(id, from.size);
    for (const source of from) {
      const list = dependents.get(source);
      if (list === undefined) dependents.set(source, [id]);
      else list.push(id);
    }
  }
  const order = [...sources.keys()].filter((id) => open.get(id) === 0);
  for (let next = 0; next < order.length; next += 1) {
    for (const dependent of dependents.get(order[next]!) ?? []) {
      const left = open.get(dependent)! - 1;
      open.set(dependent, left);
      if (left === 0) order.push(dependent);
    }
  }
  return { order, cycle: [...sources.keys()].filter((id) => open.get(id)! > 0) };
}
