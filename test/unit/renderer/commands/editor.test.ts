import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode } from '#core/document/edit';
import { copyNodes } from '#core/document/fragment';
import type { Bridge, BridgeCall } from '#core/ipc';
import { defineNode } from '#core/node';
import { textParam } from '#core/param';
import type { Plan } from '#core/plan/planned';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { fragmentText, parseFragment } from '../../../../renderer/commands/clipboard';
import { saveWorkflow } from '../../../../renderer/commands/files';
import { addNodeOfType, connectPorts } from '../../../../renderer/commands/nodes';
import { planSoon } from '../../../../renderer/commands/planning';
import { fittingPorts, rewire } from '../../../../renderer/commands/wiring';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const link = (takes: 'one' | 'all') =>
  defineNode({
    type: takes === 'one' ? 'link' : 'list',
    version: 1,
    title: 'Link',
    group: 'source',
    icon: 'link',
    summary: 'Text from text.',
    params: { words: textParam({ label: 'Words' }) },
    inputs: { in: { type: 'text', label: 'In', takes, required: false } },
    outputs: { out: { type: 'text', label: 'Out' } },
    work: { on: 'plan', values: ({ params }) => ({ out: [params.words] }) },
  });
const catalogue = new Map([
  ['link', link('one')],
  ['list', link('all')],
]);
const definition = catalogue.get('link')!;

function chain(...ids: string[]) {
  let document = createDocument('doc');
  for (const id of ids) document = addNode(document, id, newNode(definition), [0, 0]);
  for (let at = 1; at < ids.length; at += 1)
    document = connect(document, { from: `${ids[at - 1]}.out`, to: `${ids[at]}.in` }, { replace: false });
  return document;
}
const edges = () => documentStore.getState().document.edges.map(({ from, to }) => `${from} > ${to}`);

