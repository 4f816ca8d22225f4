import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, moveNodes, setParam, setTitle } from '#core/document/edit';
import type { PlannedNode } from '#core/plan/planned';
import { runWords, whyNotRun } from '../../../../renderer/app/run-words';
import { cardState } from '../../../../renderer/canvas/card-state';
import { cardsOf, wiresOf } from '../../../../renderer/canvas/flow-elements';
import { wireState } from '../../../../renderer/canvas/wire-state';
import type { NodeProgress } from '../../../../renderer/stores/node-view';
import { createRunStore } from '../../../../renderer/stores/run-store';

const nothing = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };
const node = (type: string) => ({ type, version: 1, params: {} });
const planned = (change: Partial<PlannedNode>): PlannedNode => ({
  id: 'gen',
  verdict: 'will-run',
  steps: { reused: 0, willRun: 1, blocked: 0 },
  reasons: [],
  notes: [],
  items: {},
  forecast: nothing,
  ...change,
});
const progress = (change: Partial<NodeProgress>): NodeProgress => ({
  state: 'running',
  live: true,
  ended: 0,
  steps: 1,
  price: 0,
  ...change,
});

function threeNodes() {
  let document = createDocument('doc');
  for (const [at, id] of ['a', 'b', 'c'].entries())
    document = addNode(document, id, node('x'), [at * 300, 0]);
  document = connect(document, { from: 'a.out', to: 'c.in' }, { replace: false });
  return connect(document, { from: 'b.out', to: 'c.in' }, { replace: false });
}
const none = new Set<string>();

