import { expect, it } from 'vitest';
import { commandOf } from '../../../../renderer/panels/use-picture-choice';

it('letters are keys among pictures', () => {
  expect([commandOf('C'), commandOf('X')]).toEqual(['picture.compare', 'picture.reject']);
  expect([commandOf('='), commandOf('Delete')]).toEqual(['picture.compare', 'picture.reject']);
});

it('what means nothing here does nothing, and no key of the canvas is done under the light table', () => {
  expect(['Q', 'F', 'D', 'Shift+T', 'Mod+Z'].map(commandOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