/** A bridge that answers by name; a missing answer is `null`. */
function answering(answers: Partial<Record<BridgeCall, (input: never) => unknown>>): BridgeCall[] {
  const called: BridgeCall[] = [];
  const bridge: Bridge = {
    call: async (name, input) => {
      called.push(name);
      return { ok: true, value: ((await answers[name]?.(input as never)) ?? null) as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  return called;
}

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('wiring', () => {
  it('offers no port that would make a loop, from either end', () => {
    const document = chain('a', 'b', 'c');
    const from = { node: 'b', port: 'out', type: 'text', side: 'output' } as const;
    expect([...fittingPorts(document, catalogue, from)]).toEqual(['c.in']);
    const to = { node: 'b', port: 'in', type: 'text', side: 'input' } as const;
    expect([...fittingPorts(document, catalogue, to)]).toEqual(['a.out']);
  });

  it('replaces the wire of a port that takes one, and adds to one that takes all', () => {
    let document = chain('a', 'b');
    document = addNode(document, 'c', newNode(definition), [0, 0]);
    document = addNode(document, 'all', newNode(catalogue.get('list')!), [0, 0]);
    documentStore.actions.open(document, nameless, false);
    connectPorts({ node: 'c', port: 'out' }, { node: 'b', port: 'in' });
    expect(edges()).toEqual(['c.out > b.in']);
    connectPorts({ node: 'a', port: 'out' }, { node: 'all', port: 'in' });
    connectPorts({ node: 'c', port: 'out' }, { node: 'all', port: 'in' });
    expect(edges()).toEqual(['c.out > b.in', 'a.out > all.in', 'c.out > all.in']);
  });

  it('refuses a loop', () => {
    documentStore.actions.open(chain('a', 'b'), nameless, false);
    connectPorts({ node: 'b', port: 'out' }, { node: 'a', port: 'in' });
    expect(edges()).toEqual(['a.out > b.in']);
  });

  it('moves the end of a wire as one undo step, or not at all', () => {
    const document = addNode(chain('a', 'b'), 'c', newNode(definition), [0, 0]);
    documentStore.actions.open(document, nameless, false);
    const old = { from: 'a.out', to: 'b.in' };
    rewire(old, { node: 'a', port: 'out' }, { node: 'a', port: 'in' });
    expect(documentStore.getState().document).toBe(document);
    rewire(old, { node: 'a', port: 'out' }, { node: 'c', port: 'in' });
    expect(edges()).toEqual(['a.out > c.in']);
    documentStore.actions.undo();
    expect(documentStore.getState().document).toBe(document);
  });

  it('adds a node to a loose wire as one undo step', () => {
    const document = chain('a');
    documentStore.actions.open(document, nameless, false);
    addNodeOfType('link', { at: [10, 10], wire: { node: 'a', port: 'out', type: 'text', side: 'output' } });
    expect(edges()).toEqual(['a.out > link.in']);
    expect([...sessionStore.getState().selected]).toEqual(['link']);
    documentStore.actions.undo();
    expect(documentStore.getState().document).toBe(document);
  });
});

describe('nodes as text', () => {
  it('come back as they went', () => {
    const fragment = copyNodes(chain('a', 'b', 'c'), new Set(['a', 'b']));
    expect(parseFragment(fragmentText(fragment))).toEqual(fragment);
  });

  it.each([
    '',
    'a letter to somebody',
    '{"seedloom":1}',
    '{"seedloom":"nodes","nodes":{"a":7},"edges":[],"layout":{}}',
  ])('are not seen in %j', (text) => {
    expect(parseFragment(text)).toBeUndefined();
  });
});

describe('saving', () => {
  it('keeps the hash of what it wrote and asks for a name only once', async () => {
    documentStore.actions.open(chain('a'), nameless, false);
    documentStore.actions.setWorkflowTitle('Bottle');
    const inputs: unknown[] = [];
    answering({
      'workflow.save': (input) => {
        inputs.push(input);
        return { path: '/w/Bottle.seedloom', seen: 'h1' };
      },
    });
    expect(await saveWorkflow()).toBe(true);
    expect(await saveWorkflow()).toBe(true);
    expect(inputs).toMatchObject([
      { path: null, seen: null, overwrite: false },
      { path: '/w/Bottle.seedloom', seen: 'h1', overwrite: false },
    ]);
    expect(documentStore.getState()).toMatchObject({ name: 'Bottle', edited: false });
  });

  it('leaves the mark when the dialog is closed', async () => {
    documentStore.actions.open(chain('a'), nameless, false);
    documentStore.actions.setWorkflowTitle('Bottle');
    answering({});
    expect(await saveWorkflow()).toBe(false);
    expect(documentStore.getState().edited).toBe(true);
  });
});

describe('planning', () => {
  const planned = (price: number): Plan => ({
    nodes: [],
    steps: [],
    issues: [],
    counts: { reused: 0, willRun: 0, blocked: 0 },
    forecast: { price: { low: price, high: price }, seconds: { low: 0, high: 0 } },
  });

  it('waits until the typing settles and asks once', async () => {
    vi.useFakeTimers();
    const called = answering({ 'plan.make': () => planned(1) });
    planSoon();
    await vi.advanceTimersByTimeAsync(100);
    planSoon();
    await vi.advanceTimersByTimeAsync(100);
    expect(called).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(called).toEqual(['plan.make']);
    expect(runStore.getState()).toMatchObject({ planning: false, plan: planned(1) });
  });

  it('drops an answer that a newer question has overtaken', async () => {
    vi.useFakeTimers();
    const answers: ((plan: Plan) => void)[] = [];
    answering({ 'plan.make': () => new Promise((resolve) => answers.push(resolve)) });
    planSoon();
    await vi.advanceTimersByTimeAsync(200);
    planSoon();
    await vi.advanceTimersByTimeAsync(200);
    answers[1]?.(planned(2));
    answers[0]?.(planned(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(runStore.getState().plan).toEqual(planned(2));
  });
});
