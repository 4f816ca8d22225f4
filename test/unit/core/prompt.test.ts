import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedPrompt, hasWeights, markPrompt, readPrompt, resolvePrompt } from '#core/prompt';

const one = (text: string, draw = 1, variables = '') => resolvePrompt(text, { draw, variables });
const all = (text: string, variables = '') => resolvePrompt(text, { draw: 'all', variables });

/** What a Prompt node of version 1 gave: only `{}` had a meaning. */
function asBefore(text: string, insert: string | undefined): string | null {
  if (insert === undefined) return text.includes('{}') ? null : text;
  if (text.includes('{}')) return text.split('{}').join(insert);
  const start = text.trimEnd();
  if (start === '') return insert;
  return /[\p{P}]$/u.test(start) ? `${start} ${insert}` : `${start}, ${insert}`;
}

const signs = fc.string({
  unit: fc.constantFrom('{', '}', '|', '$', '\\', 'a', 'b', ' ', '_', '1', ',', '"'),
});

describe('a prompt without signs', () => {
  it('is itself', () => {
    for (const text of [
      '',
      'a red fox',
      'it costs $5 and 10 |',
      '{"scene": {"light": "soft"}}',
      'a } b',
      '(a:1.3)',
    ])
      expect(one(text), text).toEqual([text]);
  });
});

describe('a wildcard', () => {
  it('is one of its alternatives by the number of the draw', () => {
    expect(one('a {red|green|blue} fox')).toEqual(['a red fox']);
    const drawn = [1, 2, 3].map((draw) => one('a {red|green|blue} fox', draw));
    expect(new Set(drawn.flat())).toEqual(new Set(['a red fox', 'a green fox', 'a blue fox']));
    expect(one('a {red|green|blue} fox', 4)).toEqual(one('a {red|green|blue} fox', 1));
  });

  it('can stand in another, be empty, and have room around its bars', () => {
    expect(all('a {red | {light|dark} green|} fox')).toEqual([
      'a red fox',
      'a light green fox',
      'a dark green fox',
      'a  fox',
    ]);
  });

  it('gives a list of every way, the last one turning fastest', () => {
    expect(all('{a|b} {1|2}')).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
    expect(all('{1|2|3|4|5|6|7|8|9|0}'.repeat(4))).toMatchObject({ code: 'too-many-items' });
    expect(one('{1|2|3|4|5|6|7|8|9|0}'.repeat(300), 7)).toHaveLength(1);
  });

  it('comes up once in every way before any comes again', () => {
    const wildcard = fc
      .array(fc.constantFrom('x', 'y', 'z'), { minLength: 2, maxLength: 5 })
      .map((list) => `{${list.map((word, place) => `${word}${place}`).join('|')}}`);
    fc.assert(
      fc.property(fc.array(wildcard, { minLength: 1, maxLength: 4 }), (list) => {
        const text = list.join(' ');
        const every = all(text) as string[];
        const drawn = every.flatMap((_, place) => one(text, place + 1) as string[]);
        expect([...drawn].sort()).toEqual([...every].sort());
        expect(new Set(every).size).toBe(every.length);
      }),
    );
  });

  it('that is never closed is told, with its beginning', () => {
    expect(one('a {red|green fox')).toMatchObject({
      code: 'open-brace',
      message: expect.stringContaining('{red|green fox') as string,
    });
    expect(one('{'.repeat(20_000))).toMatchObject({ code: 'open-brace' });
  });
});

describe('a variable', () => {
  it('stands for its value in both ways of writing, also within another value', () => {
    const variables = 'hero = a fox\n$place = the forest of {hero}\n';
    expect(one('$hero in {place}', 1, variables)).toEqual(['a fox in the forest of a fox']);
  });

  it('falls the same way wherever it stands', () => {
    expect(all('$coat, $coat', 'coat = {red|green}')).toEqual(['red, red', 'green, green']);
  });

  it('is told when it has no value, is made of itself, or its line is none', () => {
    expect(one('a $hero')).toMatchObject({ code: 'unknown-variable' });
    expect(one('$a', 1, 'a = $b\nb = $a')).toMatchObject({ code: 'variable-loop' });
    expect(one('x', 1, 'a fox')).toMatchObject({ code: 'no-variable' });
    expect(one('x', 1, 'a = 1\na = 2')).toMatchObject({ code: 'variable-twice' });
  });
});

describe('a backslash', () => {
  it('takes a sign as it is, and stays before anything else', () => {
    expect(one('\\{a\\|b\\} \\$5 \\\\ \\n \\(x')).toEqual(['{a|b} $5 \\ \\n \\(x']);
  });
});

describe('an older prompt', () => {
  it('means the same in the signs of today', () => {
    fc.assert(
      fc.property(signs, fc.option(signs, { nil: undefined }), (text, insert) => {
        const now = resolvePrompt(escapedPrompt(text), { insert, draw: 1 });
        const before = asBefore(text, insert);
        if (before === null) expect(now).toMatchObject({ code: 'nothing-to-insert' });
        else expect(now).toEqual([before]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any text', () => {
  it('is read without a gap and always gives the same', () => {
    fc.assert(
      fc.property(signs, fc.integer({ min: 1, max: 99 }), (text, draw) => {
        let at = 0;
        for (const { from, to } of readPrompt(text)) {
          expect(from).toBe(at);
          at = to;
        }
        expect(at).toBe(text.length);
        expect(one(text, draw)).toEqual(one(text, draw));
        for (const mode of ['weights', 'template'] as const)
          expect(
            markPrompt(text, mode)
              .map((mark) => mark.text)
              .join(''),
          ).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('marks', () => {
  it('say what each stretch is', () => {
    expect(markPrompt('a {red|$x} (fox:1.3) \\{', 'template')).toEqual([
      { text: 'a ' },
      { text: '{', kind: 'wildcard' },
      { text: 'red', kind: 'alternative' },
      { text: '|', kind: 'wildcard' },
      { text: '$x', kind: 'variable' },
      { text: '}', kind: 'wildcard' },
      { text: ' ' },
      { text: '(', kind: 'weight' },
      { text: 'fox' },
      { text: ':1.3)', kind: 'weight' },
      { text: ' ' },
      { text: '\\{', kind: 'escape' },
    ]);
    expect(markPrompt('a {red|green} (fox:1.3)', 'weights').filter(({ kind }) => kind !== undefined)).toEqual(
      [
        { text: '(', kind: 'weight' },
        { text: ':1.3)', kind: 'weight' },
      ],
    );
  });

  it('know a weight from a ratio and from a bracket meant as one', () => {
    for (const text of ['(fox:1.3)', 'a (red fox: .5)', '(x:2)']) expect(hasWeights(text), text).toBe(true);
    for (const text of ['(16:9)', '(fox)', '\\(fox:1.3\\)', 'fox:1.3', '(a:b)'])
      expect(hasWeights(text), text).toBe(false);
  });
});
