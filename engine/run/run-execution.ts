import { failureOf, type Failure } from '#core/failure';
import type { NodeDefinition } from '#core/node';
import type { Plan, PlannedStep } from '#core/plan/planned';
import { planValues, prepareStep, type PlannedItem, type ResolvedNode, type StepId } from '#core/plan/step';
import type { Outcome, RunEvent } from '#core/run';
import type { Outputs } from '#core/values';
import type { Run, RunRequest } from '../contract';
import { intactResult, previousPlace, sha256 } from '../knowledge';
import type { RunRow } from '../store/store';
import { Budget } from './budget';
import { Journal } from './journal';
import { runMachineStep } from './machine-step';
import type { EngineParts, PassingFact, ReadyStep, RunContext, StepOutcome } from './parts';
import { cancelledOutcome, runProviderStep } from './provider-step';

interface Waiting {
  step: PlannedStep;
  /** Steps it still waits for. */
  open: number;
}

/** Carries out one plan: every step as soon as what it needs is there, as many at once as the routes allow. */
export class RunExecution implements Run {
  readonly done: Promise<{ outcome: Outcome; spent: number }>;
  readonly #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();
  readonly #aborter = new AbortController();
  readonly #journal: Journal;
  readonly #budget: Budget;
  readonly #context: RunContext;
  /** What finished steps gave; `undefined` for steps that ended without. */
  readonly #ended = new Map<StepId, Outputs | undefined>();
  readonly #waiting = new Map<StepId, Waiting>();
  readonly #dependents = new Map<StepId, StepId[]>();
  readonly #ready: PlannedStep[] = [];
  readonly #states = new Set<StepOutcome['state']>();
  #pumping = false;
  /** The journal cannot be written any more (a full disk): nothing may be sent from then on. */
  #trouble: unknown;
  #finish: () => void = () => undefined;

