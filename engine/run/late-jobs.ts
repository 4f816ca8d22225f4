import PQueue from 'p-queue';
import { failureOf } from '#core/failure';
import type { RunEvent } from '#core/run';
import type { OpenJob } from '../store/store';
import { Journal } from './journal';
import { keepResult } from './keep-result';
import { putOutcome } from './put-outcome';
import { PaidJob } from './paid-job';
import type { EngineParts, Order, PassingFact, StepOutcome } from './parts';

/** Jobs of one provider that are asked for side by side. */
const together = 8;

/**
 * Jobs that were handed over by runs which are closed: cancelled where the vendor could not be stopped, or given up asking
 * for. What comes of them is kept, and written into the journal of their run, for whoever needs the picture next.
 */
export class LateJobs {
  /** One for each provider: jobs that never end at one are not in the way of another's. */
  readonly #queues = new Map<string, PQueue>();
  readonly #asked = new Set<string>();

  constructor(private readonly parts: EngineParts) {}

  /** The open jobs that can be asked for and that nobody asks for. */
  list(): { key: string; job: OpenJob }[] {
    const { store, owner, options, underWay } = this.parts;
    return store.openJobs().filter(({ key, job }) => {
      const run = store.run(job.run);
      // What was handed over and cannot be asked for becomes a doubt, which a person can answer.
      const isForPerson = job.state === 'in-doubt' || job.state === 'to-resend';
      const canBeAsked = !isForPerson && options.providers.has(job.route.provider);
      const isAbandoned = job.owner === owner.id ? !underWay.has(key) : !owner.isAlive(job.owner);
      return canBeAsked && isAbandoned && (run === undefined || run.closedAt !== undefined);
    });
  }

  /** Asks for all of `list` until the vendors have given their verdicts; gives how many there were. */
  async collect(tell: (event: RunEvent) => void): Promise<number> {
    const fresh = this.list().filter(({ key }) => !this.#asked.has(key));
    for (const { key } of fresh) this.#asked.add(key);
    await Promise.all(
      fresh.map((open) =>
        this.#queueOf(open.job.route.provider).add(async () => {
          try {
            await this.#collectOne(open.key, open.job, tell);
          } finally {
            this.#asked.delete(open.key);
          }
        }),
      ),
    );
    return fresh.length;
  }

  /** Resolves when nothing is asked for any more. */
  async ended(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.onIdle()));
  }

  #queueOf(provider: string): PQueue {
    const queue = this.#queues.get(provider) ?? new PQueue({ concurrency: together });
    this.#queues.set(provider, queue);
    return queue;
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
    const context = {
      id: open.run,
      documentId,
      cap: undefined,
      journal,
      signal,
      leaving: signal,
      tell: pass,
    };
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
      if (outcome.state !== 'held' && outcome.state !== 'skipped')
        await parts.store.together(() => putOutcome(parts, open.run));
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
