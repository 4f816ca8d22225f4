import { effectiveModes, groupsWithMode, type NodeMode } from '../document/modes';
import { pinPlace } from '../document/edit-modes';
import type { DocumentNode, Edge } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import type { Outputs } from '../values';
import { BehindChoices } from './behind-choice';
import { expandItems } from './expand';
import { nothing } from './forecast';
import { wirePasses } from './live-edges';
import { NodeSummary } from './node-summary';
import { checkPin, isWhollyPinned, pinnedPlaces } from './pin';
import { planChoice } from './plan-choice';
import { planStep, type StepWork } from './plan-step';
import type { PlannedNode, PlannedStep } from './planned';
import type { Reason } from './reason';
import { resolveParams } from './resolve-params';
import { routeOf, taskKindOf } from './route';
import {
  copiesOf,
  planValues,
  prepareStep,
  stepId,
  type PlanContext,
  type PlannedItem,
  type PreparedStep,
  type ResolvedNode,
} from './step';
import { TakesAhead } from './takes-ahead';
import { emptyWires, Wiring, type Arriving } from './wiring';

type ItemInputs = Record<string, PlannedItem[]>[];

/** Builds a plan node by node, in an order in which every node comes after its sources. */
export class PlanBuilder {
  readonly nodes: PlannedNode[] = [];
  readonly steps: PlannedStep[] = [];
  readonly issues: Issue[] = [];
  /** Nodes that have steps, ready to be worked out again when their inputs have been made. */
  readonly resolved = new Map<string, ResolvedNode>();
  readonly #modes: ReadonlyMap<string, NodeMode>;
  readonly #wiring: Wiring;
  readonly #behind = new BehindChoices();

  constructor(private readonly context: PlanContext) {
    const { document, catalogue } = context;
    this.#modes = effectiveModes(document);
    this.#wiring = new Wiring(document, catalogue, this.#modes);
  }

  addEdge(edge: Edge, path: string): void {
    this.issues.push(...this.#wiring.addEdge(edge, path));
  }

  /** Keeps a node out of the run because of an issue. */
  block(id: string, issue: Issue | Issue[], reasons: Reason[] = []): void {
    this.issues.push(...(Array.isArray(issue) ? issue : [issue]));
    this.#wiring.block(id);
    this.#addStill(id, { verdict: 'blocked', steps: { reused: 0, willRun: 0, blocked: 1 }, reasons });
  }

  /** A node without steps of its own. */
  #addStill(id: string, node: Pick<PlannedNode, 'verdict'> & Partial<PlannedNode>): void {
    const steps = { reused: 0, willRun: 0, blocked: 0 };
    this.nodes.push({ id, steps, reasons: [], notes: [], items: {}, forecast: nothing, ...node });
  }

  addNode(id: string): void {
    const node = this.context.document.nodes[id]!;
    const definition = this.context.catalogue.get(node.type);
    const mode = this.#modes.get(id);
    if (mode !== undefined) {
      this.#addOff(id, mode, definition);
      return;
    }
    if (definition === undefined) {
      this.block(id, {
        code: 'unknown-type',
        severity: 'error',
        message: `This Seedloom does not know the node type "${node.type}". It is kept in the file as it is.`,
        place: { node: id },
      });
      return;
    }
    const arriving = this.#wiring.arriving(id, definition);
    if (definition.work.on === 'wire') {
      this.#addWire(id, node, definition, arriving);
      return;
    }
    if (arriving.missing.length > 0) {
      this.#addLeftOut(id, node, definition, arriving.missing);
      return;
    }
    const { resolved, issues } = this.#resolve(id, node, definition);
    const expanded = expandItems(id, definition.inputs, arriving.lists, arriving.isWired);
    const trouble = this.#trouble(id, issues, arriving, expanded);
    if (trouble === undefined && 'items' in expanded) {
      this.resolved.set(id, resolved);
      this.#addSteps(resolved, expanded.items, node.pins ?? {});
    } else if (
      isWhollyPinned(node, copiesOf(resolved), 'items' in expanded ? expanded.items.length : undefined)
    ) {
      this.resolved.set(id, resolved);
      this.#addPinned(resolved, node, []);
    } else {
      this.block(id, trouble?.issues ?? [], trouble?.reasons);
    }
  }

