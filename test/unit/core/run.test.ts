import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeOf } from '#core/node-of';
import { countSteps, emptyRun, foldRun, foldRunEvents, type RunEvent } from '#core/run';
import { journalEntrySchema } from '#core/journal';

const failure = { code: 'no', act: 'vendor', charge: 'none', message: 'No.' } as const;
const at = '2026-11-21T00:00:00.000Z';
const stamp = (seq: number) => ({ run: 'r', seq, at });
const key = 'k';

/** One step each that finishes, is reused, fails, is skipped, is in doubt, is held. */
const events: RunEvent[] = [
  {
    ...stamp(0),
    type: 'run-opened',
    documentId: 'd',
    title: 'T',
    price: 1,
    steps: ['a#0', 'b#0', 'c#0', 'd#0', 'e#0', 'f#0'].map((step) => ({
      step,
      node: nodeOf(step),
      reused: step === 'b#0',
    })),
  },
  { ...stamp(1), type: 'step-finished', step: 'b#0', node: 'b', key, outputs: {}, reused: true, price: 0 },
  { run: 'r', at, type: 'step-started', step: 'a#0', node: 'a' },
  {
    ...stamp(2),
    type: 'job-intended',
    step: 'a#0',
    key,
    attempt: 1,
    requestId: 'q',
    route: { provider: 'p', model: 'm' },
    worstPrice: 0.04,
  },
  {
    ...stamp(3),
    type: 'job-accepted',
    step: 'a#0',
    job: { provider: 'p', model: 'm', id: 'j', ticket: null },
  },
  { run: 'r', at, type: 'job-progressed', step: 'a#0', node: 'a', fraction: 0.5 },
  {
    ...stamp(4),
    type: 'job-settled',
    step: 'a#0',
    requestId: 'q',
    payer: 'r',
    reserved: 0.04,
    billed: 0.04,
    released: 0,
  },
  {
    ...stamp(5),
    type: 'step-finished',
    step: 'a#0',
    node: 'a',
    key,
    outputs: {},
    reused: false,
    price: 0.04,
  },
  { ...stamp(6), type: 'step-failed', step: 'c#0', node: 'c', failure },
  { ...stamp(7), type: 'step-skipped', step: 'd#0', node: 'd', because: 'needs c#0' },
  { ...stamp(8), type: 'step-in-doubt', step: 'e#0', node: 'e', key, requestId: 'q', failure },
  { ...stamp(9), type: 'step-waiting', step: 'f#0', node: 'f', for: 'budget' },
  { ...stamp(10), type: 'run-closed', outcome: 'waiting', spent: 0.04 },
];

const fold = (list: readonly RunEvent[]) => list.reduce(foldRun, emptyRun('r'));

describe('the fold of a run', () => {
  it('ends every step as it ended', () => {
    const state = fold(events);
    expect([...state.steps.values()].map(({ state: end }) => end)).toEqual([
      'finished',
      'reused',
      'failed',
      'skipped',
      'in-doubt',
      'held',
    ]);
    expect(state).toMatchObject({ outcome: 'waiting', spent: 0.04, title: 'T', documentId: 'd' });
    expect(state.steps.get('a#0')!.fraction).toBeUndefined();
  });

  it('after every prefix, asked is the sum of the rest', () => {
    for (let length = 1; length <= events.length; length += 1) {
      const { asked, ...others } = countSteps(fold(events.slice(0, length)));
      expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(asked);
      expect(asked).toBe(6);
    }
  });

  it('shows a job as running, then as being collected, with its progress', () => {
    const stateAfter = (length: number) => fold(events.slice(0, length)).steps.get('a#0')!;
    expect(stateAfter(4).state).toBe('running');
    expect(stateAfter(5).state).toBe('collecting');
    expect(stateAfter(6).fraction).toBe(0.5);
  });

  it('knows why a job waits until it goes on', () => {
    const waits = { ...events[5]!, words: 'a worker is starting' } as RunEvent;
    const waiting = foldRun(fold(events.slice(0, 5)), waits);
    expect(waiting.steps.get('a#0')?.words).toBe('a worker is starting');
    expect(foldRun(waiting, events[5]!).steps.get('a#0')?.words).toBeUndefined();
    const over = events.slice(6).reduce(foldRun, waiting);
    expect(over.steps.get('a#0')?.words).toBeUndefined();
  });

  it('never changes the state it is given, and ignores other runs', () => {
    fc.assert(
      fc.property(fc.nat(events.length - 1), (place) => {
        const before = fold(events.slice(0, place));
        const copy = new Map(before.steps);
        foldRun(before, events[place]!);
        expect(before.steps).toEqual(copy);
        expect(foldRun(before, { ...events[place]!, run: 'other' })).toBe(before);
        expect(foldRunEvents(before, events.slice(place))).toEqual(
          events.slice(place).reduce(foldRun, before),
        );
      }),
    );
  });

  it('every written event has the shape the journal promises', () => {
    for (const event of events)
      if ('seq' in event) expect(journalEntrySchema.safeParse(event).success).toBe(true);
  });
});

