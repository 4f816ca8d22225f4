import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '#core/run';
import { Journal } from '#engine/run/journal';
import { Store } from '#engine/store/store';
import { LeapingClock } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';

/** A store whose flushes end when the test says so. */
class SlowDisk extends Store {
  #isSlow = true;
  #go: () => void = () => undefined;
  readonly #gone = new Promise<void>((resolve) => {
    this.#go = resolve;
  });

  override async flushed(): Promise<void> {
    await super.flushed();
    if (this.#isSlow) await this.#gone;
  }

  speedUp(): void {
    this.#isSlow = false;
    this.#go();
  }
}

let folder: ReturnType<typeof temporaryFolder>;
let store: SlowDisk;
let told: RunEvent[];
let journal: Journal;

beforeEach(() => {
  folder = temporaryFolder();
  store = new SlowDisk(folder.path);
  told = [];
  journal = new Journal('run', store, new LeapingClock(), (event) => told.push(event));
});

afterEach(async () => {
  store.speedUp();
  await store.close();
  folder.remove();
});

const skipped = (step: string) => ({ type: 'step-skipped', step, node: step, because: 'a test' }) as const;
const seqs = (events: readonly RunEvent[]) => events.map((event) => ('seq' in event ? event.seq : -1));

describe('a journal', () => {
  it('tells what is written after what has to reach the disk before it', async () => {
    const durable = journal.durable((add) => add(skipped('a')));
    journal.write((add) => add(skipped('b')));
    await store.together(() => undefined);
    expect(store.entries('run')).toHaveLength(2);
    expect(told).toEqual([]);
    store.speedUp();
    await durable;
    await journal.settled();
    expect(seqs(told)).toEqual([0, 1]);
    expect(told).toEqual(store.entries('run'));
  });

  it('tells many writes of both kinds in the order of their numbers', async () => {
    store.speedUp();
    const durable: Promise<unknown>[] = [];
    for (let place = 0; place < 40; place += 1) {
      const add = skipped(`s${place}`);
      if (place % 3 === 0) durable.push(journal.durable((write) => write(add)));
      else journal.write((write) => write(add));
    }
    await Promise.all(durable);
    await journal.settled();
    expect(seqs(told)).toEqual(Array.from({ length: 40 }, (_, place) => place));
  });

  it('gives the numbers of a write that failed to the next, and tells the rest', async () => {
    store.speedUp();
    const failing = journal.durable((add) => {
      add(skipped('a'));
      throw new Error('no space left on device');
    });
    const next = journal.durable((add) => add(skipped('b')));
    await expect(failing).rejects.toThrow('no space left');
    await next;
    expect(told).toMatchObject([{ seq: 0, step: 'b' }]);
    expect(store.entries('run')).toEqual(told);
  });

  it('says where `settled` is awaited that a write failed, and calls what comes after it all the same', async () => {
    store.speedUp();
    let after = 0;
    journal.write(
      () => {
        throw new Error('no space left on device');
      },
      () => (after += 1),
    );
    await expect(journal.settled()).rejects.toThrow('no space left');
    expect(after).toBe(1);
  });

  it('numbers on after what other journals of the run have written', async () => {
    store.speedUp();
    await journal.durable((add) => add(skipped('a')));
    const other = new Journal('run', store, new LeapingClock(), () => undefined);
    await other.durable((add) => add(skipped('b')));
    await journal.durable((add) => add(skipped('c')));
    expect(seqs(store.entries('run'))).toEqual([0, 1, 2]);
    expect(seqs(told)).toEqual([0, 2]);
  });
});
