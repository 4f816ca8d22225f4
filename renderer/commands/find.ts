import { sessionStore } from '../stores/session-store';
import { canvas } from './canvas-handle';

/** What was selected before the search, for the way back. */
let before: { nodes: ReadonlySet<string>; wires: ReadonlySet<string> } | null = null;

export function openFind(): void {
  const { selected, selectedWires } = sessionStore.getState();
  before = { nodes: selected, wires: selectedWires };
  sessionStore.actions.set({ overlay: { kind: 'find' } });
}

/** Shows a node that was found. */
export function lookAtFound(node: string): void {
  sessionStore.actions.select([node]);
  canvas()?.show([node]);
}

/** `chosen`: the node that is shown stays selected. */
export function closeFind(chosen: boolean): void {
  if (!chosen && before !== null) sessionStore.actions.select(before.nodes, before.wires);
  before = null;
  sessionStore.actions.set({ overlay: null });
}
