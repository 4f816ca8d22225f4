import { muteNodes } from '#core/document/edit-modes';
import type { Plan } from '#core/plan/planned';
import type { WorkflowDocument } from '#core/document/schema';
import { sameJson } from '#core/json';
import { documentStore, type DocumentState } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { call } from './bridge';
import { followSubgraphs } from './subgraphs';

/** Typing settles for this long before a new plan is asked for, milliseconds. */
const quiet = 150;

/** What follows from every new plan; set once at the start, for what follows plans again itself. */
let onPlan: (plan: Plan) => void = () => {};

export function followPlans(follow: (plan: Plan) => void): void {
  onPlan = follow;
}

let newest = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function makePlan(number: number): Promise<void> {
  const { whole: document, path } = documentStore.getState();
  const answer = await call('plan.make', { document, path });
  if (number !== newest) return;
  // Another tab may be shown since they were told.
  followSubgraphs(documentStore.getState());
  if (answer.ok) {
    runStore.actions.planMade(answer.value);
    onPlan(answer.value);
  } else runStore.actions.planFailed(answer.failure);
}

/** The plan of a run without these nodes; `undefined` when it cannot be had. The workflow stays as it is. */
export async function planWithout(nodes: readonly string[]): Promise<Plan | undefined> {
  const { whole, path } = documentStore.getState();
  const answer = await call('plan.make', { document: muteNodes(whole, nodes), path });
  return answer.ok ? answer.value : undefined;
}

/** Asks for a new plan soon; an answer that is overtaken by a newer question is dropped. */
export function planSoon(): void {
  newest += 1;
  const number = newest;
  runStore.actions.planAsked();
  clearTimeout(timer);
  timer = setTimeout(() => void makePlan(number), quiet);
}

/** Where a card stands and what it is called change no plan. */
export function plansAlike(left: DocumentState, right: DocumentState): boolean {
  const [one, other] = [left.whole, right.whole];
  return (
    one.nodes === other.nodes &&
    one.edges === other.edges &&
    one.groups === other.groups &&
    one.routes === other.routes &&
    sameInside(one.subgraphs, other.subgraphs) &&
    one.id === other.id &&
    left.path === right.path
  );
}

function sameInside(
  one: WorkflowDocument['subgraphs'] = {},
  other: WorkflowDocument['subgraphs'] = {},
): boolean {
  const ids = Object.keys(one);
  return (
    one === other ||
    (ids.length === Object.keys(other).length &&
      ids.every((id) => {
        const [left, right] = [one[id], other[id]];
        return (
          left === right ||
          (left !== undefined &&
            right !== undefined &&
            left.nodes === right.nodes &&
            left.edges === right.edges &&
            sameJson([left.inputs, left.outputs, left.params], [right.inputs, right.outputs, right.params]) &&
            sameJson(left.groups ?? null, right.groups ?? null))
        );
      }))
  );
}
