import type { Outputs } from '../values';
import { editNode } from './edit';
import { editAt } from './own-subgraph';
import type { NodeMode } from './modes';
import type { WorkflowDocument } from './schema';

/** Pure edits of what a run leaves alone: muted and bypassed nodes and groups, pinned results. */

/** `undefined` lets the node work again, as far as its groups let it. */
export function setNodeMode(
  document: WorkflowDocument,
  id: string,
  mode: NodeMode | undefined,
): WorkflowDocument {
  return editNode(document, id, ({ mode: _old, ...node }) => (mode === undefined ? node : { ...node, mode }));
}

/** With all of these muted, by their ids in a plan: also those inside subgraphs, each in its own place alone. */
export function muteNodes(document: WorkflowDocument, ids: readonly string[]): WorkflowDocument {
  return ids.reduce((muted, id) => editAt(muted, id, (graph) => setNodeMode(graph, id, 'mute')), document);
}

/** The same for every node of a group. */
export function setGroupMode(
  document: WorkflowDocument,
  id: string,
  mode: NodeMode | undefined,
): WorkflowDocument {
  const { groups } = document;
  const group = groups !== undefined && Object.hasOwn(groups, id) ? groups[id] : undefined;
  if (group === undefined) return document;
  const { mode: _old, ...rest } = group;
  return { ...document, groups: { ...groups, [id]: mode === undefined ? rest : { ...rest, mode } } };
}

/** `"2"`, or `"2.1"` for a further copy of the item: where a pin stands among the steps of its node. */
export function pinPlace(index: number, copy: number): string {
  return copy === 0 ? `${index}` : `${index}.${copy}`;
}

/** Keeps what a step gave: it is never made again until it is unpinned. */
export function pinStep(
  document: WorkflowDocument,
  id: string,
  place: string,
  outputs: Outputs,
): WorkflowDocument {
  return editNode(document, id, (node) => ({ ...node, pins: { ...node.pins, [place]: outputs } }));
}

export function unpinStep(document: WorkflowDocument, id: string, place: string): WorkflowDocument {
  return editNode(document, id, (node) => {
    if (node.pins === undefined || !Object.hasOwn(node.pins, place)) return node;
    const { pins, ...rest } = node;
    const left = Object.entries(pins).filter(([other]) => other !== place);
    return left.length === 0 ? rest : { ...rest, pins: Object.fromEntries(left) };
  });
}
