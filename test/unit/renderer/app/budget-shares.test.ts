import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MoneyState } from '#core/money-state';
import { capUses, ringShares } from '../../../../renderer/app/budget-shares';

const nothing = { billed: 0, reserved: 0 };
const money = (change: Partial<MoneyState> = {}): MoneyState => ({
  run: nothing,
  workflow: nothing,
  day: nothing,
  ...change,
});

describe('the caps of the budget', () => {
  it('are those that are set, the tightest first', () => {
    const uses = capUses(
      { budget: 2, workflowBudget: null, dayBudget: 5 },
      money({ day: { billed: 3, reserved: 1.5 } }),
      0.2,
    );
    expect(uses.map(({ of, left, over }) => [of, left, over])).toEqual([
      ['day', 0.5, false],
      ['run', 2, false],
    ]);
  });
  it('warn where the next run may pass one, and not for a hair of rounding', () => {
    const [use] = capUses({ budget: 0.3, workflowBudget: null, dayBudget: null }, money(), 0.1 + 0.2);
    expect(use?.over).toBe(false);
    const [other] = capUses({ budget: 0.3, workflowBudget: null, dayBudget: null }, money(), 0.31);
    expect(other?.over).toBe(true);
  });
  it('never fill a ring beyond its whole', () => {
    const usd = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(usd, usd, usd, usd, (cap, billed, reserved, next) => {
        const settings = { budget: cap, workflowBudget: null, dayBudget: null };
        const [use] = capUses(settings, money({ run: { billed, reserved } }), next);
        const shares = Object.values(ringShares(use!));
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share)).toBeLessThanOrEqual(1 + 1e-9);
        expect(use!.left).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
