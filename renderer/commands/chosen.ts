import { groupsOf } from '#core/document/modes';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';

/** The nodes a command is about: those selected, and those of selected groups. */
export function chosenNodes(): ReadonlySet<string> {
  const { selected, selectedGroups } = sessionStore.getState();
  if (selectedGroups.size === 0) return selected;
  const { document } = documentStore.getState();
  return new Set([
    ...selected,
    ...[...selectedGroups].flatMap((group) => document.groups?.[group]?.nodes ?? []),
  ]);
}

/** The groups a command is about: those selected, and those that hold a selected node. */
export function chosenGroups(): string[] {
  const { selected, selectedGroups } = sessionStore.getState();
  const { document } = documentStore.getState();
  return [...new Set([...selectedGroups, ...[...selected].flatMap((id) => groupsOf(document, id))])];
}
