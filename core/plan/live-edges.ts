import { effectiveModes, type NodeMode } from '../document/modes';
import { portAddressOf, type DocumentNode, type Edge, type WorkflowDocument } from '../document/schema';
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

/** For each output of a node that only passes on, the input it is set to; none for a node that works. */
export function wirePasses(
  node: Pick<DocumentNode, 'params'>,
  { work, params: specs }: NodeDefinition,
): Map<string, string> {
  if (work.on !== 'wire') return new Map();
  const params = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const set = spec.schema.safeParse(Object.hasOwn(node.params, name) ? node.params[name] : spec.initial);
      return [name, set.success ? set.data : spec.initial];
    }),
  );
  return new Map(Object.entries(work.passes(params)));
}

/** What is wired to an input that a node does not pass on: nothing comes through it. */
function cutByWires(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  modes: ReadonlyMap<string, NodeMode>,
): ReadonlySet<string> {
  const cut = new Set<string>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition?.work.on !== 'wire' || modes.has(id)) continue;
    const passed = new Set(wirePasses(node, definition).values());
    for (const input of Object.keys(definition.inputs)) if (!passed.has(input)) cut.add(`${id}.${input}`);
  }
  return cut;
}

/**
 * Nodes whose every way on ends where a wire is not passed on, with the nodes that do not pass it on. Nothing else needs
 * them: they are left alone unless they are asked for.
 */
export function idleNodes(document: WorkflowDocument, catalogue: NodeCatalogue): Map<string, string[]> {
  const cut = cutByWires(document, catalogue, effectiveModes(document));
  const idle = new Map<string, string[]>();
  if (cut.size === 0) return idle;
  const onward = new Map<string, Edge[]>();
  const sourcesOf = new Map<string, Set<string>>();
  for (const edge of document.edges) {
    const [from, to] = [portAddressOf(edge.from).node, portAddressOf(edge.to).node];
    onward.set(from, [...(onward.get(from) ?? []), edge]);
    sourcesOf.set(to, (sourcesOf.get(to) ?? new Set()).add(from));
  }
  const open = document.edges.filter(({ to }) => cut.has(to)).map(({ from }) => portAddressOf(from).node);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (idle.has(id) || !Object.hasOwn(document.nodes, id)) continue;
    const because = new Set<string>();
    const isIdle = (onward.get(id) ?? []).every(({ to }) => {
      const target = portAddressOf(to).node;
      for (const cause of cut.has(to) ? [target] : (idle.get(target) ?? [])) because.add(cause);
      return cut.has(to) || idle.has(target);
    });
    if (!isIdle) continue;
    idle.set(id, [...because]);
    open.push(...(sourcesOf.get(id) ?? []));
  }
  return idle;
}

/**
 * The edges something comes through: none into an input that is not passed on, none into a muted node, and into a bypassed one only those it passes on. What a
 * node needs, and what comes after it, is found along these.
 */
export function liveEdges(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  modes: ReadonlyMap<string, NodeMode> = effectiveModes(document),
): Edge[] {
  const cut = cutByWires(document, catalogue, modes);
  if (modes.size === 0)
    return cut.size === 0 ? document.edges : document.edges.filter(({ to }) => !cut.has(to));
  const wired = new Set(document.edges.map(({ to }) => to));
  const passing = new Set<string>();
  for (const [id, mode] of modes) {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    if (mode === 'mute' || definition === undefined) continue;
    for (const input of passedInputs(definition, (port) => wired.has(`${id}.${port}`)).values())
      passing.add(`${id}.${input}`);
  }
  return document.edges.filter(
    ({ to }) => !cut.has(to) && (!modes.has(portAddressOf(to).node) || passing.has(to)),
  );
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
