import type { DocumentGroup, Point, WorkflowDocument } from './schema';
import { isBoundary } from './subgraph';

/** Pure edits of groups: which nodes they hold, what they are called, and how they are drawn. */

/** The colours a group or a note may have, by name; the editor's own tokens say what each looks like. */
export const groupColors = ['grey', 'amber', 'green', 'blue', 'violet', 'rose'] as const;
export type GroupColor = (typeof groupColors)[number];

/** A colour this program does not know is drawn grey; the file keeps it. */
export function groupColor(text: string | undefined): GroupColor {
  return groupColors.find((color) => color === text) ?? 'grey';
}

function groupOf(document: WorkflowDocument, id: string): DocumentGroup | undefined {
  const { groups } = document;
  return groups !== undefined && Object.hasOwn(groups, id) ? groups[id] : undefined;
}

function withGroups(
  document: WorkflowDocument,
  groups: Readonly<Record<string, DocumentGroup>>,
): WorkflowDocument {
  const { groups: _old, collapsed, ...rest } = document;
  const folded = (collapsed ?? []).filter((id) => Object.hasOwn(groups, id));
  return {
    ...rest,
    ...(Object.keys(groups).length > 0 && { groups }),
    ...(folded.length > 0 && { collapsed: folded }),
  };
}

function editGroup(
  document: WorkflowDocument,
  id: string,
  edit: (group: DocumentGroup) => DocumentGroup,
): WorkflowDocument {
  const group = groupOf(document, id);
  return group === undefined ? document : { ...document, groups: { ...document.groups, [id]: edit(group) } };
}

/** A free id: `group`, `group-2`, … */
export function freeGroupId(document: WorkflowDocument, wanted = 'group'): string {
  const isTaken = (id: string) => groupOf(document, id) !== undefined;
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Without these nodes in any group. A group that loses its last node is gone. */
export function leaveGroups(document: WorkflowDocument, nodes: ReadonlySet<string>): WorkflowDocument {
  const before = Object.entries(document.groups ?? {});
  const after = before.flatMap(([id, group]) => {
    const left = group.nodes.filter((node) => !nodes.has(node));
    if (left.length === group.nodes.length) return [[id, group] as const];
    return left.length === 0 ? [] : [[id, { ...group, nodes: left }] as const];
  });
  const isSame = after.length === before.length && after.every(([, group], at) => group === before[at]?.[1]);
  return isSame ? document : withGroups(document, Object.fromEntries(after));
}

/**
 * A new group of these nodes, taken out of the groups they were in; the sides of an open subgraph go into none. `id` is
 * `undefined` when none of them is there.
 */
export function makeGroup(
  document: WorkflowDocument,
  nodes: Iterable<string>,
  title: string,
): { document: WorkflowDocument; id: string | undefined } {
  const members = [...new Set(nodes)].filter((id) => Object.hasOwn(document.nodes, id) && !isBoundary(id));
  if (members.length === 0) return { document, id: undefined };
  const left = leaveGroups(document, new Set(members));
  const id = freeGroupId(left);
  return { document: { ...left, groups: { ...left.groups, [id]: { title, nodes: members } } }, id };
}

/** Without these groups; their nodes stay where they are. */
export function removeGroups(document: WorkflowDocument, ids: ReadonlySet<string>): WorkflowDocument {
  const left = Object.entries(document.groups ?? {}).filter(([id]) => !ids.has(id));
  return left.length === Object.keys(document.groups ?? {}).length
    ? document
    : withGroups(document, Object.fromEntries(left));
}

export function setGroupTitle(document: WorkflowDocument, id: string, title: string): WorkflowDocument {
  return editGroup(document, id, (group) => ({ ...group, title }));
}

/** Grey is what a group without a colour is. */
export function setGroupColor(document: WorkflowDocument, id: string, color: GroupColor): WorkflowDocument {
  return editGroup(document, id, ({ color: _old, ...group }) =>
    color === 'grey' ? group : { ...group, color },
  );
}

/** Draws a group as one small card, or as a frame around its nodes. */
export function setCollapsed(document: WorkflowDocument, id: string, isCollapsed: boolean): WorkflowDocument {
  if (groupOf(document, id) === undefined) return document;
  const { collapsed = [], ...rest } = document;
  if (collapsed.includes(id) === isCollapsed) return document;
  const next = isCollapsed ? [...collapsed, id].sort() : collapsed.filter((other) => other !== id);
  return next.length === 0 ? rest : { ...rest, collapsed: next };
}

/** Puts a node into one group, out of every other; `undefined`: out of all of them. */
export function putInGroup(
  document: WorkflowDocument,
  node: string,
  group: string | undefined,
): WorkflowDocument {
  if (!Object.hasOwn(document.nodes, node) || isBoundary(node)) return document;
  if (group === undefined) return leaveGroups(document, new Set([node]));
  if (groupOf(document, group) === undefined) return document;
  const kept = Object.entries(document.groups ?? {}).flatMap(([id, one]) => {
    if (id === group)
      return [[id, one.nodes.includes(node) ? one : { ...one, nodes: [...one.nodes, node] }] as const];
    const left = one.nodes.filter((other) => other !== node);
    return left.length === 0 && one.nodes.length > 0
      ? []
      : [[id, left.length === one.nodes.length ? one : { ...one, nodes: left }] as const];
  });
  return withGroups(document, Object.fromEntries(kept));
}

/** The size of a note, width and height in pixels. */
export function setSize(document: WorkflowDocument, node: string, [width, height]: Point): WorkflowDocument {
  if (!Object.hasOwn(document.nodes, node)) return document;
  return { ...document, sizes: { ...document.sizes, [node]: [Math.round(width), Math.round(height)] } };
}
