import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '#core/json';
import { exactJson, readExactJson } from '#providers/kit/exact-json';

describe('exact JSON', () => {
  test.each([
    '{"seed":18446744073709551615}',
    '[-9007199254740993,9007199254740991,0]',
    '{"text":"18446744073709551615 and \\"{\\\\\\"$integer\\\\\\":\\\\\\"5\\\\\\"}\\"","n":18446744073709551614}',
  ])('%s is written as it was read', (text) => {
    expect(exactJson(readExactJson(text) as JsonValue)).toBe(text);
  });

  test('every whole number keeps its digits, wherever it stands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.string(), (number, word) => {
        const text = `{"a":[${number},{"b":${number}}],${JSON.stringify(word + 'c')}:${JSON.stringify(word)}}`;
        expect(exactJson(readExactJson(text) as JsonValue)).toBe(text);
      }),
    );
  });

  test('any other JSON is read and written as ever', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const value = JSON.parse(text) as JsonValue;
        fc.pre(!/\d{16}/.test(text));
        expect(readExactJson(text)).toEqual(value);
        expect(exactJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  test.each(['', '{', '{"a":01}', 'text', '{"a":1844674407370955161x}'])('%s is no JSON', (text) => {
    expect(() => readExactJson(text)).toThrow(SyntaxError);
  });
});
