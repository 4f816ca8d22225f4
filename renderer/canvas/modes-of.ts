import { effectiveModes, type NodeMode } from '#core/document/modes';
import type { WorkflowDocument } from '#core/document/schema';

// One reading of a document serves every card; it goes when the document goes.
const readings = new WeakMap<WorkflowDocument, ReadonlyMap<string, NodeMode>>();

/** The mode that counts for a node. */
export function modeOf(document: WorkflowDocument, id: string): NodeMode | undefined {
  let modes = readings.get(document);
  if (modes === undefined) {
    modes = effectiveModes(document);
    readings.set(document, modes);
  }
  return modes.get(id);
}
