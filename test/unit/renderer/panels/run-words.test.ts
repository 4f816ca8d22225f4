import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { placeWords, sortIssues } from '../../../../renderer/panels/issue-place';
import { shortfallWords, outcomeWords, wordsIn } from '../../../../renderer/panels/run-words';
import { catalogue } from './definitions';

const image = (hash: string) => ({ hash, format: 'png' as const, width: 1, height: 1, bytes: 1 });

describe('outputs', () => {
  const outputs = {
    image: [image('a'), image('b'), image('a')],
    text: ['hello'],
    seed: [7],
    l: [{ name: 'x', strength: 1 }],
  };
  it('give texts and numbers', () => expect(wordsIn(outputs)).toEqual(['hello', '7']));
  it('may not be there', () => expect(wordsIn(undefined)).toEqual([]));
});

it('a run without an end is running', () => {
  expect(outcomeWords({}).label).toBe('Running');
  expect(outcomeWords({ outcome: 'over-budget' })).toEqual({ label: 'Stopped at the budget', tone: 'spend' });
});

it('pictures that are missing for the same reason are told of once', () => {
  const held = { code: 'moderation', act: 'user', charge: 'none', message: 'Held back.' } as const;
  const cut = { code: 'cut-short', act: 'vendor', charge: 'possible', message: 'It broke off.' } as const;
  expect(shortfallWords([held, cut, held])).toEqual([
    '2 pictures: Held back. Not charged.',
    'It broke off. May have been charged.',
  ]);
  expect(shortfallWords([])).toEqual([]);
});

describe('the place of an issue', () => {
  const document = {
    ...createDocument('d'),
    nodes: {
      e: { type: 'test-edit', version: 1, params: {}, title: 'Hero shot' },
      p: { type: 'test-prompt', version: 1, params: {} },
      u: { type: 'gone', version: 1, params: {} },
    },
  };
  it.each([
    [{ node: 'e', port: 'images' }, 'Hero shot · Images'],
    [{ node: 'p', param: 'prompt' }, 'Prompt · Prompt'],
    [{ node: 'u', param: 'x' }, 'u · x'],
    [{ path: 'edges.3' }, 'edges.3'],
    [{}, 'The workflow'],
  ])('%j is %s', (place, words) => expect(placeWords(place, document, catalogue)).toBe(words));
});

it('puts errors before warnings and leaves their order', () => {
  const issue = (code: string, severity: 'error' | 'warning') => ({ code, severity, message: '', place: {} });
  const sorted = sortIssues([issue('a', 'warning'), issue('b', 'error'), issue('c', 'error')]);
  expect(sorted.map(({ code }) => code)).toEqual(['b', 'c', 'a']);
});
