import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#core/failure';
import type { Fault } from '#core/fault';
import type { Issue } from '#core/issue';
import { sameJson } from '#core/json';
import { runsOnPod } from '#core/plan/check-pods';
import type { Plan, PlannedNode } from '#core/plan/planned';
import type { PodReport } from '#core/pod';
import type { QueueState } from '#core/queue';
import { emptyRun, foldRunEvents, nodeOf, type RunEvent, type RunState, type StepProgress } from '#core/run';
import type { ImageRef, Outputs } from '#core/values';
import { joinedOutputs, nodeProgress, picturesOf, type NodeProgress } from './node-view';
import type { StepResult } from './pins';

/**
 * What would run and what runs. The maps by node keep an entry as it is while nothing of that node changed, so that a
 * card can follow its own entry alone.
 */
export interface RunStoreState {
  /** The newest plan; it may be of the document a moment ago while `planning`. */
  plan: Plan | null;
  planning: boolean;
  /** Why there is no plan. */
  planFailure: Failure | null;
  planned: ReadonlyMap<string, PlannedNode>;
  issues: ReadonlyMap<string, readonly Issue[]>;

  /** The newest run of this document. */
  run: RunState | null;
  /** Asked for and not opened yet. */
  starting: boolean;
  /** Cancel was asked for. */
  cancelling: boolean;
  /** A run that begins as soon as ComfyUI on this pod answers. */
  awaited: AwaitedPod | null;
  progress: ReadonlyMap<string, NodeProgress>;
  /** The plan is one of after the run: a node that differs in the next one was changed by the person. */
  planIsAfterRun: boolean;
  /** What each node gave last, by the plan or the run. Kept while it is being made anew. */
  outputs: ReadonlyMap<string, Outputs>;
  /** The same, step by step. */
  results: ReadonlyMap<string, readonly StepResult[]>;
  pictures: ReadonlyMap<string, readonly ImageRef[]>;
  /** The newest rehearsal of this document. What it gives stands nowhere else. */
  rehearsal: Rehearsal | null;
  /** US dollars spent by runs since the window opened. */
  spent: number;
  /** For each run the number of its newest entry that was taken in: a run gone on with is told from its beginning. */
  taken: ReadonlyMap<string, number>;
  /** What waits for its turn, of all documents. */
  queue: QueueState;
  /** Pods that are looked after. */
  pods: readonly PodReport[];
}

export interface AwaitedPod {
  pod: string;
  targets?: readonly string[];
  without?: readonly string[];
}

export interface Rehearsal {
  /** By node. */
  faults: Readonly<Record<string, Fault>>;
  /** What the real run would do, as it stood when the rehearsal began. */
  plan: Plan;
  run: RunState;
}

export interface RunActions {
  planAsked(): void;
  planMade(plan: Plan): void;
  planFailed(failure: Failure): void;
  startAsked(): void;
  startRefused(): void;
  started(run: string): void;
  cancelAsked(): void;
  /** `null`: nothing waits any more. */
  podAwaited(awaited: AwaitedPod | null): void;
  /** Events of any run; those of a run of another document count only as money spent. */
  take(events: readonly RunEvent[], documentId: string): void;
  /** Another rehearsal takes the place of the one before. */
  rehearsalBegun(rehearsal: Rehearsal): void;
  queueChanged(queue: QueueState): void;
  podsSeen(pods: readonly PodReport[]): void;
  /** Another document is shown. */
  leaveDocument(): void;
}

export type RunStore = StoreApi<RunStoreState> & { readonly actions: RunActions };

const blank: Omit<RunStoreState, 'spent' | 'taken' | 'queue' | 'pods'> = {
  plan: null,
  planning: false,
  planFailure: null,
  planned: new Map(),
  issues: new Map(),
  run: null,
  starting: false,
  cancelling: false,
  awaited: null,
  progress: new Map(),
  planIsAfterRun: false,
  outputs: new Map(),
  results: new Map(),
  pictures: new Map(),
  rehearsal: null,
};

