import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import type { Provider } from '#core/provider';

/** How many steps run side by side: what each provider allows, and as many machine steps as there are cores. */
export class Gates {
  readonly #providers = new Map<string, PQueue>();
  readonly #machine = new PQueue({ concurrency: Math.max(1, availableParallelism()) });

  provider(provider: Pick<Provider, 'id' | 'limits'>): PQueue {
    let queue = this.#providers.get(provider.id);
    if (queue === undefined) {
      queue = new PQueue({ concurrency: provider.limits.together });
      this.#providers.set(provider.id, queue);
    }
    return queue;
  }

  machine(): PQueue {
    return this.#machine;
  }
}
