import { editNode } from '../document/edit';
import { setNodeMode } from '../document/edit-modes';
import { flatten } from '../document/flatten';
import { effectiveModes } from '../document/modes';
import { editAt } from '../document/own-subgraph';
import type { WorkflowDocument } from '../document/schema';
import type { Fault } from '../fault';
import type { NodeCatalogue, NodeDefinition } from '../node';
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
  let rehearsed: WorkflowDocument = { ...document, id: `${mark}${document.id}`, title };
  // What is muted runs nothing and writes nothing, also as a whole.
  for (const [id, definition] of nodesThatAreOn(document, catalogue)) {
    const { work } = definition;
    if (taskKindOf(definition) !== undefined)
      rehearsed = editAt(rehearsed, id, (graph) =>
        editNode(graph, id, ({ pins: _real, ...node }) => ({
          ...node,
          route: rehearsalRoute(faults[id]),
          take,
        })),
      );
    if (work.on === 'machine' && work.effect === 'writes-files')
      rehearsed = editAt(rehearsed, id, (graph) => setNodeMode(graph, id, 'bypass'));
  }
  return rehearsed;
}

/** Also those inside subgraphs, by their ids in a plan. */
function nodesThatAreOn(document: WorkflowDocument, catalogue: NodeCatalogue): [string, NodeDefinition][] {
  const { document: flat } = flatten(document, catalogue);
  const modes = effectiveModes(flat);
  return Object.entries(flat.nodes).flatMap(([id, { type }]): [string, NodeDefinition][] => {
    const definition = modes.has(id) ? undefined : catalogue.get(type);
    return definition === undefined ? [] : [[id, definition]];
  });
}

/** The nodes of a workflow that ask a model and are on: those a fault can be chosen for. */
export function rehearsable(document: WorkflowDocument, catalogue: NodeCatalogue): string[] {
  return nodesThatAreOn(document, catalogue)
    .filter(([, definition]) => taskKindOf(definition) !== undefined)
    .map(([id]) => id);
}
