import type { PlannedStep } from '#core/plan/planned';
import type { PlannedItem, StepId } from '#core/plan/step';
import type { InputSpecs } from '#core/port';
import type { Outputs, PortValue } from '#core/values';

type PromisedItem = Extract<PlannedItem, { from: StepId }>;

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

  /**
   * Why a step cannot begin: an input should have come from a step that did not finish, or from a set that became smaller
   * than was asked for. A list that is taken whole goes on with what there is of it.
   */
  lacking(step: PlannedStep, specs: InputSpecs): string | undefined {
    for (const [port, items] of Object.entries(step.inputs)) {
      const promised = items.filter((item) => 'from' in item);
      for (const { from } of promised)
        if (this.#ended.get(from) === undefined) return `needs ${from}, which did not finish`;
      const absent = promised.find((item) => this.#given(item) === undefined);
      if (absent === undefined) continue;
      const { from, port: output, item } = absent;
      const hasOthers = items.some((other) => 'value' in other || this.#given(other) !== undefined);
      if (specs[port]?.takes === 'all' && hasOthers) continue;
      const made = this.#ended.get(from)?.[output]?.length ?? 0;
      return `needs number ${item + 1} of ${from}, which made ${made}`;
    }
    return undefined;
  }

  /** A step's inputs, once nothing of them is `lacking`. */
  inputsOf(step: PlannedStep): Record<string, PlannedItem[]> {
    return Object.fromEntries(
      Object.entries(step.inputs).map(([port, items]) => [
        port,
        items.flatMap((item) => {
          const value = 'value' in item ? item.value : this.#given(item);
          return value === undefined ? [] : [{ value }];
        }),
      ]),
    );
  }

  #given({ from, port, item }: PromisedItem): PortValue | undefined {
    return this.#ended.get(from)?.[port]?.[item];
  }
}
