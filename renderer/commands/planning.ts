import type { Plan } from '#core/plan/planned';
import { documentStore, type DocumentState } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { call } from './bridge';

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
  const { document, path } = documentStore.getState();
  const answer = await call('plan.make', { document, path });
  if (number !== newest) return;
  if (answer.ok) {
    runStore.actions.planMade(answer.value);
    onPlan(answer.value);
  } else runStore.actions.planFailed(answer.failure);
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
  const [one, other] = [left.document, right.document];
  return (
    one.nodes === other.nodes &&
    one.edges === other.edges &&
    one.groups === other.groups &&
    one.routes === other.routes &&
    one.id === other.id &&
    left.path === right.path
  );
}
