import type { NodeMove } from '#core/plan/move-branch';
import { modelRefOf } from '#core/plan/route';
import type { ProviderInfo } from '#core/provider';
import type { RouteAnswer } from '#core/route-comparison';
import type { MoveScope } from '../commands/branch';
import { count } from '../look/format';
import { taskWords } from './route-choices';
import { differenceOf, type RouteRemark } from './routes-difference';

/** A scope as it is offered. `given`: the titles of the nodes that were selected. */
export function scopeWords(scope: MoveScope, given: readonly string[]): string {
  const these = given.length === 1 ? `“${given[0]}”` : `the ${count(given.length, 'selected node')}`;
  const upper = these.charAt(0).toUpperCase() + these.slice(1);
  switch (scope) {
    case 'given':
      return given.length === 1 ? `${upper} alone` : upper;
    case 'after':
      return `${upper} and all after ${given.length === 1 ? 'it' : 'them'}`;
    case 'all':
      return 'Every node that asks a model';
    default:
      return `Every ${taskWords[scope]} node`;
  }
}

/** "Seedream 4.5, fal"; the route itself where it is not here. */
export function routeWords(route: string | undefined, providers: readonly ProviderInfo[]): string {
  if (route === undefined) return 'no route';
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
  if (stays === 'there') return [{ kind: 'adapted', text: 'Is there already.' }];
  if (stays === 'cannot') return [{ kind: 'cannot', text: 'Nothing there does this. It stays where it is.' }];
  if (after === undefined) return [];
  return differenceOf({ answer: after }, before === undefined ? undefined : { answer: before });
}
