import { describe, expect, it } from 'vitest';
import { readColor } from '../../../../renderer/fields/color-value';
import { diceSeed, largestDiceSeed, readSeed } from '../../../../renderer/fields/seed-value';

describe('a seed', () => {
  it('is a whole number, or nothing for the route to choose', () => {
    expect(readSeed(' 42 ')).toEqual({ ok: true, value: 42 });
    expect(readSeed('')).toEqual({ ok: true, value: null });
    expect(readSeed(String(Number.MAX_SAFE_INTEGER))).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
  });
  it.each(['-1', '1.5', '1e3', 'seed', '9007199254740993'])('is not %s', (text) =>
    expect(readSeed(text).ok).toBe(false),
  );
  it('thrown stays within 31 bits', () => {
    expect(diceSeed(0)).toBe(0);
    expect(diceSeed(0.9999999999999999)).toBe(largestDiceSeed);
    expect(diceSeed(0.5)).toBe(2 ** 30);
  });
});

describe('a colour', () => {
  it.each([
    ['#8aa4ff', '#8aa4ff'],
    ['8AA4FF', '#8aa4ff'],
    ['#abc', '#aabbcc'],
    [' fff ', '#ffffff'],
  ])('%j is %s', (text, color) => expect(readColor(text)).toBe(color));
  it.each(['', '#ab', '#abcd', '#ggg', 'red', '#1234567'])('%j is none', (text) =>
    expect(readColor(text)).toBeUndefined(),
  );
});
