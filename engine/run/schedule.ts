import type { PlannedStep } from '#core/plan/planned';
import type { PlannedItem, StepId } from '#core/plan/step';
import type { Outputs } from '#core/values';

/** Which steps of a plan can begin: those whose sources have all come to their end. */
export class Schedule {
  /** What finished steps gave; `undefined` for steps that ended without. */
  readonly #ended = new Map<StepId, Outputs | undefined>();
  readonly #waiting = new Map<StepId, { step: PlannedStep; open: number }>();
  readonly #dependents = new Map<StepId, StepId[]>();
  readonly #ready: PlannedStep[] = [];

  constructor(steps: readonly PlannedStep[]) {
    for (const step of steps) this.#register(step);
  }

  #register(step: PlannedStep): void {
    const needs = new Set<StepId>();
    for (const items of Object.values(step.inputs))
      for (const item of items) if ('from' in item) needs.add(item.from);
    for (const need of needs) {
      const list = this.#dependents.get(need);
      if (list === undefined) this.#dependents.set(need, [step.id]);
      else list.push(step.id);
    }
    this.#waiting.set(step.id, { step, open: needs.size });
    if (needs.size === 0) this.#ready.push(step);
  }

  /** The next step that can begin; each is given once. */
  next(): PlannedStep | undefined {
    return this.#ready.shift();
  }

  /** A step has come to its end, with what it gave. */
  end(step: StepId, outputs: Outputs | undefined): void {
    this.#ended.set(step, outputs);
    for (const id of this.#dependents.get(step) ?? []) {
      const waiting = this.#waiting.get(id)!;
      waiting.open -= 1;
      if (waiting.open === 0) this.#ready.push(waiting.step);
    }
  }

  get isOver(): boolean {
    return this.#ended.size === this.#waiting.size;
  }

  /** The first step an input of this one should have come from and did not. */
  lacking(step: PlannedStep): StepId | undefined {
    for (const items of Object.values(step.inputs))
      for (const item of items)
        if ('from' in item && this.#ended.get(item.from)?.[item.port]?.[item.item] === undefined)
          return item.from;
    return undefined;
  }

  /** A step's inputs, once nothing of them is `lacking`. */
  inputsOf(step: PlannedStep): Record<string, PlannedItem[]> {
    return Object.fromEntries(
      Object.entries(step.inputs).map(([port, items]) => [
        port,
        items.map((item) =>
          'value' in item ? item : { value: this.#ended.get(item.from)![item.port]![item.item]! },
        ),
      ]),
    );
  }
}
