import { flatten, flatTargets } from '../document/flatten';
import { portAddressOf, type WorkflowDocument } from '../document/schema';
import { withChoices } from './behind-choice';
import { addForecasts } from './forecast';
import { idleNodes, liveEdges } from './live-edges';
import { orderNodes, withSources } from './order';
import { PlanBuilder } from './plan-node';
import type { Plan, PlannedStep } from './planned';
import type { PlanContext, ResolvedNode, StepId } from './step';

/** No issue stands in the way of a run. */
export function canRun(plan: Plan): boolean {
  return plan.issues.every((issue) => issue.severity !== 'error');
}

/**
 * Plans a workflow, or only what `targets` need. Pure over `context.known`. Every problem is in `issues` with its place;
 * a sound part of the graph is planned even when another part is not.
 */
export function planWorkflow(context: PlanContext, targets?: readonly string[]): Plan {
  return planRun(context, targets).plan;
}

/** A plan with what the engine needs besides to carry it out: its nodes with their params resolved. */
export function planRun(
  whole: PlanContext,
  wholeTargets?: readonly string[],
): { plan: Plan; resolved: ReadonlyMap<string, ResolvedNode> } {
  const flat = flatten(whole.document, whole.catalogue);
  const { document, catalogue } = flat;
  const context = { ...whole, document, catalogue };
  const targets = wholeTargets === undefined ? undefined : flatTargets(flat, wholeTargets);
  const builder = new PlanBuilder(context);
  for (const id of targets ?? [])
    if (!Object.hasOwn(document.nodes, id))
      builder.issues.push({
        code: 'unknown-target',
        severity: 'error',
        message: `There is no node "${id}" in this workflow.`,
        place: { node: id },
      });
  const edges = liveEdges(document, context.catalogue);
  const live = { ...document, edges };
  const wanted = targets === undefined ? undefined : withSources(live, targets);
  const isWanted = (id: string) => wanted === undefined || wanted.has(id);
  const isLive = new Set(edges);
  for (const edge of document.edges)
    if (isLive.has(edge) && isWanted(portAddressOf(edge.to).node))
      builder.addEdge(edge, flat.edgePath(edge) ?? '');
  for (const issue of flat.issues)
    if (flat.instances.get(issue.place.node ?? '')?.nodes.some(isWanted) !== false)
      builder.issues.push(issue);
  const { order, cycle } = orderNodes(live);
  const loop = cycle.filter(isWanted);
  for (const id of loop)
    builder.block(id, {
      code: 'cycle',
      severity: 'error',
      message: `The wires make a loop through ${loop.join(', ')}; cut one of them.`,
      place: { node: id },
    });
  const idle = targets === undefined ? idleNodes(document, catalogue) : undefined;
  for (const id of order) {
    const because = idle?.get(id);
    const issue = flat.refused.get(id);
    if (because !== undefined) builder.leaveIdle(id, because);
    else if (!isWanted(id)) continue;
    else if (issue !== undefined) builder.block(id, issue);
    else builder.addNode(id);
  }
  const { nodes, steps, issues } = targets === undefined ? builder : needed(builder, live, targets);
  const counts = { reused: 0, willRun: 0, blocked: 0 };
  for (const node of nodes) {
    counts.reused += node.steps.reused;
    counts.willRun += node.steps.willRun;
    counts.blocked += node.steps.blocked;
  }
  const forecast = addForecasts(nodes.map((node) => node.forecast));
  const seconds = { ...forecast.seconds, low: longestChain(steps) };
  const later = withChoices(nodes, steps);
  return {
    plan: {
      nodes,
      steps,
      issues,
      counts,
      ...(later === undefined ? {} : { later }),
      forecast: { ...forecast, seconds },
    },
    resolved: builder.resolved,
  };
}

type Built = Pick<Plan, 'nodes' | 'steps' | 'issues'>;

/** Without what only wholly pinned nodes would have needed: a target does not pay for what it does not use. */
function needed(built: Built, live: WorkflowDocument, targets: readonly string[]): Built {
  const settled = new Set(
    built.nodes
      .filter(({ verdict, pinned, steps }) => verdict === 'reused' && pinned === steps.reused)
      .map(({ id }) => id),
  );
  if (settled.size === 0) return built;
  const edges = live.edges.filter(({ to }) => !settled.has(portAddressOf(to).node));
  const wanted = withSources({ ...live, edges }, targets);
  const isUsed = (node: string | undefined) =>
    node === undefined || wanted.has(node) || !Object.hasOwn(live.nodes, node);
  return {
    nodes: built.nodes.filter(({ id }) => isUsed(id)),
    steps: built.steps.filter(({ node }) => isUsed(node)),
    issues: built.issues.filter(({ place }) => isUsed(place.node)),
  };
}

/** Seconds along the slowest chain of steps that depend on each other. */
function longestChain(steps: readonly PlannedStep[]): number {
  const ends = new Map<StepId, number>();
  let longest = 0;
  for (const step of steps) {
    let start = 0;
    for (const items of Object.values(step.inputs))
      for (const item of items) if ('from' in item) start = Math.max(start, ends.get(item.from) ?? 0);
    const end = start + (step.verdict === 'will-run' ? step.forecast.seconds.low : 0);
    ends.set(step.id, end);
    longest = Math.max(longest, end);
  }
  return longest;
}
