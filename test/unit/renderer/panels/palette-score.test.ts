import { expect, it } from 'vitest';
import { commandScore, paletteScore } from '../../../../renderer/panels/palette-score';

const score = (typed: string, title: string, words: string[] = []) => paletteScore(title, words, typed);

it('finds a title by its first letters and by letters on the way', () => {
  expect(score('gen', 'Generate')).toBeGreaterThan(0.5);
  expect(score('mref', 'Multi-reference')).toBeGreaterThan(0);
});
it('puts a title before a keyword, and an earlier keyword before a later one', () => {
  expect(score('crop', 'Crop')).toBeGreaterThan(score('crop', 'Resize', ['crop']));
  expect(score('crop', 'Resize', ['crop', 'x'])).toBeGreaterThan(score('crop', 'Resize', ['x', 'crop']));
});
it('does not find scattered letters of a summary', () =>
  expect(score('zqx', 'Prompt', ['a quiet zoo extra'])).toBe(0));
it('shows everything before anything is typed', () => expect(score(' ', 'Crop')).toBe(1));

it('puts what can be done before what answers no better and cannot', () => {
  const scoreOf = (title: string, whyNot?: string) =>
    commandScore({ title, heading: 'File', whyNot }, 'save');
  expect(scoreOf('Save as…')).toBeGreaterThan(scoreOf('Save', 'Everything is saved.'));
  expect(scoreOf('Versions…', 'No file.')).toBe(0);
});
