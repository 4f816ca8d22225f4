import type { StepId } from './plan/step';

/** `gen#3.1` → `gen`. */
export function nodeOf(id: StepId): string {
  return id.slice(0, id.lastIndexOf('#'));
}