/** `since` is when the window opened, an ISO time: what was paid before does not count as spent now. */
export function createRunStore(since = new Date().toISOString()): RunStore {
  const store = createStore<RunStoreState>(() => ({
    ...blank,
    spent: 0,
    taken: new Map(),
    queue: { paused: false, underWay: null, waiting: [], worker: 'none' },
    pods: [],
  }));
  const actions: RunActions = {
    planAsked: () => store.setState({ planning: true }),
    planMade: (plan) =>
      store.setState((state) => ({
        plan,
        planning: false,
        planFailure: null,
        planned: kept(state.planned, new Map(plan.nodes.map((node) => [node.id, node]))),
        issues: kept(state.issues, issuesByNode(plan.issues)),
        progress: settled(state, withoutMended(state, plan)),
        planIsAfterRun: state.run?.closedAt !== undefined,
        ...withResults(state, plannedResults(plan)),
      })),
    planFailed: (planFailure) =>
      store.setState((state) => ({ planning: false, planFailure, progress: settled(state, state.progress) })),
    startAsked: () => store.setState({ starting: true }),
    startRefused: () => store.setState({ starting: false }),
    started: (run) =>
      store.setState((state) =>
        // Its first events may have come before the answer.
        state.run?.run === run
          ? { starting: false }
          : { starting: false, run: emptyRun(run), progress: new Map() },
      ),
    cancelAsked: () => store.setState({ cancelling: true }),
    podAwaited: (awaited) => store.setState({ awaited }),
    take: (events, documentId) =>
      store.setState((state) => ({
        ...withEvents(state, events, documentId, since),
        ...withRehearsed(state, events),
      })),
    rehearsalBegun: (rehearsal) => store.setState({ rehearsal }),
    queueChanged: (queue) => store.setState({ queue }),
    podsSeen: (pods) => store.setState({ pods }),
    leaveDocument: () => store.setState(blank),
  };
  return Object.assign(store, { actions });
}

/** What a node's steps are made from, as far as it is known. */
function keysByNode(plan: Plan): Map<string, string> {
  const keys = new Map<string, string>();
  for (const step of plan.steps) keys.set(step.node, `${keys.get(step.node) ?? ''} ${step.key ?? ''}`);
  return keys;
}

/**
 * A failure is no news any more once its node was changed: the next run is another one. A doubt stays, for money may
 * have gone.
 */
function withoutMended(
  { progress, plan: before, planIsAfterRun }: RunStoreState,
  plan: Plan,
): RunStoreState['progress'] {
  const failed = [...progress].filter(([, { state }]) => state === 'failed' || state === 'held');
  if (before === null || !planIsAfterRun || failed.length === 0) return progress;
  const [old, now] = [keysByNode(before), keysByNode(plan)];
  const mended = new Set(failed.filter(([node]) => old.get(node) !== now.get(node)).map(([node]) => node));
  return mended.size === 0 ? progress : new Map([...progress].filter(([node]) => !mended.has(node)));
}

/** Once there is a plan of after the run, the plan has the word again. */
function settled({ run }: RunStoreState, progress: RunStoreState['progress']): RunStoreState['progress'] {
  if (run?.closedAt === undefined || [...progress.values()].every(({ live }) => !live)) return progress;
  return new Map([...progress].map(([node, view]) => [node, view.live ? { ...view, live: false } : view]));
}

/** The new map with the old entries wherever they say the same. */
function kept<V>(old: ReadonlyMap<string, V>, next: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map(
    [...next].map(([key, value]) => {
      const before = old.get(key);
      return [key, before !== undefined && sameJson(before, value) ? before : value];
    }),
  );
}

function issuesByNode(issues: readonly Issue[]): Map<string, Issue[]> {
  const byNode = new Map<string, Issue[]>();
  for (const issue of issues)
    if (issue.place.node !== undefined)
      byNode.set(issue.place.node, [...(byNode.get(issue.place.node) ?? []), issue]);
  return byNode;
}

/** What is already there: pure values, and the results of steps that will be reused. */
function plannedResults(plan: Plan): Map<string, StepResult[]> {
  const results = new Map<string, StepResult[]>();
  for (const { id, node, outputs } of plan.steps)
    if (outputs !== undefined) results.set(node, [...(results.get(node) ?? []), { step: id, outputs }]);
  for (const { id, outputs } of plan.nodes)
    if (outputs !== undefined && !results.has(id)) results.set(id, [{ step: `${id}#0`, outputs }]);
  return results;
}

