import type { WorkflowDocument } from './schema';

/**
 * What a node does in place of its work. `mute`: it does not run and gives nothing. `bypass`: it does not run and passes
 * on what comes in.
 */
export type NodeMode = 'mute' | 'bypass';

/** The mode that counts for each node that has one: the strongest of its own and its groups', mute before bypass. */
export function effectiveModes(document: Pick<WorkflowDocument, 'nodes' | 'groups'>): Map<string, NodeMode> {
  const modes = new Map<string, NodeMode>();
  const take = (id: string, mode: NodeMode | undefined) => {
    if (mode !== undefined && modes.get(id) !== 'mute') modes.set(id, mode);
  };
  for (const [id, { mode }] of Object.entries(document.nodes)) take(id, mode);
  for (const { nodes, mode } of Object.values(document.groups ?? {}))
    for (const id of nodes) if (Object.hasOwn(document.nodes, id)) take(id, mode);
  return modes;
}

/** Ids of the groups that give a node this mode. */
export function groupsWithMode(document: WorkflowDocument, node: string, mode: NodeMode): string[] {
  return Object.entries(document.groups ?? {})
    .filter(([, group]) => group.mode === mode && group.nodes.includes(node))
    .map(([id]) => id);
}

/** Ids of the groups a node is in. */
export function groupsOf(document: WorkflowDocument, node: string): string[] {
  return Object.entries(document.groups ?? {})
    .filter(([, { nodes }]) => nodes.includes(node))
    .map(([id]) => id);
}
