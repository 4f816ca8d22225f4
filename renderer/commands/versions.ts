import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { userFailure } from '#core/failure';
import type { FileVersion, VersionList } from '#core/file-version';
import { dateAndTime } from '../look/format';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask, call } from './bridge';
import { openCopy } from './files';
import { showFailure, showGood } from './notices';

export function openVersions(): void {
  sessionStore.actions.set({ overlay: { kind: 'versions' } });
}

/** The versions of the file that is shown. */
export async function listVersions(): Promise<VersionList | undefined> {
  const { path } = documentStore.getState();
  return path === null ? undefined : ask('version.list', { path });
}

export async function readVersion({ id }: FileVersion): Promise<WorkflowDocument | undefined> {
  const { path } = documentStore.getState();
  const answer = path === null ? undefined : await call('version.read', { path, id });
  if (answer === undefined || !answer.ok) return undefined;
  const parsed = parseDocument(answer.value.text, sessionStore.getState().catalogue);
  return parsed.ok ? parsed.document : undefined;
}

/** Puts a version in the place of what is shown, in one step to undo; what was shown becomes a version first. */
export async function restoreVersion(document: WorkflowDocument): Promise<void> {
  const { tab } = documentStore.getState();
  if (!(await keepShown()) || documentStore.getState().tab !== tab) return;
  const { id } = documentStore.getState().whole;
  documentStore.actions.settle();
  documentStore.actions.editWhole(() => ({ ...document, id }));
  sessionStore.actions.set({ overlay: null });
  showGood(words.files.versions.restored);
}

export async function openVersion(document: WorkflowDocument, at: string): Promise<void> {
  sessionStore.actions.set({ overlay: null });
  const { name } = documentStore.getState();
  openCopy(document, words.files.versions.nameOf(name, dateAndTime(at)));
}

/** Whether what is shown is among the versions now. */
export async function keepShown(): Promise<boolean> {
  const { path, whole: document } = documentStore.getState();
  if (path === null) return true;
  const kept = await call('version.keep', { path, document });
  if (!kept.ok) showFailure(kept.failure ?? userFailure('no-version', words.files.versions.unreadable));
  return kept.ok;
}
