import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode } from '#core/document/edit';
import type { Bridge, BridgeInput } from '#core/ipc';
import type { Plan } from '#core/plan/planned';
import type { RunEvent } from '#core/run';
import type { ImageRef } from '#core/values';
import choose from '../../../../nodes/choose.node';
import image from '../../../../nodes/image.node';
import prompt from '../../../../nodes/prompt.node';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { goOn, pickAll, priceChoices } from '../../../../renderer/commands/choosing';
import { startOrQueue } from '../../../../renderer/commands/pod-runs';
import { runFailed } from '../../../../renderer/commands/run-again';
import { receiveRunEvents } from '../../../../renderer/commands/runs';
import { openInTab } from '../../../../renderer/commands/tabs';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const picture: ImageRef = { hash: 'a'.repeat(64), width: 8, height: 8, format: 'png', bytes: 100 };
const nothing = { low: 0, high: 0 };
const plan: Plan = {
  nodes: [
    {
      id: 'pick',
      verdict: 'waits',
      steps: { reused: 0, willRun: 0, blocked: 0 },
      reasons: [],
      notes: [],
      items: {},
      forecast: { price: nothing, seconds: nothing },
      choice: { open: true, pictures: [picture], picked: [], fewest: 1, most: 1 },
    } as unknown as Plan['nodes'][number],
  ],
  steps: [],
  issues: [],
  counts: { reused: 0, willRun: 0, blocked: 0 },
  forecast: { price: nothing, seconds: nothing },
};

let called: [name: string, input: unknown][];
const asked = (name: string) => called.filter(([one]) => one === name).map(([, input]) => input);
const started = () => asked('run.start').at(-1) as BridgeInput<'run.start'>;
/** The modes of nodes in what was sent. */
const modes = ({ document }: Pick<BridgeInput<'run.start'>, 'document'>) =>
  Object.entries(document.nodes).flatMap(([id, { mode }]) => (mode === undefined ? [] : [`${id} ${mode}`]));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'hidden', querySelector: () => null });
  called = [];
  const bridge: Bridge = {
    call: async (name, input) => {
      called.push([name, input]);
      const value = name === 'run.start' ? { run: `r${called.length}` } : name === 'plan.make' ? plan : null;
      return { ok: true, value: value as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({
    catalogue: new Map([choose, image, prompt].map((definition) => [definition.type, definition])),
  });
  let document = createDocument('doc', 'Cats');
  document = addNode(document, 'photo', newNode(image), [0, 0]);
  document = addNode(document, 'pick', newNode(choose), [0, 0]);
  document = addNode(document, 'words', newNode(prompt), [0, 0]);
  document = addNode(document, 'dear', newNode(prompt), [0, 0]);
  document = connect(document, { from: 'photo.image', to: 'pick.images' }, { replace: false });
  openInTab(document, nameless);
  runStore.actions.planMade(plan);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

/** A run without `dear` that was opened, came to `fact`, and is over. */
async function ranWithoutDear(fact: Record<string, unknown>, outcome: 'failed' | 'waiting'): Promise<void> {
  await startOrQueue(undefined, ['dear']);
  const { without } = started();
  const run = runStore.getState().run?.run ?? `r${called.length}`;
  const at = '2026-01-01T00:00:00.000Z';
  const node = String(fact['node']);
  receiveRunEvents([
    {
      run,
      seq: 0,
      at,
      type: 'run-opened',
      documentId: 'doc',
      title: 'Cats',
      price: 0,
      steps: [{ step: `${node}#0`, node, reused: false }],
      ...(without === undefined ? {} : { without }),
    },
    { run, seq: 1, at, step: `${node}#0`, ...fact } as RunEvent,
    { run, seq: 2, at, type: 'run-closed', outcome, spent: 0 },
  ]);
  await vi.advanceTimersByTimeAsync(200);
  called = [];
}

const failed = {
  type: 'step-failed',
  node: 'words',
  failure: { code: 'refused', act: 'vendor', charge: 'none', message: 'No.' },
};
const held = { type: 'step-waiting', node: 'pick', for: 'choice', pictures: [picture] };

describe('what the person left out of a run', () => {
  it('is told with the request, which has it muted', async () => {
    await startOrQueue(undefined, ['dear']);
    expect([modes(started()), started().without]).toEqual([['dear mute'], ['dear']]);
  });

  it('stays out when only what failed is run, and of the run after that', async () => {
    await ranWithoutDear(failed, 'failed');
    await runFailed();
    expect(started()).toMatchObject({ targets: ['words'], without: ['dear'] });
    expect(modes(started())).toEqual(['dear mute']);
  });

  it('is no matter any more when it was removed meanwhile', async () => {
    await ranWithoutDear(failed, 'failed');
    documentStore.actions.remove(new Set(['dear']), []);
    await runFailed();
    expect(started()).not.toHaveProperty('without');
  });

  it('stays out when the run goes on from a choice, and of its price', async () => {
    await ranWithoutDear(held, 'waiting');
    pickAll('pick');
    await priceChoices(plan);
    expect(modes(asked('plan.make')[0] as BridgeInput<'plan.make'>)).toEqual(['dear mute']);
    await goOn('pick');
    expect(started().without).toEqual(['dear']);
    expect(modes(started())).toEqual(['dear mute']);
  });

  it('is in a run that begins anew', async () => {
    await ranWithoutDear(failed, 'failed');
    await startOrQueue();
    expect([modes(started()), 'without' in started()]).toEqual([[], false]);
  });
});
