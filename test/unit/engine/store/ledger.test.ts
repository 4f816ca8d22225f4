import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger, type Caps, type Charge } from '#engine/store/ledger';
import { Store } from '#engine/store/store';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let ledger: Ledger;

beforeEach(() => {
  folder = temporaryFolder();
  store = new Store(folder.path);
  ledger = new Ledger(store);
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

const on = (day: string, requestId = 'q', worst = 0.04): Charge => ({
  requestId,
  run: 'r',
  documentId: 'd',
  day,
  worst,
});
const reserve = (charge: Charge, caps: Caps = {}) => store.together(() => ledger.reserve(charge, caps));
const reservedOn = (...days: string[]) => days.map((day) => ledger.totals('day', day).reserved);

describe('a reservation that is asked for again', () => {
  it('on the same day is the one there is', async () => {
    await reserve(on('monday'));
    expect(await reserve(on('monday'), { day: 0.04, run: 0.04, workflow: 0.04 })).toBe('reserved');
    expect(reservedOn('monday')).toEqual([0.04]);
    expect(ledger.totals('run', 'r').reserved).toBe(0.04);
  });

  it('on another day moves there, and stays one for its run and workflow', async () => {
    await reserve(on('monday'));
    const caps = { day: 0.04, run: 0.04, workflow: 0.04 };
    expect(ledger.look(on('tuesday'), caps)).toBe('reserved');
    expect(await reserve(on('tuesday'), caps)).toBe('reserved');
    expect(reservedOn('monday', 'tuesday')).toEqual([0, 0.04]);
    expect(ledger.totals('run', 'r')).toEqual({ billed: 0, reserved: 0.04 });
    expect(ledger.totals('workflow', 'd')).toEqual({ billed: 0, reserved: 0.04 });
    await store.together(() => ledger.settle('q', 0.03));
    expect(ledger.totals('day', 'monday')).toEqual({ billed: 0, reserved: 0 });
    expect(ledger.totals('day', 'tuesday')).toEqual({ billed: 0.03, reserved: 0 });
  });

  it('on a day that has no room stays where it was', async () => {
    await reserve(on('monday'));
    await reserve(on('tuesday', 'other'));
    expect(await reserve(on('tuesday'), { day: 0.05 })).toBe('full');
    await store.together(() => ledger.settle('other', 0.04));
    expect(await reserve(on('tuesday'), { day: 0.05 })).toBe('over');
    expect(reservedOn('monday', 'tuesday')).toEqual([0.04, 0]);
  });

  it('after it was settled is a new one', async () => {
    await reserve(on('monday'));
    await store.together(() => ledger.settle('q', 0.04));
    await reserve(on('tuesday'));
    expect(ledger.totals('run', 'r')).toEqual({ billed: 0.04, reserved: 0.04 });
    expect(reservedOn('monday', 'tuesday')).toEqual([0, 0.04]);
  });
});
