import type { PriceRange } from '../price';
import type { InputSpecs } from '../port';
import type { Later, Plan, PlannedNode, PlannedStep } from './planned';
import type { PlannedItem, StepId } from './step';

/** What a step waits for: nodes where a person has to choose first. */
export interface Behind {
  /** Nearest last. */
  choices: string[];
  /** It does not run when only the fewest are picked. */
  maybe: boolean;
  /** It works on this one of the picked pictures alone, from 0. */
  pick?: number;
  /** It is the choice itself. */
  here?: true;
}

type Inputs = Readonly<Record<string, readonly PlannedItem[]>>;

function isMaybe(item: PlannedItem): boolean {
  return 'from' in item && item.maybe === true;
}

/** Steps that wait for choices, and what their inputs make of those that follow. */
export class BehindChoices {
  readonly #steps = new Map<StepId, Behind>();

  note(step: StepId, behind: Behind): void {
    this.#steps.set(step, behind);
  }

  /** `undefined`: nothing among the inputs waits for a choice. */
  of(inputs: Inputs, specs: InputSpecs): Behind | undefined {
    const choices = new Set<string>();
    let maybe = false;
    let pick: number | undefined;
    for (const [port, items] of Object.entries(inputs)) {
      for (const item of items) {
        const behind = 'from' in item ? this.#steps.get(item.from) : undefined;
        for (const choice of behind?.choices ?? []) choices.add(choice);
      }
      maybe ||= items.length > 0 && items.every(isMaybe);
      const [only] = items;
      if (specs[port]?.takes === 'one' && only !== undefined && 'from' in only) pick ??= only.pick;
    }
    if (choices.size === 0) return undefined;
    return { choices: [...choices], maybe, ...(pick === undefined ? {} : { pick }) };
  }
}

/** The inputs when only the fewest are picked; a list is never empty. */
export function fewestInputs(inputs: Readonly<Record<string, PlannedItem[]>>): Record<string, PlannedItem[]> {
  return Object.fromEntries(
    Object.entries(inputs).map(([port, items]) => {
      const sure = items.filter((item) => !isMaybe(item));
      return [port, sure.length === 0 ? items.slice(0, 1) : sure];
    }),
  );
}

/** What may follow of these steps when the choices are made; `undefined` when nothing waits. */
export function laterOf(steps: readonly PlannedStep[]): Later | undefined {
  const behind = steps.filter(({ verdict, behind: after }) => verdict === 'waits' && after?.here !== true);
  if (behind.length === 0) return undefined;
  const sure = behind.filter(({ behind: after }) => after?.maybe !== true);
  return {
    steps: { low: sure.length, high: behind.length },
    price: {
      low: sum(sure.map(({ forecast }) => forecast.price.low)),
      high: sum(behind.map(({ forecast }) => forecast.price.high)),
    },
  };
}

/** What the plan says of open choices as a whole; each of them gets what one picked picture will cost. */
export function withChoices(
  nodes: readonly PlannedNode[],
  steps: readonly PlannedStep[],
): (Later & { choices: string[] }) | undefined {
  const open = nodes.filter(({ choice }) => choice?.open === true);
  if (open.length === 0) return undefined;
  for (const { id, choice } of open) {
    const each = pricePerPick(id, steps);
    if (each !== undefined && choice !== undefined) choice.each = each;
  }
  const later = laterOf(steps) ?? { steps: { low: 0, high: 0 }, price: { low: 0, high: 0 } };
  return { ...later, choices: open.map(({ id }) => id) };
}

/** Nothing is left to run before a person has chosen. */
export function isOnlyChoosing(plan: Plan | null): boolean {
  return plan?.later !== undefined && plan.counts.willRun === 0 && plan.counts.blocked === 0;
}

function pricePerPick(choice: string, steps: readonly PlannedStep[]): PriceRange | undefined {
  const first = steps.filter(
    ({ behind }) => behind?.here !== true && behind?.pick === 0 && behind.choices.at(-1) === choice,
  );
  if (first.length === 0) return undefined;
  return {
    low: sum(first.map(({ forecast }) => forecast.price.low)),
    high: sum(first.map(({ forecast }) => forecast.price.high)),
  };
}

/** Without the dust of binary fractions. */
function sum(prices: readonly number[]): number {
  return Math.round(prices.reduce((total, price) => total + price, 0) * 1e6) / 1e6;
}
