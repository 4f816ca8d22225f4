import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '#test/kit/small-knowledge';
import { valuesOf } from './node-under-test';

const sweep = (params: Record<string, unknown>) => valuesOf('sweep', { params });
const range = (from: number, to: number, step: number) => sweep({ mode: 'range', from, to, step });
const numbersOf = (from: number, to: number, step: number) =>
  (range(from, to, step) as { number: number[] }).number;

describe('a sweep of numbers', () => {
  // Whole steps on a decimal grid: the expected numbers are written down digit by digit, without adding fractions.
  const grids = fc.record({
    decimals: fc.integer({ min: 0, max: 6 }),
    start: fc.integer({ min: -5000, max: 5000 }),
    step: fc.integer({ min: 1, max: 500 }),
    count: fc.integer({ min: 1, max: 60 }),
    up: fc.boolean(),
    beyond: fc.boolean(),
  });
  const written = (units: number, decimals: number) => {
    const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    return Number(`${units < 0 ? '-' : ''}${whole}.${digits.slice(digits.length - decimals)}`);
  };

  it('holds exactly the numbers a person would write', () => {
    fc.assert(
      fc.property(grids, ({ decimals, start, step, count, up, beyond }) => {
        const direction = up ? 1 : -1;
        const units = Array.from({ length: count }, (_, place) => start + direction * place * step);
        // An end between two steps is not passed.
        const end = units.at(-1)! + (beyond && step > 1 ? direction * (step - 1) : 0);
        const wanted = units.map((value) => written(value, decimals) + 0);
        expect(numbersOf(written(start, decimals), written(end, decimals), written(step, decimals))).toEqual(
          beyond && count === 1 && step === 1 ? [wanted[0]] : wanted,
        );
      }),
    );
  });

  it('gives the same numbers as text', () => {
    expect(range(0, 0.5, 0.1)).toEqual({
      number: [0, 0.1, 0.2, 0.3, 0.4, 0.5],
      text: ['0', '0.1', '0.2', '0.3', '0.4', '0.5'],
    });
  });

  it('counts down, through nought, and stands still', () => {
    expect(numbersOf(3, 1, 1)).toEqual([3, 2, 1]);
    expect(numbersOf(-0.2, 0.2, 0.1)).toEqual([-0.2, -0.1, 0, 0.1, 0.2]);
    expect(numbersOf(7, 7, 0)).toEqual([7]);
  });

  it('refuses a range without end, and one that is a slip', () => {
    expect(range(1, 5, 0)).toMatchObject({ code: 'no-step', act: 'user', charge: 'none' });
    expect(numbersOf(1, 1000, 1)).toHaveLength(1000);
    expect(range(1, 1001, 1)).toMatchObject({ code: 'too-many-items' });
    expect(range(0, 1e10, 0.0001)).toMatchObject({ code: 'too-many-items' });
  });
});

describe('a sweep of lines', () => {
  const lines = (text: string) => sweep({ mode: 'lines', lines: text });

  it('gives every line that is not empty, trimmed', () =>
    expect(lines('  in the rain \r\n\n\tat noon\rat night\n')).toEqual({
      text: ['in the rain', 'at noon', 'at night'],
      number: [],
    }));

  it('gives numbers too when every line is one', () =>
    expect(lines('0.5\n0.75\n-1')).toEqual({ text: ['0.5', '0.75', '-1'], number: [0.5, 0.75, -1] }));

  it('refuses more than a thousand', () => {
    expect(lines('a\n'.repeat(1000))).toMatchObject({ text: { length: 1000 } });
    expect(lines('a\n'.repeat(1001))).toMatchObject({ code: 'too-many-items' });
  });
});

describe('a prompt', () => {
  const prompt = (text: string, insert?: string) =>
    valuesOf('prompt', { params: { text }, inputs: { insert } });

  it('is its text when nothing is wired', () => expect(prompt('a cat')).toEqual({ text: ['a cat'] }));

  it('puts the insert where {} stands, every time and as it is written', () => {
    expect(prompt('a {} cat on a {} sofa', 'red')).toEqual({ text: ['a red cat on a red sofa'] });
    expect(prompt('a {} cat', '$& {}')).toEqual({ text: ['a $& {} cat'] });
  });

  it.each([
    ['a cat', 'in the rain', 'a cat, in the rain'],
    ['a cat. ', 'It rains.', 'a cat. It rains.'],
    ['a cat,', 'asleep', 'a cat, asleep'],
    ['', 'a dog', 'a dog'],
  ])('puts it at the end of %j otherwise', (text, insert, whole) =>
    expect(prompt(text, insert)).toEqual({ text: [whole] }),
  );

  it('says so when there is a {} and nothing to put there', () =>
    expect(prompt('a {} cat')).toMatchObject({ code: 'nothing-to-insert', act: 'user' }));
});

describe('the other sources', () => {
  it('hand on what they hold', () => {
    const [first, second] = [pictureOf('first'), pictureOf('second')];
    expect(valuesOf('image', { params: { file: first } })).toEqual({ image: [first] });
    expect(valuesOf('image-folder', { params: { folder: [first, second] } })).toEqual({
      image: [first, second],
    });
    expect(valuesOf('number', { params: { number: 0.1 } })).toEqual({ number: [0.1] });
    expect(valuesOf('note', { params: { text: 'for later' } })).toEqual({});
  });
});

describe('a LoRA', () => {
  const first = { name: 'film.safetensors', strength: 0.8 };

  it('stands behind the ones wired into it', () =>
    expect(
      valuesOf('lora', { params: { name: ' face.safetensors ', strength: 1.2 }, inputs: { loras: [first] } }),
    ).toEqual({ loras: [first, { name: 'face.safetensors', strength: 1.2 }] }));

  it('has a strength of its own for the text encoder only where that is wanted', () => {
    const params = { name: 'a', strength: 0.9, clip: 0.3 };
    expect(valuesOf('lora', { params })).toEqual({ loras: [{ name: 'a', strength: 0.9 }] });
    expect(valuesOf('lora', { params: { ...params, ownClip: true } })).toEqual({
      loras: [{ name: 'a', strength: 0.9, clip: 0.3 }],
    });
  });

  it('needs a name', () => expect(valuesOf('lora')).toMatchObject({ code: 'no-lora', act: 'user' }));
});
