import { podToWaitFor } from '#core/plan/check-pods';
import { isOnlyChoosing } from '#core/plan/behind-choice';
import type { Plan } from '#core/plan/planned';
import { count, forecastPrice, moneyRange } from '../look/format';
import { translated, words } from '../look/words';

const texts = words.frame.run;

/** What the Run button says: "Run 3 · $0.12 · 5 reused", or what stands in the way. */
export function runWords(
  plan: Plan | null,
  verb: string = texts.run,
  onPod = false,
  /** The plan is of the workflow a moment ago, and what is shown of it would be no promise. */
  isStale = false,
): { label: string; price?: string; rest?: string } {
  if (isStale) return { label: verb, rest: texts.planning };
  if (plan === null) return { label: verb };
  const errors = plan.issues.filter(({ severity }) => severity === 'error').length;
  const wait = podToWaitFor(plan);
  if (errors > 0 && wait === undefined) return { label: verb, rest: count(errors, 'problem') };
  const { willRun, reused } = plan.counts;
  if (wait !== undefined)
    return {
      label: texts.steps(verb, willRun),
      // The pod's own price is told where it is started: nothing here is free.
      ...(plan.forecast.price.high === 0 ? {} : { price: moneyRange(plan.forecast.price) }),
      rest: wait.mustStart ? texts.podStopped : texts.podStarting,
    };
  const later = plan.later === undefined ? undefined : words.choice.later(moneyRange(plan.later.price));
  if (isOnlyChoosing(plan))
    return { label: words.choice.button, ...(later === undefined ? {} : { rest: later }) };
  if (willRun === 0) return reused === 0 ? { label: verb } : { label: verb, rest: texts.allReused };
  return {
    label: texts.steps(verb, willRun),
    price: forecastPrice(plan.forecast.price, onPod),
    ...(later === undefined ? (reused === 0 ? {} : { rest: texts.reused(reused) }) : { rest: later }),
  };
}

/** Why Run cannot be pressed, or `null`. */
export function whyNotRun(plan: Plan | null, nodes: number): string | null {
  if (nodes === 0) return texts.nothing;
  const errors = plan?.issues.filter(({ severity }) => severity === 'error') ?? [];
  const [first] = errors;
  if (first === undefined) return null;
  const message = translated(first.message);
  return errors.length === 1 ? message : texts.first(count(errors.length, 'problem'), message);
}
