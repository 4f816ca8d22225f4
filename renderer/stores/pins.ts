import type { DocumentNode } from '#core/document/schema';
import type { StepId } from '#core/plan/step';
import type { Outputs } from '#core/values';
import { picturesOf } from './node-view';

/** What one step of a node gave last. */
export interface StepResult {
  step: StepId;
  outputs: Outputs;
}

/** `gen#3.1` → `3.1`: where its pin stands in the document. */
export function placeOfStep(step: StepId): string {
  return step.slice(step.lastIndexOf('#') + 1);
}

/** The step that gave the picture at `place` among all pictures of its node. */
export function stepOfPicture(results: readonly StepResult[], place: number): StepResult | undefined {
  let first = 0;
  for (const result of results) {
    first += picturesOf(result.outputs).length;
    if (place < first) return result;
  }
  return undefined;
}

/** Whether the picture at `place` is pinned. */
export function isPinned(
  { pins }: Pick<DocumentNode, 'pins'>,
  results: readonly StepResult[] | undefined,
  place: number,
): boolean {
  if (pins === undefined || results === undefined) return false;
  const result = stepOfPicture(results, place);
  return result !== undefined && Object.hasOwn(pins, placeOfStep(result.step));
}
