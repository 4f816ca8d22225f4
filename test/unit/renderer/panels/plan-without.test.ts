import { expect, it } from 'vitest';
import type { Plan } from '#core/plan/planned';
import { planShown } from '../../../../renderer/panels/plan-without';

const plan = (): Plan => ({
  nodes: [],
  steps: [],
  issues: [],
  counts: { reused: 0, willRun: 0, blocked: 0 },
  forecast: { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } },
});

it('never prices a run by the plan of another: with more left out, of before an edit, or of another tab', () => {
  const [whole, edited, cheaper] = [plan(), plan(), plan()];
  const both = new Set(['a', 'b']);
  const reduced = { whole, without: both, plan: cheaper };
  expect(planShown(whole, both, reduced)).toBe(cheaper);
  expect(planShown(whole, new Set(['a']), reduced)).toBe(whole);
  expect(planShown(edited, both, reduced)).toBe(edited);
  expect(planShown(whole, new Set(), reduced)).toBe(whole);
  expect(planShown(whole, both, null)).toBe(whole);
});
