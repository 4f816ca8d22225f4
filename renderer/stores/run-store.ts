import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#core/failure';
import { runsOnPod } from '#core/plan/check-pods';
import type { Plan, PlannedNode } from '#core/plan/planned';
import type { PriceRange } from '#core/price';
import type { PodReport } from '#core/pod';
import type { QueueState } from '#core/queue';
import { emptyRun, type RunEvent } from '#core/run';
import { withRehearsed, type Rehearsal } from './rehearsal';
import type { PartsById } from './parts-view';
import {
  isRunning,
  newTabRun,
  runSign,
  settled,
  tabRunOf,
  withEvents,
  withPlan,
  type AwaitedPod,
  type RunSign,
  type TabRun,
} from './tab-run';

export { isRunning };

/** What would run and what runs: of the workflow that is shown, of those in other tabs, and of all. */
export interface RunStoreState extends TabRun {
  /** The tab all this is of. */
  tab: string;
  /** The same of the other tabs, also of those that can be opened again. */
  hidden: ReadonlyMap<string, TabRun>;
  /** Run → the tab it belongs to. Two tabs may hold workflows of the same id, as copies do. */
  owners: ReadonlyMap<string, string>;
  /** US dollars spent by runs since the window opened. */
  spent: number;
  /** For each run the number of its newest entry that was counted: a run gone on with is told from its beginning. */
  taken: ReadonlyMap<string, number>;
  /** What waits for its turn, of all documents. */
  queue: QueueState;
  /** Pods that are looked after. */
  pods: readonly PodReport[];
}

/** Where no tab is named, that shown is meant. */
export interface RunActions {
  planAsked(): void;
  planMade(plan: Plan): void;
  planFailed(failure: Failure): void;
  /** Run waits for the plan, or does so no more. */
  runPressed(pressed: boolean, tab?: string): void;
  /** What going on from an open choice would cost with what is picked; `null`: it cannot go on. */
  priced(node: string, price: PriceRange | null): void;
  startAsked(tab?: string): void;
  startRefused(tab?: string): void;
  started(run: string, tab?: string): void;
  /** A run that waits for its turn is this tab's. */
  queued(run: string, tab: string): void;
  cancelAsked(): void;
  /** `null`: nothing waits any more. */
  podAwaited(awaited: AwaitedPod | null, tab?: string): void;
  /** Another rehearsal takes the place of the one before. */
  rehearsalBegun(rehearsal: Rehearsal, tab?: string): void;
  /**
   * Events of any run; those of a run no tab has count only as money spent. `documentId` is that of the workflow shown,
   * `others` those of other tabs.
   */
  take(events: readonly RunEvent[], documentId: string, others?: ReadonlyMap<string, string>): void;
  queueChanged(queue: QueueState): void;
  podsSeen(pods: readonly PodReport[]): void;
  /** Which nodes of plans and runs are shown as one. */
  setParts(parts: PartsById, tab?: string): void;
  /** Another tab is shown: what is of this one is put aside and goes on there. */
  enterTab(tab: string): void;
  /** A tab is gone for good. */
  forgetTab(tab: string): void;
}

export type RunStore = StoreApi<RunStoreState> & { readonly actions: RunActions };

const noOthers: ReadonlyMap<string, string> = new Map();

/** `since` is when the window opened, an ISO time: what was paid before does not count as spent now. */
export function createRunStore(since = new Date().toISOString()): RunStore {
  const store = createStore<RunStoreState>(() => ({
    ...newTabRun,
    tab: '',
    hidden: new Map(),
    owners: new Map(),
    spent: 0,
    taken: new Map(),
    queue: { paused: false, underWay: null, waiting: [], worker: 'none' },
    pods: [],
  }));
  const change = (tab: string | undefined, changed: (run: TabRun) => Partial<TabRun>) =>
    store.setState((state) => {
      if (tab === undefined || tab === state.tab) return changed(state);
      // The first tab that is named is the one all this is of.
      if (state.tab === '') return { ...changed(state), tab };
      const run = state.hidden.get(tab);
      return run === undefined
        ? state
        : { hidden: new Map(state.hidden).set(tab, { ...run, ...changed(run) }) };
    });
  const own = (run: string, tab: string) =>
    store.setState(({ owners }) => ({ owners: new Map(owners).set(run, tab) }));
  const actions: RunActions = {
    planAsked: () =>
      // What going on would have cost is no price of what is picked now.
      store.setState(({ goOnPrices }) => ({
        planning: true,
        ...(goOnPrices.size === 0 ? {} : { goOnPrices: new Map() }),
      })),
    planMade: (plan) => store.setState((state) => withPlan(state, plan)),
    planFailed: (planFailure) =>
      store.setState((state) => ({ planning: false, planFailure, progress: settled(state, state.progress) })),
    runPressed: (pressed, tab) => change(tab, () => ({ pressed })),
    priced: (node, price) =>
      store.setState(({ goOnPrices }) => {
        const next = new Map(goOnPrices);
        if (price === null) next.delete(node);
        else next.set(node, price);
        return { goOnPrices: next };
      }),
    startAsked: (tab) => change(tab, () => ({ starting: true })),
    startRefused: (tab) => change(tab, () => ({ starting: false })),
    started: (run, tab) => {
      change(tab, (state) =>
        // Its first events may have come before the answer.
        state.run?.run === run
          ? { starting: false }
          : { starting: false, run: emptyRun(run), folded: -1, progress: new Map() },
      );
      own(run, tab ?? store.getState().tab);
    },
    queued: own,
    cancelAsked: () => store.setState({ cancelling: true }),
    podAwaited: (awaited, tab) => change(tab, () => ({ awaited })),
    rehearsalBegun: (rehearsal, tab) => change(tab, () => ({ rehearsal })),
    take: (events, documentId, others = noOthers) =>
      store.setState((state) => {
        const owners = withOwners(state, events, documentId, others);
        const counted = withCounted(state, events, since);
        const shown = withEvents(state, events, (run) => owners.get(run) === state.tab);
        const rehearsed = withRehearsed(state, events);
        return { ...counted, owners, ...shown, ...rehearsed, hidden: withHidden(state, events, owners) };
      }),
    queueChanged: (queue) => store.setState({ queue }),
    podsSeen: (pods) => store.setState({ pods }),
    setParts: (parts, tab) => change(tab, () => ({ parts })),
    enterTab: (tab) => {
      const state = store.getState();
      if (state.tab === tab) return;
      const hidden = new Map(state.hidden);
      if (state.tab !== '') hidden.set(state.tab, tabRunOf(state));
      const run = hidden.get(tab) ?? newTabRun;
      hidden.delete(tab);
      store.setState({ ...run, isNews: false, tab, hidden });
    },
    forgetTab: (tab) =>
      store.setState((state) => ({
        hidden: new Map([...state.hidden].filter(([id]) => id !== tab)),
        owners: new Map([...state.owners].filter(([, owner]) => owner !== tab)),
      })),
  };
  return Object.assign(store, { actions });
}

