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
  async provider<T>(
    provider: Pick<Provider, 'id' | 'limits'>,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    const result = await this.#queue(provider).add(async () => {
      while (!signal.aborted) {
        if (!(await this.traffic.enter(provider, this.owner))) {
          await this.clock.sleep(placePoll, signal);
          continue;
        }
        try {
          return await work();
        } finally {
          // A place that could not be given back is free when this process is gone.
          await this.traffic.leave(provider.id, this.owner).catch(() => undefined);
        }
      }
      return undefined;
    });
    return result ?? undefined;
  }

  async machine<T>(work: () => Promise<T>): Promise<T | undefined> {
    return (await this.#machine.add(work)) ?? undefined;
  }

  #queue({ id, limits }: Pick<Provider, 'id' | 'limits'>): PQueue {
    let queue = this.#providers.get(id);
    if (queue === undefined) {
      queue = new PQueue({ concurrency: limits.together });
      this.#providers.set(id, queue);
    }
    return queue;
  }
}
