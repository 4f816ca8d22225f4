import type { WorkflowDocument } from '#core/document/schema';
import { documentStore, type FilePlace } from '../stores/document-store';
import { isUntouched } from '../stores/open-documents';
import { runStore } from '../stores/run-store';
import { sessionStore, type Overlay } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { planSoon } from './planning';

/** The only place that turns the pages: all three stores turn together. */

/** What lies over the window and belongs to no workflow stays when another is shown. */
const overEvery: ReadonlySet<Overlay['kind']> = new Set(['settings', 'keys', 'pods']);

/** What is being typed belongs to the workflow it was typed into: leaving the field hands it over. */
export function finishTyping(): void {
  const typed = 'input:focus, textarea:focus, [contenteditable="true"]:focus';
  globalThis.document?.querySelector<HTMLElement>(typed)?.blur();
  documentStore.actions.settle();
}

/** Leaves the tab shown for the one that `change` shows. */
export function turnTo(change: () => void): void {
  finishTyping();
  canvas()?.note();
  const before = documentStore.getState().tab;
  const { overlay } = sessionStore.getState();
  if (overlay !== null && !overEvery.has(overlay.kind)) sessionStore.actions.set({ overlay: null });
  change();
  const { tab } = documentStore.getState();
  if (tab === before) return;
  sessionStore.actions.enterTab(tab);
  runStore.actions.enterTab(tab);
  if (sessionStore.getState().views[tab] === undefined) showAsItOpens(tab);
  if (!documentStore.actions.knows(before)) forgetTab(before);
  planSoon();
}

/** A workflow that is shown for the first time is shown as it wants to be. */
function showAsItOpens(tab: string): void {
  const { document } = documentStore.getState();
  sessionStore.actions.showView(tab, document.form?.first === true ? 'form' : 'graph');
}

/** A tab that can not be opened again leaves nothing behind. */
export function forgetTab(tab: string): void {
  sessionStore.actions.forgetTab(tab);
  runStore.actions.forgetTab(tab);
}

/** Opens a document in a tab of its own, `instead` of another if one is named. */
export function openInTab(document: WorkflowDocument, place: FilePlace, instead?: string): void {
  turnTo(() => documentStore.actions.open(document, place, false, instead));
}

/** The tab shown, if nobody touched what is in it and nothing would be missed without it. */
export function untouchedTab(): string | undefined {
  const { tab } = documentStore.getState();
  const open = documentStore.actions.inTab(tab);
  const { run, starting, awaited, rehearsal } = runStore.getState();
  const isIdle = run === null && !starting && awaited === null && rehearsal === null;
  return isIdle && open !== undefined && isUntouched(open) ? tab : undefined;
}

export function showTab(tab: string): void {
  if (documentStore.getState().tab !== tab) turnTo(() => documentStore.actions.showTab(tab));
}

/** Shows the tab so many places further, round and round. */
export function showNextTab(by: 1 | -1): void {
  const { tab, tabs } = documentStore.getState();
  const at = tabs.findIndex(({ id }) => id === tab);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next !== undefined) showTab(next.id);
}

/** `number` from 1; the last one for 9, however many there are. */
export function showTabNumber(number: number): void {
  const { tabs } = documentStore.getState();
  const tab = number === 9 ? tabs.at(-1) : tabs[number - 1];
  if (tab !== undefined) showTab(tab.id);
}

export function moveTabBy(by: 1 | -1): void {
  const { tab, tabs } = documentStore.getState();
  const to = tabs.findIndex(({ id }) => id === tab) + by;
  if (to >= 0 && to < tabs.length) documentStore.actions.moveTab(tab, to);
}

export function reopenTab(): void {
  turnTo(() => documentStore.actions.reopenTab());
}
