import type { Failure } from '#core/failure';
import type { Issue } from '#core/issue';
import { sameJson } from '#core/json';
import type { Plan, PlannedNode } from '#core/plan/planned';
import { nodeOf } from '#core/node-of';
import type { PriceRange } from '#core/price';
import { emptyRun, foldRunEvents, type RunEvent, type RunState, type StepProgress } from '#core/run';
import type { ImageRef, Outputs } from '#core/values';
import { joinedOutputs, nodeProgress, picturesOf, type NodeProgress } from './node-view';
import { plannedOfParts, resultsOfParts, withPartIssues, type PartsById } from './parts-view';
import type { StepResult } from './pins';
import type { Rehearsal } from './rehearsal';

/**
 * What would run and what runs of one workflow. The maps by node keep an entry as it is while nothing of that node
 * changed, so that a card can follow its own entry alone.
 */
export interface TabRun {
  /** The newest plan; it may be of the document a moment ago while `planning`. */
  plan: Plan | null;
  planning: boolean;
  /** Run was pressed and waits for the plan. */
  pressed: boolean;
  /** Why there is no plan. */
  planFailure: Failure | null;
  planned: ReadonlyMap<string, PlannedNode>;
  issues: ReadonlyMap<string, readonly Issue[]>;

  /** The newest run of this tab. */
  run: RunState | null;
  /** The number of its newest entry that was folded. */
  folded: number;
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
  /** The newest rehearsal. What it gives stands nowhere else. */
  rehearsal: Rehearsal | null;
  /** What going on from an open choice costs with what is picked now, US dollars; none while it cannot go on. */
  goOnPrices: ReadonlyMap<string, PriceRange>;
  /** The nodes of the plan that are shown as one: those inside a subgraph. The maps by node have that one too. */
  parts: PartsById;
  /** Something of its run came while another tab was shown. */
  isNews: boolean;
}

export interface AwaitedPod {
  pod: string;
  targets?: readonly string[];
  without?: readonly string[];
}

export const newTabRun: TabRun = {
  plan: null,
  planning: false,
  pressed: false,
  planFailure: null,
  planned: new Map(),
  issues: new Map(),
  run: null,
  folded: -1,
  starting: false,
  cancelling: false,
  awaited: null,
  progress: new Map(),
  planIsAfterRun: false,
  outputs: new Map(),
  results: new Map(),
  pictures: new Map(),
  rehearsal: null,
  goOnPrices: new Map(),
  parts: new Map(),
  isNews: false,
};

export function tabRunOf(state: TabRun): TabRun {
  const names = Object.keys(newTabRun) as (keyof TabRun)[];
  return Object.fromEntries(names.map((name) => [name, state[name]])) as unknown as TabRun;
}

/** A run is going on. */
export function isRunning({ starting, run }: Pick<TabRun, 'starting' | 'run'>): boolean {
  return starting || (run !== null && run.closedAt === undefined);
}

/** What a tab says of its run. `answer`: a person has to decide something. */
export type RunSign = 'running' | 'done' | 'failed' | 'answer';

export function runSign({ run, starting, isNews }: TabRun): RunSign | null {
  for (const step of run?.steps.values() ?? []) if (step.state === 'in-doubt') return 'answer';
  if (run?.outcome === 'waiting') return 'answer';
  if (isRunning({ starting, run })) return 'running';
  if (!isNews || run?.outcome === undefined || run.outcome === 'cancelled') return null;
  return run.outcome === 'done' ? 'done' : 'failed';
}

/** A new plan, and what it says of what is there already. */
export function withPlan(state: TabRun, plan: Plan): Partial<TabRun> {
  return {
    plan,
    planning: false,
    planFailure: null,
    planned: kept(state.planned, plannedByNode(plan, state.parts)),
    issues: kept(state.issues, withPartIssues(issuesByNode(plan.issues), state.parts)),
    progress: settled(state, withoutMended(state, plan)),
    planIsAfterRun: state.run?.closedAt !== undefined,
    ...withResults(state, plannedResults(plan)),
  };
}

function plannedByNode(plan: Plan, parts: PartsById): Map<string, PlannedNode> {
  const planned = new Map(plan.nodes.map((node) => [node.id, node]));
  for (const [id, one] of parts) {
    const whole = plannedOfParts(id, one, planned);
    if (whole !== undefined) planned.set(id, whole);
  }
  return planned;
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
function withoutMended({ progress, plan: before, planIsAfterRun }: TabRun, plan: Plan): TabRun['progress'] {
  const failed = [...progress].filter(([, { state }]) => state === 'failed' || state === 'held');
  if (before === null || !planIsAfterRun || failed.length === 0) return progress;
  const [old, now] = [keysByNode(before), keysByNode(plan)];
  const mended = new Set(failed.filter(([node]) => old.get(node) !== now.get(node)).map(([node]) => node));
  return mended.size === 0 ? progress : new Map([...progress].filter(([node]) => !mended.has(node)));
}

/** Once there is a plan of after the run, the plan has the word again. */
export function settled({ run }: TabRun, progress: TabRun['progress']): TabRun['progress'] {
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
  state: TabRun,
  news: ReadonlyMap<string, readonly StepResult[]>,
): Pick<TabRun, 'outputs' | 'results' | 'pictures'> {
  const all = new Map<string, readonly StepResult[]>(news);
  for (const [id, parts] of state.parts)
    if (parts.nodes.some((node) => news.has(node)))
      all.set(id, resultsOfParts(parts, new Map([...state.results, ...news])));
  const fresh = [...all].filter(([node, list]) => !sameJson(state.results.get(node), list));
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

/** The events of its own run folded into it. `isItsOwn` says of a run that was opened whether it is. */
export function withEvents(
  state: TabRun,
  events: readonly RunEvent[],
  isItsOwn: (run: string) => boolean,
): Partial<TabRun> | undefined {
  let { run, folded } = state;
  const fresh: RunEvent[] = [];
  for (const event of events) {
    // An older run may be told again from its beginning when a job of it comes in late.
    const isNewest = event.type === 'run-opened' && (run === null || event.at >= run.openedAt);
    if (isNewest && isItsOwn(event.run) && run?.run !== event.run) {
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
  if (run === null || fresh.length === 0) return undefined;
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
  const wholes = [...state.parts].flatMap(([id, { nodes }]) => {
    if (!nodes.some((node) => touched.has(node))) return [];
    const inner = new Set(nodes);
    return [[id, [...run.steps.values()].filter((step) => inner.has(step.node))] as const];
  });
  const progress = new Map(isNew ? [] : state.progress);
  const made = new Map<string, StepResult[]>();
  for (const [node, list] of steps) {
    const now = nodeProgress(list, true);
    if (!sameJson(progress.get(node), now)) progress.set(node, now);
    const parts = list.flatMap(({ step, outputs }) => (outputs === undefined ? [] : [{ step, outputs }]));
    if (parts.length > 0) made.set(node, parts);
  }
  for (const [id, list] of wholes) {
    if (list.length === 0) continue;
    const now = nodeProgress(list, true);
    if (!sameJson(progress.get(id), now)) progress.set(id, now);
  }
  return {
    run,
    folded,
    progress,
    ...withResults(state, made),
    ...(live && !isNew ? {} : { cancelling: false }),
    starting: false,
    planIsAfterRun: false,
  };
}