function withResults(
  state: RunStoreState,
  news: ReadonlyMap<string, readonly StepResult[]>,
): Pick<RunStoreState, 'outputs' | 'results' | 'pictures'> {
  const fresh = [...news].filter(([node, list]) => !sameJson(state.results.get(node), list));
  const { outputs: old, results: before, pictures: shown } = state;
  if (fresh.length === 0) return { outputs: old, results: before, pictures: shown };
  const outputs = new Map(old);
  const results = new Map(before);
  const pictures = new Map(shown);
  for (const [node, list] of fresh) {
    const joined = joinedOutputs(list.map((result) => result.outputs));
    results.set(node, list);
    outputs.set(node, joined);
    pictures.set(node, picturesOf(joined));
  }
  return { outputs, results, pictures };
}

function withRehearsed(
  { rehearsal }: RunStoreState,
  events: readonly RunEvent[],
): Pick<RunStoreState, 'rehearsal'> | null {
  const own = events.filter(({ run }) => run === rehearsal?.run.run);
  // Once it is over it is kept as it ended: what is given up afterwards is no part of what was found.
  return rehearsal === null || own.length === 0 || rehearsal.run.closedAt !== undefined
    ? null
    : { rehearsal: { ...rehearsal, run: foldRunEvents(rehearsal.run, own) } };
}

function withEvents(
  state: RunStoreState,
  events: readonly RunEvent[],
  documentId: string,
  since: string,
): Partial<RunStoreState> {
  let { run } = state;
  let { spent } = state;
  const taken = new Map(state.taken);
  /** Of the run that is shown, which may be shown from its beginning after it was counted. */
  let folded = run === null ? -1 : (taken.get(run.run) ?? -1);
  const fresh: RunEvent[] = [];
  for (const event of events) {
    if ('seq' in event) {
      const isNews = event.seq > (taken.get(event.run) ?? -1);
      if (isNews) taken.set(event.run, event.seq);
      if (isNews && event.type === 'job-settled' && event.at >= since) spent += event.billed;
    }
    // An older run may be told again from its beginning when a job of it comes in late.
    const isNewest = event.type === 'run-opened' && (run === null || event.at >= run.openedAt);
    if (isNewest && event.documentId === documentId && run?.run !== event.run) {
      run = emptyRun(event.run);
      folded = -1;
      fresh.length = 0;
    }
    if (run === null || event.run !== run.run) continue;
    if ('seq' in event) {
      if (event.seq <= folded) continue;
      folded = event.seq;
    }
    fresh.push(event);
  }
  if (run === null || fresh.length === 0) return { spent, taken };
  run = foldRunEvents(run, fresh);
  const touched = new Set<string>();
  for (const event of fresh)
    if ('step' in event) touched.add(nodeOf(event.step));
    else for (const step of run.steps.values()) touched.add(step.node);
  const isNew = run.run !== state.run?.run;
  const live = run.closedAt === undefined;
  const steps = new Map<string, StepProgress[]>();
  for (const step of run.steps.values())
    if (touched.has(step.node)) steps.set(step.node, [...(steps.get(step.node) ?? []), step]);
  const progress = new Map(isNew ? [] : state.progress);
  const made = new Map<string, StepResult[]>();
  for (const [node, list] of steps) {
    const now = nodeProgress(list, true);
    if (!sameJson(progress.get(node), now)) progress.set(node, now);
    const parts = list.flatMap(({ step, outputs }) => (outputs === undefined ? [] : [{ step, outputs }]));
    if (parts.length > 0) made.set(node, parts);
  }
  return {
    spent,
    taken,
    run,
    progress,
    ...withResults(state, made),
    ...(live && !isNew ? {} : { cancelling: false }),
    starting: false,
    planIsAfterRun: false,
  };
}

export const runStore = createRunStore();

/** A run is going on. */
export function isRunning(state: RunStoreState): boolean {
  return state.starting || (state.run !== null && state.run.closedAt === undefined);
}

/** A run started now would go beside another: it is queued instead. */
export function isBusy(state: RunStoreState): boolean {
  return isRunning(state) || state.queue.underWay !== null;
}

/** Whether something that will run does so on a pod that is paid for by the hour. */
export function runOnPod(nodes: PlannedNode[]): (state: RunStoreState) => boolean {
  return (state) => runsOnPod(nodes, (provider) => podUsedBy(provider)(state));
}

/** The pod whose address a provider has, of those that are looked after. */
export function podUsedBy(provider: string): (state: RunStoreState) => PodReport | undefined {
  return ({ pods }) => pods.find(({ usedBy }) => usedBy?.includes(provider));
}

export function useRun<T>(select: (state: RunStoreState) => T): T {
  return useStore(runStore, select);
}
