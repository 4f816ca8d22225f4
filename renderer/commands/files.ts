import { createDocument } from '#core/document/create';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { userFailure } from '#core/failure';
import type { OpenedWorkflow, RecentFile } from '#core/file-calls';
import type { BridgeInput, RunSummary } from '#core/ipc';
import { describeIssue } from '#core/issue';
import { isTitled } from '#core/workflow-name';
import type { RestoredSession } from '#core/session';
import { dateAndTime, fileName } from '../look/format';
import { translated, words } from '../look/words';
import { ask as askPerson } from '../panels/confirm';
import { documentStore, nameless, type FilePlace } from '../stores/document-store';
import { isEdited, sameFile, type DocumentToOpen } from '../stores/open-documents';
import { sessionStore } from '../stores/session-store';
import { isFirstQuestion } from './asked-changes';
import { ask } from './bridge';
import { showFailure, showNote } from './notices';
import { openInTab, showTab, turnTo, untouchedTab } from './tabs';

function nameOf(path: string): string {
  return fileName(path).replace(/\.seedloom$/, '');
}

/** What the text of a file holds; what is wrong with it is said. */
function readText(text: string, name: string): WorkflowDocument | undefined {
  const parsed = parseDocument(text, sessionStore.getState().catalogue);
  if (parsed.ok) return parsed.document;
  const [first, ...others] = parsed.issues;
  showFailure(
    userFailure(
      first?.code ?? 'not-a-workflow',
      words.notes.notOpened(name, translated(first?.message) ?? ''),
      others.length === 0
        ? undefined
        : parsed.issues
            .map((issue) => describeIssue({ ...issue, message: translated(issue.message) }))
            .join('\n'),
    ),
  );
  return undefined;
}

/** Opens the text in a tab, `instead` of another if one is named; whether that could be done. */
function openText(text: string, place: FilePlace, id?: string, instead?: string): boolean {
  const document = readText(text, place.name);
  if (document === undefined) return false;
  openInTab(id === undefined ? document : { ...document, id }, place, instead ?? untouchedTab());
  return true;
}

export function newWorkflow(): void {
  // An example that is looked at stays; one empty workflow is enough.
  const isEmpty = Object.keys(documentStore.getState().document.nodes).length === 0;
  openInTab(createDocument(crypto.randomUUID()), nameless, isEmpty ? untouchedTab() : undefined);
}

/** Shows a file or an example that was opened. A file that is open already is shown where it is. */
export function showOpened(opened: OpenedWorkflow): boolean {
  const { path, name, seen, text } = opened;
  // Everybody opens the same example: history and reasons of one person's copy are that copy's own.
  if (path === null) return openText(text, { path, name, seen }, crypto.randomUUID());
  const open = sameFile(documentStore.actions.all(), path);
  const place = { path, name: nameOf(path), seen };
  if (open === undefined) return openText(text, place);
  if (open.place.seen !== seen) {
    // The file was changed on disk: it is read anew, unless that would lose what is not saved.
    if (!isEdited(open)) return openText(text, place, undefined, open.id);
    showNote(words.tabs.changedTitle(place.name), words.tabs.changedText);
  }
  showTab(open.id);
  return true;
}

/** Opens what was open before; whether there was any of it. */
export function showRestored({ tabs, shown, gone, ended }: RestoredSession): boolean {
  const documents = tabs.flatMap(({ id, text, path, name, seen, edited }): DocumentToOpen[] => {
    const document = readText(text, name);
    return document === undefined ? [] : [{ id, document, place: { path, name, seen }, edited }];
  });
  for (const { id, viewport, view } of tabs) {
    if (viewport !== null) sessionStore.actions.lookAt(id, viewport);
    if (view !== undefined) sessionStore.actions.showView(id, view);
  }
  if (documents.length > 0) turnTo(() => documentStore.actions.openAll(documents, shown));
  for (const path of gone) showNote(words.tabs.goneTitle(nameOf(path)), words.tabs.goneText(path));
  if (!ended && documents.some(({ edited }) => edited))
    showNote(words.notes.workIsBack, words.notes.workIsBackText);
  return documents.length > 0;
}

/** The graph of a run, as a new workflow that is in no file and has a history of its own. Whether it is shown. */
export async function openRunAsItWas(run: Pick<RunSummary, 'run' | 'openedAt'>): Promise<boolean> {
  const document = await ask('run.document', { run: run.run });
  if (document === undefined) return false;
  const title = titleAsItWas(document.title, run.openedAt);
  const text = serializeDocument({ ...document, title });
  return openText(text, { ...nameless, name: title }, crypto.randomUUID());
}

/** A run of what was opened as it was is called after the first. */
export function titleAsItWas(title: string, openedAt: string): string {
  // Whatever the language it was opened in.
  const first = title.replace(/ \((?:run of|Lauf vom) [^()]*\)$/, '');
  return words.notes.runOf(first, dateAndTime(openedAt));
}

/** Files somebody else has open, which the person wants here all the same. */
const taken = new Set<string>();

export function takenFiles(): string[] {
  return [...taken];
}

/** A document as a new workflow that is in no file. */
export function openCopy(document: WorkflowDocument, name: string): void {
  openText(serializeDocument({ ...document, title: name }), { ...nameless, name }, crypto.randomUUID());
}

/** Shows a file; of one that somebody else has open it is asked how. */
export async function receiveOpened(opened: OpenedWorkflow): Promise<void> {
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
  else openText(opened.text, { ...nameless, name }, crypto.randomUUID());
}

/** Opens a path, an example, or what the person chooses. */
export async function openWorkflow(input: BridgeInput<'workflow.open'> = {}): Promise<void> {
  const opened = await ask('workflow.open', input);
  if (opened !== undefined && opened !== null) await receiveOpened(opened);
}

/** The recent files with their times, and whether they are there. */
export async function listRecent(): Promise<RecentFile[]> {
  return (await ask('workflow.recent', {})) ?? [];
}

export async function forgetRecent(): Promise<void> {
  await ask('workflow.forgetRecent', {});
}

/** Whether the document of a tab, that shown where none is named, is now in a file. */
export async function saveWorkflow(
  options: { as?: boolean; overwrite?: boolean; tab?: string } = {},
): Promise<boolean> {
  documentStore.actions.settle();
  const { tab = documentStore.getState().tab } = options;
  const open = documentStore.actions.inTab(tab);
  if (open === undefined) return false;
  const { present: document } = open.history;
  const { path, name, seen } = open.place;
  const saved = await ask('workflow.save', {
    document,
    path: options.as === true ? null : path,
    suggestedName: path === null && isTitled(document.title) ? document.title : name,
    seen,
    overwrite: options.overwrite === true,
  });
  if (saved === undefined || saved === null) return false;
  if ('changedOnDisk' in saved) {
    isFirstQuestion(saved.changedOnDisk);
    return saveOverOther(name, tab);
  }
  // Edits made while the file was being written stay edits.
  const place = { path: saved.path, name: nameOf(saved.path), seen: saved.seen };
  documentStore.actions.saved(document, place, tab);
  return true;
}

/** Another tab may be shown by the time of the answer. */
async function saveOverOther(name: string, tab: string): Promise<boolean> {
  const answer = await askPerson({
    title: words.tabs.changedTitle(name),
    text: words.files.elsewhere.overwriteText,
    action: words.notes.overwrite,
    kind: 'danger',
    other: words.notes.saveAs,
  });
  if (answer === 'no') return false;
  return saveWorkflow(answer === 'other' ? { as: true, tab } : { overwrite: true, tab });
}
