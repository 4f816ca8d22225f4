import { expect, it } from 'vitest';
import type { StepProgress } from '#core/run';
import { viewedPictures } from '../../../../renderer/panels/viewer-facts';
import { model, provider } from './definitions';

const image = (hash: string) => ({ hash, format: 'png' as const, width: 1, height: 1, bytes: 1 });
const now = new Date('2026-11-21T12:00:00Z');
const step = (more: Partial<StepProgress>): StepProgress => ({
  step: 'e#0',
  node: 'e',
  state: 'finished',
  price: 0.06,
  outputs: { image: [image('a'), image('b')] },
  startedAt: '2026-11-21T11:58:00Z',
  endedAt: '2026-11-21T11:58:12Z',
  ...more,
});
const providers = [provider('one', [model('a')])];
const labels = (steps: StepProgress[], route?: string) =>
  viewedPictures([image('a'), image('z')], steps, route, providers, now).map(({ facts }) =>
    facts.map(({ label, value }) => `${label}: ${value}`),
  );

it('says of each picture what made it, and nothing of one no step made', () =>
  expect(labels([step({})], 'one/a')).toEqual([
    ['Step: e#0', 'Price: $0.06', 'Took: 12 s', 'Made: 1 min ago', 'By: Model a, Provider one'],
    [],
  ]));
it('claims no vendor or time for what was reused', () =>
  expect(labels([step({ state: 'reused', price: 0 })], 'one/a')[0]).toEqual([
    'Step: e#0',
    'Price: reused, free',
  ]));
it('names a route that is gone by its ids', () =>
  expect(labels([step({})], 'old/x')[0]?.at(-1)).toBe('By: x, old'));
