import type { OpenPath } from '#core/document/open-graph';
import type { WorkflowDocument } from '#core/document/schema';
import { workflowName } from '#core/workflow-name';
import { newHistory, type History } from './history';

/** Where a document came from and goes to. */
export interface FilePlace {
  /** `null`: never saved under a name. */
  path: string | null;
  /** As it is shown, without folder and ending. */
  name: string;
  /** Hash of the file when it was last read or written here. */
  seen: string | null;
}

export const nameless: FilePlace = { path: null, name: 'Untitled', seen: null };

/** One of the documents that are open, each in a tab; never changed in place. */
export interface OpenDocument {
  /** Of the tab; it stays the same over restarts. */
  readonly id: string;
  readonly history: History<WorkflowDocument>;
  /** What the file holds; `null` when that is not known to be any state of the history. */
  readonly inFile: WorkflowDocument | null;
  readonly place: FilePlace;
  /** The nodes gone into to what is shown of it; none for the workflow. */
  readonly inside?: OpenPath;
}

/** What the strip of tabs shows of one; the same object while none of it changes. */
export interface TabSummary {
  id: string;
  /** What the workflow is called. */
  label: string;
  /** The file's name where that says something else. */
  file?: string | undefined;
  path: string | null;
  edited: boolean;
}

/** A document to open. `id` is a tab's of an earlier start. `edited`: it is not what the file holds. */
export interface DocumentToOpen {
  id?: string;
  document: WorkflowDocument;
  place: FilePlace;
  edited: boolean;
}

/** Most closed tabs that can be brought back. */
export const mostClosed = 10;

export function openDocument({ id, document, place, edited }: DocumentToOpen): OpenDocument {
  const { path, name, seen } = place;
  return {
    id: id ?? crypto.randomUUID(),
    history: newHistory(document),
    inFile: edited ? null : document,
    place: { path, name, seen },
  };
}

export function isEdited({ history, inFile }: OpenDocument): boolean {
  return history.present !== inFile;
}

/** The one of this file; none where `path` is `null`. */
export function sameFile(documents: readonly OpenDocument[], path: string | null): OpenDocument | undefined {
  return path === null ? undefined : documents.find(({ place }) => place.path === path);
}

/** The same in a tab, but in no file any more. */
export function withoutFile(open: OpenDocument): OpenDocument {
  return { ...open, inFile: null, place: { ...nameless, name: open.place.name } };
}

/** In no file, and nobody ever changed anything in it: another may take its place. */
export function isUntouched(open: OpenDocument): boolean {
  const { past, future } = open.history;
  return open.place.path === null && !isEdited(open) && past.length === 0 && future.length === 0;
}

export function summariesOf(
  documents: readonly OpenDocument[],
  before: readonly TabSummary[],
): readonly TabSummary[] {
  const old = new Map(before.map((tab) => [tab.id, tab]));
  const tabs = documents.map((open): TabSummary => {
    const { id, place, history } = open;
    const { name: label, file } = workflowName(
      history.present.title,
      place.path === null ? null : place.name,
    );
    const edited = isEdited(open);
    const known = old.get(id);
    const isSame =
      known?.label === label && known.file === file && known.path === place.path && known.edited === edited;
    return isSame ? known : { id, label, file, path: place.path, edited };
  });
  return tabs.length === before.length && tabs.every((tab, at) => tab === before[at]) ? before : tabs;
}
