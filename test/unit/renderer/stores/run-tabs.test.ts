import { describe, expect, it } from 'vitest';
import type { Plan } from '#core/plan/planned';
import { emptyRun, type RunEvent } from '#core/run';
import {
  createRunStore,
  isBusy,
  isRunning,
  rehearsalOfTab,
  signOfTab,
  tabRehearsing,
} from '../../../../renderer/stores/run-store';

const opening = (run: string, documentId: string): RunEvent => ({
  run,
  seq: 0,
  at: '2026-01-01T00:00:00.000Z',
  type: 'run-opened',
  documentId,
  title: 'Bottle',
  steps: [{ step: 'gen#0', node: 'gen', reused: false }],
  price: 0.04,
});
const stamp = (run: string, seq: number) => ({ run, seq, at: `2026-01-01T00:00:0${seq}.000Z` });
const made = (run: string, hash: string): RunEvent[] => [
  {
    ...stamp(run, 1),
    type: 'job-settled',
    step: 'gen#0',
    requestId: 'q',
    payer: run,
    reserved: 0.04,
    billed: 0.04,
    released: 0,
  },
  {
    ...stamp(run, 2),
    type: 'step-finished',
    step: 'gen#0',
    node: 'gen',
    key: hash,
    outputs: { image: [{ hash, format: 'png', width: 8, height: 8, bytes: 1 }] },
    reused: false,
    price: 0.04,
  },
];
const closing = (run: string, outcome: 'done' | 'failed' | 'waiting' | 'cancelled'): RunEvent => ({
  ...stamp(run, 3),
  type: 'run-closed',
  outcome,
  spent: 0.04,
});

/** Two tabs, `b` hidden, with workflows of these ids. */
function twoTabs(a = 'doc-a', b = 'doc-b') {
  const store = createRunStore('2026-01-01T00:00:00.000Z');
  store.actions.enterTab('b');
  store.actions.enterTab('a');
  const take = (...events: RunEvent[]) => {
    const [shown, other] = store.getState().tab === 'a' ? [a, b] : [b, a];
    const hidden = store.getState().tab === 'a' ? 'b' : 'a';
    store.actions.take(events, shown, new Map([[hidden, other]]));
  };
  const shown = () =>
    store
      .getState()
      .pictures.get('gen')
      ?.map(({ hash }) => hash);
  const sign = (tab: string) => signOfTab(tab)(store.getState());
  return { store, actions: store.actions, take, shown, sign };
}

describe('runs in tabs', () => {
  it('of a hidden tab are folded there, and are there when it is shown', () => {
    const { store, actions, take, shown, sign } = twoTabs();
    take(opening('r', 'doc-b'));
    expect([sign('a'), sign('b')]).toEqual([null, 'running']);
    expect([isRunning(store.getState()), isBusy(store.getState())]).toEqual([false, true]);
    take(...made('r', 'bottle'), closing('r', 'done'));
    expect(shown()).toBeUndefined();
    expect([sign('b'), store.getState().spent]).toEqual(['done', 0.04]);
    actions.enterTab('b');
    expect(shown()).toEqual(['bottle']);
    expect(store.getState().run?.outcome).toBe('done');
    expect(sign('b')).toBeNull();
    actions.enterTab('a');
    expect([shown(), sign('b')]).toEqual([undefined, null]);
  });

  it('give back exactly what was put aside', () => {
    const { store, actions, take } = twoTabs();
    take(opening('r', 'doc-a'), ...made('r', 'cup'));
    const { run, progress, outputs, pictures, results } = store.getState();
    actions.enterTab('b');
    expect(store.getState()).toMatchObject({ run: null, plan: null });
    actions.enterTab('a');
    const now = store.getState();
    expect([now.run, now.progress, now.outputs, now.pictures, now.results]).toEqual([
      run,
      progress,
      outputs,
      pictures,
      results,
    ]);
    expect(now.run).toBe(run);
  });

  it.each([
    ['failed', 'failed'],
    ['waiting', 'answer'],
    ['cancelled', null],
  ] as const)('say how they ended: %s', (outcome, sign) => {
    const tabs = twoTabs();
    tabs.take(opening('r', 'doc-b'), closing('r', outcome));
    expect(tabs.sign('b')).toBe(sign);
  });

  it('of two workflows with the same id stay with the tab that asked', () => {
    const { store, actions, take, shown, sign } = twoTabs('same', 'same');
    actions.enterTab('b');
    actions.startAsked('b');
    actions.enterTab('a');
    // Its first events may come before the answer.
    take(opening('r', 'same'));
    actions.started('r', 'b');
    take(...made('r', 'bottle'));
    expect([store.getState().run, sign('b')]).toEqual([null, 'running']);
    actions.startAsked('a');
    actions.started('s', 'a');
    take(opening('s', 'same'), ...made('s', 'cup'));
    expect(shown()).toEqual(['cup']);
    actions.enterTab('b');
    expect(shown()).toEqual(['bottle']);
  });

  it('from the queue go to the tab that queued them, others to one with their workflow', () => {
    const { store, actions, take } = twoTabs('same', 'same');
    actions.queued('q', 'b');
    take(opening('q', 'same'));
    expect(store.getState().run).toBeNull();
    take(opening('t', 'same'));
    expect(store.getState().run?.run).toBe('t');
    take(opening('u', 'nobody'));
    expect(store.getState().owners.has('u')).toBe(false);
  });

  it('that are rehearsals stay with the tab they were begun in, shown or not, and give nothing to its cards', () => {
    const { store, actions, take, shown } = twoTabs();
    const nothing = { low: 0, high: 0 };
    const plan: Plan = {
      nodes: [],
      steps: [],
      issues: [],
      counts: { reused: 0, willRun: 0, blocked: 0 },
      forecast: { price: nothing, seconds: nothing },
    };
    actions.rehearsalBegun({ faults: { gen: 'cut' }, plan, run: emptyRun('r') }, 'b');
    take(opening('r', 'rehearsal:doc-b'), ...made('r', 'bottle'));
    expect(store.getState().rehearsal).toBeNull();
    expect(tabRehearsing('r')(store.getState())).toBe('b');
    actions.enterTab('b');
    expect(store.getState().rehearsal?.run.steps.get('gen#0')?.state).toBe('finished');
    expect([shown(), store.getState().run]).toEqual([undefined, null]);
    take(closing('r', 'waiting'));
    take(closing('r', 'done'));
    actions.enterTab('a');
    expect(store.getState().rehearsal).toBeNull();
    expect(rehearsalOfTab('b')(store.getState())?.run.outcome).toBe('waiting');
    actions.forgetTab('b');
    expect(tabRehearsing('r')(store.getState())).toBeUndefined();
  });

  it('are forgotten with a tab that is gone for good', () => {
    const { store, actions, take } = twoTabs();
    take(opening('r', 'doc-b'));
    actions.forgetTab('b');
    expect([store.getState().hidden.size, store.getState().owners.size]).toEqual([0, 0]);
    expect(isBusy(store.getState())).toBe(false);
  });
});