describe('a closed run that waits', () => {
  const opened = (...steps: string[]): RunEvent => ({
    ...stamp(0),
    type: 'run-opened',
    documentId: 'd',
    title: 'T',
    price: 1,
    steps: steps.map((step) => ({ step, node: nodeOf(step), reused: false })),
  });
  const finished = (seq: number, step: string): RunEvent => ({
    ...stamp(seq),
    type: 'step-finished',
    step,
    node: nodeOf(step),
    key,
    outputs: {},
    reused: false,
    price: 0.04,
  });
  const waiting = (seq: number, step: string, what: 'budget' | 'vendor'): RunEvent => ({
    ...stamp(seq),
    type: 'step-waiting',
    step,
    node: nodeOf(step),
    for: what,
  });
  const failed = (seq: number, step: string): RunEvent => ({
    ...stamp(seq),
    type: 'step-failed',
    step,
    node: nodeOf(step),
    failure,
  });
  const inDoubt = (seq: number, step: string): RunEvent => ({
    ...stamp(seq),
    type: 'step-in-doubt',
    step,
    node: nodeOf(step),
    key,
    requestId: 'q',
    failure,
  });
  const answered = (seq: number, step: string, answer: 'resend' | 'give-up'): RunEvent => ({
    ...stamp(seq),
    type: 'doubt-answered',
    step,
    node: nodeOf(step),
    answer,
  });
  const closed = (seq: number, outcome: 'waiting' | 'cancelled' = 'waiting'): RunEvent => ({
    ...stamp(seq),
    type: 'run-closed',
    outcome,
    spent: 0,
  });
  /** The outcome after each of the events from the closing on. */
  const outcomes = (list: readonly RunEvent[]) => {
    const end = list.findIndex(({ type }) => type === 'run-closed');
    return list.slice(end).map((_, place) => fold(list.slice(0, end + place + 1)).outcome);
  };

  it('is done when the last late job has come', () => {
    const list = [
      opened('a#0', 'b#0'),
      waiting(1, 'a#0', 'vendor'),
      waiting(2, 'b#0', 'vendor'),
      closed(3),
      finished(4, 'a#0'),
      finished(5, 'b#0'),
    ];
    expect(outcomes(list)).toEqual(['waiting', 'waiting', 'done']);
    expect(foldRunEvents(emptyRun('r'), list)).toEqual(fold(list));
  });

  it('has failed when a late job fails, and when a step was skipped for it', () => {
    const late = [waiting(1, 'a#0', 'vendor'), closed(3)];
    expect(outcomes([opened('a#0'), ...late, failed(4, 'a#0')])).toEqual(['waiting', 'failed']);
    const skipped: RunEvent = {
      ...stamp(2),
      type: 'step-skipped',
      step: 'b#0',
      node: 'b',
      because: 'needs a#0',
    };
    const list = [opened('a#0', 'b#0'), skipped, ...late, finished(4, 'a#0')];
    expect(outcomes(list)).toEqual(['waiting', 'failed']);
  });

  it('is over its budget when nothing else is left', () => {
    const list = [
      opened('a#0', 'b#0'),
      waiting(1, 'a#0', 'vendor'),
      waiting(2, 'b#0', 'budget'),
      closed(3),
      finished(4, 'a#0'),
    ];
    expect(outcomes(list)).toEqual(['waiting', 'over-budget']);
  });

  it('goes on waiting for a doubt, and has failed when that is given up', () => {
    const list = [
      opened('a#0', 'b#0'),
      waiting(1, 'a#0', 'vendor'),
      inDoubt(2, 'b#0'),
      closed(3),
      finished(4, 'a#0'),
      answered(5, 'b#0', 'give-up'),
    ];
    expect(outcomes(list)).toEqual(['waiting', 'waiting', 'failed']);
  });

  it('goes on waiting when a doubt is to be sent again', () => {
    const list = [opened('a#0'), inDoubt(1, 'a#0'), closed(2), answered(3, 'a#0', 'resend')];
    expect(outcomes(list)).toEqual(['waiting', 'waiting']);
  });

  it('waits also for a late job that turns into a doubt', () => {
    const list = [opened('a#0'), waiting(1, 'a#0', 'vendor'), closed(2), inDoubt(3, 'a#0')];
    expect(outcomes(list)).toEqual(['waiting', 'waiting']);
  });

  it('is the only one that ends late: one that was cancelled stays cancelled', () => {
    const list = [opened('a#0'), waiting(1, 'a#0', 'vendor'), closed(2, 'cancelled'), finished(3, 'a#0')];
    expect(outcomes(list)).toEqual(['cancelled', 'cancelled']);
  });
});
