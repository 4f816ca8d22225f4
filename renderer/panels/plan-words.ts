import type { Issue } from '#core/issue';
import type { NodeDefinition } from '#core/node';
import type { TaskNote } from '#core/plan/check-task';
import type { Reason } from '#core/plan/reason';

/** A reason with the names a person knows in place of ids: titles of nodes, labels of params and inputs. */
export function readableReason(
  reason: Reason,
  definition: NodeDefinition,
  titleOf: (node: string) => string,
): Reason {
  if ('nodes' in reason) return { ...reason, nodes: reason.nodes.map(titleOf) };
  if (reason.code !== 'changed') return reason;
  return {
    ...reason,
    differences: reason.differences.map((difference) => {
      if (difference.part === 'param')
        return { ...difference, name: definition.params[difference.name]?.label ?? difference.name };
      if (difference.part === 'input')
        return { ...difference, name: definition.inputs[difference.name]?.label ?? difference.name };
      return difference;
    }),
  };
}

/** The notes no issue says already. What is refused is always an issue. */
export function unspokenNotes(notes: readonly TaskNote[], issues: readonly Issue[]): TaskNote[] {
  const said = new Set(issues.map(({ message }) => message));
  return notes.filter(({ effect, message }) => effect !== 'refused' && !said.has(message));
}
