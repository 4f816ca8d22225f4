import { flatten } from '../document/flatten';
import { setRoute } from '../document/edit';
import { routeRows, type RouteComparison, type SpeedSeen } from '../route-comparison';
import { planRun } from './plan';
import { routeOf, routeText, taskKindOf } from './route';
import { answerOf } from './route-answer';
import type { PlanContext } from './step';

/**
 * Every route side by side, and what each would make of what `node` asks now: the same steps as in the plan, worked out
 * anew for each route. Changes nothing.
 */
export function compareRoutes(
  whole: PlanContext,
  node: string,
  seen: (route: string) => SpeedSeen | undefined,
): RouteComparison {
  const { document: flat, catalogue } = flatten(whole.document, whole.catalogue);
  const context = { ...whole, document: flat, catalogue };
  const rows = routeRows(context.providers.values(), (route) => context.known.price(route), seen);
  const documentNode = context.document.nodes[node];
  const definition = documentNode && context.catalogue.get(documentNode.type);
  const kind = definition && taskKindOf(definition);
  if (kind === undefined || documentNode === undefined) return { rows };
  const routed = routeOf(context.document, node, documentNode, kind, context.providers);
  const first = rows.find(({ tasks }) => tasks.includes(kind));
  // Without a route the plan has no steps for the node: any that does its kind of task brings them out.
  const document =
    'severity' in routed && first !== undefined
      ? setRoute(context.document, node, first.route)
      : context.document;
  const { plan, resolved } = planRun({ ...context, document }, [node]);
  const asking = resolved.get(node);
  const steps = plan.steps.filter((step) => step.node === node && step.pinned !== true);
  const answered = rows.map((row) => ({ ...row, answer: answerOf(context, row.route, kind, asking, steps) }));
  return {
    rows: answered.map(({ answer, ...row }) => ({ ...row, answer: answer.told })),
    asked: {
      node,
      kind,
      ...('severity' in routed
        ? {}
        : { chosen: routeText({ provider: routed.provider.id, model: routed.model.id }) }),
      pictures: Math.max(0, ...answered.map(({ answer }) => answer.pictures)),
    },
  };
}
