import { canonicalJson, sameJson } from '../json';
import type { NodeCatalogue } from '../node';
import { keyDifferences, keyValue, type Difference } from '../plan/cache-key';
import type { StepId } from '../plan/step';
import { isImageRef, type Outputs } from '../values';
import { compareDocuments, type DocumentChanges } from './compare-documents';
import type { Cause, Change, Comparison, RunFacts, Side, StepDifference, StepFacts } from './comparison';
import { changeOf, valuesAt } from './key-changes';

/**
 * What run B has in common with run A, and for each step that differs its first cause: a change of its own, or the step
 * or node before it that it differs by. Pure. A run compared with itself has no causes.
 */
export function compareRuns(a: RunFacts, b: RunFacts, catalogue: NodeCatalogue): Comparison {
  return new RunComparison(a, b, catalogue).compare();
}

/** Why a step differs: its first cause, and what stands between. */
interface Lead {
  cause: Cause;
  through?: { node: string; step?: StepId };
}

class RunComparison {
  readonly #documents: DocumentChanges;
  readonly #workflow: Cause[];
  readonly #own = new Map<string, Cause[]>();
  readonly #leads = new Map<StepId, Lead>();
  readonly #sides: Record<Side, ReadonlyMap<StepId, StepFacts>>;
  /** The steps of each node in either run. */
  readonly #stepsOf = new Map<string, StepId[]>();
  /** For each node with steps that differ, the first of them, and by each value they gave in either run. */
  readonly #givers = new Map<string, { first: StepId; byValue: Map<string, StepId> }>();

