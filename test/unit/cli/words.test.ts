import { describe, expect, it } from 'vitest';
import type { PlannedNode, Plan } from '#core/plan/planned';
import type { StepProgress } from '#core/run';
import { providers } from '#providers/catalogue';
import { eventWords } from '../../../cli/event-words';
import { exitOf } from '../../../cli/exit';
import { readPrices } from '../../../cli/own-prices';
import { planLines } from '../../../cli/plan-words';
import { clean, duration, money, paintFor, priceRange, table } from '../../../cli/print';
import { progressLines } from '../../../cli/progress';

const paint = paintFor({ write: () => undefined }, '');
const escape = '\u001B';

describe('words and numbers', () => {
  it('are money, prices and times as people write them', () => {
    expect([0, 0.04, 0.035, 1234.5].map(money)).toEqual(['$0.00', '$0.04', '$0.035', '$1,234.50']);
    expect(priceRange({ low: 0, high: 0 })).toBe('free');
    expect(priceRange({ low: 0.08, high: 0.08 })).toBe('$0.08');
    expect(priceRange({ low: 0.08, high: 0.1 })).toBe('$0.08–$0.10');
    expect([8, 120, 7200].map(duration)).toEqual(['8 s', '2 min', '2.0 h']);
  });

  it('carry nothing that steers a terminal', () => {
    expect(clean(`a ${escape}[31mred${escape}[0m\rcat`)).toBe('a  [31mred [0m cat');
  });

  it('stand in columns, without blanks at the end', () => {
    expect(
      table([
        ['a', 'bcd', ''],
        ['efg', 'h', 'i'],
      ]),
    ).toEqual(['a    bcd', 'efg  h    i']);
  });

  it('are coloured for a terminal and plain for a pipe', () => {
    expect(paintFor({ write: () => undefined, isTTY: false }, undefined).red('x')).toBe('x');
  });
});

describe('the exit code', () => {
  it.each([
    ['done', 0],
    ['failed', 1],
    ['over-budget', 3],
    ['waiting', 4],
    ['cancelled', 130],
  ] as const)('of a run that is %s is %i', (outcome, code) => {
    expect(exitOf(outcome)).toBe(code);
  });

  it('of an interrupted run is 130, unless it was done all the same', () => {
    expect(exitOf('failed', true)).toBe(130);
    expect(exitOf('done', true)).toBe(0);
  });
});

describe('the plan in words', () => {
  const forecast = { price: { low: 0.08, high: 0.08 }, seconds: { low: 8, high: 120 } };
  const none = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };
  const node = (id: string, more: Partial<PlannedNode>): PlannedNode => ({
    id,
    verdict: 'value',
    steps: { reused: 0, willRun: 0, blocked: 0 },
    reasons: [],
    notes: [],
    items: {},
    forecast: none,
    ...more,
  });
  const plan: Plan = {
    nodes: [
      node('words', { items: { text: 3 } }),
      node('make', {
        verdict: 'will-run',
        steps: { reused: 1, willRun: 2, blocked: 0 },
        reasons: [{ code: 'changed', differences: [{ part: 'param', name: 'prompt' }] }],
        route: { provider: 'fal', model: 'seedream-4.5' },
        notes: [{ effect: 'ignored', field: 'negative', message: 'Seedream 4.5 takes no negative prompt.' }],
        forecast,
      }),
      node('save', {
        verdict: 'blocked',
        steps: { reused: 0, willRun: 0, blocked: 1 },
        reasons: [{ code: 'blocked-by', nodes: ['crop'] }],
      }),
    ],
    steps: [],
    issues: [],
    counts: { reused: 1, willRun: 2, blocked: 1 },
    forecast,
  };

  it('says verdict, items, route, price and why of each node, then the sum', () => {
    expect(planLines(plan, paint)).toEqual([
      'node   verdict   items         route             price  why',
      'words  value     3 items',
      'make   will run  2 of 3 steps  fal/seedream-4.5  $0.08  "prompt" changed',
      '  ignored negative: Seedream 4.5 takes no negative prompt.',
      'save   blocked                                          blocked by crop',
      '',
      '2 steps will run, 1 reused, 1 blocked. $0.08, 8 s to 2 min.',
    ]);
  });
});

it('says in the plan that a price is the person’s own', () => {
  const price = { low: 0.07, high: 0.07 };
  const steps = { reused: 0, willRun: 2, blocked: 0 };
  const forecast = { price, seconds: { low: 0, high: 0 } };
  const route = { provider: 'fal', model: 'seedream-4.5' };
  const node: PlannedNode = {
    id: 'make',
    verdict: 'will-run',
    steps,
    reasons: [],
    notes: [],
    items: {},
    route,
    forecast,
    ownPrice: 0.035,
  };
  const lines = planLines({ nodes: [node], steps: [], issues: [], counts: steps, forecast }, paint);
  expect(lines.join('\n')).toContain('$0.07 (your price)');
});

