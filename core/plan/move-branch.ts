import { flatten, flatTargets } from '../document/flatten';
import { setDefaultRoute, setRoute } from '../document/edit';
import type { WorkflowDocument } from '../document/schema';
import type { RouteAnswer } from '../route-comparison';
import type { TaskKind } from '../task';
import { orderNodes } from './order';
import { planRun } from './plan';
import { modelRefOf, routeOf, routeText, taskKindOf } from './route';
import { answerOf } from './route-answer';
import type { PlanContext } from './step';

/** A model for each kind of task. */
export type ModelsByKind = Partial<Record<TaskKind, string>>;

/** What a move to another provider does with one node. */
export interface NodeMove {
  node: string;
  kind: TaskKind;
  /** Its route now, `provider/model`; left out where there is no such one. */
  from?: string;
  /** Its route then; left out where it stays: it is there already, or nothing there does this kind of task. */
  to?: string;
  stays?: 'there' | 'cannot';
  /** What its two routes make of what it asks. */
  before?: RouteAnswer;
  after?: RouteAnswer;
  /** How many pictures it asks for in all; 0 while that is not known. */
  pictures: number;
}

/** A move of several nodes to one provider, as it would be. */
export interface BranchMove {
  provider: string;
  /** The model chosen for each kind among the nodes that move. */
  models: ModelsByKind;
  /** The nodes that ask a model, each after those it depends on. */
  nodes: NodeMove[];
}

/**
 * What moving these nodes to a provider would change, worked out by the plan of the workflow as it would be. Where `models`
 * names no model of a kind, the one that refuses least, then leaves out least, is taken. Changes nothing.
 */
export function moveBranch(
  whole: PlanContext,
  given: readonly string[],
  provider: string,
  models: ModelsByKind = {},
): BranchMove {
  const flat = flatten(whole.document, whole.catalogue);
  const { document, catalogue } = flat;
  const context = { ...whole, document, catalogue };
  const nodes = flatTargets(flat, given);
  const offered = context.providers.get(provider)?.models ?? [];
  const asking = askingNodes(context, nodes);
  const mayMove = asking.filter(({ kind, from }) => {
    const isThere = from !== undefined && modelRefOf(from).provider === provider;
    return !isThere || (models[kind] !== undefined && routeText({ provider, model: models[kind] }) !== from);
  });
  const candidates = (kind: TaskKind) =>
    offered.filter(({ tasks, rehearses }) => rehearses === undefined && tasks.includes(kind));
  // Without a route the plan has no steps for a node: any that does its kind of task brings them out.
  const planned = mayMove
    .filter(({ from }) => from === undefined)
    .reduce((edited, { node, kind }) => {
      const [first] = candidates(kind);
      return first === undefined ? edited : setRoute(edited, node, routeText({ provider, model: first.id }));
    }, document);
  const now = answersIn({ ...context, document: planned }, nodes);

  const chosen: ModelsByKind = {};
  for (const kind of new Set(mayMove.map((one) => one.kind))) {
    const able = candidates(kind);
    const named = able.find(({ id }) => id === models[kind]);
    const ids = mayMove.filter((one) => one.kind === kind).map(({ node }) => node);
    const losses = able.map(({ id }) => lossesOf(ids, (node) => now(node, { provider, model: id }, kind)));
    const best = able[indexOfLeast(losses)];
    const model = named ?? best;
    if (model !== undefined) chosen[kind] = model.id;
  }

  const moves = asking.map((one): NodeMove => {
    if (!mayMove.includes(one)) return { ...one, stays: 'there', pictures: 0 };
    const model = chosen[one.kind];
    if (model === undefined) return { ...one, stays: 'cannot', pictures: 0 };
    return { ...one, to: routeText({ provider, model }), pictures: 0 };
  });
  const then = answersIn({ ...context, document: movedDocument(document, moves) }, nodes);
  return {
    provider,
    models: chosen,
    nodes: moves.map((move) => {
      const { node, kind, from, to } = move;
      const before = from === undefined ? undefined : now(node, modelRefOf(from), kind);
      const after = to === undefined ? before : then(node, modelRefOf(to), kind);
      return {
        ...move,
        ...(before === undefined ? {} : { before: before.told }),
        ...(after === undefined ? {} : { after: after.told }),
        pictures: after?.pictures ?? 0,
      };
    }),
  };
}

/** The workflow after the move: the nodes keep all they ask for. */
export function movedDocument(
  document: WorkflowDocument,
  moves: readonly Pick<NodeMove, 'node' | 'to'>[],
): WorkflowDocument {
  return moves.reduce(
    (edited, { node, to }) => (to === undefined ? edited : setRoute(edited, node, to)),
    document,
  );
}

/**
 * The same of all nodes of some kinds: the workflow's default goes along, so that what is added later runs there too.
 * `moves` has every node of those kinds that is seen; where one that goes by the default stays, or there are others in `stay`,
 * the default stays as well.
 */
export function movedWithDefaults(
  document: WorkflowDocument,
  moves: readonly Pick<NodeMove, 'node' | 'to' | 'kind'>[],
  stay: ReadonlySet<TaskKind> = new Set(),
): WorkflowDocument {
  let edited = movedDocument(document, moves);
  for (const kind of new Set(moves.map((move) => move.kind))) {
    const own = moves.filter((move) => move.kind === kind);
    const to = own.find((move) => move.to !== undefined)?.to;
    const isKept = own.some(
      (move) => move.to === undefined && document.nodes[move.node]?.route === undefined,
    );
    if (to === undefined || isKept || stay.has(kind)) continue;
    edited = setDefaultRoute(edited, kind, to);
    for (const move of own) if (move.to !== undefined) edited = setRoute(edited, move.node, undefined);
  }
  return edited;
}

type Asking = Pick<NodeMove, 'node' | 'kind' | 'from'>;

function askingNodes({ document, catalogue, providers }: PlanContext, nodes: readonly string[]): Asking[] {
  const wanted = new Set(nodes);
  const { order, cycle } = orderNodes(document);
  return [...order, ...cycle].flatMap((id): Asking[] => {
    const node = wanted.has(id) ? document.nodes[id] : undefined;
    const definition = node && catalogue.get(node.type);
    const kind = definition && taskKindOf(definition);
    if (kind === undefined || node === undefined) return [];
    const routed = routeOf(document, id, node, kind, providers);
    if ('severity' in routed) return [{ node: id, kind }];
    return [{ node: id, kind, from: routeText({ provider: routed.provider.id, model: routed.model.id }) }];
  });
}

type Answered = ReturnType<typeof answerOf>;

/** What each route makes of each of these nodes, in the workflow of `context`. */
function answersIn(context: PlanContext, nodes: readonly string[]) {
  const there = nodes.filter((id) => Object.hasOwn(context.document.nodes, id));
  const { plan, resolved } = planRun(context, there);
  return (node: string, ref: { provider: string; model: string }, kind: TaskKind): Answered =>
    answerOf(
      context,
      routeText(ref),
      kind,
      resolved.get(node),
      plan.steps.filter((step) => step.node === node && step.pinned !== true),
    );
}

/** What is refused weighs more than anything that is left out. */
function lossesOf(nodes: readonly string[], answer: (node: string) => Answered): number {
  let losses = 0;
  for (const node of nodes)
    for (const { effect } of answer(node).told.notes)
      losses += effect === 'refused' ? 1000 : effect === 'ignored' ? 1 : 0;
  return losses;
}

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
