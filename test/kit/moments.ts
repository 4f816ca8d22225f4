import { onTestFinished, vi } from 'vitest';
import { Owner } from '#engine/store/owner';
import { Store } from '#engine/store/store';

// Moments of processes that cannot be brought about in the one process of a test.

/** For the rest of the test every engine takes all others for dead, as after they were killed or stopped for long. */
export function othersSeemDead(): void {
  const spy = vi.spyOn(Owner.prototype, 'isAlive').mockImplementation(function (this: Owner, id: string) {
    return id === this.id;
  });
  onTestFinished(() => void spy.mockRestore());
}

/** From now on, what is done between the first write that reaches the disk itself and whoever waits for that. */
export function afterNextFlush(work: () => void | Promise<void>): void {
  const { flushed } = Store.prototype;
  let isFirst = true;
  const spy = vi.spyOn(Store.prototype, 'flushed').mockImplementation(async function (this: Store) {
    const isOurs = isFirst;
    isFirst = false;
    await flushed.call(this);
    if (isOurs) await work();
  });
  onTestFinished(() => void spy.mockRestore());
}
