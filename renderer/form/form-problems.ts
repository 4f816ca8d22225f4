import type { Exposed } from '#core/document/schema';
import type { Issue } from '#core/issue';

/** What stands in the way, without what is said beside a field of the form already. */
export function otherProblems(issues: readonly Issue[], exposed: readonly Pick<Exposed, 'param'>[]): Issue[] {
  const shown = new Set(exposed.map(({ param }) => param));
  return issues.filter(
    ({ severity, place: { node, param } }) =>
      severity === 'error' && !(node !== undefined && param !== undefined && shown.has(`${node}.${param}`)),
  );
}

/** The field (`node.param`) of the first problem that has one on the form. */
export function firstField(
  issues: readonly Issue[],
  exposed: readonly Pick<Exposed, 'param'>[],
): string | undefined {
  const wrong = new Set(
    issues
      .filter(({ severity, place }) => severity === 'error' && place.param !== undefined)
      .map(({ place }) => `${place.node ?? ''}.${place.param ?? ''}`),
  );
  return exposed.find(({ param }) => wrong.has(param))?.param;
}
