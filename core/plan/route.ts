import type { DocumentNode, WorkflowDocument } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import type { ModelSpec, ProviderInfo } from '../provider';
import type { ModelRef, TaskKind } from '../task';

/** `"fal/seedream-4.5"` → provider and model; the provider alone means its first model. */
export function modelRefOf(route: string): ModelRef {
  const slash = route.indexOf('/');
  return slash === -1
    ? { provider: route, model: '' }
    : { provider: route.slice(0, slash), model: route.slice(slash + 1) };
}

export function routeText(ref: ModelRef): string {
  return `${ref.provider}/${ref.model}`;
}

/** The kind of task a node asks for, or `undefined` when it asks no model. */
export function taskKindOf(definition: NodeDefinition): TaskKind | undefined {
  return definition.work.on === 'provider' ? definition.work.kind : undefined;
}

export interface Routed {
  provider: ProviderInfo;
  model: ModelSpec;
  /** Whether the node names the route itself. */
  own: boolean;
}

/** Where a node runs: its own route, else the workflow's default for its kind of task. An issue when neither will do. */
export function routeOf(
  document: WorkflowDocument,
  nodeId: string,
  node: DocumentNode,
  kind: TaskKind,
  providers: ReadonlyMap<string, ProviderInfo>,
): Routed | Issue {
  const text = node.route ?? document.routes[kind];
  const issue = (code: string, message: string): Issue => ({
    code,
    severity: 'error',
    message,
    place: { node: nodeId },
  });
  if (text === undefined)
    return issue('no-route', `Choose where this runs: the workflow has no default route for "${kind}".`);
  const ref = modelRefOf(text);
  const provider = providers.get(ref.provider);
  if (provider === undefined)
    return issue('unknown-route', `There is no provider "${ref.provider}"; choose another route.`);
  const model =
    ref.model === ''
      ? provider.models.find((candidate) => candidate.tasks.includes(kind))
      : provider.models.find((candidate) => candidate.id === ref.model);
  if (model === undefined)
    return issue(
      'unknown-route',
      `${provider.label} has no model "${ref.model}" here; choose another route.`,
    );
  if (!model.tasks.includes(kind))
    return issue('wrong-route', `${model.label} on ${provider.label} cannot ${kind}; choose another route.`);
  return { provider, model, own: node.route !== undefined };
}

/** The provider and model a route's text names for a kind of task; `undefined` where there is none of them here. */
export function modelOfRoute(
  text: string | undefined,
  kind: string,
  providers: readonly ProviderInfo[],
): { provider: ProviderInfo; model: ModelSpec } | undefined {
  if (text === undefined || text === '') return undefined;
  const ref = modelRefOf(text);
  const provider = providers.find(({ id }) => id === ref.provider);
  const model = provider?.models.find((candidate) =>
    ref.model === '' ? candidate.tasks.some((task) => task === kind) : candidate.id === ref.model,
  );
  return provider === undefined || model === undefined ? undefined : { provider, model };
}
