import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitNumber,
  readNumber,
  scrubNumber,
  showNumber,
  stepNumber,
} from '../../../../renderer/fields/number-value';

const whole = { min: 1, max: 15, step: 1 };
const fine = { min: 0, max: 1, step: 0.05 };

describe('readNumber', () => {
  it('takes a point or a comma, and blanks around', () => {
    expect(readNumber(' 0,35 ', fine)).toEqual({ ok: true, value: 0.35 });
    expect(readNumber('7', whole)).toEqual({ ok: true, value: 7 });
  });
  it.each(['', '  ', 'abc', '1e999', '--1', '1.2.3'])('has no number in %j', (text) =>
    expect(readNumber(text, whole)).toEqual({ ok: false, reason: 'A number is needed.' }),
  );
  it('names the bounds and the nearest value that is allowed', () => {
    expect(readNumber('99', whole)).toEqual({ ok: false, reason: 'Between 1 and 15.', nearest: 15 });
    expect(readNumber('-3', whole)).toMatchObject({ ok: false, nearest: 1 });
    expect(readNumber('2.6', whole)).toEqual({ ok: false, reason: 'A whole number is needed.', nearest: 3 });
  });
});

describe('stepping and dragging', () => {
  it('steps by one, by ten with Shift, and stops at the ends', () => {
    expect(stepNumber(7, 1, false, whole)).toBe(8);
    expect(stepNumber(7, 1, true, whole)).toBe(15);
    expect(stepNumber(1, -1, false, whole)).toBe(1);
  });
  it('leaves no dust of binary fractions', () => {
    expect(stepNumber(0.1, 1, false, { min: 0, max: 1, step: 0.2 })).toBe(0.4);
    expect(fitNumber(0.1 + 0.2, { min: 0, max: 1, step: 0.1 })).toBe(0.3);
    expect(fitNumber(3e-7, { min: 0, max: 1, step: 1e-7 })).toBe(3e-7);
  });
  it('comes back to where it began', () => expect(scrubNumber(5, 0, false, whole)).toBe(5));
  it('crosses any finite range within 400 pixels at most 16 steps a pixel', () => {
    expect(scrubNumber(16, 400, false, { min: 16, max: 4096, step: 16 })).toBe(4096);
    expect(scrubNumber(1, 90, false, whole)).toBe(15);
  });
  it('always gives a value readNumber takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), fc.boolean(), (distance, coarse) => {
        for (const range of [whole, fine, { min: -1, max: 1, step: 0.01 }]) {
          const value = scrubNumber(range.min, distance, coarse, range);
          expect(readNumber(showNumber(value), range)).toEqual({ ok: true, value });
        }
      }),
    );
  });
});