  constructor(
    private readonly parts: EngineParts,
    private readonly request: RunRequest,
    private readonly plan: Plan,
    private readonly resolved: ReadonlyMap<string, ResolvedNode>,
    private readonly row: RunRow,
    earlier: { events: readonly RunEvent[]; entries: number },
  ) {
    this.#events.push(...earlier.events);
    this.#journal = new Journal(
      row.run,
      parts.store,
      parts.clock,
      (event) => this.#tell(event),
      earlier.entries,
    );
    this.#budget = new Budget(request.budget ?? Infinity, row.spent);
    this.#context = {
      id: row.run,
      documentId: row.documentId,
      outFolder: request.outFolder,
      journal: this.#journal,
      budget: this.#budget,
      signal: this.#aborter.signal,
      tell: (fact) => this.#pass(fact),
    };
    this.done = this.#execute();
  }

  get id(): string {
    return this.row.run;
  }

  listen(listener: (event: RunEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cancel(): void {
    this.#aborter.abort();
    void this.#pump();
  }

  async #execute(): Promise<{ outcome: Outcome; spent: number }> {
    const allEnded = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    const { steps, forecast } = this.plan;
    this.#journal.write(
      {
        type: 'run-opened',
        documentId: this.row.documentId,
        title: this.row.title,
        steps: steps.map(({ id, node, verdict }) => ({ step: id, node, reused: verdict === 'reused' })),
        price: forecast.price.high,
      },
      () => this.parts.store.putRun(this.row),
    );
    for (const step of steps) this.#register(step);
    if (steps.length === 0) this.#finish();
    void this.#pump();
    await allEnded;
    if (this.#trouble !== undefined) throw this.#trouble;
    const outcome = this.#outcome();
    const spent = this.#budget.spent;
    await this.#journal.settled();
    await this.#journal.durable({ type: 'run-closed', outcome, spent }, () =>
      this.parts.store.putRun({ ...this.row, outcome, spent, closedAt: this.#journal.at() }),
    );
    return { outcome, spent };
  }

  #register(step: PlannedStep): void {
    const needs = new Set<StepId>();
    for (const items of Object.values(step.inputs))
      for (const item of items) if ('from' in item) needs.add(item.from);
    for (const need of needs) {
      const list = this.#dependents.get(need);
      if (list === undefined) this.#dependents.set(need, [step.id]);
      else list.push(step.id);
    }
    this.#waiting.set(step.id, { step, open: needs.size });
    if (needs.size === 0) this.#ready.push(step);
  }

  /** Starts everything that is ready. A loop, not a recursion: chains are long. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    // Lets the caller of `start` listen before the first event of a step.
    await Promise.resolve();
    for (let step = this.#ready.shift(); step !== undefined; step = this.#ready.shift()) this.#launch(step);
    this.#pumping = false;
  }

  #launch(step: PlannedStep): void {
    const node = this.resolved.get(step.node);
    if (node === undefined) throw new Error(`step ${step.id} has no node`);
    if (step.outputs !== undefined && step.key !== undefined) {
      this.#reuse(step, step.key, step.outputs);
      return;
    }
    if (this.#aborter.signal.aborted) {
      this.#end(step, cancelledOutcome);
      return;
    }
    const lacking = this.#lacking(step);
    if (lacking !== undefined) {
      this.#end(step, { state: 'skipped', because: `needs ${lacking}, which did not finish` });
      return;
    }
    const { definition } = node;
    const prepared = prepareStep(node, step.index, step.copy, this.#knownInputs(step), this.#known());
    const issue = prepared.issues[0];
    if (issue !== undefined) {
      const failure: Failure = { code: issue.code, act: 'user', charge: 'none', message: issue.message };
      this.#end(step, { state: 'failed', failure });
      return;
    }
    if (prepared.key === undefined) {
      this.#runPure(step, definition, prepared.args);
      return;
    }
    const stored = intactResult(this.parts.store, this.parts.blobs, prepared.key.text);
    if (stored !== undefined) this.#reuse(step, prepared.key.text, stored.outputs);
    else void this.#make({ step, node, definition, prepared, key: prepared.key });
  }

  #known() {
    return {
      hash: sha256,
      price: (route: string) => this.parts.options.price(route),
      outFolder: this.request.outFolder,
    };
  }

  /** The first step an input of this one should have come from and did not. */
  #lacking(step: PlannedStep): StepId | undefined {
    for (const items of Object.values(step.inputs))
      for (const item of items)
        if ('from' in item && this.#ended.get(item.from)?.[item.port]?.[item.item] === undefined)
          return item.from;
    return undefined;
  }

  #knownInputs(step: PlannedStep): Record<string, PlannedItem[]> {
    return Object.fromEntries(
      Object.entries(step.inputs).map(([port, items]) => [
        port,
        items.map((item) =>
          'value' in item ? item : { value: this.#ended.get(item.from)![item.port]![item.item]! },
        ),
      ]),
    );
  }

  #runPure(step: PlannedStep, definition: NodeDefinition, args: Parameters<typeof planValues>[1]): void {
    const outputs = planValues(definition, args);
    if ('act' in outputs && 'charge' in outputs) {
      this.#end(step, { state: 'failed', failure: outputs as unknown as Failure });
      return;
    }
    this.#journal.write({
      type: 'step-finished',
      step: step.id,
      node: step.node,
      key: '',
      outputs: outputs as Outputs,
      reused: false,
      price: 0,
    });
    this.#settle(step, outputs as Outputs);
  }

  #reuse(step: PlannedStep, key: string, outputs: Outputs): void {
    const { id, node } = step;
    this.#journal.write({ type: 'step-finished', step: id, node, key, outputs, reused: true, price: 0 });
    this.#settle(step, outputs);
  }

  /** Makes a step's result, or shares one that is being made for the same key. */
  async #make(ready: ReadyStep): Promise<void> {
    const { underWay } = this.parts;
    const { step, key } = ready;
    let own: Promise<StepOutcome> | undefined;
    try {
      for (let other = underWay.get(key.text); other !== undefined; other = underWay.get(key.text)) {
        const outcome = await other;
        if (outcome.state === 'finished') {
          this.#reuse(step, key.text, outcome.outputs);
          return;
        }
        if (outcome.state !== 'skipped' || this.#aborter.signal.aborted) {
          this.#end(step, outcome);
          return;
        }
      }
      own = this.#work(ready).catch((error: unknown): StepOutcome => ({
        state: 'failed',
        failure: this.parts.redactor.failure(failureOf(error)),
      }));
      underWay.set(key.text, own);
      const outcome = await own;
      if (outcome.state === 'finished') {
        this.#keep(ready, outcome);
        // Whoever asks for this key before the result can be read from the store still finds it here.
        await this.#journal.settled();
      } else {
        this.#end(step, outcome);
      }
    } catch (error) {
      this.#giveUp(error);
    } finally {
      // One that only shared leaves the entry to its owner, whose result may not be in the store yet.
      if (own !== undefined && underWay.get(key.text) === own) underWay.delete(key.text);
    }
  }

  async #work(ready: ReadyStep): Promise<StepOutcome> {
    const { gates } = this.parts;
    const { provider } = ready.node;
    const gate = provider === undefined ? gates.machine() : gates.provider(provider);
    const outcome = await gate.add(async (): Promise<StepOutcome> => {
      if (this.#aborter.signal.aborted) return cancelledOutcome;
      return provider === undefined
        ? runMachineStep(this.parts, this.#context, ready)
        : runProviderStep(this.parts, this.#context, ready);
    });
    return outcome ?? cancelledOutcome;
  }

  #giveUp(error: unknown): void {
    this.#trouble ??= error;
    this.#aborter.abort();
    this.#finish();
  }

  /** The result, its receipt and the fact that it is there, all or none. */
  #keep(ready: ReadyStep, outcome: Extract<StepOutcome, { state: 'finished' }>): void {
    const { store } = this.parts;
    const { step, key } = ready;
    const { outputs, price, files, receipt } = outcome;
    const at = this.#journal.at();
    this.#journal.write(
      { type: 'step-finished', step: step.id, node: step.node, key: key.text, outputs, reused: false, price },
      () => {
        store.putResult(key.text, { outputs, price, at, ...(files === undefined ? {} : { files }) });
        store.removeOpenJob(key.text);
        store.putPrevious(previousPlace(this.row.documentId, step.node, step.index, step.copy), key.parts);
        if (receipt !== undefined)
          store.putReceipt({ ...receipt, run: this.row.run, step: step.id, key: key.text, at });
      },
    );
    this.#settle(step, outputs);
  }

  #end(step: PlannedStep, outcome: Exclude<StepOutcome, { state: 'finished' }>): void {
    const { id, node } = step;
    this.#states.add(outcome.state);
    switch (outcome.state) {
      case 'failed':
        this.#journal.write({ type: 'step-failed', step: id, node, failure: outcome.failure });
        break;
      case 'skipped':
        this.#journal.write({ type: 'step-skipped', step: id, node, because: outcome.because });
        break;
      case 'in-doubt': {
        const { requestId, failure } = outcome;
        this.#journal.write({ type: 'step-in-doubt', step: id, node, requestId, failure });
        break;
      }
      case 'held':
        this.#journal.write({ type: 'step-waiting', step: id, node, for: outcome.for });
        break;
    }
    this.#settle(step, undefined);
  }

  #settle(step: PlannedStep, outputs: Outputs | undefined): void {
    this.#ended.set(step.id, outputs);
    for (const id of this.#dependents.get(step.id) ?? []) {
      const waiting = this.#waiting.get(id)!;
      waiting.open -= 1;
      if (waiting.open === 0) this.#ready.push(waiting.step);
    }
    if (this.#ended.size === this.plan.steps.length) this.#finish();
    else void this.#pump();
  }

  #outcome(): Outcome {
    if (this.#states.has('in-doubt')) return 'waiting';
    if (this.#states.has('held')) return 'over-budget';
    if (this.#states.has('failed')) return 'failed';
    return this.#aborter.signal.aborted && this.#states.has('skipped') ? 'cancelled' : 'done';
  }

  #pass(fact: PassingFact): void {
    this.#tell({ ...fact, run: this.row.run, at: this.#journal.at() });
  }

  /** Progress and previews matter only while they are new; the rest is kept for later listeners. */
  #tell(event: RunEvent): void {
    if (event.type !== 'job-progressed' && event.type !== 'preview-arrived') this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}
