import { setRoute } from '../document/edit';
import { setNodeMode } from '../document/edit-modes';
import { effectiveModes } from '../document/modes';
import type { WorkflowDocument } from '../document/schema';
import type { Fault } from '../fault';
import type { NodeCatalogue } from '../node';
import { modelRefOf, taskKindOf } from './route';

/** A rehearsal: the whole workflow on the sandbox, free and offline, with faults the person has chosen. */

const mark = 'rehearsal:';
const provider = 'sandbox';

/** Whether a workflow, by its id, is one that is only rehearsed. */
export function isRehearsal(documentId: string): boolean {
  return documentId.startsWith(mark);
}

/** The route of a rehearsed node. Its own model id makes its results its own: no run ever takes them for real ones. */
export function rehearsalRoute(fault: Fault | undefined): string {
  return fault === undefined ? `${provider}/rehearsal` : `${provider}/rehearsal-${fault}`;
}

export function isRehearsalRoute(route: string): boolean {
  const { provider: id, model } = modelRefOf(route);
  return id === provider && (model === 'rehearsal' || model.startsWith('rehearsal-'));
}

/**
 * The workflow as it is rehearsed: every model node on the sandbox, nothing written to the person's folders, and a history,
 * budget and journal of its own. `take` is another number each time, so that it is all done anew. The workflow itself stays
 * as it is.
 */
export function rehearsalOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  { faults, take, title }: { faults: Readonly<Record<string, Fault>>; take: number; title: string },
): WorkflowDocument {
  const modes = effectiveModes(document);
  let rehearsed: WorkflowDocument = { ...document, id: `${mark}${document.id}`, title };
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined) continue;
    if (taskKindOf(definition) !== undefined) {
      rehearsed = setRoute(rehearsed, id, rehearsalRoute(faults[id]));
      const { pins: _real, ...fresh } = rehearsed.nodes[id]!;
      rehearsed = { ...rehearsed, nodes: { ...rehearsed.nodes, [id]: { ...fresh, take } } };
    }
    const { work } = definition;
    if (work.on === 'machine' && work.effect === 'writes-files' && !modes.has(id))
      rehearsed = setNodeMode(rehearsed, id, 'bypass');
  }
  return rehearsed;
}

/** The nodes of a workflow that ask a model and are on: those a fault can be chosen for. */
export function rehearsable(document: WorkflowDocument, catalogue: NodeCatalogue): string[] {
  const modes = effectiveModes(document);
  return Object.entries(document.nodes)
    .filter(([id, { type }]) => {
      const definition = catalogue.get(type);
      return definition !== undefined && taskKindOf(definition) !== undefined && !modes.has(id);
    })
    .map(([id]) => id);
}
