import type { Failure } from '#core/failure';
import type { KeptSession } from '#core/session';
import { sameJson } from '#core/json';
import { documentStore, nameless, type DocumentState } from '../stores/document-store';
import { isEdited, type OpenDocument } from '../stores/open-documents';
import { sessionStore, type SessionState } from '../stores/session-store';
import { call } from './bridge';
import { canvas } from './canvas-handle';
import { showFailure } from './notices';
import { finishTyping } from './tabs';

/**
 * What is open is kept for the next start: which tabs, how they are looked at, and a draft of every workflow that is in no
 * file as it is. Only what differs from what was kept last is sent.
 */

/** Milliseconds an unsaved edit may be only in memory. */
const delay = 1000;
let timer: ReturnType<typeof setTimeout> | undefined;
let keeping: Promise<boolean> = Promise.resolve(true);
/** By tab: what was kept of it, as a draft or because its file has it. */
const drafts = new Map<string, Pick<OpenDocument, 'place' | 'inFile'> & { document: unknown }>();
let session: KeptSession | null = null;

/** Keeps what there is until it says otherwise; gives a function that stops. */
export function followSession(): () => void {
  const ends = [documentStore.subscribe(followDocuments), sessionStore.subscribe(followView)];
  keepSoon();
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

function followDocuments(now: DocumentState, before: DocumentState): void {
  // A tab that opens or closes, or is saved, is told at once: what is given up must not be "brought back".
  const isSaved = now.tab === before.tab && before.edited && !now.edited;
  const isOther = now.tabs.length !== before.tabs.length || now.tab !== before.tab;
  if (isSaved || isOther) keepNext();
  else keepSoon();
}

function followView(now: SessionState, before: SessionState): void {
  const isSame =
    now.viewports === before.viewports &&
    now.views === before.views &&
    now.drawer === before.drawer &&
    now.inspector === before.inspector &&
    now.inspectorChosen === before.inspectorChosen &&
    now.minimap === before.minimap;
  if (!isSame) keepSoon();
}

function keepSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void keep(false), delay);
}

/** When the turn to another tab is over. */
function keepNext(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void keep(false));
}

/** Everything, now: the page is about to go. Whether that could be done; if not, it was said why. */
export function keepAll(): Promise<boolean> {
  clearTimeout(timer);
  finishTyping();
  canvas()?.note();
  return keep(true);
}

function keep(ended: boolean): Promise<boolean> {
  keeping = keeping.then(() => write(ended));
  return keeping;
}

async function write(ended: boolean): Promise<boolean> {
  const open = documentStore.actions.all();
  const gone = [...drafts.keys()].filter((tab) => open.every(({ id }) => id !== tab));
  // Drafts come first: a tab that is named but has none yet would come back empty.
  const failures: Failure[] = [];
  for (const document of open) failures.push(...(await keepDraft(document)));
  for (const tab of gone) failures.push(...(await forgetDraft(tab)));
  const next = sessionOf(open, ended);
  if (session === null || !sameJson(session, next)) {
    const answer = await call('session.keep', next);
    if (answer.ok) session = next;
    else failures.push(answer.failure);
  }
  for (const failure of failures) showFailure(failure);
  return failures.length === 0;
}

async function keepDraft(open: OpenDocument): Promise<Failure[]> {
  const { id, history, place, inFile } = open;
  const document = history.present;
  const before = drafts.get(id);
  if (before?.document === document && before.place === place && before.inFile === inFile) return [];
  const isNeeded = place.path === null || isEdited(open);
  const answer = await call('workflow.keepDraft', {
    ...place,
    tab: id,
    document: isNeeded ? document : null,
    edited: isEdited(open),
  });
  if (!answer.ok) return [answer.failure];
  drafts.set(id, { document, place, inFile });
  return [];
}

async function forgetDraft(tab: string): Promise<Failure[]> {
  const place = drafts.get(tab)?.place ?? nameless;
  const answer = await call('workflow.keepDraft', { ...place, tab, document: null, edited: false });
  if (!answer.ok) return [answer.failure];
  drafts.delete(tab);
  return [];
}

function sessionOf(open: readonly OpenDocument[], ended: boolean): KeptSession {
  const { viewports, views, drawer, inspector, inspectorChosen, minimap } = sessionStore.getState();
  return {
    tabs: open.map(({ id, place }) => ({
      id,
      path: place.path,
      viewport: viewports[id] ?? null,
      ...(views[id] === undefined ? {} : { view: views[id] }),
    })),
    shown: documentStore.getState().tab,
    drawer,
    inspector,
    inspectorChosen,
    minimap,
    ended,
  };
}
