import PQueue from 'p-queue';
import { failureOf } from '#core/failure';
import type { RunEvent } from '#core/run';
import type { OpenJob } from '../store/store';
import { Journal } from './journal';
import { keepResult } from './keep-result';
import { PaidJob } from './paid-job';
import type { EngineParts, Order, PassingFact, StepOutcome } from './parts';

const together = 8;

/**
 * Jobs that were handed over by runs which are closed: cancelled where the vendor could not be stopped, or given up asking
 * for. What comes of them is kept, and written into the journal of their run, for whoever needs the picture next.
 */
export class LateJobs {
  readonly #queue = new PQueue({ concurrency: together });
  readonly #asked = new Set<string>();

  constructor(private readonly parts: EngineParts) {}

  /** The open jobs that can be asked for and that nobody asks for. */
  list(): { key: string; job: OpenJob }[] {
    const { store, owner, options, underWay } = this.parts;
    return store.openJobs().filter(({ key, job }) => {
      const run = store.run(job.run);
      // What was handed over and cannot be asked for becomes a doubt, which a person can answer.
      const canBeAsked = job.state !== 'in-doubt' && options.providers.has(job.route.provider);
      const isAbandoned = job.owner === owner.id ? !underWay.has(key) : !owner.isAlive(job.owner);
      return canBeAsked && isAbandoned && (run === undefined || run.closedAt !== undefined);
    });
  }

  /** Asks for all of `list` until the vendors have given their verdicts; gives how many there were. */
  async collect(tell: (event: RunEvent) => void): Promise<number> {
    const fresh = this.list().filter(({ key }) => !this.#asked.has(key));
    for (const { key } of fresh) this.#asked.add(key);
    await this.#queue.addAll(
      fresh.map((open) => async () => {
        try {
          await this.#collectOne(open.key, open.job, tell);
        } finally {
          this.#asked.delete(open.key);
        }
      }),
    );
    return fresh.length;
  }

  /** Resolves when nothing is asked for any more. */
  async ended(): Promise<void> {
    await this.#queue.onIdle();
  }

  async #collectOne(key: string, open: OpenJob, tell: (event: RunEvent) => void): Promise<void> {
    const { parts } = this;
    const order = this.#orderOf(key, open);
    const signal = parts.leaving;
    if (order === undefined || signal.aborted || parts.underWay.has(key)) return;
    const { step } = open;
    const { documentId, node } = open.place;
    const journal = new Journal(open.run, parts.store, parts.clock, tell);
    const pass = (fact: PassingFact) => tell({ ...fact, run: open.run, at: journal.at() });
    pass({ type: 'step-started', step, node });
    const context = { id: open.run, documentId, cap: undefined, journal, signal, tell: pass };
    const work = new PaidJob(parts, context, order)
      .adopt(open)
      .then((outcome): StepOutcome =>
        outcome === 'taken' ? { state: 'skipped', because: 'taken' } : outcome,
      )
      .catch((error: unknown): StepOutcome => ({
        state: 'failed',
        failure: parts.redactor.failure(failureOf(error)),
      }));
    parts.underWay.set(key, work);
    try {
      const outcome = await work;
      if (outcome.state === 'finished') keepResult(parts, journal, { step, key, place: open.place }, outcome);
      else if (outcome.state === 'failed')
        journal.write((add) => add({ type: 'step-failed', step, node, failure: outcome.failure }));
      else if (outcome.state === 'in-doubt') {
        const { requestId, failure } = outcome;
        journal.write((add) => add({ type: 'step-in-doubt', step, node, key, requestId, failure }));
      }
      await journal.settled();
    } finally {
      parts.underWay.delete(key);
    }
  }

  #orderOf(key: string, { step, place, route, worstPrice }: OpenJob): Order | undefined {
    const { nodes, providers } = this.parts.options;
    const provider = providers.get(route.provider);
    const definition = nodes.get(place.type);
    if (provider === undefined || definition === undefined) return undefined;
    return { step, key, place, route, provider, definition, worstPrice };
  }
}
