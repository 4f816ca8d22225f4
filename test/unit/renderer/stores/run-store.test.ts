import { describe, expect, it } from 'vitest';
import type { Plan, PlannedNode } from '#core/plan/planned';
import type { RunEvent, StepProgress } from '#core/run';
import type { ImageRef } from '#core/values';
import { nodeProgress } from '../../../../renderer/stores/node-view';
import { createRunStore, isRunning } from '../../../../renderer/stores/run-store';

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`;
const picture = (name: string): ImageRef => ({
  hash: name,
  format: 'png',
  width: 8,
  height: 8,
  bytes: 1,
});
const nothing = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };

const stamp = (seq: number) => ({ run: 'r1', seq, at: at(seq) });
const opening: RunEvent = {
  ...stamp(0),
  type: 'run-opened',
  documentId: 'doc',
  title: 'Bottle',
  steps: [
    { step: 'gen#0', node: 'gen', reused: false },
    { step: 'gen#1', node: 'gen', reused: false },
    { step: 'save#0', node: 'save', reused: false },
  ],
  price: 0.08,
};
const start = (step: string): RunEvent => ({ run: 'r1', at: at(1), type: 'step-started', step, node: 'gen' });
const finish = (step: string, node: string, order: number, price: number, hash: string): RunEvent[] => [
  {
    ...stamp(2 * order),
    type: 'job-settled',
    step,
    requestId: step,
    payer: 'r1',
    reserved: price,
    billed: price,
    released: 0,
  },
  {
    ...stamp(2 * order + 1),
    type: 'step-finished',
    step,
    node,
    key: 'k',
    outputs: { image: [picture(hash)] },
    reused: false,
    price,
  },
];

function planOf(nodes: (Partial<PlannedNode> & { id: string })[], issues: Plan['issues'] = []): Plan {
  return {
    nodes: nodes.map((node) => ({
      verdict: 'will-run',
      steps: { reused: 0, willRun: 1, blocked: 0 },
      reasons: [],
      notes: [],
      items: {},
      forecast: nothing,
      ...node,
    })),
    steps: [],
    issues,
    counts: { reused: 0, willRun: nodes.length, blocked: 0 },
    forecast: nothing,
  };
}

describe('the view of each node', () => {
  it('follows a run from waiting to made, with its price and pictures', () => {
    const { actions, getState } = createRunStore('');
    actions.startAsked();
    expect(isRunning(getState())).toBe(true);
    actions.started('r1');
    actions.take([opening], 'doc');
    expect(getState().progress.get('gen')).toMatchObject({
      state: 'waiting',
      live: true,
      steps: 2,
      ended: 0,
    });
    actions.take([start('gen#0'), ...finish('gen#0', 'gen', 2, 0.04, 'one')], 'doc');
    expect(getState().progress.get('gen')).toMatchObject({ state: 'running', ended: 1, fraction: 0.5 });
    actions.take([start('gen#1'), ...finish('gen#1', 'gen', 3, 0.04, 'two')], 'doc');
    expect(getState().progress.get('gen')).toMatchObject({ state: 'finished', price: 0.08 });
    expect(getState().pictures.get('gen')).toEqual([picture('one'), picture('two')]);
    expect(getState().progress.get('save')).toMatchObject({ state: 'waiting' });
    actions.take([{ ...stamp(20), type: 'run-closed', outcome: 'done', spent: 0.08 }], 'doc');
    expect(isRunning(getState())).toBe(false);
    expect(getState().progress.get('gen')?.live).toBe(true);
    actions.planMade(planOf([{ id: 'gen', verdict: 'reused' }]));
    expect(getState().progress.get('gen')?.live).toBe(false);
    expect(getState().spent).toBeCloseTo(0.08);
  });

  it('leaves the entry of a node alone when only another one moved', () => {
    const { actions, getState } = createRunStore('');
    actions.take([opening], 'doc');
    const before = getState().progress.get('save');
    actions.take([start('gen#0')], 'doc');
    expect(getState().progress.get('save')).toBe(before);
    expect(getState().progress.get('gen')).toMatchObject({ state: 'running' });
  });

  it('counts the money of another document but shows none of its run', () => {
    const { actions, getState } = createRunStore('');
    actions.take([opening, ...finish('gen#0', 'gen', 1, 0.04, 'one')], 'another document');
    expect(getState()).toMatchObject({ run: null, spent: 0.04 });
    expect(getState().progress.size).toBe(0);
  });

  it('counts what was paid once, and only since the window opened', () => {
    const { actions, getState } = createRunStore(at(3));
    const early = finish('gen#0', 'gen', 2, 0.04, 'one');
    const late = finish('gen#1', 'gen', 3, 0.05, 'two');
    actions.take(late, 'doc');
    expect(getState().spent).toBeCloseTo(0.05);
    // The run began before the window listened: it is told again from its beginning.
    actions.take([opening, ...early, ...late], 'doc');
    expect(getState().progress.get('gen')).toMatchObject({ state: 'finished', price: 0.09 });
    expect(getState().run?.spent).toBeCloseTo(0.09);
    actions.take([opening, ...early, ...late], 'doc');
    expect(getState().run?.spent).toBeCloseTo(0.09);
    expect(getState().spent).toBeCloseTo(0.05);
  });

  it('shows a run as going on again when it is opened again', () => {
    const { actions, getState } = createRunStore('');
    actions.take([opening, { ...stamp(1), type: 'run-closed', outcome: 'waiting', spent: 0 }], 'doc');
    expect(isRunning(getState())).toBe(false);
    actions.take([opening, { ...opening, seq: 2 }, start('gen#0')], 'doc');
    expect(isRunning(getState())).toBe(true);
    expect(getState().progress.get('gen')).toMatchObject({ state: 'running', live: true });
  });

  it('is not stopping any more when the next run follows the cancelled one at once', () => {
    const store = createRunStore(at(0));
    store.actions.take([opening], 'doc');
    store.actions.cancelAsked();
    store.actions.take([start('gen#0')], 'doc');
    expect(store.getState().cancelling).toBe(true);
    const closed: RunEvent = { ...stamp(1), type: 'run-closed', outcome: 'cancelled', spent: 0 };
    store.actions.take([closed, { ...opening, run: 'r2' }], 'doc');
    expect(store.getState()).toMatchObject({ cancelling: false, run: { run: 'r2' } });
  });

  it('gathers what is in doubt, and lets go of what was given up', () => {
    const { actions, getState } = createRunStore('');
    const intended = (step: string, seq: number): RunEvent => ({
      ...stamp(seq),
      type: 'job-intended',
      step,
      key: step,
      attempt: 1,
      requestId: step,
      route: { provider: 'p', model: 'm' },
      worstPrice: 0.04,
    });
    const failure = { code: 'x', act: 'user', charge: 'possible', message: 'Cut.' } as const;
    const doubt = (step: string, seq: number): RunEvent => ({
      ...stamp(seq),
      type: 'step-in-doubt',
      step,
      node: 'gen',
      key: step,
      requestId: step,
      failure,
    });
    const steps = ['gen#0', 'gen#1'];
    actions.take(
      [
        opening,
        ...steps.map((step, place) => intended(step, 1 + place)),
        ...steps.map((step, place) => doubt(step, 3 + place)),
      ],
      'doc',
    );
    expect(getState().progress.get('gen')).toMatchObject({
      state: 'in-doubt',
      doubts: { steps, worstPrice: 0.08 },
    });
    actions.take(
      [{ ...stamp(5), type: 'doubt-answered', step: 'gen#0', node: 'gen', answer: 'give-up' }],
      'doc',
    );
    expect(getState().progress.get('gen')?.doubts?.steps).toEqual(['gen#1']);
    actions.take(
      [{ ...stamp(6), type: 'doubt-answered', step: 'gen#1', node: 'gen', answer: 'give-up' }],
      'doc',
    );
    expect(getState().progress.get('gen')).toMatchObject({ state: 'failed', failure: { code: 'given-up' } });
  });

  it('keeps early events when the answer to the start comes late', () => {
    const { actions, getState } = createRunStore('');
    actions.startAsked();
    actions.take([opening, start('gen#0')], 'doc');
    actions.started('r1');
    expect(getState().progress.get('gen')?.state).toBe('running');
  });

  it('shows the last pictures while the node waits to be made anew', () => {
    const { actions, getState } = createRunStore('');
    actions.planMade(planOf([{ id: 'gen', verdict: 'reused', outputs: { image: [picture('old')] } }]));
    actions.planMade(planOf([{ id: 'gen', verdict: 'will-run' }]));
    expect(getState().pictures.get('gen')).toEqual([picture('old')]);
  });
});

describe('a new plan', () => {
  it('keeps the entries that say the same', () => {
    const { actions, getState } = createRunStore('');
    const issue = {
      code: 'x',
      severity: 'error' as const,
      message: 'Wire it.',
      place: { node: 'b' },
    };
    actions.planMade(planOf([{ id: 'a' }, { id: 'b' }], [issue]));
    const { planned, issues } = getState();
    actions.planMade(planOf([{ id: 'a' }, { id: 'b', verdict: 'reused' }], [{ ...issue }]));
    expect(getState().planned.get('a')).toBe(planned.get('a'));
    expect(getState().planned.get('b')?.verdict).toBe('reused');
    expect(getState().issues.get('b')).toBe(issues.get('b'));
  });
});

describe('trouble', () => {
  const failure = { code: 'x', act: 'user', charge: 'none', message: 'No.' } as const;
  const keyed = (key: string): Plan => ({
    ...planOf([{ id: 'gen' }]),
    steps: [
      {
        id: 'gen#0',
        node: 'gen',
        index: 0,
        copy: 0,
        inputs: {},
        verdict: 'will-run',
        key,
        forecast: nothing,
      },
    ],
  });
  function ended(last: RunEvent) {
    const store = createRunStore('');
    store.actions.planMade(keyed('before the run'));
    store.actions.take(
      [opening, last, { ...stamp(9), type: 'run-closed', outcome: 'failed', spent: 0 }],
      'doc',
    );
    store.actions.planMade(keyed('one'));
    return store;
  }

  it('stays while nothing changed and goes with the first change of its node', () => {
    const { actions, getState } = ended({
      ...stamp(1),
      type: 'step-failed',
      step: 'gen#0',
      node: 'gen',
      failure,
    });
    actions.planMade(keyed('one'));
    expect(getState().progress.get('gen')?.failure).toEqual(failure);
    actions.planMade(keyed('two'));
    expect(getState().progress.has('gen')).toBe(false);
  });

  it('stays for a doubt, whatever is changed', () => {
    const { actions, getState } = ended({
      ...stamp(1),
      type: 'step-in-doubt',
      step: 'gen#0',
      node: 'gen',
      key: 'k',
      requestId: 'r',
      failure,
    });
    actions.planMade(keyed('two'));
    expect(getState().progress.get('gen')?.state).toBe('in-doubt');
  });
});

describe('several steps in one', () => {
  const step = (change: Partial<StepProgress>): StepProgress => ({
    step: 'gen#0',
    node: 'gen',
    state: 'finished',
    price: 0,
    ...change,
  });
  const failure = { code: 'x', act: 'user', charge: 'none', message: 'No.' } as const;

  it('shows trouble before success, and doubt before everything', () => {
    expect(nodeProgress([step({}), step({ state: 'failed', failure })], false)).toMatchObject({
      state: 'failed',
      failure,
    });
    expect(nodeProgress([step({ state: 'failed' }), step({ state: 'in-doubt' })], false).state).toBe(
      'in-doubt',
    );
  });

  it('is at work while any of them is, and has no end before the last one', () => {
    const view = nodeProgress(
      [
        step({ state: 'failed', failure, startedAt: at(1), endedAt: at(2) }),
        step({ state: 'running', startedAt: at(3) }),
      ],
      true,
    );
    expect(view.state).toBe('running');
    expect(view.startedAt).toBe(at(1));
    expect(view.endedAt).toBeUndefined();
  });

  it('says why its jobs wait while all that are under way wait', () => {
    const waits = step({ state: 'collecting', words: 'a worker is starting' });
    expect(nodeProgress([waits, step({ state: 'waiting' })], true).words).toBe('a worker is starting');
    expect(nodeProgress([waits, step({ state: 'collecting' })], true).words).toBeUndefined();
    expect(nodeProgress([step({ state: 'finished' })], true).words).toBeUndefined();
  });

  it('shows the pictures of a set as they come, and at the end why others did not', () => {
    const { actions, getState } = createRunStore('');
    actions.take([opening, start('gen#0')], 'doc');
    const seen = () => getState().progress.get('gen');
    for (const [index, hash] of ['one', 'two'].entries()) {
      const told = {
        type: 'picture-arrived',
        step: 'gen#0',
        node: 'gen',
        hash,
        number: index + 1,
        of: 4,
      } as const;
      actions.take([{ run: 'r1', at: at(2), ...told }], 'doc');
    }
    expect(seen()).toMatchObject({
      state: 'running',
      arrived: { hashes: ['one', 'two'], of: 4 },
      fraction: 0.25,
    });
    const shortfall = [{ ...failure, charge: 'possible' as const }];
    const [settled, finished] = finish('gen#0', 'gen', 1, 0.08, 'one');
    actions.take([settled!, { ...finished!, shortfall } as RunEvent], 'doc');
    expect(seen()).toMatchObject({ shortfall, fraction: 0.5 });
    expect(seen()).not.toHaveProperty('arrived');
  });

  it('is only reused when nothing was made', () => {
    expect(nodeProgress([step({ state: 'reused' }), step({ state: 'reused' })], false).state).toBe('reused');
    expect(nodeProgress([step({ state: 'reused' }), step({})], false).state).toBe('finished');
  });
});
