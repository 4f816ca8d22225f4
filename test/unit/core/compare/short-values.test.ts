import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortValue, shortValues } from '#core/compare/short-values';

describe('a value in a few words', () => {
  it.each([
    [undefined, 'none'],
    [null, 'none'],
    ['', 'none'],
    ['a cat', '“a cat”'],
    [7, '7'],
    [false, 'false'],
    [{ width: 64, height: 32 }, '64 × 32'],
    [{ name: 'cat.png', path: 'pictures/cat.png' }, 'cat.png'],
    [`sha256:${'ab12'.repeat(16)}`, 'picture ab12ab12'],
    [[`sha256:${'cd34'.repeat(16)}`], 'picture cd34cd34'],
    [['one', 'two'], '2: “one”, “two”'],
  ])('%j is %s', (value, words) => {
    expect(shortValue(value)).toBe(words);
  });

  it('two texts that differ are told apart, on one line each, however long they are', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.stringMatching(/^[a-m]{1,40}$/),
        fc.stringMatching(/^[n-z]{1,40}$/),
        (same, one, other) => {
          const { before, after } = shortValues(same + one, same + other);
          expect(before).not.toBe(after);
          for (const words of [before, after]) {
            expect(words.length).toBeLessThan(70);
            expect(words).not.toContain('\n');
          }
        },
      ),
    );
  });

  it('two files of one name are told apart by what else is known of them', () => {
    const { before, after } = shortValues({ name: 'a.png', hash: '1' }, { name: 'a.png', hash: '2' });
    expect(before).not.toBe(after);
  });
});
