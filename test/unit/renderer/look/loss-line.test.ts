import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lossLine } from '../../../../renderer/look/loss-line';

it('draws the losses from left to right, and tells the first, the last and the lowest', () => {
  expect(lossLine([0.5, 0.1, 0.3])).toEqual({
    path: 'M0 0L50 100L100 50',
    figures: '0.5 → 0.3',
    words: 'Loss: 0.5 at first, 0.3 at last, 0.1 at its lowest',
    isSpoilt: false,
  });
});

it('leaves a gap where the loss was no number; alone between gaps it is a dot', () => {
  expect(lossLine([0.5, 0.4, null, 0.3, null])).toEqual({
    path: 'M0 0L25 50M75 100h0',
    figures: '0.5 → 0.3',
    words: 'Loss: 0.5 at first, 0.3 at last, 0.3 at its lowest; no number in 2 of 5 points',
    isSpoilt: true,
  });
  expect(lossLine([null])).toMatchObject({ path: '', figures: '', isSpoilt: true });
});

it('of one step, or of a loss that never moves, is a line all the same', () => {
  expect(lossLine([0.123456])).toMatchObject({ path: 'M0 50h0', figures: '0.123' });
  expect(lossLine([0.2, 0.2])).toMatchObject({ path: 'M0 50L100 50' });
});

it('stays in its box', () => {
  const losses = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(losses, (loss) => {
      const numbers =
        lossLine(loss)
          .path.match(/\d+(\.\d+)?/g)
          ?.map(Number) ?? [];
      for (const number of numbers) expect(number).toBeLessThanOrEqual(100);
      expect(lossLine(loss).path).not.toMatch(/NaN|-/);
    }),
  );
});
