import type { Issue } from '../issue';
import type { Task } from '../task';
import type { Knowledge } from './knowledge';
import type { ResolvedNode } from './step';

/** What stands in the way of a task whose pictures its vendor takes by link only. */
export function checkLinks(
  { id, provider }: ResolvedNode,
  task: Task | undefined,
  known: Pick<Knowledge, 'imageHostTrouble'>,
): Issue[] {
  if (provider?.picturesIn !== 'links' || task === undefined || task.kind === 'generate') return [];
  const trouble = known.imageHostTrouble();
  if (trouble === undefined) return [];
  const message = `Pictures go to ${provider.label} by link only. ${trouble.message}`;
  return [{ code: trouble.code, severity: 'error', message, place: { node: id } }];
}