function withCounted(
  { spent, taken: before }: RunStoreState,
  events: readonly RunEvent[],
  since: string,
): Pick<RunStoreState, 'spent' | 'taken'> {
  const taken = new Map(before);
  for (const event of events) {
    if (!('seq' in event) || event.seq <= (taken.get(event.run) ?? -1)) continue;
    taken.set(event.run, event.seq);
    if (event.type === 'job-settled' && event.at >= since) spent += event.billed;
  }
  return { spent, taken };
}

/**
 * The tab of each run that was opened: the one that asked for it. A run nobody here asked for (of an earlier start, or
 * from the terminal) goes to a tab with its workflow, the one shown before others.
 */
function withOwners(
  state: RunStoreState,
  events: readonly RunEvent[],
  documentId: string,
  others: ReadonlyMap<string, string>,
): RunStoreState['owners'] {
  let { owners } = state;
  for (const event of events) {
    if (event.type !== 'run-opened' || owners.has(event.run)) continue;
    const tabs = [...others].filter(([, id]) => id === event.documentId).map(([tab]) => tab);
    if (documentId === event.documentId) tabs.unshift(state.tab);
    const asking = tabs.find((tab) => (tab === state.tab ? state : state.hidden.get(tab))?.starting);
    const owner = asking ?? tabs[0];
    if (owner !== undefined) owners = new Map(owners).set(event.run, owner);
  }
  return owners;
}

function withHidden(
  { tab: shown, hidden: before }: RunStoreState,
  events: readonly RunEvent[],
  owners: RunStoreState['owners'],
): RunStoreState['hidden'] {
  let hidden = before;
  for (const [tab, old] of before) {
    const rehearsed = withRehearsed(old, events);
    if (rehearsed !== undefined) hidden = new Map(hidden).set(tab, { ...old, ...rehearsed });
  }
  for (const tab of new Set(events.flatMap(({ run }) => owners.get(run) ?? []))) {
    if (tab === shown) continue;
    const old = hidden.get(tab) ?? newTabRun;
    const news = withEvents(old, events, (run) => owners.get(run) === tab);
    if (news !== undefined) hidden = new Map(hidden).set(tab, { ...old, ...news, isNews: true });
  }
  return hidden;
}

export const runStore = createRunStore();

/** What a tab says of its run. */
export function signOfTab(tab: string): (state: RunStoreState) => RunSign | null {
  return (state) => {
    const run = tab === state.tab ? state : state.hidden.get(tab);
    return run === undefined ? null : runSign(run);
  };
}

/** A run of this tab is going on. */
export function isBeingRun(tab: string): (state: RunStoreState) => boolean {
  return (state) => isRunning((tab === state.tab ? state : state.hidden.get(tab)) ?? newTabRun);
}

export function rehearsalOfTab(tab: string): (state: RunStoreState) => Rehearsal | null {
  return (state) => (tab === state.tab ? state : state.hidden.get(tab))?.rehearsal ?? null;
}

/** The tab a run is the rehearsal of. */
export function tabRehearsing(run: string): (state: RunStoreState) => string | undefined {
  return (state) =>
    [[state.tab, state] as const, ...state.hidden].find(
      ([, { rehearsal }]) => rehearsal?.run.run === run,
    )?.[0];
}

/** The pods that tabs wait for to begin a run. */
export function awaitedByTab(state: RunStoreState): [tab: string, awaited: AwaitedPod][] {
  return [[state.tab, state] as const, ...state.hidden].flatMap(([tab, { awaited }]) =>
    awaited === null ? [] : [[tab, awaited]],
  );
}

/** A run started now would go beside another: it is queued instead. */
export function isBusy(state: RunStoreState): boolean {
  return isRunning(state) || state.queue.underWay !== null || [...state.hidden.values()].some(isRunning);
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
