import { describe, expect, it } from 'vitest';
import { comparedCosts } from '#core/compared-costs';
import { boundsWords, breakEvenSentence, breakEvenWords } from '#core/cost-words';
import { machineOf, type PodThere } from '#core/pod-machine';
import { initialRules, type PodReport } from '#core/pod';
import { routeRows, withCosts } from '#core/route-comparison';
import type { BreakEven } from '#core/route-economics';
import { smallModel, smallProvider } from '#test/kit/small-catalogue';

describe('words of costs', () => {
  it.each<[BreakEven, string, string | undefined]>([
    [
      { atBest: 6, atWorst: 1200 },
      '6–1,200',
      'Cheaper than it from 6 pictures at best, for certain from 1,200 pictures.',
    ],
    [{ atBest: 1, atWorst: 1 }, '1', 'Cheaper than it from 1 picture.'],
    [
      { atBest: 6, atWorst: 'never' },
      '6 at best',
      'Cheaper than it from 6 pictures at best; at worst never.',
    ],
    [{ atBest: 6, atWorst: 'unknown' }, '6 at best', 'Cheaper than it from 6 pictures at best.'],
    [
      { atBest: 'never', atWorst: 'never' },
      'never',
      'Never cheaper than it: its time for a picture costs as much or more.',
    ],
    [{ atBest: 'unknown', atWorst: 'unknown' }, 'not known', undefined],
  ])('%o', (from, words, sentence) => {
    expect(breakEvenWords(from)).toBe(words);
    expect(breakEvenSentence(from, 'it')).toBe(sentence);
  });

  it('names a bound that is not known', () => {
    const words = (low: number, high?: number) =>
      boundsWords(
        high === undefined ? { low } : { low, high },
        String,
        (both) => `${both.low} to ${both.high}`,
      );
    expect([words(2), words(0), words(0, 3), words(2, 3), words(0, 0)]).toEqual([
      '2 or more',
      'not known',
      'up to 3',
      '2 to 3',
      '0 to 0',
    ]);
  });
});

const minute = 60_000;
function there(report: Partial<PodReport>): PodThere {
  const pod: PodReport = {
    id: 'pod1',
    name: 'portraits',
    host: 'runpod',
    phase: 'stopped',
    perHour: 0.6,
    sinceStart: 0,
    watchdog: 'there',
    kept: true,
    rules: initialRules,
    ...report,
  };
  return { pod, startUp: { low: 0, high: 1800, source: 'a page' } };
}

describe('the machine behind a provider', () => {
  const of = (report: Partial<PodReport>) =>
    machineOf('own', { paidBy: 'hour', perHour: 9 }, there(report), 10 * minute);

  it('is the pod at its address: its price and its rule of idleness before the settings', () => {
    expect(of({})).toMatchObject({ pod: 'portraits', perHour: 0.6, idle: 15 });
    expect(of({ rules: { ...initialRules, idle: null } }).idle).toBeNull();
    expect(machineOf('own', { paidBy: 'hour', perHour: 9 }, undefined, 0)).toEqual({
      id: 'own',
      paidBy: 'hour',
      perHour: 9,
    });
  });

  it('takes to start what its own starts took, else what its host publishes, less what has gone by', () => {
    expect(of({}).startUp).toEqual({ seconds: { low: 0, high: 1800 }, from: 'documented' });
    const startsSeen = { low: 120, high: 420, starts: 3 };
    expect(of({ startsSeen }).startUp).toEqual({ seconds: { low: 120, high: 420 }, from: 'seen' });
    expect(of({ startsSeen, phase: 'starting', startedAt: 5 * minute }).startUp?.seconds).toEqual({
      low: 0,
      high: 120,
    });
    expect(of({ startsSeen, phase: 'idle' }).startUp).toEqual({ seconds: { low: 0, high: 0 }, from: 'up' });
    expect(of({ startsSeen, phase: 'unseen' }).startUp?.seconds).toEqual({ low: 0, high: 420 });
  });
});

describe('routes compared by their costs', () => {
  const own = {
    ...smallProvider,
    id: 'own',
    models: [{ ...smallModel, price: { ...smallModel.price, perPicture: 0 } }],
  };
  const gift = { ...own, id: 'gift' };
  const compared = (perHour: number, pictures: number) => {
    const rows = routeRows(
      [smallProvider, own, gift],
      () => undefined,
      () => undefined,
    );
    const machine = { id: 'own', paidBy: 'hour', pod: 'portraits', perHour, idle: 10 } as const;
    const startUp = { seconds: { low: 0, high: 0 }, from: 'up' } as const;
    const costed = withCosts(
      { rows },
      (id) => (id === 'own' ? { ...machine, startUp } : undefined),
      () => undefined,
    );
    return comparedCosts(costed, pictures);
  };

  it('have the cheapest on top, and no free vendor among them', () => {
    const few = compared(0.9, 3);
    expect(few.rows.map(({ route }) => route)).toEqual(['shop/one', 'own/one']);
    expect([few.best?.route, few.beside?.route, few.machine?.route]).toEqual([
      'shop/one',
      'shop/one',
      'own/one',
    ]);
    expect(compared(0.9, 100).best?.route).toBe('own/one');
  });

  it('have the cheapest paid by time beside it, and of equals the chosen one first', () => {
    const twin = { ...smallProvider, id: 'twin' };
    const dear = {
      ...smallProvider,
      id: 'dear',
      models: [{ ...smallModel, price: { ...smallModel.price, perPicture: 0.05 } }],
    };
    const rows = routeRows(
      [smallProvider, dear, twin, own],
      () => undefined,
      () => undefined,
    );
    const costed = withCosts(
      { rows, asked: { node: 'make', kind: 'generate', chosen: 'twin/one', pictures: 2 } },
      (id) => (id === 'own' ? { id, paidBy: 'hour', pod: 'portraits', perHour: 9, idle: 10 } : undefined),
      () => undefined,
    );
    const order = comparedCosts(costed, 2).rows.map(({ route }) => route);
    expect(order).toEqual(['twin/one', 'own/one', 'shop/one', 'dear/one']);
  });

  it('have an own computer that costs nothing below those that cost', () => {
    const { rows, best } = compared(0, 3);
    expect(rows.map(({ route }) => route)).toEqual(['shop/one', 'own/one']);
    expect(best?.route).toBe('shop/one');
  });
});
