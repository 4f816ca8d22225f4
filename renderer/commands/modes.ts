import { pinStep, setGroupMode, setNodeMode, unpinStep } from '#core/document/edit-modes';
import { subgraphOf } from '#core/document/subgraph';
import { effectiveModes, groupsWithMode, type NodeMode } from '#core/document/modes';
import type { WorkflowDocument } from '#core/document/schema';
import { hasSteps } from '#core/node';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { placeOfStep, stepOfPicture, type StepResult } from '../stores/pins';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { showNote } from './notices';

const { edit } = documentStore.actions;

/** Whether every one of the nodes has this mode, by itself or by a group. */
function haveMode(document: WorkflowDocument, ids: readonly string[], mode: NodeMode): boolean {
  const modes = effectiveModes(document);
  return ids.length > 0 && ids.every((id) => modes.get(id) === mode);
}

/** Gives the nodes a mode, or takes it away when all of them have it. One undo step. */
export function toggleMode(ids: readonly string[], mode: NodeMode): void {
  const before = documentStore.getState().document;
  const next = haveMode(before, ids, mode) ? undefined : mode;
  edit((document) =>
    ids.reduce((changed, id) => {
      const mine = changed.nodes[id]?.mode;
      return mine === next || (next === undefined && mine !== mode)
        ? changed
        : setNodeMode(changed, id, next);
    }, document),
  );
  if (next !== undefined) return;
  const { document } = documentStore.getState();
  const groups = new Set(ids.flatMap((id) => groupsWithMode(document, id, mode)));
  const titles = [...groups].map((group) => document.groups?.[group]?.title ?? group);
  if (titles.length > 0)
    showNote(
      words.notes.stillWithGroup(mode, titles.join(', ')),
      words.notes.changedBy(words.commands[mode === 'mute' ? 'muteGroup' : 'bypassGroup']),
    );
}

/** The same for groups. */
export function toggleGroupMode(groups: readonly string[], mode: NodeMode): void {
  edit((document) => {
    const isOn = groups.every((group) => document.groups?.[group]?.mode === mode);
    return groups.reduce((changed, group) => setGroupMode(changed, group, isOn ? undefined : mode), document);
  });
}

/** What a pin of these nodes is about: of one node the shown picture's step, of several every step. */
function pinnable(ids: readonly string[], all: boolean): { node: string; result: StepResult }[] {
  const { results } = runStore.getState();
  const { shownPictures } = sessionStore.getState();
  const { catalogue } = sessionStore.getState();
  const { document } = documentStore.getState();
  return [...ids].flatMap((node) => {
    const definition = catalogue.get(document.nodes[node]?.type ?? '');
    if (definition === undefined || !hasSteps(definition)) return [];
    const list = results.get(node) ?? [];
    const shown = all || ids.length > 1 ? undefined : stepOfPicture(list, shownPictures[node] ?? 0);
    return (shown === undefined ? list : [shown]).map((result) => ({ node, result }));
  });
}

export function canPin(ids: readonly string[]): boolean {
  const { document } = documentStore.getState();
  return pinnable(ids, true).length > 0 || ids.some((id) => document.nodes[id]?.pins !== undefined);
}

/** Pins what is shown, or takes the pins away when all of it is pinned. A pin whose picture is gone is taken away too. */
export function togglePin(ids: readonly string[], all = false): void {
  const found = pinnable(ids, all);
  if (found.length === 0) {
    const { document } = documentStore.getState();
    if (ids.some((id) => subgraphOf(document.nodes[id]?.type ?? '') !== undefined))
      showNote(words.subgraphs.noPin, words.subgraphs.noPinWhy);
    unpinAll(ids);
    return;
  }
  edit((document) => {
    const isOn = found.every(({ node, result }) =>
      Object.hasOwn(document.nodes[node]?.pins ?? {}, placeOfStep(result.step)),
    );
    return found.reduce(
      (changed, { node, result: { step, outputs } }) =>
        isOn
          ? unpinStep(changed, node, placeOfStep(step))
          : Object.hasOwn(changed.nodes[node]?.pins ?? {}, placeOfStep(step))
            ? changed
            : pinStep(changed, node, placeOfStep(step), outputs),
      document,
    );
  });
}

export function unpinAll(ids: readonly string[]): void {
  edit((document) =>
    ids.reduce(
      (changed, id) =>
        Object.keys(changed.nodes[id]?.pins ?? {}).reduce(
          (unpinned, place) => unpinStep(unpinned, id, place),
          changed,
        ),
      document,
    ),
  );
}
