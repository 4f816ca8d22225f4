import { muteNodes } from '#core/document/edit-modes';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, call } from './bridge';
import { showFailure, showNote } from './notices';
import { planSoon } from './planning';

/** Puts the workflow of a tab as it is now, or what `targets` need of it, at the end of the queue; `without` as for a run. */
export async function queueRun(
  targets?: readonly string[],
  tab = documentStore.getState().tab,
  without: readonly string[] = [],
): Promise<void> {
  documentStore.actions.settle();
  const open = documentStore.actions.inTab(tab);
  if (open === undefined) return;
  const { budget } = sessionStore.getState().settings;
  const answer = await call('queue.add', {
    document: muteNodes(open.history.present, without),
    path: open.place.path,
    budget,
    ...(targets === undefined ? {} : { targets: [...targets] }),
    ...(without.length === 0 ? {} : { without: [...without] }),
  });
  if (!answer.ok) {
    showFailure(answer.failure);
    return;
  }
  if ('issues' in answer.value) {
    sessionStore.actions.set({ drawer: 'issues' });
    planSoon();
    return;
  }
  runStore.actions.queued(answer.value.entry.run, tab);
  showNote(words.notes.queued, words.notes.queuedText(answer.value.entry.title));
}

/** Asks how the queue stands; from then on it is told. */
export async function readQueue(): Promise<void> {
  const state = await ask('queue.state', {});
  if (state !== undefined) runStore.actions.queueChanged(state);
}

/** Puts a waiting run before another, `null` at the end; the list shows it at once. */
export async function moveInQueue(run: string, before: string | null): Promise<void> {
  const { queue } = runStore.getState();
  const moved = queue.waiting.find((entry) => entry.run === run);
  if (moved === undefined || run === before) return;
  const others = queue.waiting.filter((entry) => entry !== moved);
  const place = before === null ? others.length : others.findIndex((entry) => entry.run === before);
  if (place < 0) return;
  runStore.actions.queueChanged({
    ...queue,
    waiting: [...others.slice(0, place), moved, ...others.slice(place)],
  });
  const done = await ask('queue.move', { run, before });
  // It may have begun meanwhile: what is really there is shown.
  if (done === undefined) await readQueue();
}

export function showQueue(): void {
  sessionStore.actions.set({ drawer: 'runs', lookedAtRun: null });
}

export async function removeFromQueue(run: string): Promise<void> {
  await ask('queue.remove', { run });
}

export async function pauseQueue(): Promise<void> {
  await ask('queue.pause', {});
}

export async function resumeQueue(): Promise<void> {
  await ask('queue.resume', {});
}

/** Cancels the queue's run under way; the next one begins. */
export async function cancelQueueRun(run: string): Promise<void> {
  if (runStore.getState().run?.run === run) runStore.actions.cancelAsked();
  await ask('run.cancel', { run });
}
