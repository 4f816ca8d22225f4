import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueEntry, QueueState } from '#core/queue';
import { emptyRun, foldRun, type RunEvent } from '#core/run';
import { runWords } from '../../../../renderer/app/run-words';
import { beforeAfterDrag, queueSign, queueSum, underWayWords } from '../../../../renderer/panels/queue-words';

const entry = (run: string, price = 0): QueueEntry => ({
  run,
  title: run,
  documentId: 'd',
  queuedAt: '2026-11-21T12:00:00Z',
  price,
});
const state = (changes: Partial<QueueState> = {}): QueueState => ({
  paused: false,
  underWay: null,
  waiting: [],
  worker: 'this',
  ...changes,
});

describe('the queue in words', () => {
  it('says in the status bar what waits and that it is paused, or nothing', () => {
    const waiting = [entry('a'), entry('b')];
    expect(queueSign(state())).toBeNull();
    expect(queueSign(state({ waiting }))).toBe('2 waiting');
    expect(queueSign(state({ paused: true }))).toBe('Queue paused');
    expect(queueSign(state({ paused: true, waiting }))).toBe('Queue paused · 2 waiting');
  });

  it('adds the worst prices up', () => {
    expect(queueSum(state({ waiting: [entry('a', 0.1), entry('b', 0.2)] }))).toBe(
      '2 runs waiting · at most $0.30',
    );
    expect(queueSum(state({ waiting: [entry('a')] }))).toBe('1 run waiting · free');
  });

  it('tells how the run under way stands', () => {
    const stamp = { run: 'r', at: '2026-11-21T12:00:00Z' };
    const steps = ['a#0', 'b#0'].map((step) => ({ step, node: step[0]!, reused: false }));
    const events: RunEvent[] = [
      { type: 'run-opened', documentId: 'd', title: 'r', steps, price: 0, seq: 0, ...stamp },
      { type: 'step-skipped', step: 'a#0', node: 'a', because: 'x', seq: 1, ...stamp },
    ];
    const run = events.reduce(foldRun, emptyRun('r'));
    expect(underWayWords(state(), run)).toBe('Under way · 1 of 2');
    expect(underWayWords(state({ paused: true }), run)).toBe('Paused · 1 of 2');
    expect(underWayWords(state(), null)).toBe('Under way');
    expect(underWayWords(state({ worker: 'other' }), null)).toBe('Under way in another Seedloom');
  });

  it('is on the button while a run is under way', () => {
    expect(runWords(null, 'Queue').label).toBe('Queue');
  });
});

describe('a run that is dragged', () => {
  it('stands where the other stood', () => {
    expect(beforeAfterDrag(['a', 'b', 'c'], 'a', 'b')).toBe('c');
    expect(beforeAfterDrag(['a', 'b', 'c'], 'a', 'c')).toBeNull();
    expect(beforeAfterDrag(['a', 'b', 'c'], 'c', 'a')).toBe('a');
    expect(beforeAfterDrag(['a', 'b', 'c'], 'a', 'a')).toBeUndefined();
    expect(beforeAfterDrag(['a', 'b', 'c'], 'a', 'x')).toBeUndefined();
  });

  it('has the place of the one it was dropped on, wherever it came from', () => {
    const runs = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(runs, fc.nat(), fc.nat(), (list, some, other) => {
        const [moved, over] = [list[some % list.length]!, list[other % list.length]!];
        const before = beforeAfterDrag(list, moved, over);
        if (before === undefined) return moved === over;
        const rest = list.filter((run) => run !== moved);
        rest.splice(before === null ? rest.length : rest.indexOf(before), 0, moved);
        return rest.indexOf(moved) === list.indexOf(over);
      }),
    );
  });
});
