import * as edits from '#core/document/edit-groups';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { chosenGroups, chosenNodes } from './chosen';

const { edit } = documentStore.actions;

/** A group of what is selected; its title is written next. */
export function groupSelected(): void {
  const nodes = chosenNodes();
  let made: string | undefined;
  edit((document) => {
    const result = edits.makeGroup(document, nodes, words.arrange.group.new);
    made = result.id;
    return result.document;
  });
  if (made === undefined) return;
  sessionStore.actions.select([], [], [made]);
  sessionStore.actions.set({ renamingGroup: made });
}

/** Takes the frames away; the nodes stay and are selected. */
export function ungroup(): void {
  const groups = new Set(chosenGroups());
  const { document } = documentStore.getState();
  const nodes = [...groups].flatMap((group) => document.groups?.[group]?.nodes ?? []);
  edit((before) => edits.removeGroups(before, groups));
  sessionStore.actions.select(nodes);
}

export function renameGroup(id: string, title: string): void {
  if (title !== '') edit((document) => edits.setGroupTitle(document, id, title));
}

export function colorGroups(color: edits.GroupColor): void {
  const groups = chosenGroups();
  edit((document) => groups.reduce((changed, group) => edits.setGroupColor(changed, group, color), document));
}

/** Collapses them, or opens them when all of them are collapsed. What is hidden is not left selected. */
export function toggleCollapsed(groups: readonly string[] = chosenGroups()): void {
  const { collapsed = [] } = documentStore.getState().document;
  const isOn = groups.every((group) => collapsed.includes(group));
  edit((document) => groups.reduce((changed, group) => edits.setCollapsed(changed, group, !isOn), document));
  sessionStore.actions.select([], [], groups);
}

export function selectNodesOfGroups(): void {
  const { document } = documentStore.getState();
  sessionStore.actions.select(chosenGroups().flatMap((group) => document.groups?.[group]?.nodes ?? []));
}