describe('the arrays of the canvas', () => {
  it('keep the object of a card that stands where it stood', () => {
    const document = threeNodes();
    const before = cardsOf(document, new Map(), none, []);
    const moved = cardsOf(moveNodes(document, { b: [900, 40] }), new Map(), none, before);
    expect(moved[0]).toBe(before[0]);
    expect(moved[1]?.position).toEqual({ x: 900, y: 40 });
    expect(moved[2]).toBe(before[2]);
    const typed = cardsOf(setParam(document, 'a', 'text', 'x'), new Map(), none, before);
    expect(typed).toEqual(before);
    expect(typed[0]).toBe(before[0]);
  });

  it('keep what was measured when a card is selected or named', () => {
    const document = threeNodes();
    const before = cardsOf(document, new Map(), none, []).map((card) => ({
      ...card,
      measured: { width: 272, height: 90 },
    }));
    const after = cardsOf(setTitle(document, 'a', 'Fox'), new Map(), new Set(['b']), before);
    expect(after[0]).toMatchObject({ ariaLabel: 'Fox', measured: { width: 272 } });
    expect(after[1]).toMatchObject({ selected: true, measured: { width: 272 } });
  });

  it('number the wires into one port, and leave out those that lead nowhere', () => {
    const document = threeNodes();
    const broken = { ...document, edges: [...document.edges, { from: 'gone.out', to: 'a.in' }] };
    const wires = wiresOf(broken, new Map(), none, []);
    expect(wires.map(({ source, data }) => [source, data?.place])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });
});

describe('the footer of a card', () => {
  it('shows the run while it goes on, then the plan', () => {
    expect(cardState(planned({}), undefined, progress({ fraction: 0.42 }))).toMatchObject({
      sign: 'running',
      words: 'running · 42 %',
    });
    const arrived = { hashes: ['a', 'b'], of: 4 };
    expect(cardState(planned({}), undefined, progress({ fraction: 0.5, arrived })).words).toBe(
      'running · 2 of 4',
    );
    expect(cardState(planned({}), undefined, progress({ state: 'running', place: 3 })).words).toBe(
      'in line, place 3',
    );
    const waiting = progress({ state: 'collecting', words: 'a worker is starting' });
    expect(cardState(planned({}), undefined, waiting).words).toBe('a worker is starting');
    expect(cardState(planned({}), undefined, { ...waiting, steps: 9, ended: 2 }).words).toBe(
      'a worker is starting · 2 of 9',
    );
    expect(cardState(planned({}), undefined, progress({ state: 'finished', live: false })).sign).toBe(
      'will-run',
    );
    expect(
      cardState(planned({ verdict: 'reused' }), undefined, progress({ state: 'finished', live: false })).sign,
    ).toBe('done');
    const failure = { code: 'cut-short', act: 'vendor', charge: 'possible', message: 'Cut.' } as const;
    const short = progress({ state: 'finished', live: false, shortfall: [failure] });
    expect(cardState(planned({ verdict: 'reused' }), undefined, short)).toMatchObject({
      sign: 'done',
      words: 'made, not all',
    });
    expect(cardState(planned({ verdict: 'reused' }), undefined, undefined)).toMatchObject({
      sign: 'reused',
      words: 'reused, free',
    });
  });

  it('shows trouble of the last run until the node is made', () => {
    const failed = progress({ state: 'failed', live: false });
    expect(cardState(planned({}), undefined, failed)).toMatchObject({ sign: 'failed', troubled: true });
    expect(cardState(planned({ verdict: 'reused' }), undefined, failed).troubled).toBe(false);
  });

  it('says what a run leaves alone, before there is a plan of it', () => {
    const words = (change: Partial<PlannedNode>, mode?: 'mute' | 'bypass') => {
      const { sign, words: said } = cardState(planned(change), undefined, undefined, mode);
      return [sign, said];
    };
    expect(words({}, 'mute')).toEqual(['muted', 'muted']);
    expect(words({}, 'bypass')).toEqual(['bypassed', 'bypassed']);
    expect(words({ verdict: 'left-out' })).toEqual(['left-out', 'left out']);
    const steps = { reused: 2, willRun: 0, blocked: 0 };
    expect(words({ verdict: 'reused', steps, pinned: 2 })).toEqual(['pinned', 'pinned, free']);
    expect(words({ verdict: 'reused', steps, pinned: 1 })).toEqual(['reused', 'reused, free']);
    expect(cardState(planned({}), undefined, progress({}), 'mute').sign).toBe('running');
  });

  it('tells a node that needs the person from one that waits for another', () => {
    const issue = { code: 'x', severity: 'error', message: 'Wire it.', place: { node: 'gen' } } as const;
    expect(cardState(planned({ verdict: 'blocked' }), [issue], undefined).words).toBe('needs you');
    expect(cardState(planned({ verdict: 'blocked' }), undefined, undefined).words).toBe('blocked');
  });
});

describe('a wire', () => {
  it('moves only while its target works', () => {
    const { actions, getState } = createRunStore('');
    const stamp = (seq: number) => ({ run: 'r', seq, at: '2026-01-01T00:00:00.000Z' });
    expect(wireState(getState(), 'gen', 'save')).toBe('idle');
    actions.take(
      [
        {
          ...stamp(0),
          type: 'run-opened',
          documentId: 'doc',
          title: '',
          steps: [
            { step: 'gen#0', node: 'gen', reused: false },
            { step: 'save#0', node: 'save', reused: false },
          ],
          price: 0,
        },
      ],
      'doc',
    );
    expect(wireState(getState(), 'gen', 'save')).toBe('waiting');
    actions.take([{ run: 'r', at: '', type: 'step-started', step: 'save#0', node: 'save' }], 'doc');
    expect(wireState(getState(), 'gen', 'save')).toBe('running');
    expect(wireState(getState(), 'prompt', 'gen')).toBe('waiting');
  });
});

describe('a wire of what does not run', () => {
  it('is struck where nothing comes through, and passes by what is bypassed', () => {
    const state = (gives: PlannedNode['verdict'], takes: PlannedNode['verdict']) => {
      const { getState, setState } = createRunStore('');
      setState({
        planned: new Map([
          ['a', planned({ verdict: gives })],
          ['b', planned({ verdict: takes })],
        ]),
      });
      return wireState(getState(), 'a', 'b');
    };
    expect(state('reused', 'muted')).toBe('muted');
    expect(state('muted', 'left-out')).toBe('muted');
    expect(state('left-out', 'bypassed')).toBe('muted');
    expect(state('reused', 'bypassed')).toBe('passing');
    expect(state('bypassed', 'will-run')).toBe('passing');
    expect(state('reused', 'left-out')).toBe('reused');
  });
});

describe('the Run button', () => {
  const plan = (willRun: number, reused: number, price: number, message?: string) => ({
    nodes: [],
    steps: [],
    issues:
      message === undefined
        ? []
        : [{ code: 'x', severity: 'error' as const, message, place: { node: 'gen' } }],
    counts: { willRun, reused, blocked: 0 },
    forecast: { price: { low: price, high: price }, seconds: { low: 0, high: 0 } },
  });

  it('says how many, for how much, and what is reused', () => {
    expect(runWords(plan(3, 5, 0.12))).toEqual({ label: 'Run 3', price: '$0.12', rest: '5 reused' });
    expect(runWords(plan(3, 0, 0))).toEqual({ label: 'Run 3', price: 'free' });
    expect(runWords(plan(3, 0, 0), 'Run', true)).toEqual({ label: 'Run 3', price: 'pod time' });
    expect(runWords(plan(3, 0, 0.12), 'Run', true)).toEqual({ label: 'Run 3', price: '$0.12' });
    expect(runWords(plan(0, 5, 0))).toEqual({ label: 'Run', rest: 'all reused, free' });
  });

  it('says what stands in the way', () => {
    expect(whyNotRun(plan(1, 0, 0), 2)).toBeNull();
    expect(whyNotRun(plan(0, 0, 0), 0)).toBe('There is nothing to run yet.');
    expect(whyNotRun(plan(1, 0, 0, 'Choose a picture.'), 2)).toBe('Choose a picture.');
    expect(runWords(plan(1, 0, 0, 'Choose a picture.'))).toEqual({ label: 'Run', rest: '1 problem' });
  });
});
