import type { Issue } from '../issue';
import type { Outputs } from '../values';
import { laterOf } from './behind-choice';
import type { TaskNote } from './check-task';
import { addForecasts } from './forecast';
import type { PlannedChoice, PlannedNode, PlannedStep, Verdict } from './planned';
import type { Reason } from './reason';
import { routeText } from './route';
import type { PlannedItem, ResolvedNode } from './step';

/** A reader of a plan wants a few reasons, not a thousand equal ones. */
const mostReasons = 4;

/** Gathers what the steps of one node have in common. */
export class NodeSummary {
  readonly issues: Issue[] = [];
  choice: PlannedChoice | undefined;
  takes: PlannedNode['takes'];
  readonly #steps: PlannedStep[] = [];
  readonly #reasons = new Map<string, Reason>();
  readonly #notes = new Map<string, TaskNote>();

  constructor(private readonly id: string) {}

  /** Equal words at one node are said once, however many items have them. */
  addIssues(issues: readonly Issue[]): void {
    for (const issue of issues)
      if (!this.issues.some(({ message }) => message === issue.message)) this.issues.push(issue);
  }

  addNotes(notes: readonly TaskNote[]): void {
    for (const note of notes) this.#notes.set(note.message, note);
  }

  addReason(reason: Reason): void {
    if (this.#reasons.size < mostReasons) this.#reasons.set(JSON.stringify(reason), reason);
  }

  addStep(step: PlannedStep): void {
    this.#steps.push(step);
    if (step.reason !== undefined) this.addReason(step.reason);
  }

  verdict(): Verdict {
    const has = (verdict: Verdict) => this.#steps.some((step) => step.verdict === verdict);
    if (this.issues.length > 0 || has('blocked')) return 'blocked';
    if (has('will-run')) return 'will-run';
    if (has('waits')) return 'waits';
    return has('reused') ? 'reused' : 'value';
  }

  /** `ownPrice`: the person's own price of a picture on a route. */
  finish(
    node: Pick<ResolvedNode, 'provider' | 'model'>,
    lists: Record<string, PlannedItem[]>,
    ownPrice: (route: string) => number | undefined,
  ): PlannedNode {
    const count = (verdict: Verdict) => this.#steps.filter((step) => step.verdict === verdict).length;
    const verdict = this.verdict();
    const planned: PlannedNode = {
      id: this.id,
      verdict,
      steps: { reused: count('reused'), willRun: count('will-run'), blocked: count('blocked') },
      reasons: [...this.#reasons.values()],
      notes: [...this.#notes.values()],
      items: Object.fromEntries(Object.entries(lists).map(([port, list]) => [port, list.length])),
      forecast: addForecasts(
        this.#steps.filter((step) => step.verdict === 'will-run').map((step) => step.forecast),
      ),
    };
    const pinned = this.#steps.filter((step) => step.pinned === true).length;
    if (pinned > 0) planned.pinned = pinned;
    const bundled = this.#steps.filter((step) => step.bundled === true).length;
    if (bundled > 0) planned.bundled = bundled;
    if (this.takes !== undefined) planned.takes = this.takes;
    if (this.choice !== undefined) planned.choice = this.choice;
    const later = laterOf(this.#steps);
    if (later !== undefined) planned.later = later;
    if (node.provider !== undefined && node.model !== undefined) {
      planned.route = { provider: node.provider.id, model: node.model.id };
      const own =
        planned.steps.willRun > 0 || later !== undefined ? ownPrice(routeText(planned.route)) : undefined;
      if (own !== undefined) planned.ownPrice = own;
    }
    const isKnown = Object.values(lists).every((list) => list.every((item) => 'value' in item));
    if ((verdict === 'value' && isKnown) || verdict === 'reused') planned.outputs = knownOutputs(lists);
    return planned;
  }
}

function knownOutputs(lists: Record<string, PlannedItem[]>): Outputs {
  const outputs: Outputs = {};
  for (const [port, items] of Object.entries(lists))
    outputs[port] = items.flatMap((item) => ('value' in item ? [item.value] : []));
  return outputs;
}
