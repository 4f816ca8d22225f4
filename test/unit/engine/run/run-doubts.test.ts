import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedStep } from '#core/plan/planned';
import { RunDoubts } from '#engine/run/run-doubts';
import { Store, type OpenJob } from '#engine/store/store';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let doubts: RunDoubts;

beforeEach(() => {
  folder = temporaryFolder();
  store = new Store(folder.path);
  doubts = new RunDoubts(store, 'run');
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

const at = '2026-11-21T12:00:00.000Z';
const step = { id: 'make#0', node: 'make' } as PlannedStep;
const failure = { code: 'in-doubt', act: 'user', charge: 'possible', message: 'Cut.' } as const;
const row: OpenJob = {
  state: 'in-doubt',
  run: 'run',
  step: 'make#0',
  owner: '',
  requestId: 'request',
  route: { provider: 'shop', model: 'one' },
  worstPrice: 0.04,
  place: { documentId: 'd', node: 'make', type: 'make', index: 0, copy: 0, parts: {} },
  at,
};
const note = () => doubts.note(step, { state: 'in-doubt', key: 'key', requestId: 'request', failure });
const put = (job: OpenJob) => store.together(() => store.putOpenJob('key', job));
const answer = (seq: number, said: 'resend' | 'give-up') =>
  store.together(() =>
    store.putEntry({
      type: 'doubt-answered',
      step: 'make#0',
      node: 'make',
      answer: said,
      run: 'run',
      seq,
      at,
    }),
  );

describe('the doubts of a run', () => {
  it('are none at first', () => {
    expect([doubts.any, doubts.open, doubts.passed()]).toEqual([false, false, []]);
  });

  it('are open as long as the very request is in doubt', async () => {
    await put(row);
    note();
    expect([doubts.any, doubts.open, doubts.passed()]).toEqual([true, true, []]);
    await put({ ...row, state: 'to-resend' });
    expect(doubts.open).toBe(false);
    await put({ ...row, requestId: 'another' });
    expect(doubts.open).toBe(false);
    await store.together(() => store.removeOpenJob('key'));
    expect([doubts.any, doubts.open]).toEqual([true, false]);
  });

  it('that were answered "send again" are steps the run has passed', async () => {
    note();
    await answer(0, 'resend');
    expect(doubts.passed()).toMatchObject([{ type: 'step-skipped', step: 'make#0', node: 'make' }]);
  });

  it('that were given up need nothing more; the last answer counts', async () => {
    note();
    await answer(0, 'resend');
    await answer(1, 'give-up');
    expect(doubts.passed()).toEqual([]);
  });
});
