import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '#engine/store/store';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  store = new Store(folder.path);
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

describe('changes together', () => {
  it('are all there, and give what was made of them', async () => {
    const table = store.table<number, string>('numbers');
    const sum = await store.together(() => {
      void table.put('a', 1);
      void table.put('b', 2);
      return table.get('a')! + table.get('b')!;
    });
    expect(sum).toBe(3);
    expect([table.get('a'), table.get('b')]).toEqual([1, 2]);
  });

  it('of which one throws leave nothing behind, and harm none beside them', async () => {
    const table = store.table<number, string>('numbers');
    await store.together(() => void table.put('kept', 1));
    const before = store.together(() => void table.put('before', 1));
    const failing = store.together(() => {
      void table.put('half', 1);
      void table.remove('kept');
      throw new Error('no space left on device');
    });
    const after = store.together(() => void table.put('after', 1));
    await expect(failing).rejects.toThrow('no space left');
    await Promise.all([before, after]);
    expect(['kept', 'before', 'half', 'after'].map((key) => table.get(key))).toEqual([1, 1, undefined, 1]);
  });

  it('see what was changed just before them', async () => {
    const table = store.table<number, string>('numbers');
    const once = () => store.together(() => void table.put('count', (table.get('count') ?? 0) + 1));
    await Promise.all(Array.from({ length: 50 }, once));
    expect(table.get('count')).toBe(50);
  });
});

describe('a second store of one process', () => {
  it('opens when the change on its way is in, for lmdb would let the two wait for each other', async () => {
    const table = store.table<number, string>('numbers');
    const order: string[] = [];
    const changed = store.together(() => void table.put('a', 1)).then(() => order.push('changed'));
    const second = await Store.open(folder.path);
    order.push('opened');
    await changed;
    expect(order).toEqual(['changed', 'opened']);
    expect(second.table<number, string>('numbers').get('a')).toBe(1);
    await second.close();
  });
});

describe('a sealed store', () => {
  it('has what was on its way when it was sealed', async () => {
    const table = store.table<number, string>('numbers');
    let isIn = false;
    const onItsWay = store.together(() => void table.put('a', 1)).then(() => (isIn = true));
    const failing = store
      .together(() => {
        throw new Error('a bug');
      })
      .catch(() => undefined);
    await store.seal();
    expect(isIn).toBe(true);
    expect(table.get('a')).toBe(1);
    await Promise.all([onItsWay, failing]);
  });

  it('is changed by nothing that comes after, and whoever asks for it never hears of it', async () => {
    const table = store.table<number, string>('numbers');
    const sealed = store.seal();
    let isHeard = false;
    let isCalled = false;
    const hear = () => (isHeard = true);
    store
      .together(() => {
        isCalled = true;
        void table.put('a', 1);
      })
      .then(hear, hear);
    await sealed;
    // A write of its own takes its turn after all that were asked for.
    await table.put('b', 2);
    await store.flushed();
    expect({ isCalled, isHeard, a: table.get('a') }).toEqual({
      isCalled: false,
      isHeard: false,
      a: undefined,
    });
  });
});
