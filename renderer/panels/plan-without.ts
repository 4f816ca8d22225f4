import type { Plan } from '#core/plan/planned';

/** The plan of a run without some nodes, and what it was made of. */
export interface ReducedPlan {
  whole: Plan | null;
  without: ReadonlySet<string>;
  plan: Plan;
}

/** The plan to be shown and priced: until the one without these nodes is there, the whole one, which costs no less. */
export function planShown(
  whole: Plan | null,
  without: ReadonlySet<string>,
  reduced: ReducedPlan | null,
): Plan | null {
  const isOfNow = reduced?.whole === whole && reduced.without === without;
  return without.size > 0 && isOfNow ? reduced.plan : whole;
}