  constructor(
    private readonly a: RunFacts,
    private readonly b: RunFacts,
    private readonly catalogue: NodeCatalogue,
  ) {
    this.#documents = compareDocuments(a, b, catalogue);
    this.#workflow = this.#documents.workflow.map((change) => ({ change, steps: [] }));
    for (const [node, changes] of this.#documents.nodes)
      this.#own.set(
        node,
        changes.map((change) => ({ node, change, steps: [] })),
      );
    this.#sides = {
      a: new Map(a.steps.map((step) => [step.step, step])),
      b: new Map(b.steps.map((step) => [step.step, step])),
    };
    for (const { step, node } of new Map([...this.#sides.b, ...this.#sides.a]).values()) {
      const steps = this.#stepsOf.get(node);
      if (steps === undefined) this.#stepsOf.set(node, [step]);
      else steps.push(step);
    }
  }

  compare(): Comparison {
    const same: StepId[] = [];
    const differing: (Omit<StepDifference, 'cause'> & { lead: Lead })[] = [];
    const order = [...new Set([...this.#documents.order, ...this.#stepsOf.keys()])];
    for (const node of order)
      for (const step of (this.#stepsOf.get(node) ?? []).toSorted(byNumber)) {
        const lead = this.#explain(node, step);
        if (lead === undefined) {
          same.push(step);
          continue;
        }
        lead.cause.steps.push(step);
        this.#keepLead(node, step, lead);
        const [left, right] = [this.#sides.a.get(step), this.#sides.b.get(step)];
        differing.push({
          step,
          node,
          lead,
          states: {
            ...(left === undefined ? {} : { a: left.state }),
            ...(right === undefined ? {} : { b: right.state }),
          },
          pictures: { a: picturesOf(left?.outputs), b: picturesOf(right?.outputs) },
        });
      }
    const all = [...this.#workflow, ...order.flatMap((node) => this.#own.get(node) ?? [])];
    const causes = [
      ...all.filter(({ steps }) => steps.length > 0),
      ...all.filter(({ steps }) => steps.length === 0),
    ];
    const places = new Map(causes.map((cause, place) => [cause, place]));
    return {
      a: head(this.a),
      b: head(this.b),
      same,
      causes,
      steps: differing.map(({ lead, ...step }) => ({
        ...step,
        cause: places.get(lead.cause)!,
        ...(lead.through === undefined ? {} : { through: lead.through }),
      })),
      nodes: this.#named(
        new Set([
          ...causes.flatMap(({ node }) => node ?? []),
          ...differing.flatMap(({ node, lead }) => [node, lead.through?.node ?? node]),
        ]),
      ),
    };
  }

  #named(ids: ReadonlySet<string>): Comparison['nodes'] {
    const nodes = { ...this.a.document.nodes, ...this.b.document.nodes };
    return Object.fromEntries(
      [...ids].map((id) => {
        const { type = '', title } = nodes[id] ?? {};
        return [id, { type, ...(title === undefined ? {} : { title }) }];
      }),
    );
  }

  #explain(node: string, id: StepId): Lead | undefined {
    const [left, right] = [this.#sides.a.get(id), this.#sides.b.get(id)];
    if (left === undefined || right === undefined)
      return this.#onlyInOne(node, left === undefined ? 'b' : 'a');
    const isOther = left.key !== undefined && right.key !== undefined && left.key !== right.key;
    if (left.parts !== undefined && right.parts !== undefined && isOther) {
      const differences = keyDifferences(left.parts, right.parts);
      if (differences.length > 0) return this.#byParts(node, left, right, differences);
    }
    if (isOther && endOf(left) === endOf(right))
      return this.#fromDocument(node) ?? this.#ownLead(node, { kind: 'unknown' });
    if (endOf(left) !== endOf(right)) {
      // The same key was asked for in both: nothing before it can be the cause.
      const before = left.key !== undefined && left.key === right.key ? undefined : this.#fromDocument(node);
      const words = (endOf(right) === 'done' ? left : right).failure?.message;
      return (
        before ??
        this.#ownLead(node, {
          kind: 'ended',
          before: left.state,
          after: right.state,
          ...(words === undefined ? {} : { words }),
        })
      );
    }
    if (endOf(left) !== 'done') return undefined;
    if (!sameOutputs(left.outputs, right.outputs)) {
      const before = left.key === undefined ? this.#fromDocument(node) : undefined;
      return before ?? this.#ownLead(node, { kind: 'result' });
    }
    if (left.state === 'finished' && right.state === 'finished' && left.price !== right.price)
      return this.#ownLead(node, { kind: 'price', before: `$${left.price}`, after: `$${right.price}` });
    return undefined;
  }

  /** A change of its own counts before one that came by a wire; one that nothing explains is its own as well. */
  #byParts(node: string, left: StepFacts, right: StepFacts, differences: readonly Difference[]): Lead {
    const causes = [...(this.#own.get(node) ?? []), ...this.#workflow];
    for (const difference of differences) {
      const cause = causes.find(({ change }) => this.#isShownBy(node, change, difference));
      if (cause !== undefined) return { cause };
    }
    for (const difference of differences) {
      if (difference.part !== 'param' && difference.part !== 'input') continue;
      const lead = this.#fromBefore(node, difference.name, valuesAt(left, right, difference));
      if (lead !== undefined) return lead;
    }
    return this.#ownLead(node, changeOf(left, right, differences[0]!));
  }

  #isShownBy(node: string, change: Change, difference: Difference): boolean {
    switch (change.kind) {
      case 'type':
        return true;
      case 'param':
        return difference.part === 'param' && difference.name === change.name;
      case 'wires':
        return (
          (difference.part === 'param' || difference.part === 'input') && difference.name === change.name
        );
      case 'take':
        return difference.part === 'take';
      case 'route':
      case 'model':
        return (
          difference.part === 'route' &&
          (change.task === undefined || change.task === this.#documents.taskOf(node))
        );
      default:
        return false;
    }
  }

  #onlyInOne(node: string, side: Side): Lead {
    const own = this.#own.get(node) ?? [];
    const isNew = own.find(({ change }) => change.kind === 'node');
    if (isNew !== undefined) return { cause: isNew };
    const asked = this.#workflow.find(({ change }) => change.kind === 'asked');
    if (asked !== undefined && this.#documents.isAskedInOne(node)) return { cause: asked };
    const type = (this.b.document.nodes[node] ?? this.a.document.nodes[node])?.type ?? '';
    const { copies, asSet } = this.catalogue.get(type) ?? {};
    const count = own.find(
      ({ change }) => change.kind === 'param' && (change.name === copies || change.name === asSet),
    );
    if (count !== undefined) return { cause: count };
    const wires = own.find(({ change }) => change.kind === 'wires');
    if (wires !== undefined) return { cause: wires };
    return (
      this.#fromBefore(node) ?? this.#fromDocument(node) ?? this.#ownLead(node, { kind: 'step', in: side })
    );
  }

  /** Where the parts are not known: what was changed at the node itself, else before it. */
  #fromDocument(node: string): Lead | undefined {
    const [cause] = this.#own.get(node) ?? [];
    if (cause !== undefined) return { cause };
    const task = this.#documents.taskOf(node);
    const route = this.#workflow.find(
      ({ change }) => (change.kind === 'route' || change.kind === 'model') && change.task === task,
    );
    const isDefault = this.b.document.nodes[node]?.route === undefined;
    if (route !== undefined && task !== undefined && isDefault) return { cause: route };
    return this.#fromBefore(node);
  }

  /** The differing step or node that is wired to a node; `values` are those that differ at the port. */
  #fromBefore(node: string, port?: string, values: readonly string[] = []): Lead | undefined {
    const open = this.#documents.sources(node, port);
    const seen = new Set<string>();
    for (let source = open.shift(); source !== undefined; source = open.shift()) {
      if (seen.has(source)) continue;
      seen.add(source);
      const steps = this.#stepsOf.get(source);
      if (steps === undefined) {
        const [cause] = this.#own.get(source) ?? [];
        if (cause !== undefined) return { cause, through: { node: source } };
        // A pure value passes on what came to it.
        open.push(...this.#documents.sources(source));
        continue;
      }
      const givers = this.#givers.get(source);
      if (givers === undefined) continue;
      const value = values.find((text) => givers.byValue.has(text));
      const step = value === undefined ? givers.first : givers.byValue.get(value)!;
      return { cause: this.#leads.get(step)!.cause, through: { node: source, step } };
    }
    return undefined;
  }

  #keepLead(node: string, step: StepId, lead: Lead): void {
    this.#leads.set(step, lead);
    const givers = this.#givers.get(node) ?? { first: step, byValue: new Map<string, StepId>() };
    this.#givers.set(node, givers);
    for (const side of ['a', 'b'] as const)
      for (const item of Object.values(this.#sides[side].get(step)?.outputs ?? {}).flat()) {
        const text = canonicalJson(keyValue(item));
        if (!givers.byValue.has(text)) givers.byValue.set(text, step);
      }
  }

  /** The same change at several steps of a node is one cause. */
  #ownLead(node: string, change: Change): Lead {
    const own = this.#own.get(node) ?? [];
    this.#own.set(node, own);
    let cause = own.find((known) => sameJson(known.change, change));
    if (cause === undefined) {
      cause = { node, change, steps: [] };
      own.push(cause);
    }
    return { cause };
  }
}

function head({ run, title, openedAt, outcome, spent }: RunFacts): Comparison['a'] {
  return { run, title, openedAt, spent, ...(outcome === undefined ? {} : { outcome }) };
}

/** Reused or made anew is the same end. */
function endOf({ state }: StepFacts): string {
  return state === 'finished' || state === 'reused' ? 'done' : state;
}

function sameOutputs(left: Outputs = {}, right: Outputs = {}): boolean {
  const values = (outputs: Outputs) =>
    Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.map(keyValue)]));
  return sameJson(values(left), values(right));
}

/** sha256 of all pictures among outputs, in order. */
function picturesOf(outputs: Outputs = {}): string[] {
  return Object.values(outputs).flatMap((items) => items.filter(isImageRef).map(({ hash }) => hash));
}

/** `make#2` before `make#10`. */
function byNumber(left: StepId, right: StepId): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
