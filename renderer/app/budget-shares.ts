import type { Settings } from '#core/settings';
import type { MoneyState } from '#core/money-state';

export type CapName = keyof MoneyState;

/** One cap of the budget, in US dollars. */
export interface CapUse {
  of: CapName;
  cap: number;
  spent: number;
  reserved: number;
  /** What the next run costs at most. */
  next: number;
  /** Before the next run; never below 0. */
  left: number;
  /** The next run may pass it. */
  over: boolean;
}

/**
 * The caps that are set, the one with the least left first. A run that is over is no part of the next one's budget: only
 * while one goes on does its own money count for the cap of a run.
 */
export function capUses(
  { budget, workflowBudget, dayBudget }: Pick<Settings, 'budget' | 'workflowBudget' | 'dayBudget'>,
  money: MoneyState,
  next: number,
): CapUse[] {
  const caps: [CapName, number | null][] = [
    ['run', budget],
    ['workflow', workflowBudget],
    ['day', dayBudget],
  ];
  return caps
    .flatMap(([of, cap]): CapUse[] => {
      if (cap === null) return [];
      const { billed: spent, reserved } = money[of];
      const left = Math.max(0, cap - spent - reserved);
      // A hair of rounding is no reason to warn.
      return [{ of, cap, spent, reserved, next, left, over: next > left + 1e-9 }];
    })
    .sort((one, other) => one.left - one.next - (other.left - other.next));
}

/** The parts of a ring, 0 to 1 and together at most 1. */
export function ringShares({ cap, spent, reserved, next }: CapUse): {
  spent: number;
  reserved: number;
  next: number;
} {
  if (cap === 0) return { spent: spent > 0 ? 1 : 0, reserved: 0, next: spent > 0 || next === 0 ? 0 : 1 };
  const first = Math.min(1, spent / cap);
  const second = Math.min(1 - first, reserved / cap);
  return { spent: first, reserved: second, next: Math.min(1 - first - second, next / cap) };
}
