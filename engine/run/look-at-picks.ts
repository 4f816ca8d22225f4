import { chosenOutputs } from '#core/plan/plan-choice';
import type { PlannedItem, ResolvedNode } from '#core/plan/step';
import { isImageRef, type Outputs } from '#core/values';
import type { StepOutcome } from './parts';

/**
 * Where a person picks: what was picked of what is there now, or that the choice is still open. `undefined` for every other
 * node.
 */
export function lookAtPicks(
  node: ResolvedNode,
  inputs: Readonly<Record<string, readonly PlannedItem[]>>,
): { outputs: Outputs } | Extract<StepOutcome, { state: 'held'; for: 'choice' }> | undefined {
  const { work } = node.definition;
  if (work.on !== 'person') return undefined;
  const outputs = chosenOutputs(node, work, inputs);
  if (outputs !== undefined) return { outputs };
  const pictures = (inputs[work.from] ?? []).flatMap((item) =>
    'value' in item && isImageRef(item.value) ? [item.value] : [],
  );
  return { state: 'held', for: 'choice', pictures };
}
