import { insertNode, insertPorts } from '#core/document/edit-wires';
import { edgeId, moveNodes } from '#core/document/edit';
import type { Edge, Point, WorkflowDocument } from '#core/document/schema';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';

function edgeOf(id: string): Edge | undefined {
  return documentStore.getState().document.edges.find((edge) => edgeId(edge) === id);
}

/** A card is held over a wire (`edgeId`), or over none: what letting go would do is shown. */
export function holdOverWire(node: string, edge: string | undefined): void {
  const { dropping, catalogue } = sessionStore.getState();
  if (edge === undefined) {
    if (dropping !== null) sessionStore.actions.set({ dropping: null });
    return;
  }
  if (dropping?.edge === edge && dropping.node === node) return;
  const wire = edgeOf(edge);
  const ports =
    wire === undefined ? null : insertPorts(documentStore.getState().document, catalogue, wire, node);
  const next = ports === null ? null : { edge, node, ...ports };
  if (next !== null || dropping !== null) sessionStore.actions.set({ dropping: next });
}

/**
 * Cards were let go: they stand there, and one that was held over a wire is put into it. One undo step. `move` gives the
 * document with the cards in their new places.
 */
export function dropCards(
  places: Readonly<Record<string, Point>>,
  move = (document: WorkflowDocument) => moveNodes(document, places),
): void {
  const { dropping, catalogue } = sessionStore.getState();
  const wire = dropping === null ? undefined : edgeOf(dropping.edge);
  documentStore.actions.edit((document) => {
    const moved = move(document);
    if (wire === undefined || dropping === null || !Object.hasOwn(places, dropping.node)) return moved;
    return insertNode(moved, catalogue, wire, dropping.node);
  });
  if (dropping !== null) sessionStore.actions.set({ dropping: null });
}
