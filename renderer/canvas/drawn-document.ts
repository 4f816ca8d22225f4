import type { DocumentNode, WorkflowDocument } from '#core/document/schema';

/** Everything but what is set on the card: that the card reads by itself. */
function sameButParams(left: DocumentNode | undefined, right: DocumentNode): boolean {
  if (left === right) return true;
  if (left === undefined) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof DocumentNode>;
  return [...names].every((name) => name === 'params' || left[name] === right[name]);
}

function drawnAlike(left: WorkflowDocument, right: WorkflowDocument): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof WorkflowDocument>;
  if (![...names].every((name) => name === 'nodes' || left[name] === right[name])) return false;
  if (left.nodes === right.nodes) return true;
  const ids = Object.keys(right.nodes);
  // The order of the nodes is that of the cards.
  return (
    ids.length === Object.keys(left.nodes).length &&
    Object.entries(left.nodes).every(
      ([id, node], place) => ids[place] === id && sameButParams(right.nodes[id], node),
    )
  );
}

/**
 * The document as the canvas as a whole needs it: the one of before, as long as only params changed. So that a letter typed into a card
 * is that card's matter alone.
 */
export function rememberDrawn(): (document: WorkflowDocument) => WorkflowDocument {
  let drawn: WorkflowDocument | undefined;
  let newest: WorkflowDocument | undefined;
  return (document) => {
    if (document === newest && drawn !== undefined) return drawn;
    newest = document;
    if (drawn === undefined || !drawnAlike(drawn, document)) drawn = document;
    return drawn;
  };
}
