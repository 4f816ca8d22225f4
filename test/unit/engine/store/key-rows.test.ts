import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CacheKeyParts } from '#core/plan/cache-key';
import { KeyRows } from '#engine/store/key-rows';
import { Store } from '#engine/store/store';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let rows: KeyRows;

beforeEach(() => {
  folder = temporaryFolder();
  store = new Store(folder.path);
  rows = new KeyRows(store);
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

const parts: CacheKeyParts = {
  node: 'make',
  version: 1,
  params: { prompt: 'a cat', size: null },
  inputs: { images: ['sha256:ab'] },
  provider: { id: 'shop', revision: 1, model: 'one' },
  take: 0,
  copy: 0,
};
const keep = (run: string, paid: boolean) =>
  store.together(() => rows.keep('key', 'document/make#0.0', { parts, run, step: 'make#0', paid }));

describe('what a key was made of', () => {
  it('is given back whole, by key and by place', async () => {
    await keep('run-1', true);
    expect(rows.parts('key')).toEqual(parts);
    expect(rows.previous('document/make#0.0')).toEqual(parts);
    for (const unknown of [rows.parts('other'), rows.previous('other'), rows.maker('other')])
      expect(unknown).toBeUndefined();
  });

  it('has the maker who paid last, whoever only took it after', async () => {
    await keep('run-1', true);
    await keep('run-2', false);
    expect(rows.maker('key')).toMatchObject({ run: 'run-1', step: 'make#0' });
    await keep('run-3', true);
    expect(rows.maker('key')).toMatchObject({ run: 'run-3' });
  });

  it('that cannot be read counts as not there', async () => {
    const keys = store.table<unknown, string>('keys');
    await keys.put('key', { parts: { node: 7 }, run: 'run-1', step: 'make#0' });
    expect([rows.parts('key'), rows.maker('key')]).toEqual([undefined, undefined]);
  });
});
