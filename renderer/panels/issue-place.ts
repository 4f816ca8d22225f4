import type { WorkflowDocument } from '#core/document/schema';
import { nodeAt } from '#core/document/own-subgraph';
import type { Issue, Place } from '#core/issue';
import type { NodeCatalogue } from '#core/node';

/** A node's own name, else its type's, else its id; of one inside a subgraph with the names around it. */
export function nodeTitle(document: WorkflowDocument, catalogue: NodeCatalogue, id: string): string {
  const around = id.slice(0, Math.max(0, id.lastIndexOf('/')));
  if (around !== '' && !Object.hasOwn(document.nodes, id)) {
    const inner = nodeAt(document, id);
    if (inner === undefined) return id;
    return `${nodeTitle(document, catalogue, around)} › ${inner.title ?? catalogue.get(inner.type)?.title ?? id}`;
  }
  const node = document.nodes[id];
  return node?.title ?? catalogue.get(node?.type ?? '')?.title ?? id;
}

/** "Portrait · Size": the place of an issue as the person knows it. */
export function placeWords(place: Place, document: WorkflowDocument, catalogue: NodeCatalogue): string {
  if (place.node === undefined) return place.path ?? 'The workflow';
  const definition = catalogue.get((document.nodes[place.node] ?? nodeAt(document, place.node))?.type ?? '');
  const { param, port } = place;
  const part =
    param !== undefined
      ? (definition?.params[param]?.label ?? param)
      : port !== undefined
        ? (definition?.inputs[port]?.label ?? port)
        : undefined;
  return [nodeTitle(document, catalogue, place.node), part].filter(Boolean).join(' · ');
}

/** Errors first; otherwise as they came. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  return [
    ...issues.filter(({ severity }) => severity === 'error'),
    ...issues.filter(({ severity }) => severity === 'warning'),
  ];
}
