import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode, setParam } from '#core/document/edit';
import { userFailure } from '#core/failure';
import type { Bridge } from '#core/ipc';
import { defineNode } from '#core/node';
import { textParam } from '#core/param';
import type { Plan } from '#core/plan/planned';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { whenPlanned } from '../../../../renderer/commands/run-when-planned';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const words = defineNode({
  type: 'words',
  version: 1,
  title: 'Words',
  group: 'source',
  icon: 'type',
  summary: 'Words.',
  params: { text: textParam({ label: 'Text' }) },
  inputs: {},
  outputs: { text: { type: 'text', label: 'Text' } },
  work: { on: 'plan', values: ({ params }) => ({ text: [params.text] }) },
});

function planFor(price: number): Plan {
  return {
    nodes: [],
    steps: [],
    issues: [],
    counts: { reused: 0, willRun: 1, blocked: 0 },
    forecast: { price: { low: price, high: price }, seconds: { low: 1, high: 1 } },
  };
}

let started = 0;
const start = () => {
  started += 1;
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const { planAsked, planMade, planFailed } = runStore.actions;

beforeEach(() => {
  started = 0;
  const bridge: Bridge = {
    call: async () => ({ ok: false, failure: userFailure('no-plan', 'Nothing is planned here.') }),
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: new Map([['words', words]]) });
  documentStore.actions.open(addNode(createDocument('d'), 'a', newNode(words), [0, 0]), nameless, false);
  runStore.actions.enterTab(documentStore.getState().tab);
});

describe('Run', () => {
  it('starts at once where the plan is that of what is shown', () => {
    planMade(planFor(3));
    void whenPlanned(start);
    expect(started).toBe(1);
  });

  it('waits for the plan and starts when it costs no more than what was shown', async () => {
    planMade(planFor(3));
    planAsked();
    const waiting = whenPlanned(start);
    expect([started, runStore.getState().pressed]).toEqual([0, true]);
    planMade(planFor(2.5));
    await waiting;
    expect([started, runStore.getState().pressed]).toEqual([1, false]);
  });

  it('does not start what costs more than what was shown', async () => {
    planMade(planFor(3));
    planAsked();
    const waiting = whenPlanned(start);
    planMade(planFor(3.01));
    await waiting;
    expect([started, runStore.getState().pressed]).toEqual([0, false]);
    await whenPlanned(start);
    expect(started).toBe(1);
  });

  it.each([
    [0, 1],
    [0.01, 0],
  ])('before the first plan starts only what is free: %d USD', async (price, times) => {
    planAsked();
    const waiting = whenPlanned(start);
    planMade(planFor(price));
    await waiting;
    expect(started).toBe(times);
  });

  it('is one run, however often it is pressed', async () => {
    planAsked();
    const waiting = whenPlanned(start);
    await whenPlanned(start);
    planMade(planFor(0));
    await waiting;
    expect(started).toBe(1);
  });

  it('is forgotten when the workflow is changed meanwhile', async () => {
    planMade(planFor(3));
    planAsked();
    const waiting = whenPlanned(start);
    documentStore.actions.edit((document) => setParam(document, 'a', 'text', 'more'));
    await waiting;
    planMade(planFor(0));
    await settled();
    expect([started, runStore.getState().pressed]).toEqual([0, false]);
  });

  it('is forgotten when another tab is shown, and waits there no more', async () => {
    planAsked();
    const { tab } = runStore.getState();
    const waiting = whenPlanned(start);
    runStore.actions.enterTab('other');
    await waiting;
    planMade(planFor(0));
    await settled();
    runStore.actions.enterTab(tab);
    expect([started, runStore.getState().pressed]).toEqual([0, false]);
  });

  it('starts nothing that could not be planned, and plans anew at the next press', async () => {
    planAsked();
    const waiting = whenPlanned(start);
    planFailed(userFailure('no-plan', 'The engine is gone.'));
    await waiting;
    expect(started).toBe(0);
    const again = whenPlanned(start);
    expect(runStore.getState()).toMatchObject({ planning: true, pressed: true });
    planMade(planFor(0));
    await again;
    expect(started).toBe(1);
  });
});
