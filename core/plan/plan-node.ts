import { portAddressOf, type DocumentNode, type Edge } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import type { Outputs } from '../values';
import type { TaskNote } from './check-task';
import { expandItems } from './expand';
import { addForecasts, nothing } from './forecast';
import type { PlannedNode, PlannedStep, Verdict } from './planned';
import { reasonToRun, type Reason } from './reason';
import { resolveParams } from './resolve-params';
import { routeOf, taskKindOf } from './route';
import {
  expectedItems,
  planValues,
  prepareStep,
  stepId,
  type PlanContext,
  type PlannedItem,
  type PreparedStep,
  type ResolvedNode,
} from './step';

/** A reader of a plan wants a few reasons, not a thousand equal ones. */
const mostReasons = 4;

/** Builds a plan node by node, in an order in which every node comes after its sources. */
export class PlanBuilder {
  readonly nodes: PlannedNode[] = [];
  readonly steps: PlannedStep[] = [];
  readonly issues: Issue[] = [];
  /** Nodes that have steps, ready to be worked out again when their inputs have been made. */
  readonly resolved = new Map<string, ResolvedNode>();
  /** For each node, what its outputs carry. */
  readonly #lists = new Map<string, Record<string, PlannedItem[]>>();
  readonly #blocked = new Set<string>();
  /** The edges into each node's ports, in order. */
  readonly #incoming = new Map<string, Map<string, string[]>>();

  constructor(private readonly context: PlanContext) {}

  /** Takes an edge in, or says what is wrong with it. */
  checkEdge(edge: Edge, place: number): void {
    const { document, catalogue } = this.context;
    const [from, to] = [portAddressOf(edge.from), portAddressOf(edge.to)];
    const source = document.nodes[from.node];
    const target = document.nodes[to.node];
    const wrong = (code: string, message: string) => {
      this.issues.push({
        code,
        severity: 'error',
        message,
        place: { node: to.node, port: to.port, path: `edges.${place}` },
      });
    };
    if (source === undefined || target === undefined) {
      const missing = source === undefined ? from.node : to.node;
      wrong(
        'unknown-node',
        `The edge ${edge.from} → ${edge.to} names node "${missing}", which is not there.`,
      );
      if (target !== undefined) this.#blocked.add(to.node);
      return;
    }
    const [gives, takes] = [catalogue.get(source.type), catalogue.get(target.type)];
    const output = gives?.outputs[from.port];
    const input = takes?.inputs[to.port];
    if (gives !== undefined && output === undefined)
      wrong('unknown-port', `${gives.title} has no output "${from.port}".`);
    if (takes !== undefined && input === undefined)
      wrong('unknown-port', `${takes.title} has no input "${to.port}".`);
    if (output !== undefined && input !== undefined && output.type !== input.type)
      wrong('wrong-port-type', `${edge.from} gives ${output.type}, but ${edge.to} takes ${input.type}.`);
    if (input === undefined || output?.type !== input.type) {
      this.#blocked.add(to.node);
      return;
    }
    const ports = this.#incoming.get(to.node) ?? new Map<string, string[]>();
    this.#incoming.set(to.node, ports);
    const sources = ports.get(to.port) ?? [];
    ports.set(to.port, [...sources, edge.from]);
    if (input.takes === 'one' && sources.length > 0) {
      wrong(
        'too-many-edges',
        `"${input.label}" takes one wire and has ${sources.length + 1}; remove all but one.`,
      );
      this.#blocked.add(to.node);
    }
  }

  /** Keeps a node out of the run because of an issue. */
  block(id: string, issue: Issue | Issue[], reasons: Reason[] = []): void {
    this.issues.push(...(Array.isArray(issue) ? issue : [issue]));
    this.#blocked.add(id);
    const steps = { reused: 0, willRun: 0, blocked: 1 };
    this.nodes.push({ id, verdict: 'blocked', steps, reasons, notes: [], items: {}, forecast: nothing });
  }

