import { describe, expect, it } from 'vitest';
import { choiceParam, numberParam, shownParams, textParam } from '#core/param';

const specs = {
  mode: choiceParam({
    label: 'Mode',
    options: [
      { value: 'words', label: 'Words' },
      { value: 'number', label: 'Number' },
    ],
    initial: 'words',
  }),
  words: textParam({ label: 'Words', when: { param: 'mode', is: 'words' } }),
  amount: numberParam({ label: 'Amount', min: 0, max: 9, initial: 1, when: { param: 'mode', is: 'number' } }),
};

describe('params that only sometimes mean something', () => {
  const names = (params: Record<string, string>) => shownParams(specs, params).map(([name]) => name);

  it('are shown with the value they go with, set or initial', () => {
    expect(names({})).toEqual(['mode', 'words']);
    expect(names({ mode: 'number' })).toEqual(['mode', 'amount']);
  });
});