describe('prices of the person’s own', () => {
  it('are read by route', () => {
    const read = readPrices(['fal/seedream-4.5=0.035', 'wavespeed/seedream-4.5=0'], providers);
    expect(read.issues).toEqual([]);
    expect([...read.prices]).toEqual([
      ['fal/seedream-4.5', 0.035],
      ['wavespeed/seedream-4.5', 0],
    ]);
  });

  it.each([
    ['fal/seedream-4.5', 'is written'],
    ['fal/seedream-4.5=', 'is written'],
    ['fal/seedream-4.5=-1', 'no amount'],
    ['fal/seedream-4.5=Infinity', 'no amount'],
    ['fal/seedream-4.5=cheap', 'no amount'],
    ['fal/seedream-9=1', 'no route "fal/seedream-9"'],
    ['fal=1', 'no route "fal"'],
  ])('are refused where they are none: %s', (text, words) => {
    const { prices, issues } = readPrices([text], providers);
    expect(prices.size).toBe(0);
    expect(issues.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });
});

describe('events in words', () => {
  const stamp = { run: 'run-1', at: '2026-11-21T12:00:00.000Z', seq: 1 };
  const failure = { code: 'cut', act: 'user', charge: 'possible', message: 'It was cut.' } as const;

  it('say what was paid, what may have been charged, and what to do', () => {
    const made = {
      ...stamp,
      type: 'step-finished',
      step: 'make#0',
      node: 'make',
      key: '',
      outputs: {},
    } as const;
    expect(eventWords({ ...made, reused: false, price: 0.04 }, paint)).toBe('make#0 made for $0.04');
    expect(eventWords({ ...made, reused: true, price: 0 }, paint)).toBe('make#0 reused');
    expect(eventWords({ ...made, reused: false, price: 0.04, shortfall: [failure] }, paint)).toBe(
      'make#0 made for $0.04\n  missing: It was cut. It may have been charged.',
    );
    const came = {
      type: 'picture-arrived',
      step: 'make#0',
      node: 'make',
      hash: 'h',
      number: 2,
      of: 4,
    } as const;
    expect(eventWords({ run: 'run-1', at: stamp.at, ...came }, paint)).toBe('make#0 has 2 of 4 pictures');
    const ended = { ...stamp, step: 'make#0', node: 'make', failure };
    expect(eventWords({ ...ended, type: 'step-failed' }, paint)).toBe(
      'make#0 failed: It was cut. It may have been charged.',
    );
    expect(eventWords({ ...ended, type: 'step-in-doubt', key: 'k', requestId: 'r' }, paint)).toContain(
      "seedloom answer run-1 'make#0' resend|give-up",
    );
  });
});

describe('the live display', () => {
  const step = (id: string, more: Partial<StepProgress>): StepProgress => ({
    step: id,
    node: id.slice(0, id.indexOf('#')),
    state: 'waiting',
    price: 0,
    ...more,
  });
  const screen = { spent: 0.12, budget: 2, columns: 60, rows: 24 };

  it('says how many pictures of a set are here', () => {
    const arrived = { hashes: ['a', 'b'], of: 4 };
    const lines = progressLines(
      [step('make#0', { state: 'running', fraction: 0.5, arrived })],
      screen,
      paint,
    );
    expect(lines[0]).toMatch(/ 50% {2}2 of 4 pictures$/);
  });

  it('has a line for each node at work, then the counts and the money', () => {
    const lines = progressLines(
      [
        step('make#0', { state: 'finished' }),
        step('make#1', { state: 'collecting', fraction: 0.5 }),
        step('change#0', { state: 'collecting', place: 3 }),
        step('save#0', {}),
      ],
      screen,
      paint,
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^make {4}━+  75%  1 of 2$/);
    expect(lines[1]).toMatch(/^change  ━+   0%  place 3 in the queue$/);
    expect(lines[2]).toBe('1 of 4 steps · 1 made · 0 reused · $0.12 of $2.00');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(screen.columns);
  });

  it('never has more lines than the terminal', () => {
    const steps = Array.from({ length: 40 }, (_, index) => step(`n${index}#0`, { state: 'running' }));
    const lines = progressLines(steps, { ...screen, rows: 10 }, paint);
    expect(lines.length).toBeLessThan(10);
    expect(lines.at(-2)).toBe('… and 33 more');
  });
});
