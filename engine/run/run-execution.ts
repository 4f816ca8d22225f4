import { setMaxListeners } from 'node:events';
import { FailureError, failureOf, userFailure, type Failure } from '#core/failure';
import type { NodeDefinition } from '#core/node';
import type { Plan, PlannedStep } from '#core/plan/planned';
import { planValues, prepareStep, type ResolvedNode } from '#core/plan/step';
import { usableResult } from '#core/plan/usable-result';
import type { RunEvent } from '#core/run';
import type { Outcome } from '#core/journal';
import type { Outputs } from '#core/values';
import type { Run, RunRequest } from '../contract';
import { resultFor } from '../bundle/bundled-results';
import { sha256 } from '../knowledge';
import type { RunRow } from '../store/store';
import { endFact } from './end-fact';
import { Journal } from './journal';
import { keepResult } from './keep-result';
import { carriedText } from '../history/picture-workflow';
import { lookAtPicks } from './look-at-picks';
import { runMachineStep } from './machine-step';
import { cancelledOutcome } from './job-record';
import { orAborted } from './or-aborted';
import type { EngineParts, PassingFact, ReadyStep, RunContext, StepOutcome } from './parts';
import { madeByOthers, runProviderStep } from './provider-step';
import { RunDoubts } from './run-doubts';
import { outcomeOf } from './run-outcome';
import { Schedule } from './schedule';
import { heldBack, type RunGate } from './run-gate';
import { ToldEvents } from './told-events';

/** Carries out one plan: every step as soon as what it needs is there, as many at once as the routes allow. */
export class RunExecution implements Run {
  readonly done: Promise<{ outcome: Outcome; spent: number }>;
  readonly #told: ToldEvents;
  readonly #aborter = new AbortController();
  readonly #leaver = new AbortController();
  readonly #journal: Journal;
  readonly #context: RunContext;
  readonly #schedule: Schedule;
  /** What became of steps that did not finish. */
  readonly #states = new Set<string>();
  readonly #doubts: RunDoubts;
  #pumping = false;
  /** Steps being made. */
  #making = 0;
  /** The journal cannot be written any more (a full disk): nothing may be sent from then on. */
  #trouble: Failure | undefined;
  #finish: () => void = () => undefined;

  constructor(
    private readonly parts: EngineParts,
    private readonly request: RunRequest,
    private readonly plan: Plan,
    private readonly resolved: ReadonlyMap<string, ResolvedNode>,
    private readonly row: RunRow,
    earlier: readonly RunEvent[],
    private readonly gate?: RunGate,
  ) {
    // Every step that waits listens to them; many are no leak.
    setMaxListeners(0, this.#aborter.signal, this.#leaver.signal);
    this.#told = new ToldEvents(earlier);
    this.#schedule = new Schedule(plan.steps);
    this.#doubts = new RunDoubts(parts.store, row.run);
    this.#journal = new Journal(row.run, parts.store, parts.clock, (event) => this.#told.tell(event));
    this.#context = {
      id: row.run,
      documentId: row.documentId,
      outFolder: request.outFolder,
      carried: () => this.#carriedText(),
      cap: request.budget,
      journal: this.#journal,
      signal: this.#aborter.signal,
      leaving: this.#leaver.signal,
      ...(gate === undefined ? {} : { gate }),
      tell: (fact) => this.#pass(fact),
    };
    if (row.cancelled === true) this.#aborter.abort();
    this.done = this.#execute();
  }

  #carried: string | undefined;

  #carriedText(): string | undefined {
    if (this.parts.options.carryWorkflow?.() === false) return undefined;
    // Made once: a run may save a thousand pictures.
    return (this.#carried ??= carriedText(this.parts, this.row.run, this.request.document));
  }

  get id(): string {
    return this.row.run;
  }

  listen(listener: (event: RunEvent) => void): () => void {
    return this.#told.listen(listener);
  }

