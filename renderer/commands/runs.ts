import type { RunSummary } from '#core/ipc';
import { muteNodes } from '#core/document/edit-modes';
import type { Comparison } from '#core/compare/comparison';
import { isRehearsal } from '#core/plan/rehearsal';
import type { RunReceipts } from '#core/receipt';
import { emptyRun, foldRunEvents, type RunEvent, type RunState } from '#core/run';
import type { Outcome } from '#core/journal';
import { documentStore } from '../stores/document-store';
import { isBeingRun, isRunning, rehearsalOfTab, runStore, tabRehearsing } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { translated, words } from '../look/words';
import { ask, call } from './bridge';
import { notePicturesMade } from './gallery';
import { showFailure, showGood, showNote } from './notices';
import { planSoon } from './planning';

/** Runs the workflow of a tab, or what `targets` of it need; `without` some nodes, which are muted for this run alone. */
export async function startRun(
  targets?: readonly string[],
  tab = documentStore.getState().tab,
  without: readonly string[] = [],
): Promise<void> {
  if (isBeingRun(tab)(runStore.getState())) return;
  documentStore.actions.settle();
  const open = documentStore.actions.inTab(tab);
  if (open === undefined) return;
  const { budget } = sessionStore.getState().settings;
  runStore.actions.startAsked(tab);
  const answer = await call('run.start', {
    document: muteNodes(open.history.present, without),
    path: open.place.path,
    budget,
    ...(targets === undefined ? {} : { targets: [...targets] }),
    ...(without.length === 0 ? {} : { without: [...without] }),
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
  if (missing.length === 0) showGood(words.notes.exported(path));
  else showNote(words.notes.exported(path), words.notes.exportMissing(missing.length));
}

export async function readRun(run: string): Promise<RunState | undefined> {
  const events = await ask('run.show', { run });
  return events === undefined ? undefined : foldRunEvents(emptyRun(run), events);
}

const outcomeNotes: Partial<Record<Outcome, [title: string, text: string]>> = {
  'over-budget': [words.notes.overBudget, words.notes.overBudgetText],
  waiting: [words.notes.notFinished, words.notes.notFinishedText],
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
  holdRehearsals(events);
  for (const event of events) {
    if (event.type === 'run-stopped') showFailure(event.failure);
    if (event.type !== 'run-closed') continue;
    // It says itself what came of it.
    const rehearsing = tabRehearsing(event.run)(runStore.getState());
    if (rehearsing !== undefined) void endRehearsal(event.run, rehearsing);
    if (rehearsing !== undefined || unclaimed.has(event.run)) continue;
    if (event.failure !== undefined) {
      const opened = events.find((other) => other.type === 'run-opened' && other.run === event.run);
      const title = opened?.type === 'run-opened' ? opened.title : undefined;
      showFailure({
        ...event.failure,
        message: words.notes.couldNotRun(title, translated(event.failure.message)),
      });
    }
    if (event.waitsFor === 'choice') {
      showNote(words.choice.note, words.choice.noteText);
      planSoon();
    } else finish(event.outcome);
  }
  if (events.some((event) => event.type === 'step-finished' && !event.reused)) notePicturesMade();
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

/** Runs that go on since before there was this window are shown as they stand. */
export async function rejoinRuns(): Promise<void> {
  const runs = (await ask('run.list', {})) ?? [];
  for (const { run, closedAt } of runs) if (closedAt === undefined && !knownRuns.has(run)) await catchUp(run);
}

/** Rehearsals nobody has claimed yet, with what was told of them: their first events may come before the answer. */
const unclaimed = new Map<string, RunEvent[]>();

function holdRehearsals(events: readonly RunEvent[]): void {
  for (const event of events) {
    const isClaimed = tabRehearsing(event.run)(runStore.getState()) !== undefined;
    if (event.type === 'run-opened' && isRehearsal(event.documentId) && !isClaimed)
      unclaimed.set(event.run, []);
    unclaimed.get(event.run)?.push(event);
  }
}

/** A rehearsal has its tab from now on: what was told of it before is taken in. */
export function takeRehearsal(run: string): void {
  const events = unclaimed.get(run) ?? [];
  unclaimed.delete(run);
  takeIn(events);
  const tab = tabRehearsing(run)(runStore.getState());
  if (tab !== undefined && events.some(({ type }) => type === 'run-closed')) void endRehearsal(run, tab);
}

/** Nobody has to decide about what was only rehearsed: what is in doubt is given up, so that no run waits for a person. */
async function endRehearsal(run: string, tab: string): Promise<void> {
  const rehearsed = rehearsalOfTab(tab)(runStore.getState())?.run;
  if (rehearsed === undefined) return;
  const isSeen = runStore.getState().tab === tab && sessionStore.getState().overlay?.kind === 'rehearsal';
  if (!isSeen) showNote(words.rehearsal.over, words.rehearsal.overNote);
  const steps = [...rehearsed.steps.values()]
    .filter(({ state }) => state === 'in-doubt')
    .map(({ step }) => step);
  if (steps.length > 0) await ask('run.answer', { run, steps, answer: 'give-up' });
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
