import { flatten, flatTargets } from '#core/document/flatten';
import { effectiveModes } from '#core/document/modes';
import { targetsFrom } from '#core/plan/live-edges';
import { nodeOf } from '#core/node-of';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { placeOfStep } from '../stores/pins';
import { runStore, type RunStoreState } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { leftOut } from './left-out';
import { workingNodes } from './nodes';
import { showNote } from './notices';
import { startOrQueue } from './pod-runs';

/** Runs these nodes and all that comes after them. */
export function runFrom(ids: Iterable<string>): Promise<void> {
  const { whole } = documentStore.getState();
  const flat = flatten(whole, sessionStore.getState().catalogue);
  return startOrQueue(targetsFrom(flat.document, flat.catalogue, flatTargets(flat, [...ids])));
}

/** Nodes a new take would make something new of: they work, and not all of what they give is pinned. */
export function retakable(ids: Iterable<string>): string[] {
  const { document } = documentStore.getState();
  const { results } = runStore.getState();
  const modes = effectiveModes(document);
  return workingNodes(ids).filter((id) => {
    const pins = document.nodes[id]?.pins;
    const list = results.get(id) ?? [];
    const isWhollyPinned =
      pins !== undefined && list.every(({ step }) => Object.hasOwn(pins, placeOfStep(step)));
    return !modes.has(id) && !isWhollyPinned;
  });
}

/** A new take of these nodes, made at once. */
export function runAgain(ids: Iterable<string>): Promise<void> {
  const nodes = retakable(ids);
  if (nodes.length === 0) showNote(words.notes.noNewTake, words.notes.noNewTakeText);
  if (nodes.length === 0 || runStore.getState().starting) return Promise.resolve();
  documentStore.actions.takeNext(nodes);
  return startOrQueue(nodes);
}

/** Nodes of the newest run that did not come to their end, without those a person has to decide about. */
export function unfinishedNodes({ run }: Pick<RunStoreState, 'run'>): string[] {
  const nodes = new Set<string>();
  for (const { step, state } of run?.steps.values() ?? [])
    if (state === 'failed' || state === 'skipped' || state === 'held') nodes.add(nodeOf(step));
  return [...nodes];
}

/** Runs what failed, and what was not reached because of it. */
export function runFailed(): Promise<void> {
  const { nodes } = flatten(documentStore.getState().whole, sessionStore.getState().catalogue).document;
  const ids = unfinishedNodes(runStore.getState()).filter((id) => Object.hasOwn(nodes, id));
  return ids.length === 0 ? Promise.resolve() : startOrQueue(ids, leftOut());
}