  cancel(): void {
    if (this.#aborter.signal.aborted) return;
    this.#aborter.abort();
    // Kept: a cut run that is gone on with at the next start must not begin what the person has stopped.
    this.#journal.write((add) => {
      const { store } = this.parts;
      const row = store.run(this.row.run);
      if (row === undefined || row.closedAt !== undefined) return;
      add({ type: 'cancel-asked' });
      store.putRun({ ...row, cancelled: true });
    });
    void this.#pump();
  }

  /** The engine closes: what is at a vendor stays there, and the run stays open to be gone on with. */
  leave(): void {
    this.#leaver.abort();
    this.#aborter.abort();
    this.#finishIfStopped();
  }

  async #execute(): Promise<{ outcome: Outcome; spent: number }> {
    const allEnded = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    try {
      await this.#open();
    } catch (error) {
      return this.#stopped(this.parts.redactor.failure(failureOf(error)));
    }
    if (this.#schedule.isOver) this.#finish();
    void this.#pump();
    await allEnded;
    try {
      return await this.#close();
    } catch (error) {
      return this.#stopped(this.parts.redactor.failure(failureOf(error)));
    }
  }

  async #open(): Promise<void> {
    const { steps, forecast } = this.plan;
    const { without } = this.request;
    this.#journal.write((add) => {
      add({
        type: 'run-opened',
        documentId: this.row.documentId,
        title: this.row.title,
        steps: steps.map(({ id, node, verdict }) => ({ step: id, node, reused: verdict === 'reused' })),
        price: forecast.price.high,
        ...(without === undefined ? {} : { without: [...without] }),
      });
      this.parts.store.putRun(this.row);
    });
    await this.#journal.settled();
  }

  async #close(): Promise<{ outcome: Outcome; spent: number }> {
    if (this.#trouble !== undefined) return this.#stopped(this.#trouble);
    await this.#journal.settled();
    if (!this.#schedule.isOver) return { outcome: 'cancelled', spent: this.#spent() };
    return this.#journal.durable((add) => {
      if (this.parts.store.run(this.row.run)?.owner !== this.row.owner)
        throw new FailureError(userFailure('taken-over', 'Another Seedloom goes on with this run.'));
      for (const fact of this.#doubts.passed()) add(fact);
      const outcome = outcomeOf(this.#states, this.#doubts, this.#aborter.signal.aborted);
      const spent = this.#spent();
      const isOpenChoice =
        outcome === 'waiting' && !this.#doubts.open && !this.#states.has('held for vendor');
      const why = isOpenChoice ? { waitsFor: 'choice' as const } : {};
      add({ type: 'run-closed', outcome, spent, ...why });
      this.parts.store.putRun({ ...this.row, outcome, closedAt: this.#journal.at(), ...why });
      return { outcome, spent };
    });
  }

  /** The run stays open in the store: it is cut, and can be gone on with. */
  #stopped(failure: Failure): { outcome: Outcome; spent: number } {
    this.#told.tell({ type: 'run-stopped', failure, run: this.row.run, at: this.#journal.at() });
    return { outcome: 'failed', spent: this.#spent() };
  }

  #spent(): number {
    return this.parts.ledger.totals('run', this.row.run).billed;
  }

  /** Starts everything that is ready. A loop, not a recursion: chains are long. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    // Lets the caller of `start` listen before the first event of a step.
    await Promise.resolve();
    const next = () => (this.#isStopped ? undefined : this.#schedule.next());
    for (let step = next(); step !== undefined; step = next()) {
      try {
        this.#launch(step);
      } catch (error) {
        // A node's or provider's own code failed: that is this step's failure, not the run's.
        this.#end(step, { state: 'failed', failure: this.parts.redactor.failure(failureOf(error)) });
      }
    }
    this.#pumping = false;
  }

  #launch(step: PlannedStep): void {
    const node = this.resolved.get(step.node);
    if (node === undefined) throw new Error(`step ${step.id} has no node`);
    if (step.outputs !== undefined) {
      // A pinned one may have no key: it stands whatever its inputs become.
      this.#finished(step, step.key ?? '', step.outputs, true, step.bundled);
      return;
    }
    if (this.#aborter.signal.aborted) {
      this.#end(step, cancelledOutcome);
      return;
    }
    const { definition } = node;
    const lacking = this.#schedule.lacking(step, definition.inputs);
    if (lacking !== undefined) {
      this.#end(step, { state: 'skipped', because: this.#whySkipped(step, lacking) });
      return;
    }
    const looked = lookAtPicks(node, this.#schedule.inputsOf(step));
    if (looked !== undefined) {
      if ('outputs' in looked) this.#finished(step, '', looked.outputs, false);
      else this.#end(step, looked);
      return;
    }
    const prepared = prepareStep(node, step.index, step.copy, this.#schedule.inputsOf(step), this.#known());
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
    const { store, blobs } = this.parts;
    const found = resultFor(store, blobs, this.row.documentId, prepared.key.text);
    const stored = usableResult(found, definition);
    if (stored !== undefined) this.#finished(step, prepared.key.text, stored.outputs, true, stored.bundled);
    else void this.#make({ step, node, definition, prepared, key: prepared.key });
  }

  #whySkipped({ behind }: PlannedStep, lacking: string): string {
    if (behind === undefined || !this.#states.has('held for choice')) return lacking;
    return `waits for the choice at ${behind.choices.join(', ')}`;
  }

  #known() {
    return {
      hash: sha256,
      price: (route: string) => this.parts.options.price(route),
      outFolder: this.request.outFolder,
    };
  }

  #runPure(step: PlannedStep, definition: NodeDefinition, args: Parameters<typeof planValues>[1]): void {
    const outputs = planValues(definition, args);
    if ('act' in outputs && 'charge' in outputs) {
      this.#end(step, { state: 'failed', failure: outputs as unknown as Failure });
      return;
    }
    this.#finished(step, '', outputs as Outputs, false);
  }

  #finished(step: PlannedStep, key: string, outputs: Outputs, reused: boolean, bundled?: true): void {
    const { id, node } = step;
    const from = bundled === undefined ? {} : { bundled };
    this.#journal.write((add) =>
      add({ type: 'step-finished', step: id, node, key, outputs, reused, ...from, price: 0 }),
    );
    this.#settle(step, outputs);
  }

  /** Makes a step's result, or shares one that is being made for the same key. */
  async #make(ready: ReadyStep): Promise<void> {
    const { underWay } = this.parts;
    const { signal } = this.#aborter;
    const { step, key } = ready;
    let own: Promise<StepOutcome> | undefined;
    this.#making += 1;
    try {
      for (;;) {
        const other = underWay.get(key.text);
        if (other === undefined) {
          if (!this.#isHeldBack(key.text)) break;
          await this.gate?.opened(signal);
          continue;
        }
        const outcome = (await orAborted(other, signal)) ?? cancelledOutcome;
        if (outcome.state === 'finished') {
          this.#finished(step, key.text, outcome.outputs, true);
          return;
        }
        // What another run was cancelled or had no money for is no verdict on this one.
        const isOfOtherRun =
          outcome.state === 'skipped' || (outcome.state === 'held' && outcome.for === 'budget');
        if (!isOfOtherRun || signal.aborted) {
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
      if (outcome === heldBack) {
        underWay.delete(key.text);
        void this.#make(ready);
      } else if (outcome.state === 'finished') {
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
      this.#making -= 1;
      this.#finishIfStopped();
    }
  }

  get #isStopped(): boolean {
    return this.#leaver.signal.aborted;
  }

  #finishIfStopped(): void {
    if (this.#isStopped && this.#making === 0) this.#finish();
  }

  async #work(ready: ReadyStep): Promise<StepOutcome> {
    const { gates } = this.parts;
    const { provider } = ready.node;
    const { signal } = this.#aborter;
    const key = ready.key.text;
    if (provider === undefined) {
      const work = () =>
        this.#isHeldBack(key) ? Promise.resolve(heldBack) : runMachineStep(this.parts, this.#context, ready);
      return (await gates.machine<StepOutcome>(signal, work)) ?? cancelledOutcome;
    }
    for (;;) {
      const made = await madeByOthers(this.parts, this.#context, key);
      if (made !== undefined) return made;
      const outcome = await gates.provider(provider, signal, async () =>
        this.#isHeldBack(key) ? heldBack : runProviderStep(this.parts, this.#context, ready),
      );
      if (outcome !== 'taken') return outcome ?? cancelledOutcome;
    }
  }

  /** What was handed over already is collected, whatever the gate says. */
  #isHeldBack(key: string): boolean {
    if (this.gate?.isShut() !== true || this.#aborter.signal.aborted) return false;
    return this.parts.store.openJob(key) === undefined;
  }

  #giveUp(error: unknown): void {
    this.#trouble ??= this.parts.redactor.failure(failureOf(error));
    this.leave();
  }

  #keep({ step, definition, key }: ReadyStep, outcome: Extract<StepOutcome, { state: 'finished' }>): void {
    const { node, index, copy } = step;
    const { documentId } = this.row;
    const place = { documentId, node, type: definition.type, index, copy, parts: key.parts };
    keepResult(this.parts, this.#journal, { step: step.id, key: key.text, place }, outcome);
    this.#settle(step, outcome.outputs);
  }

  #end(step: PlannedStep, outcome: Exclude<StepOutcome, { state: 'finished' }>): void {
    // What did not come to its end before the engine closed goes on at the next start.
    if (this.#isStopped && (outcome.state === 'skipped' || outcome.state === 'held')) return;
    if (outcome.state === 'in-doubt') this.#doubts.note(step, outcome);
    else this.#states.add(outcome.state === 'held' ? `held for ${outcome.for}` : outcome.state);
    this.#journal.write((add) => add(endFact(step, outcome)));
    this.#settle(step, undefined);
  }

  #settle(step: PlannedStep, outputs: Outputs | undefined): void {
    this.#schedule.end(step.id, outputs);
    if (this.#schedule.isOver) this.#finish();
    else void this.#pump();
  }

  #pass(fact: PassingFact): void {
    this.#told.tell({ ...fact, run: this.row.run, at: this.#journal.at() });
  }
}
