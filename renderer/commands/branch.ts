import { everyNode } from '#core/document/every-node';
import type { WorkflowDocument } from '#core/document/schema';
import type { CostedMove } from '#core/move-costs';
import { targetsFrom } from '#core/plan/live-edges';
import { movedDocument, movedWithDefaults, type ModelsByKind, type NodeMove } from '#core/plan/move-branch';
import { modelRefOf, taskKindOf } from '#core/plan/route';
import type { NodeCatalogue } from '#core/node';
import type { ProviderInfo } from '#core/provider';
import { taskKinds, type TaskKind } from '#core/task';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';

/** Which nodes of the workflow move: those given, a branch from them, all, or all of one kind. */
export type MoveScope = 'given' | 'after' | 'all' | TaskKind;

/** The move of nodes to another provider, for these first. */
export function openMove(nodes: readonly string[]): void {
  documentStore.actions.settle();
  sessionStore.actions.set({ overlay: { kind: 'move', nodes } });
}

/** The nodes of a scope that ask a model. */
export function nodesInScope(
  scope: MoveScope,
  given: readonly string[],
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
): string[] {
  const kindOf = (id: string) => {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    return definition === undefined ? undefined : taskKindOf(definition);
  };
  const ids =
    scope === 'given'
      ? given
      : scope === 'after'
        ? targetsFrom(document, catalogue, given)
        : Object.keys(document.nodes);
  return ids.filter((id) => {
    const kind = kindOf(id);
    return (
      kind !== undefined && (scope === 'given' || scope === 'after' || scope === 'all' || scope === kind)
    );
  });
}

/** The scopes that differ, in the order they are offered; the first is the one meant. */
export function scopesOf(
  given: readonly string[],
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
): { scope: MoveScope; nodes: string[] }[] {
  const kinds: readonly TaskKind[] = taskKinds;
  // One node stands for the branch that begins there; several are what was chosen.
  const first: MoveScope[] = given.length === 1 ? ['after', 'given'] : ['given', 'after'];
  const seen = new Set<string>();
  return [...first, 'all' as const, ...kinds]
    .map((scope) => ({ scope, nodes: nodesInScope(scope, given, document, catalogue) }))
    .filter(({ nodes }) => {
      const key = nodes.toSorted().join('\n');
      if (nodes.length === 0 || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** The other side: back to where the nodes came from, else from a vendor to a machine paid by its time, else to a vendor. */
export function otherProvider(
  nodes: readonly string[],
  routeOf: (node: string) => string | undefined,
  providers: readonly ProviderInfo[],
  movedFrom: Readonly<Record<string, string>>,
): string | undefined {
  const here = new Set(nodes.flatMap((id) => modelRefOf(routeOf(id) ?? '').provider));
  const back = nodes.flatMap((id) => modelRefOf(movedFrom[id] ?? '').provider).find((id) => id !== '');
  if (back !== undefined && !here.has(back) && providers.some(({ id }) => id === back)) return back;
  const isMachine = (id: string) => providers.find((one) => one.id === id)?.paidByTime === true;
  const toMachine = ![...here].some(isMachine);
  const others = providers.filter(({ id }) => !here.has(id));
  const isPriced = ({ models }: ProviderInfo) => models.some(({ price }) => price.perPicture > 0);
  const fits = (one: ProviderInfo) =>
    toMachine ? one.paidByTime === true : !one.paidByTime && isPriced(one);
  return (others.find(fits) ?? others[0])?.id;
}

/** What the move would change and cost; nothing is changed. */
export function readMove(
  nodes: readonly string[],
  to: string,
  models: ModelsByKind,
): Promise<CostedMove | undefined> {
  const { whole: document, path } = documentStore.getState();
  return ask('routes.move', { document, path, nodes: [...nodes], to, models });
}

/** The models that nodes had at this provider before they were moved from it. */
export function modelsBefore(move: readonly Pick<NodeMove, 'node' | 'kind'>[], to: string): ModelsByKind {
  const { movedFrom } = sessionStore.getState();
  const models: ModelsByKind = {};
  for (const { node, kind } of move) {
    const { provider, model } = modelRefOf(movedFrom[node] ?? '');
    if (provider === to && model !== '') models[kind] ??= model;
  }
  return models;
}

/** What goes by the workflow's defaults inside subgraphs, or around the one that is shown. */
function kindsUnseen(): Set<TaskKind> {
  const { document, whole } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const seen = new Set(Object.values(document.nodes));
  const unseen = everyNode(whole).filter((node) => node.route === undefined && !seen.has(node));
  return new Set(
    unseen.flatMap(({ type }) => {
      const definition = catalogue.get(type);
      return (definition && taskKindOf(definition)) ?? [];
    }),
  );
}

/** One step of undo. With a scope of all, or of all of a kind, the workflow's defaults go along. */
export function moveBranch(moves: readonly NodeMove[], scope: MoveScope): void {
  const { settle, edit } = documentStore.actions;
  const withDefaults = scope !== 'given' && scope !== 'after';
  settle();
  const unseen = kindsUnseen();
  edit((document) =>
    withDefaults ? movedWithDefaults(document, moves, unseen) : movedDocument(document, moves),
  );
  settle();
  const from = moves.flatMap(({ node, to, from: route }) =>
    to === undefined || route === undefined ? [] : [[node, route] as const],
  );
  const { movedFrom } = sessionStore.getState();
  sessionStore.actions.set({ movedFrom: { ...movedFrom, ...Object.fromEntries(from) } });
}
