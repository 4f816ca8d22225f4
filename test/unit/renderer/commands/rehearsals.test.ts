import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import type { Bridge, BridgeCall, BridgeInput } from '#core/ipc';
import type { Plan } from '#core/plan/planned';
import type { RunEvent } from '#core/run';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { startOrQueue } from '../../../../renderer/commands/pod-runs';
import { startRehearsal } from '../../../../renderer/commands/rehearsals';
import { receiveRunEvents } from '../../../../renderer/commands/runs';
import { openInTab, showTab } from '../../../../renderer/commands/tabs';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const nothing = { low: 0, high: 0 };
const plan: Plan = {
  nodes: [],
  steps: [],
  issues: [],
  counts: { reused: 0, willRun: 0, blocked: 0 },
  forecast: { price: nothing, seconds: nothing },
};
const at = '2026-01-01T00:00:00.000Z';
const opened = (run: string): RunEvent => ({
  run,
  seq: 0,
  at,
  type: 'run-opened',
  documentId: 'rehearsal:doc',
  title: 'Rehearsal',
  price: 0,
  steps: [{ step: 'gen#0', node: 'gen', reused: false }],
});
const inDoubt = (run: string): RunEvent => ({
  run,
  seq: 1,
  at,
  type: 'step-in-doubt',
  step: 'gen#0',
  node: 'gen',
  key: 'k',
  requestId: 'q',
  failure: { code: 'in-doubt', act: 'user', charge: 'possible', message: 'cut' },
});
const closed = (run: string): RunEvent => ({
  run,
  seq: 2,
  at,
  type: 'run-closed',
  outcome: 'waiting',
  spent: 0,
});

const bridgeAnswers: Partial<Record<BridgeCall, unknown>> = {
  'plan.make': plan,
  'queue.add': { issues: [] },
};

let called: [name: string, input: unknown][];
let begin: (run: string) => void;
const tell = async (...events: RunEvent[]) => {
  receiveRunEvents(events);
  await vi.advanceTimersByTimeAsync(100);
};
const givenUp = () => called.filter(([name]) => name === 'run.answer').map(([, input]) => input);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'hidden', querySelector: () => null });
  called = [];
  const answered = new Promise<{ run: string }>((resolve) => {
    begin = (run) => resolve({ run });
  });
  const bridge: Bridge = {
    call: async (name, input) => {
      called.push([name, input]);
      const value = name === 'run.start' ? await answered : (bridgeAnswers[name] ?? null);
      return { ok: true, value: value as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  openInTab(createDocument('doc', 'Cats'), nameless);
  runStore.actions.planMade(plan);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('a rehearsal in the editor', () => {
  it.each(['before', 'after'])(
    'is told whole when it ends %s the answer, and its doubts are given up once',
    async (when) => {
      const run = `r-${when}`;
      const begun = startRehearsal({ gen: 'cut' });
      await tell(opened(run));
      if (when === 'before') await tell(inDoubt(run), closed(run));
      begin(run);
      expect(await begun).toBe(true);
      if (when === 'after') await tell(inDoubt(run), closed(run));
      const { rehearsal, run: real } = runStore.getState();
      expect(rehearsal?.run).toMatchObject({ outcome: 'waiting', title: 'Rehearsal' });
      expect([rehearsal?.faults, real]).toEqual([{ gen: 'cut' }, null]);
      expect(givenUp()).toEqual([{ run, steps: ['gen#0'], answer: 'give-up' }]);
    },
  );

  it('stays with its tab when another is shown before it has begun', async () => {
    const { tab } = documentStore.getState();
    const begun = startRehearsal({});
    openInTab(createDocument('other', 'Dogs'), nameless);
    await tell(opened('r-tab'));
    begin('r-tab');
    await begun;
    await tell(inDoubt('r-tab'), closed('r-tab'));
    expect(runStore.getState().rehearsal).toBeNull();
    expect(givenUp()).toHaveLength(1);
    showTab(tab);
    expect(runStore.getState().rehearsal?.run.run).toBe('r-tab');
  });
});

describe('a run without a node', () => {
  it('mutes it for this run alone, in the tab it was asked for', async () => {
    const node = { type: 'prompt', version: 1, params: {} };
    documentStore.actions.addNode('words', node, [0, 0]);
    void startOrQueue(undefined, ['words']);
    await vi.advanceTimersByTimeAsync(0);
    const [asked] = called.filter(([name]) => name === 'run.start').map(([, input]) => input);
    expect((asked as BridgeInput<'run.start'>).document.nodes['words']?.mode).toBe('mute');
    expect(documentStore.getState().document.nodes['words']).not.toHaveProperty('mode');
    // A second one waits for its turn, without it as well.
    void startOrQueue(undefined, ['words']);
    await vi.advanceTimersByTimeAsync(0);
    const [queued] = called.filter(([name]) => name === 'queue.add').map(([, input]) => input);
    expect((queued as BridgeInput<'queue.add'>).document.nodes['words']?.mode).toBe('mute');
  });
});
