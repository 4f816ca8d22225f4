import { describe, expect, it } from 'vitest';
import type { QueueState } from '#core/queue';
import type { RunEvent } from '#core/run';
import { wordsOf } from '#core/words/words';
import { createBackground } from '../../../electron/main/background';

const at = '2026-01-01T00:00:00.000Z';
const opened = (run: string, steps = 2): RunEvent => ({
  type: 'run-opened',
  run,
  seq: 0,
  at,
  documentId: 'd',
  title: `Title of ${run}`,
  steps: Array.from({ length: steps }, (_, place) => ({ step: `n#${place}`, node: 'n', reused: false })),
  price: 0.1,
});
const failed = (run: string, step: string): RunEvent => ({
  type: 'step-failed',
  run,
  seq: 1,
  at,
  step,
  node: 'n',
  failure: { code: 'x', act: 'user', charge: 'none', message: 'x' },
});
const closed = (run: string): RunEvent => ({
  type: 'run-closed',
  run,
  seq: 2,
  at,
  outcome: 'waiting',
  spent: 0.04,
});
const queue = (more: Partial<QueueState>): QueueState => ({
  paused: false,
  underWay: null,
  waiting: [],
  worker: 'this',
  ...more,
});
const entry = { run: 'q', title: 'Q', documentId: 'd', queuedAt: at, price: 0 };

function start() {
  const told: string[] = [];
  const background = createBackground({
    signs: {
      show: (progress) => told.push(`sign: ${progress}`),
      hide: () => told.push('no sign'),
      notify: (title, text) => told.push(`${title}: ${text}`),
    },
    words: () => wordsOf('en').background,
    quit: () => told.push('quit'),
  });
  return { background, told };
}

describe('a window that is closed', () => {
  it('ends Seedloom when nothing goes on', () => {
    const { background, told } = start();
    background.seeRun([opened('a'), closed('a')]);
    expect(background.stays()).toBe(false);
    expect(told).toEqual([]);
  });

  it('leaves a run going on, which is shown, told at its end, and then Seedloom ends', () => {
    const { background, told } = start();
    background.seeRun([opened('a')]);
    expect(background.stays()).toBe(true);
    background.seeRun([failed('a', 'n#0'), failed('a', 'n#0')]);
    background.seeRun([closed('a')]);
    expect(told).toEqual([
      expect.stringContaining('The run goes on: '),
      'sign: 0 of 2 steps',
      'sign: 1 of 2 steps',
      'Waits for an answer: Title of a: $0.04',
      'no sign',
      'quit',
    ]);
  });

  it('waits for the last of several, and for what is queued', () => {
    const { background, told } = start();
    background.seeRun([opened('a'), opened('b')]);
    background.seeQueue(queue({ waiting: [entry] }));
    background.stays();
    background.seeRun([closed('a'), closed('b')]);
    expect(told).not.toContain('quit');
    background.seeQueue(queue({ underWay: entry }));
    background.seeQueue(queue({}));
    expect(told.at(-1)).toBe('quit');
  });

  it('does not stay for a paused queue, nor for another process', () => {
    const { background } = start();
    background.seeQueue(queue({ waiting: [entry], paused: true }));
    expect(background.stays()).toBe(false);
    background.seeQueue(queue({ underWay: entry, worker: 'other' }));
    expect(background.stays()).toBe(false);
  });

  it('says and ends nothing once there is a window again', () => {
    const { background, told } = start();
    background.seeRun([opened('a')]);
    background.stays();
    background.windowOpened();
    told.length = 0;
    background.seeRun([closed('a')]);
    expect(told).toEqual([]);
  });

  it('counts a run that is told again from its beginning once', () => {
    const { background, told } = start();
    background.seeRun([opened('a')]);
    background.seeRun([opened('a')]);
    background.stays();
    background.seeRun([closed('a')]);
    expect(told.filter((line) => line === 'quit')).toEqual(['quit']);
  });
});
