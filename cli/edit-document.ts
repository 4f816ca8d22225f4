import { disconnect, editNode, setParam, setRoute } from '#core/document/edit';
import { setNodeMode } from '#core/document/edit-modes';
import { editAt, nodeAt } from '#core/document/own-subgraph';
import { effectiveModes, type NodeMode } from '#core/document/modes';
import { portAddressOf, type WorkflowDocument } from '#core/document/schema';
import { catalogueOf } from '#core/document/subgraph';
import type { Issue } from '#core/issue';
import type { NodeCatalogue } from '#core/node';
import { liveEdges, targetsFrom } from '#core/plan/live-edges';
import { withSources } from '#core/plan/order';
import { modelRefOf, taskKindOf } from '#core/plan/route';
import type { ModelSpec, Provider } from '#core/provider';
import { paramValue } from './param-value';
import { readSetText, type SetText } from './set-text';

/** What the command line changes of a workflow, for this one run: the file is never written. */
export interface Edits {
  /** `NODE.PARAM=VALUE` or `LABEL=VALUE` texts. */
  set: readonly string[];
  /** `PROVIDER/MODEL` for every node whose kind of task that model does. */
  route?: string | undefined;
  /** Ids of nodes. */
  mute?: readonly string[];
  bypass?: readonly string[];
  /** `NODE=1,3` texts: which pictures go on there, by place from 1. */
  pick?: readonly string[];
  /** Ids of nodes a run shall begin at; looked at here only for whether they are there. */
  from?: readonly string[];
}

export interface Known {
  nodes: NodeCatalogue;
  providers: ReadonlyMap<string, Pick<Provider, 'id' | 'label' | 'models'>>;
  /** Paths are relative to it. */
  directory: string;
}

export interface Edited {
  document: WorkflowDocument;
  issues: Issue[];
}

/** Applies what can be applied; everything else is an issue. */
export function editDocument(document: WorkflowDocument, edits: Edits, known: Known): Edited {
  let edited: Edited = { document, issues: [] };
  for (const text of edits.set) {
    const next = applySet(edited.document, text, known);
    edited = { document: next.document, issues: [...edited.issues, ...next.issues] };
  }
  for (const text of edits.pick ?? []) {
    const next = applyPick(edited.document, text, known);
    edited = { document: next.document, issues: [...edited.issues, ...next.issues] };
  }
  // A node that is named by both is muted: the stronger mode counts.
  for (const id of edits.bypass ?? []) edited = applyMode(edited, id, 'bypass');
  for (const id of edits.mute ?? []) edited = applyMode(edited, id, 'mute');
  for (const id of edits.from ?? [])
    if (nodeOf(document, id) === undefined) edited.issues.push(unknownNode(document, id));
  if (edits.route === undefined) return edited;
  const routed = applyRoute(edited.document, edits.route, known);
  return { document: routed.document, issues: [...edited.issues, ...routed.issues] };
}

function nodeOf(document: WorkflowDocument, id: string) {
  return nodeAt(document, id);
}

function unknownNode(document: WorkflowDocument, id: string): Issue {
  const message = `There is no node "${id}"; there are ${listed(Object.keys(document.nodes))}.`;
  return { code: 'unknown-node', severity: 'error', message, place: { node: id } };
}

function applyMode({ document, issues }: Edited, id: string, mode: NodeMode): Edited {
  return nodeOf(document, id) === undefined
    ? { document, issues: [...issues, unknownNode(document, id)] }
    : { document: editAt(document, id, (graph) => setNodeMode(graph, id, mode)), issues };
}

function refused(document: WorkflowDocument, code: string, message: string, place: Issue['place']): Edited {
  return { document, issues: [{ code, severity: 'error', message, place }] };
}

function applySet(document: WorkflowDocument, text: string, known: Known): Edited {
  const read = readSetText(document, text, known.nodes);
  return 'issue' in read ? { document, issues: [read.issue] } : applyValue(document, read, known);
}

function applyValue(document: WorkflowDocument, { node: id, param, value }: SetText, known: Known): Edited {
  const node = nodeOf(document, id);
  if (node === undefined) return { document, issues: [unknownNode(document, id)] };
  const definition = catalogueOf(document, known.nodes).get(node.type);
  // The plan names the unknown type itself.
  if (definition === undefined) return { document, issues: [] };
  const spec = Object.hasOwn(definition.params, param) ? definition.params[param] : undefined;
  if (spec === undefined) {
    const message = `${definition.title} has no param "${param}"; it has ${listed(Object.keys(definition.params))}.`;
    return refused(document, 'unknown-param', message, { node: id, param });
  }
  const read = paramValue(value, spec, known.directory);
  if ('problem' in read)
    return refused(document, 'wrong-param', `${spec.label}: ${read.problem}`, { node: id, param });
  let issues: Issue[] = [];
  const edited = editAt(document, id, (graph) => {
    const cut = cutWires(setParam(graph, id, param, read.value), id, param);
    issues = cut.issues;
    return cut.document;
  });
  return { document: edited, issues };
}

