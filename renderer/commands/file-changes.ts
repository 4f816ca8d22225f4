import { parseDocument } from '#core/document/parse';
import type { OpenedWorkflow } from '#core/file-calls';
import type { FileOwner } from '#core/file-version';
import { words } from '../look/words';
import { documentStore, type DocumentState } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { isFirstQuestion } from './asked-changes';
import { ask, call } from './bridge';
import { saveWorkflow, takenFiles } from './files';
import { showNote } from './notices';
import { dropOnWindow } from './pictures';
import { keepShown } from './versions';

const { elsewhere } = words.files;

/** Follows what others do with the files that are open. Gives a function that ends it. */
export function followFiles(): () => void {
  const own = ({ tabs }: DocumentState) =>
    void ask('workflow.own', { paths: tabs.flatMap(({ path }) => path ?? []), taken: takenFiles() });
  own(documentStore.getState());
  const stop = documentStore.subscribe((now, before) => {
    if (now.tabs !== before.tabs && pathsOf(now) !== pathsOf(before)) own(now);
    if (now.tab !== before.tab) void lookAtFile();
  });
  const look = () => void lookAtFile();
  const allow = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };
  window.addEventListener('focus', look);
  window.addEventListener('dragover', allow);
  window.addEventListener('drop', dropOnWindow);
  return () => {
    stop();
    window.removeEventListener('focus', look);
    window.removeEventListener('dragover', allow);
    window.removeEventListener('drop', dropOnWindow);
  };
}

const pathsOf = ({ tabs }: DocumentState) => tabs.map(({ path }) => path ?? '').join('\n');

let isLooking = false;

/** Looks whether the file is still what it was here: read again when nothing is edited, else a question. */
export async function lookAtFile(): Promise<void> {
  const { path, seen, name } = documentStore.getState();
  // Edits of another time came back without the file they began with: the save asks.
  if (path === null || seen === null || isLooking) return;
  isLooking = true;
  const answer = await call('workflow.look', { path, seen });
  isLooking = false;
  const now = documentStore.getState();
  if (!answer.ok || now.path !== path || now.seen !== seen) return;
  const look = answer.value;
  if (look.state === 'same') return;
  const changed = look.state === 'changed' ? look.workflow : undefined;
  if (!isFirstQuestion(changed?.seen ?? path)) return;
  if (changed === undefined) showNote(elsewhere.gone(name), elsewhere.goneMore);
  else if (now.edited) sessionStore.actions.set({ overlay: { kind: 'changed', workflow: changed } });
  else readAgain(changed);
}

/** What is on disk takes the place of what is shown, in one step to undo. */
function readAgain({ text, path, seen }: OpenedWorkflow): boolean {
  const parsed = parseDocument(text, sessionStore.getState().catalogue);
  // A program in the midst of writing: the next look finds the whole.
  if (!parsed.ok) return false;
  const { name } = documentStore.getState();
  documentStore.actions.settle();
  documentStore.actions.editWhole(() => parsed.document);
  documentStore.actions.saved(parsed.document, { path, name, seen });
  showNote(elsewhere.reloaded(name), elsewhere.reloadedMore);
  return true;
}

function close(): void {
  sessionStore.actions.set({ overlay: null });
}

/** The next save writes over the file; its content of now is kept as a version by then. */
export function keepMine({ seen }: OpenedWorkflow): void {
  documentStore.actions.sawOnDisk(seen);
  close();
}

export async function loadTheirs(workflow: OpenedWorkflow): Promise<void> {
  const { tab } = documentStore.getState();
  if (!(await keepShown()) || documentStore.getState().tab !== tab) return;
  close();
  readAgain(workflow);
}

export async function saveMineAs(): Promise<void> {
  close();
  await saveWorkflow({ as: true });
}

export function fileTaken(path: string, { host }: FileOwner): void {
  const open = documentStore.getState().tabs.find((tab) => tab.path === path);
  if (open !== undefined) showNote(elsewhere.taken(open.label, host), elsewhere.takenMore);
}
