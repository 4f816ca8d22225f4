import { effectiveModes, type NodeMode } from '../document/modes';
import { portAddressOf, type Edge, type WorkflowDocument } from '../document/schema';
import type { NodeCatalogue, NodeDefinition } from '../node';

/** For each output of a bypassed node the input it passes on: the first wired one of the same type. */
export function passedInputs(
  definition: NodeDefinition,
  isWired: (port: string) => boolean,
): Map<string, string> {
  const passed = new Map<string, string>();
  for (const [output, { type }] of Object.entries(definition.outputs)) {
    const input = Object.entries(definition.inputs).find(
      ([port, spec]) => spec.type === type && isWired(port),
    );
    if (input !== undefined) passed.set(output, input[0]);
  }
  return passed;
}

/**
 * The edges something comes through: none into a muted node, and into a bypassed one only those it passes on. What a
 * node needs, and what comes after it, is found along these.
 */
export function liveEdges(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  modes: ReadonlyMap<string, NodeMode> = effectiveModes(document),
): Edge[] {
  if (modes.size === 0) return document.edges;
  const wired = new Set(document.edges.map(({ to }) => to));
  const passing = new Set<string>();
  for (const [id, mode] of modes) {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    if (mode === 'mute' || definition === undefined) continue;
    for (const input of passedInputs(definition, (port) => wired.has(`${id}.${port}`)).values())
      passing.add(`${id}.${input}`);
  }
  return document.edges.filter(({ to }) => !modes.has(portAddressOf(to).node) || passing.has(to));
}

/** The nodes asked for and everything that comes after them: the targets of "run from here". */
export function targetsFrom(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  from: Iterable<string>,
): string[] {
  const dependents = new Map<string, string[]>();
  for (const edge of liveEdges(document, catalogue)) {
    const source = portAddressOf(edge.from).node;
    const target = portAddressOf(edge.to).node;
    if (!Object.hasOwn(document.nodes, target)) continue;
    const list = dependents.get(source);
    if (list === undefined) dependents.set(source, [target]);
    else list.push(target);
  }
  const found = new Set<string>();
  const open = [...from].filter((id) => Object.hasOwn(document.nodes, id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(dependents.get(id) ?? []));
  }
  return Object.keys(document.nodes).filter((id) => found.has(id));
}
