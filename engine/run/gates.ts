import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import type { Provider } from '#core/provider';
import type { Clock } from '../contract';
import type { Traffic } from '../store/traffic';

/** How often a place is asked for that other processes hold, milliseconds. */
const placePoll = 250;

/**
 * How many steps run side by side: what each provider allows, over all runs and processes on the data folder, and as many
 * machine steps as there are cores.
 */
export class Gates {
  readonly #providers = new Map<string, PQueue>();
  readonly #machine = new PQueue({ concurrency: Math.max(1, availableParallelism()) });

  constructor(
    private readonly traffic: Traffic,
    private readonly owner: string,
    private readonly clock: Clock,
  ) {}

  /** Does the work when the provider has a place for it; `undefined` when `signal` aborted before. */
  provider<T>(
    provider: Pick<Provider, 'id' | 'limits'>,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    const { traffic, owner, clock } = this;
    return inLine(this.#queue(provider), signal, async () => {
      while (!(await traffic.enter(provider, owner))) {
        await clock.sleep(placePoll, signal);
        if (signal.aborted) return undefined;
      }
      try {
        return signal.aborted ? undefined : await work();
      } finally {
        // A place that could not be given back is free when this process is gone.
        await traffic.leave(provider.id, owner).catch(() => undefined);
      }
    });
  }

  /** Does the work when a core is free; `undefined` when `signal` aborted before. */
  machine<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
    return inLine(this.#machine, signal, work);
  }

  #queue({ id, limits }: Pick<Provider, 'id' | 'limits'>): PQueue {
    let queue = this.#providers.get(id);
    if (queue === undefined) {
      queue = new PQueue({ concurrency: limits.together });
      this.#providers.set(id, queue);
    }
    // The person may have changed it since.
    queue.concurrency = limits.together;
    return queue;
  }
}

/** Whoever stands in line when `signal` aborts does not wait for their turn; what has begun is not cut short. */
function inLine<T>(
  queue: PQueue,
  signal: AbortSignal,
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const goAway = () => resolve(undefined);
    signal.addEventListener('abort', goAway);
    const turn = async () => {
      signal.removeEventListener('abort', goAway);
      return signal.aborted ? undefined : work();
    };
    queue.add(turn).then((result) => resolve(result ?? undefined), reject);
    if (signal.aborted) goAway();
  });
}
