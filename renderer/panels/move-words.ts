import type { NodeMove } from '#core/plan/move-branch';
import { modelRefOf } from '#core/plan/route';
import type { ProviderInfo } from '#core/provider';
import type { RouteAnswer } from '#core/route-comparison';
import type { MoveScope } from '../commands/branch';
import { count } from '../look/format';
import { words } from '../look/words';
import { taskWords } from './route-choices';
import { differenceOf, type RouteRemark } from './routes-difference';

/** A scope as it is offered. `given`: the titles of the nodes that were selected. */
export function scopeWords(scope: MoveScope, given: readonly string[]): string {
  const said = words.move.scopes;
  const title = given.length === 1 ? given[0] : undefined;
  const nodes = count(given.length, 'selected node');
  switch (scope) {
    case 'given':
    case 'after':
      return said[scope](title, nodes);
    case 'all':
      return said.all;
    default:
      return said.task(taskWords[scope]);
  }
}

/** "Seedream 4.5, fal"; the route itself where it is not here. */
export function routeWords(route: string | undefined, providers: readonly ProviderInfo[]): string {
  if (route === undefined) return words.move.noRoute;
  const { provider, model } = modelRefOf(route);
  const found = providers.find(({ id }) => id === provider);
  const label = found?.models.find(({ id }) => id === model)?.label;
  return found === undefined || label === undefined ? route : `${label}, ${found.label}`;
}

export function isRefused(answer: RouteAnswer | undefined): boolean {
  return answer?.notes.some(({ effect }) => effect === 'refused') ?? false;
}

/** What is different for the node there. */
export function moveRemarks({ stays, before, after }: NodeMove): RouteRemark[] {
  if (stays === 'there') return [{ kind: 'adapted', text: words.move.isThere }];
  if (stays === 'cannot') return [{ kind: 'cannot', text: words.move.cannot }];
  if (after === undefined) return [];
  return differenceOf({ answer: after }, before === undefined ? undefined : { answer: before });
}