  addNode(id: string): void {
    const node = this.context.document.nodes[id]!;
    const definition = this.context.catalogue.get(node.type);
    if (definition === undefined) {
      this.block(id, {
        code: 'unknown-type',
        severity: 'error',
        message: `This Seedloom does not know the node type "${node.type}". It is kept in the file as it is.`,
        place: { node: id },
      });
      return;
    }
    const resolved = this.#resolve(id, node, definition);
    if (resolved === undefined) return;
    const incoming = this.#incoming.get(id);
    const lists: Record<string, PlannedItem[]> = {};
    const blockers = new Set<string>();
    for (const [port, sources] of incoming ?? [])
      lists[port] = sources.flatMap((source) => {
        const from = portAddressOf(source);
        if (this.#blocked.has(from.node)) blockers.add(from.node);
        return this.#lists.get(from.node)?.[from.port] ?? [];
      });
    if (blockers.size > 0) {
      this.block(id, [], [{ code: 'blocked-by', nodes: [...blockers] }]);
      return;
    }
    if (this.#blocked.has(id)) {
      this.block(id, []);
      return;
    }
    const expanded = expandItems(id, definition.inputs, lists, (port) => incoming?.has(port) ?? false);
    if ('issue' in expanded) {
      this.block(id, expanded.issue);
      return;
    }
    this.resolved.set(id, resolved);
    this.#addSteps(resolved, expanded.items);
  }

  #resolve(id: string, node: DocumentNode, definition: NodeDefinition): ResolvedNode | undefined {
    const { document, providers, known } = this.context;
    if (node.version > definition.version) {
      this.block(id, {
        code: 'newer-node',
        severity: 'error',
        message: `${definition.title} was saved by a newer Seedloom; update Seedloom to run it.`,
        place: { node: id },
      });
      return undefined;
    }
    const { params, issues } = resolveParams(id, node, definition, known);
    const resolved: ResolvedNode = { id, definition, params, take: node.take ?? 0 };
    const kind = taskKindOf(definition);
    if (kind !== undefined) {
      const routed = routeOf(document, id, node, kind, providers);
      if ('severity' in routed) issues.push(routed);
      else Object.assign(resolved, { provider: routed.provider, model: routed.model });
    }
    if (issues.length === 0) return resolved;
    this.block(id, issues);
    return undefined;
  }

  #addSteps(node: ResolvedNode, items: Record<string, PlannedItem[]>[]): void {
    const { definition, id } = node;
    const copies = definition.copies === undefined ? 1 : Number(node.params[definition.copies]);
    const lists: Record<string, PlannedItem[]> = {};
    for (const port of Object.keys(definition.outputs)) lists[port] = [];
    const summary = new NodeSummary(id);
    for (const [index, inputs] of items.entries()) {
      for (let copy = 0; copy < copies; copy += 1) {
        const prepared = prepareStep(node, index, copy, inputs, this.context.known);
        const pending = pendingNodes(inputs);
        if (definition.work.on === 'plan' && pending.length === 0)
          this.#addValue(node, prepared, lists, summary);
        else this.#addStep(node, index, copy, inputs, prepared, pending, lists, summary);
      }
    }
    this.issues.push(...summary.issues);
    if (summary.verdict() === 'blocked') this.#blocked.add(id);
    this.#lists.set(id, lists);
    this.nodes.push(summary.finish(node, lists));
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