  #addOff(id: string, mode: NodeMode, definition: NodeDefinition | undefined): void {
    const { nodes, groups } = this.context.document;
    const titles = groupsWithMode(this.context.document, id, mode).map(
      (group) => groups?.[group]?.title ?? '',
    );
    const reasons: Reason[] = nodes[id]?.mode === mode ? [] : [{ code: 'by-group', mode, groups: titles }];
    if (mode === 'mute') {
      this.#wiring.leaveOut(id, [id]);
      this.#addStill(id, { verdict: 'muted', reasons });
    } else {
      this.#addStill(id, { verdict: 'bypassed', reasons, items: this.#wiring.passThrough(id, definition) });
    }
  }

  /** A node that only passes on: nothing wired to the chosen input is the one thing that can be wrong with it. */
  #addWire(id: string, node: DocumentNode, definition: NodeDefinition, arriving: Arriving): void {
    const { issues } = this.#resolve(id, node, definition);
    const passes = wirePasses(node, definition);
    issues.push(...emptyWires(id, definition, passes, arriving));
    const trouble = this.#trouble(id, issues, arriving, { items: [] });
    if (trouble !== undefined) {
      this.block(id, trouble.issues, trouble.reasons);
      return;
    }
    if (arriving.missing.length > 0) {
      this.#addLeftOut(id, node, definition, arriving.missing);
      return;
    }
    const lists = Object.fromEntries(
      [...passes].map(([output, input]) => [output, arriving.lists[input] ?? []]),
    );
    this.#finish({ id, definition, params: {}, take: 0 }, lists, new NodeSummary(id));
  }

  /** Nobody needs it, because these nodes pass on something else. */
  leaveIdle(id: string, because: string[]): void {
    this.#wiring.leaveOut(id, []);
    this.#addStill(id, { verdict: 'left-out', reasons: [{ code: 'not-passed-on', nodes: because }] });
  }

  /** Its pins stand all the same; without any it gives nothing, and no issue of its own matters. */
  #addLeftOut(id: string, node: DocumentNode, definition: NodeDefinition, missing: string[]): void {
    const mode = missing.some((cause) => this.#modes.get(cause) === 'mute') ? 'mute' : 'bypass';
    const reason: Reason = { code: 'left-out', nodes: missing, mode };
    if (Object.keys(node.pins ?? {}).length > 0) {
      const { resolved } = this.#resolve(id, node, definition);
      this.resolved.set(id, resolved);
      this.#addPinned(resolved, node, isWhollyPinned(node, copiesOf(resolved), undefined) ? [] : [reason]);
      return;
    }
    this.#wiring.leaveOut(id, missing);
    this.#addStill(id, { verdict: 'left-out', reasons: [reason] });
  }

  /** What stands in the way of a node, the first thing that does. */
  #trouble(
    id: string,
    issues: Issue[],
    { blockers }: Arriving,
    expanded: ReturnType<typeof expandItems>,
  ): { issues: Issue[]; reasons?: Reason[] } | undefined {
    if (issues.length > 0) return { issues };
    if (blockers.length > 0) return { issues: [], reasons: [{ code: 'blocked-by', nodes: blockers }] };
    if (this.#wiring.isBlocked(id)) return { issues: [] };
    return 'issue' in expanded ? { issues: [expanded.issue] } : undefined;
  }

  #resolve(
    id: string,
    node: DocumentNode,
    definition: NodeDefinition,
  ): { resolved: ResolvedNode; issues: Issue[] } {
    const { document, providers, known } = this.context;
    if (node.version > definition.version) {
      const message = `${definition.title} was saved by a newer Seedloom; update Seedloom to run it.`;
      return {
        resolved: { id, definition, params: {}, take: 0 },
        issues: [{ code: 'newer-node', severity: 'error', message, place: { node: id } }],
      };
    }
    const { params, issues } = resolveParams(id, node, definition, known);
    const resolved: ResolvedNode = { id, definition, params, take: node.take ?? 0 };
    const kind = taskKindOf(definition);
    if (kind !== undefined) {
      const routed = routeOf(document, id, node, kind, providers);
      if ('severity' in routed) issues.push(routed);
      else Object.assign(resolved, { provider: routed.provider, model: routed.model });
    }
    return { resolved, issues };
  }

  #addSteps(node: ResolvedNode, items: ItemInputs, pins: Readonly<Record<string, Outputs>>): void {
    const { definition, id } = node;
    const lists = emptyLists(definition);
    const summary = new NodeSummary(id);
    const takes = new TakesAhead(this.context.known);
    for (const [index, inputs] of items.entries()) {
      for (let copy = 0; copy < copiesOf(node); copy += 1) {
        const place = pinPlace(index, copy);
        if (Object.hasOwn(pins, place)) {
          this.#addPin(node, index, copy, pins[place]!, lists, summary);
          continue;
        }
        if (definition.work.on === 'person') {
          this.#addChoice(node, index, inputs, lists, summary);
          continue;
        }
        const prepared = prepareStep(node, index, copy, inputs, this.context.known);
        const pending = pendingNodes(inputs);
        if (definition.work.on === 'plan' && pending.length === 0)
          this.#addValue(node, prepared, lists, summary);
        else this.#addStep(node, { index, copy, inputs, prepared, pending }, lists, summary);
        if (node.provider !== undefined) takes.addStep(prepared);
      }
    }
    summary.takes = takes.of(node);
    this.#finish(node, lists, summary);
  }

  /** Only what is pinned: what else there might be cannot be worked out. */
  #addPinned(node: ResolvedNode, { pins = {} }: DocumentNode, reasons: readonly Reason[]): void {
    const lists = emptyLists(node.definition);
    const summary = new NodeSummary(node.id);
    for (const { index, copy, place } of pinnedPlaces(pins))
      this.#addPin(node, index, copy, pins[place]!, lists, summary);
    for (const reason of reasons) summary.addReason(reason);
    this.#finish(node, lists, summary);
  }

  #finish(node: ResolvedNode, lists: Record<string, PlannedItem[]>, summary: NodeSummary): void {
    this.issues.push(...summary.issues);
    if (summary.verdict() === 'blocked') this.#wiring.block(node.id);
    this.#wiring.give(node.id, lists);
    this.nodes.push(summary.finish(node, lists, (route) => this.context.known.price(route)));
  }

  #addPin(
    { id, definition }: ResolvedNode,
    index: number,
    copy: number,
    outputs: Outputs,
    lists: Record<string, PlannedItem[]>,
    summary: NodeSummary,
  ): void {
    const issue = checkPin(id, definition, pinPlace(index, copy), outputs, this.context.known);
    const step: PlannedStep = {
      id: stepId(id, index, copy),
      node: id,
      index,
      copy,
      inputs: {},
      verdict: issue === undefined ? 'reused' : 'blocked',
      pinned: true,
      reason: { code: 'pinned' },
      forecast: nothing,
    };
    if (issue === undefined) {
      step.outputs = outputs;
      for (const [port, values] of Object.entries(outputs))
        lists[port]?.push(...values.map((value) => ({ value })));
    } else {
      summary.addIssues([issue]);
    }
    this.steps.push(step);
    summary.addStep(step);
  }

  #addValue(
    node: ResolvedNode,
    prepared: PreparedStep,
    lists: Record<string, PlannedItem[]>,
    summary: NodeSummary,
  ): void {
    const outputs = prepared.issues.length > 0 ? {} : planValues(node.definition, prepared.args);
    if ('code' in outputs && 'message' in outputs) {
      const { code, message } = outputs as unknown as { code: string; message: string };
      summary.addIssues([{ code, severity: 'error', message, place: { node: node.id } }]);
      return;
    }
    summary.addIssues(prepared.issues);
    for (const [port, values] of Object.entries(outputs))
      lists[port]?.push(...values.map((value) => ({ value })));
  }

  /** What was picked goes on by itself; an open choice is a step that waits. */
  #addChoice(
    node: ResolvedNode,
    index: number,
    inputs: Record<string, PlannedItem[]>,
    lists: Record<string, PlannedItem[]>,
    summary: NodeSummary,
  ): void {
    const planned = planChoice(node, stepId(node.id, index, 0), inputs, this.#behind);
    summary.choice = planned.choice;
    summary.addIssues(planned.issues);
    for (const [port, items] of Object.entries(planned.lists)) lists[port]?.push(...items);
    if (planned.step === undefined) return;
    this.steps.push(planned.step);
    summary.addStep(planned.step);
  }

  #addStep(
    node: ResolvedNode,
    work: StepWork,
    lists: Record<string, PlannedItem[]>,
    summary: NodeSummary,
  ): void {
    const planned = planStep(node, work, this.#behind, this.context.known);
    summary.addIssues(planned.issues);
    summary.addNotes(planned.notes);
    this.steps.push(planned.step);
    summary.addStep(planned.step);
    for (const [port, items] of Object.entries(planned.gives)) lists[port]?.push(...items);
  }
}

function pendingNodes(inputs: Record<string, PlannedItem[]>): string[] {
  const nodes = new Set<string>();
  for (const items of Object.values(inputs))
    for (const item of items) if ('from' in item) nodes.add(item.from.slice(0, item.from.lastIndexOf('#')));
  return [...nodes];
}

function emptyLists(definition: NodeDefinition): Record<string, PlannedItem[]> {
  return Object.fromEntries(Object.keys(definition.outputs).map((port) => [port, []]));
}