/** `choose=1,3`: the param that keeps what was picked, whatever it is called. */
function applyPick(document: WorkflowDocument, text: string, known: Known): Edited {
  const [, id = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  const node = nodeOf(document, id);
  if (id !== '' && node === undefined) return { document, issues: [unknownNode(document, id)] };
  const definition = known.nodes.get(node?.type ?? '');
  if (definition?.work.on === 'person')
    return applyValue(document, { node: id, param: definition.work.picks, value }, known);
  const message =
    id === ''
      ? 'Pictures are picked with NODE=1,3.'
      : `At "${id}" nobody picks pictures; leave out its --pick.`;
  return refused(document, 'wrong-pick', message, { path: `--pick ${text}` });
}

/** A wire would win over the value that was just asked for, so it is left out, and that is said. */
function cutWires(document: WorkflowDocument, id: string, param: string): Edited {
  const wires = document.edges.filter(({ to }) => to === `${id}.${param}`);
  if (wires.length === 0) return { document, issues: [] };
  const message = `This comes by wire from ${wires.map(({ from }) => from).join(', ')}; for this run the value of --set takes its place.`;
  const issue: Issue = { code: 'wire-replaced', severity: 'warning', message, place: { node: id, param } };
  return { document: disconnect(document, wires), issues: [issue] };
}

function applyRoute(document: WorkflowDocument, route: string, { nodes, providers }: Known): Edited {
  const refuse = (message: string) => refused(document, 'wrong-route', message, { path: `--route ${route}` });
  const { provider: id, model: modelId } = modelRefOf(route);
  const provider = providers.get(id);
  if (provider === undefined)
    return refuse(`There is no provider "${id}"; there are ${listed([...providers.keys()])}.`);
  const models: readonly ModelSpec[] =
    modelId === '' ? provider.models : provider.models.filter((model) => model.id === modelId);
  if (models.length === 0)
    return refuse(
      `${provider.label} has no model "${modelId}"; it has ${listed(provider.models.map((model) => model.id))}.`,
    );
  const tasks = new Set(models.flatMap((model) => model.tasks));
  const routedIn = (graph: WorkflowDocument) => {
    let routed = graph;
    for (const [node, { type }] of Object.entries(graph.nodes)) {
      const definition = nodes.get(type);
      const kind = definition === undefined ? undefined : taskKindOf(definition);
      if (kind !== undefined && tasks.has(kind)) routed = setRoute(routed, node, route);
    }
    return routed;
  };
  let routed = routedIn(document);
  for (const [subgraph, inside] of Object.entries(document.subgraphs ?? {})) {
    const { nodes: now } = routedIn({ ...document, nodes: inside.nodes });
    if (now !== inside.nodes)
      routed = { ...routed, subgraphs: { ...routed.subgraphs, [subgraph]: { ...inside, nodes: now } } };
  }
  if (routed !== document) return { document: routed, issues: [] };
  return refuse(`It does ${[...tasks].join(', ')}, and no node of this workflow asks for that.`);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/**
 * The nodes `--take-next` asks anew: those named by `targets` and `from` that ask a model; where none of them does, what
 * comes after `from`, else every wanted node that asks a model. Muted and bypassed ones are not asked.
 */
export function nodesToTake(
  document: WorkflowDocument,
  targets: readonly string[] | undefined,
  nodes: NodeCatalogue,
  from: readonly string[] = [],
): string[] {
  const asksModel = (id: string) => nodes.get(document.nodes[id]?.type ?? '')?.work.on === 'provider';
  const modes = effectiveModes(document);
  const isOn = (id: string) => !modes.has(id);
  const aimed = [...new Set([...(targets ?? []), ...from])].filter(asksModel);
  if (aimed.length > 0) return aimed.filter(isOn);
  const live = { ...document, edges: liveEdges(document, nodes, modes) };
  const wanted =
    from.length > 0
      ? targetsFrom(document, nodes, from)
      : targets === undefined
        ? Object.keys(document.nodes)
        : [...withSources(live, targets)];
  return wanted.filter((id) => asksModel(id) && isOn(id));
}

/** The document with these nodes' takes `by` further on. */
export function withTakes(document: WorkflowDocument, ids: readonly string[], by: number): WorkflowDocument {
  return ids.reduce(
    (taken, id) =>
      editAt(taken, id, (graph) => editNode(graph, id, (node) => ({ ...node, take: (node.take ?? 0) + by }))),
    document,
  );
}

/**
 * The last nodes of a run that give pictures: nothing else of the run that gives pictures is wired from them.
 * `ran` are the nodes that have steps.
 */
export function lastPictureNodes(
  document: WorkflowDocument,
  ran: ReadonlySet<string>,
  nodes: NodeCatalogue,
): string[] {
  const givesPictures = (id: string) =>
    ran.has(id) &&
    Object.values(nodes.get(document.nodes[id]?.type ?? '')?.outputs ?? {}).some(
      ({ type }) => type === 'image' || type === 'mask',
    );
  const edges = liveEdges(document, nodes);
  const modes = effectiveModes(document);
  const goOn = new Set<string>();
  const open = Object.keys(document.nodes).filter(givesPictures);
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { from, to } of edges) {
      const source = portAddressOf(from).node;
      if (portAddressOf(to).node !== id || goOn.has(source)) continue;
      goOn.add(source);
      // A bypassed node is no more than a wire.
      if (modes.get(source) === 'bypass') open.push(source);
    }
  return Object.keys(document.nodes).filter((id) => givesPictures(id) && !goOn.has(id));
}
