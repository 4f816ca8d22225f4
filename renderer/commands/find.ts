import { sessionStore } from '../stores/session-store';
import { documentStore } from '../stores/document-store';
import { goInto, goToNode } from './subgraphs';

/** What was selected before the search, for the way back. */
let before: { nodes: ReadonlySet<string>; wires: ReadonlySet<string>; inside: readonly string[] } | null =
  null;

export function openFind(): void {
  const { selected, selectedWires } = sessionStore.getState();
  before = { nodes: selected, wires: selectedWires, inside: documentStore.getState().inside };
  sessionStore.actions.set({ overlay: { kind: 'find' } });
}

/** Shows a node that was found, in the subgraph it is in. */
export function lookAtFound(node: string): void {
  goToNode(node);
}

/** `chosen`: the node that is shown stays selected. */
export function closeFind(chosen: boolean): void {
  if (!chosen && before !== null) {
    if (before.inside.join('/') !== documentStore.getState().inside.join('/')) goInto(before.inside);
    sessionStore.actions.select(before.nodes, before.wires);
  }
  before = null;
  sessionStore.actions.set({ overlay: null });
}
