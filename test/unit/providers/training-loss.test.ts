import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lossIn, shortLoss } from '#providers/kit/training-loss';

it.each([
  ['{"loss": [0.5, 0.25]}', [0.5, 0.25]],
  ['{"loss": [0.5, NaN, Infinity, -Infinity, 1e-3]}', [0.5, null, null, null, 0.001]],
  ['[[0.5, 0.25], [0.125]]', [0.5, 0.25, 0.125]],
  ['{"loss": ["0.5", ".25", "2."]}', [0.5, 0.25, 2]],
  ["{'loss': [0.5, nan, inf]}", [0.5, null, null]],
  ["{'loss_1': [tensor(0.5, device='cuda:0', dtype=torch.float32)]}", [0.5]],
  // Cut short: the last number may be cut too.
  ['{"loss": [0.5, 0.25, 0.1', [0.5, 0.25]],
  ['0.75', [0.75]],
])('%s', (text, loss) => expect(lossIn(text)).toEqual(loss));

it.each(['', 'None', '{}', '{"loss": []}', 'source exists, but could not be serialized.'])(
  'no loss in "%s"',
  (text) => expect(lossIn(text)).toBeUndefined(),
);

it('never throws, and whatever it finds can be written down', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const loss = lossIn(text) ?? [];
      expect(loss.length).toBeLessThanOrEqual(200);
      expect(JSON.parse(JSON.stringify(loss))).toEqual(loss.map((each) => (each === 0 ? 0 : each)));
    }),
  );
});

it('a long training is told by 200 means, none outside of what was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 900 }),
      (losses) => {
        const short = shortLoss(losses);
        expect(short).toHaveLength(Math.min(200, losses.length));
        for (const each of short) {
          expect(each).toBeGreaterThanOrEqual(Math.min(...losses) * 0.99999);
          expect(each).toBeLessThanOrEqual(Math.max(...losses) * 1.00001);
        }
      },
    ),
  );
  expect(shortLoss(Array.from({ length: 400 }, (_, step) => step))[0]).toBe(0.5);
});
