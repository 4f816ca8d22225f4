import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode } from '#core/document/edit';
import { userFailure } from '#core/failure';
import type { Bridge, BridgeCall } from '#core/ipc';
import { defineNode } from '#core/node';
import type { QueueEntry, QueueState } from '#core/queue';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { runCommand } from '../../../../renderer/commands/command-list';
import { moveInQueue } from '../../../../renderer/commands/queue';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { isBusy, runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const definition = defineNode({
  type: 'word',
  version: 1,
  title: 'Word',
  group: 'source',
  icon: 'link',
  summary: 'A word.',
  params: {},
  inputs: {},
  outputs: { out: { type: 'text', label: 'Out' } },
  work: { on: 'plan', values: () => ({ out: ['word'] }) },
});
const entry = (run: string): QueueEntry => ({
  run,
  title: 'Cats',
  documentId: 'd',
  queuedAt: '2026-11-21T12:00:00Z',
  price: 0.04,
});
const state = (changes: Partial<QueueState> = {}): QueueState => ({
  paused: false,
  underWay: null,
  waiting: [],
  worker: 'this',
  ...changes,
});

let called: [BridgeCall, unknown][];
let answers: Partial<Record<BridgeCall, unknown>>;

beforeEach(() => {
  called = [];
  answers = {};
  const bridge: Bridge = {
    call: async (name, input) => {
      called.push([name, input]);
      // Asked for after a pause, which a slow machine lets pass.
      if (name === 'plan.make')
        return { ok: false, failure: userFailure('no-plan', 'Nothing is planned here.') };
      const value = answers[name];
      return value instanceof Error
        ? { ok: false, failure: userFailure('not-queued', value.message) }
        : { ok: true, value: (value ?? null) as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: new Map([['word', definition]]) });
  const document = addNode(createDocument('d'), 'a', newNode(definition), [0, 0]);
  documentStore.actions.open(document, nameless, false);
});

const names = () => called.map(([name]) => name).filter((name) => name !== 'plan.make');
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Run', () => {
  it('starts at once when nothing is under way, also when something waits', async () => {
    answers['run.start'] = { run: 'r1' };
    runStore.actions.queueChanged(state({ paused: true, waiting: [entry('q1')] }));
    runCommand('run.start');
    await settled();
    expect(names()).toEqual(['run.start']);
    expect(isBusy(runStore.getState())).toBe(true);
  });

  it('queues while a run of this workflow or of the queue is under way, with its budget and targets', async () => {
    answers['queue.add'] = { entry: entry('q1') };
    runStore.actions.started('r1');
    runCommand('run.start');
    await settled();
    runStore.setState(runStore.getInitialState(), true);
    runStore.actions.queueChanged(state({ underWay: entry('q0') }));
    sessionStore.actions.set({ settings: { ...sessionStore.getState().settings, budget: 2 } });
    sessionStore.actions.select(['a']);
    runCommand('run.selected');
    await settled();
    expect(names()).toEqual(['queue.add', 'queue.add']);
    expect(called[0]?.[1]).toMatchObject({ document: { id: 'd' }, path: null, budget: null });
    expect(called[1]?.[1]).toMatchObject({ budget: 2, targets: ['a'] });
  });

  it('shows what stands in the way of queuing', async () => {
    answers['queue.add'] = { issues: [] };
    runStore.actions.started('r1');
    runCommand('run.start');
    await settled();
    expect(sessionStore.getState().drawer).toBe('issues');
  });
});

describe('moving in the queue', () => {
  const runs = () => runStore.getState().queue.waiting.map(({ run }) => run);
  beforeEach(() => runStore.actions.queueChanged(state({ waiting: [entry('a'), entry('b'), entry('c')] })));

  it('is seen at once', async () => {
    const moving = moveInQueue('a', 'c');
    expect(runs()).toEqual(['b', 'a', 'c']);
    await moving;
    await moveInQueue('b', null);
    expect(runs()).toEqual(['a', 'c', 'b']);
    expect(called).toEqual([
      ['queue.move', { run: 'a', before: 'c' }],
      ['queue.move', { run: 'b', before: null }],
    ]);
  });

  it('shows what is really there when it was refused', async () => {
    answers['queue.move'] = new Error('It has begun.');
    answers['queue.state'] = state({ waiting: [entry('b'), entry('c')] });
    await moveInQueue('c', 'a');
    expect(runs()).toEqual(['b', 'c']);
  });
});
