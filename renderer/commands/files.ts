import { createDocument } from '#core/document/create';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { userFailure } from '#core/failure';
import type { OpenedWorkflow, RecentFile } from '#core/file-calls';
import type { BridgeInput, RunSummary } from '#core/ipc';
import { describeIssue } from '#core/issue';
import { dateAndTime, fileName } from '../look/format';
import { words } from '../look/words';
import { ask as askPerson } from '../panels/confirm';
import { documentStore, nameless, type FilePlace } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { showFailure, showNote } from './notices';

function show(document: WorkflowDocument, place: FilePlace, edited = false): void {
  sessionStore.actions.leaveDocument();
  runStore.actions.leaveDocument();
  documentStore.actions.open(document, place, edited);
}

function nameOf(path: string): string {
  return fileName(path).replace(/\.seedloom$/, '');
}

/** Reads the text of a file and shows it, or says what is wrong with it. `id`: it is a workflow of its own from now on. */
function showText(text: string, place: FilePlace, edited = false, id?: string): boolean {
  const parsed = parseDocument(text, sessionStore.getState().catalogue);
  if (parsed.ok) {
    show(id === undefined ? parsed.document : { ...parsed.document, id }, place, edited);
    return true;
  }
  const [first, ...others] = parsed.issues;
  showFailure(
    userFailure(
      first?.code ?? 'not-a-workflow',
      `"${place.name}" was not opened. ${first?.message ?? ''}`,
      others.length === 0 ? undefined : parsed.issues.map(describeIssue).join('\n'),
    ),
  );
  return false;
}

/** Whether the document shown may go: nothing is lost, or the person said so. */
export async function mayLeave(): Promise<boolean> {
  const { edited, name, document } = documentStore.getState();
  if (!edited || (Object.keys(document.nodes).length === 0 && documentStore.getState().path === null))
    return true;
  const answer = await askPerson({
    title: `Save the changes to “${name}”?`,
    text: 'They are lost if you go on without saving.',
    action: 'Save',
    other: 'Don’t save',
  });
  if (answer === 'yes') return saveWorkflow();
  return answer === 'other';
}

export async function newWorkflow(): Promise<void> {
  if (await mayLeave()) showEmpty();
}

export function showEmpty(): void {
  show(createDocument(crypto.randomUUID()), nameless);
}

/** Shows a file that was opened, without asking about the one shown. */
export function showOpened(opened: OpenedWorkflow): boolean {
  const { path, name, seen, text } = opened;
  // Everybody opens the same example: history and reasons of one person's copy are that copy's own.
  return path === null
    ? showText(text, { path, name, seen }, false, crypto.randomUUID())
    : showText(text, { path, name: nameOf(path), seen });
}

/** The graph of a run, as a new workflow that is in no file and has a history of its own. */
export async function openRunAsItWas(run: Pick<RunSummary, 'run' | 'openedAt'>): Promise<void> {
  if (!(await mayLeave())) return;
  const document = await ask('run.document', { run: run.run });
  if (document === undefined) return;
  const title = titleAsItWas(document.title, run.openedAt);
  const text = serializeDocument({ ...document, title });
  showText(text, { ...nameless, name: title }, false, crypto.randomUUID());
}

/** A run of what was opened as it was is called after the first. */
export function titleAsItWas(title: string, openedAt: string): string {
  const first = title.replace(/ \(run of [^()]*\)$/, '');
  return `${first} (run of ${dateAndTime(openedAt)})`;
}

/** Unsaved work of another time. */
export function showDraft(draft: { text: string; path: string | null }): boolean {
  const name = draft.path === null ? nameless.name : nameOf(draft.path);
  if (!showText(draft.text, { path: draft.path, name, seen: null }, true)) return false;
  showNote('Your unsaved work is back', 'Seedloom ended before it was saved.');
  return true;
}

/** Files somebody else has open, which the person wants here all the same. */
const taken = new Set<string>();

export function takenFiles(): string[] {
  return [...taken];
}

/** A document as a new workflow that is in no file. */
export async function openCopy(document: WorkflowDocument, name: string): Promise<void> {
  if (!(await mayLeave())) return;
  showText(
    serializeDocument({ ...document, title: name }),
    { ...nameless, name },
    false,
    crypto.randomUUID(),
  );
}

/** Shows a file; of one that somebody else has open it is asked how. */
async function showOrAsk(opened: OpenedWorkflow): Promise<void> {
  const { owner, path } = opened;
  if (owner === undefined || path === null) {
    showOpened(opened);
    return;
  }
  const { elsewhere } = words.files;
  const answer = await askPerson({
    title: elsewhere.ownerTitle(nameOf(path)),
    text: elsewhere.ownerText(owner.host, dateAndTime(owner.at)),
    action: elsewhere.openCopy,
    other: elsewhere.openAnyway,
  });
  if (answer === 'no') return;
  if (answer === 'other') taken.add(path);
  const name = elsewhere.copyOf(nameOf(path));
  if (answer === 'other') showOpened(opened);
  else showText(opened.text, { ...nameless, name }, false, crypto.randomUUID());
}

/** A file another part of the program wants shown. */
export async function receiveOpened(opened: OpenedWorkflow): Promise<void> {
  if (await mayLeave()) await showOrAsk(opened);
}

/** Opens a path, an example, or what the person chooses. */
export async function openWorkflow(input: BridgeInput<'workflow.open'> = {}): Promise<void> {
  if (!(await mayLeave())) return;
  const opened = await ask('workflow.open', input);
  if (opened !== undefined && opened !== null) await showOrAsk(opened);
}

/** The recent files with their times, and whether they are there. */
export async function listRecent(): Promise<RecentFile[]> {
  return (await ask('workflow.recent', {})) ?? [];
}

export async function forgetRecent(): Promise<void> {
  await ask('workflow.forgetRecent', {});
}

/** Whether the document is now in a file. */
export async function saveWorkflow(options: { as?: boolean; overwrite?: boolean } = {}): Promise<boolean> {
  documentStore.actions.settle();
  const { document, path, name, seen } = documentStore.getState();
  const saved = await ask('workflow.save', {
    document,
    path: options.as === true ? null : path,
    suggestedName: name,
    seen,
    overwrite: options.overwrite === true,
  });
  if (saved === undefined || saved === null) return false;
  if ('changedOnDisk' in saved) return saveOverOther(name);
  // Edits made while the file was being written stay edits.
  documentStore.actions.saved(document, { path: saved.path, name: nameOf(saved.path), seen: saved.seen });
  return true;
}

async function saveOverOther(name: string): Promise<boolean> {
  const answer = await askPerson({
    title: `“${name}” was changed by another program`,
    text: words.files.elsewhere.overwriteText,
    action: 'Overwrite',
    kind: 'danger',
    other: 'Save as…',
  });
  if (answer === 'no') return false;
  return saveWorkflow(answer === 'other' ? { as: true } : { overwrite: true });
}
