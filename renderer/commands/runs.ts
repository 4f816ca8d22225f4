import type { RunSummary } from '#core/ipc';
import type { Comparison } from '#core/compare/comparison';
import type { RunReceipts } from '#core/receipt';
import { emptyRun, foldRunEvents, type Outcome, type RunEvent, type RunState } from '#core/run';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { isBeingRun, isRunning, runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { ask, call } from './bridge';
import { showFailure, showGood, showNote } from './notices';
import { planSoon } from './planning';

/** Runs the workflow of a tab, or what `targets` of it need. */
export async function startRun(
  targets?: readonly string[],
  tab = documentStore.getState().tab,
): Promise<void> {
  if (isBeingRun(tab)(runStore.getState())) return;
  documentStore.actions.settle();
  const open = documentStore.actions.inTab(tab);
  if (open === undefined) return;
  const { budget } = sessionStore.getState().settings;
  runStore.actions.startAsked(tab);
  const answer = await call('run.start', {
    document: open.history.present,
    path: open.place.path,
    budget,
    ...(targets === undefined ? {} : { targets: [...targets] }),
  });
  if (answer.ok && 'run' in answer.value) {
    runStore.actions.started(answer.value.run, tab);
    return;
  }
  runStore.actions.startRefused(tab);
  if (!answer.ok) {
    showFailure(answer.failure);
    return;
  }
  showIssues();
  planSoon();
}

export function showIssues(): void {
  sessionStore.actions.set({ drawer: 'issues' });
}

export async function cancelRun(): Promise<void> {
  const { run } = runStore.getState();
  if (run === null || run.closedAt !== undefined) return;
  runStore.actions.cancelAsked();
  await ask('run.cancel', { run: run.run });
}

/** Decides what becomes of steps in doubt. What comes of it is told by the run's events. */
export async function answerDoubts(
  run: string,
  steps: readonly string[],
  answer: 'resend' | 'give-up',
): Promise<void> {
  await ask('run.answer', { run, steps: [...steps], answer });
  if (answer === 'give-up') planSoon();
}

export async function listRuns(): Promise<RunSummary[]> {
  return (await ask('run.list', {})) ?? [];
}

export async function readReceipts(run: string): Promise<RunReceipts | undefined> {
  return ask('run.receipts', { run });
}

export async function compareRuns(a: string, b: string): Promise<Comparison | undefined> {
  return ask('run.compare', { a, b });
}

/** Asks for a folder and writes the run there. */
export async function exportRun(run: string): Promise<void> {
  const exported = await ask('run.export', { run });
  if (exported === undefined || exported === null) return;
  const { path, missing } = exported;
  if (missing.length === 0) showGood(`Exported to ${path}`);
  else showNote(`Exported to ${path}`, `${missing.length} of its pictures could not be found any more.`);
}

export async function readRun(run: string): Promise<RunState | undefined> {
  const events = await ask('run.show', { run });
  return events === undefined ? undefined : foldRunEvents(emptyRun(run), events);
}

const outcomeNotes: Partial<Record<Outcome, [title: string, text: string]>> = {
  'over-budget': ['The run stopped at the budget', 'Raise the budget and run again: what is made is kept.'],
  waiting: ['The run is not finished', 'A request may have been charged: see the marked card.'],
};

/** Known from their first event on, or fetched whole. */
const knownRuns = new Set<string>();
let waiting: RunEvent[] = [];
let isAsked = false;

/** Takes events in, as many as come between two frames at once. */
export function receiveRunEvents(events: readonly RunEvent[]): void {
  waiting.push(...events);
  if (isAsked) return;
  isAsked = true;
  // A window that is not seen draws no frames.
  if (globalThis.document.visibilityState === 'hidden') setTimeout(flush, 100);
  else requestAnimationFrame(flush);
}

function flush(): void {
  isAsked = false;
  const events = waiting;
  waiting = [];
  for (const event of events)
    if (event.type === 'run-opened') knownRuns.add(event.run);
    else if (!knownRuns.has(event.run)) void catchUp(event.run);
  takeIn(events);
  for (const event of events) {
    if (event.type === 'run-stopped') showFailure(event.failure);
    if (event.type !== 'run-closed') continue;
    if (event.failure !== undefined) {
      const opened = events.find((other) => other.type === 'run-opened' && other.run === event.run);
      const name = opened?.type === 'run-opened' ? `“${opened.title}”` : 'A run of the queue';
      showFailure({ ...event.failure, message: `${name} could not run. ${event.failure.message}` });
    }
    if (event.waitsFor === 'choice') {
      showNote(words.choice.note, words.choice.noteText);
      planSoon();
    } else finish(event.outcome);
  }
  // A job of a closed run that came in late.
  if (!isRunning(runStore.getState()) && events.some(({ type }) => type === 'step-finished')) planSoon();
}

function takeIn(events: readonly RunEvent[]): void {
  const { document, tab: shown } = documentStore.getState();
  const others = documentStore.actions.all().filter(({ id }) => id !== shown);
  runStore.actions.take(
    events,
    document.id,
    new Map(others.map(({ id, history }) => [id, history.present.id])),
  );
}

/** A run that began before this window listened: an earlier start's, being finished now. */
async function catchUp(run: string): Promise<void> {
  knownRuns.add(run);
  const events = await ask('run.show', { run });
  if (events !== undefined) takeIn(events);
}

function finish(outcome: Outcome): void {
  const note = outcomeNotes[outcome];
  if (note !== undefined) showNote(...note);
  planSoon();
}