  #addStep(
    node: ResolvedNode,
    index: number,
    copy: number,
    inputs: Record<string, PlannedItem[]>,
    prepared: PreparedStep,
    pending: string[],
    lists: Record<string, PlannedItem[]>,
    summary: NodeSummary,
  ): void {
    const { known } = this.context;
    const id = stepId(node.id, index, copy);
    const step: PlannedStep = {
      id,
      node: node.id,
      index,
      copy,
      inputs,
      verdict: 'will-run',
      forecast: prepared.forecast,
    };
    summary.addIssues(prepared.issues);
    summary.addNotes(prepared.notes);
    if (prepared.key !== undefined) step.key = prepared.key.text;
    const stored = prepared.key === undefined ? undefined : known.result(prepared.key.text);
    if (prepared.issues.length > 0) {
      step.verdict = 'blocked';
      step.forecast = nothing;
    } else if (stored !== undefined) {
      step.verdict = 'reused';
      step.outputs = stored.outputs;
      step.forecast = nothing;
    } else {
      step.reason =
        prepared.key === undefined
          ? { code: 'waits-for', nodes: pending }
          : reasonToRun(known.previous(node.id, index, copy), prepared.key.parts);
    }
    this.steps.push(step);
    summary.addStep(step);
    if (step.outputs !== undefined) {
      for (const [port, values] of Object.entries(step.outputs))
        lists[port]?.push(...values.map((value) => ({ value })));
      return;
    }
    for (const [port, count] of Object.entries(expectedItems(node.definition, prepared)))
      for (let item = 0; item < count; item += 1) lists[port]?.push({ from: id, port, item });
  }
}

function pendingNodes(inputs: Record<string, PlannedItem[]>): string[] {
  const nodes = new Set<string>();
  for (const items of Object.values(inputs))
    for (const item of items) if ('from' in item) nodes.add(item.from.slice(0, item.from.lastIndexOf('#')));
  return [...nodes];
}

/** Gathers what the steps of one node have in common. */
class NodeSummary {
  readonly issues: Issue[] = [];
  readonly #steps: PlannedStep[] = [];
  readonly #reasons = new Map<string, Reason>();
  readonly #notes = new Map<string, TaskNote>();

  constructor(private readonly id: string) {}

  /** Equal words at one node are said once, however many items have them. */
  addIssues(issues: readonly Issue[]): void {
    for (const issue of issues)
      if (!this.issues.some(({ message }) => message === issue.message)) this.issues.push(issue);
  }

  addNotes(notes: readonly TaskNote[]): void {
    for (const note of notes) this.#notes.set(note.message, note);
  }

  addStep(step: PlannedStep): void {
    this.#steps.push(step);
    if (step.reason !== undefined && this.#reasons.size < mostReasons)
      this.#reasons.set(JSON.stringify(step.reason), step.reason);
  }

  verdict(): Verdict {
    const has = (verdict: Verdict) => this.#steps.some((step) => step.verdict === verdict);
    if (this.issues.length > 0 || has('blocked')) return 'blocked';
    if (has('will-run')) return 'will-run';
    return has('reused') ? 'reused' : 'value';
  }

  finish(node: ResolvedNode, lists: Record<string, PlannedItem[]>): PlannedNode {
    const count = (verdict: Verdict) => this.#steps.filter((step) => step.verdict === verdict).length;
    const verdict = this.verdict();
    const planned: PlannedNode = {
      id: this.id,
      verdict,
      steps: { reused: count('reused'), willRun: count('will-run'), blocked: count('blocked') },
      reasons: [...this.#reasons.values()],
      notes: [...this.#notes.values()],
      items: Object.fromEntries(Object.entries(lists).map(([port, list]) => [port, list.length])),
      forecast: addForecasts(
        this.#steps.filter((step) => step.verdict === 'will-run').map((step) => step.forecast),
      ),
    };
    if (node.provider !== undefined && node.model !== undefined)
      planned.route = { provider: node.provider.id, model: node.model.id };
    if (verdict === 'value' || verdict === 'reused') planned.outputs = knownOutputs(lists);
    return planned;
  }
}

function knownOutputs(lists: Record<string, PlannedItem[]>): Outputs {
  const outputs: Outputs = {};
  for (const [port, items] of Object.entries(lists))
    outputs[port] = items.flatMap((item) => ('value' in item ? [item.value] : []));
  return outputs;
}
