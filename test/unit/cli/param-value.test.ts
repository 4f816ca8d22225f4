import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  choiceParam,
  colorParam,
  imageFileParam,
  imageFolderParam,
  numberParam,
  optionalSizeParam,
  seedParam,
  sizeParam,
  sliderParam,
  textParam,
  toggleParam,
} from '#core/param';
import { paramValue } from '../../../cli/param-value';

const label = 'Param';
const here = resolve('/work here');
const read = (spec: Parameters<typeof paramValue>[1], text: string) => paramValue(text, spec, here);

describe('the value of a --set', () => {
  it('stays text for a text, even where it could be JSON', () => {
    const text = textParam({ label });
    expect(read(text, '12')).toEqual({ value: '12' });
    expect(read(text, '{"a": 1}')).toEqual({ value: '{"a": 1}' });
    expect(read(text, 'a=b')).toEqual({ value: 'a=b' });
    expect(read(text, '')).toEqual({ value: '' });
  });

  it.each([
    [numberParam({ label, min: 1, max: 8, initial: 1 }), '3', 3],
    [sliderParam({ label, min: 0, max: 1, initial: 0 }), '0.35', 0.35],
    [toggleParam({ label, initial: false }), 'true', true],
    [seedParam({ label }), '42', 42],
    [seedParam({ label }), 'null', null],
    [sizeParam({ label, initial: { width: 64, height: 64 } }), '1024x768', { width: 1024, height: 768 }],
    [
      sizeParam({ label, initial: { width: 64, height: 64 } }),
      '{"width":80,"height":90}',
      { width: 80, height: 90 },
    ],
    [optionalSizeParam({ label }), 'null', null],
    [colorParam({ label, initial: '#000000' }), '#ff8800', '#ff8800'],
  ])('is read as JSON or as it is usually written', (spec, text, value) => {
    expect(read(spec, text)).toEqual({ value });
  });

  it('is the number or the word a choice has, whichever it is', () => {
    const numbers = choiceParam({
      label,
      options: [
        { value: 2, label: '2 ×' },
        { value: 4, label: '4 ×' },
      ],
      initial: 2,
    });
    const words = choiceParam({
      label,
      options: [
        { value: '2', label: 'two' },
        { value: 'auto', label: 'auto' },
      ],
      initial: 'auto',
    });
    expect(read(numbers, '4')).toEqual({ value: 4 });
    expect(read(words, '2')).toEqual({ value: '2' });
    expect(read(words, 'auto')).toEqual({ value: 'auto' });
  });

  it('is a path for a file or a folder, from where the command is given', () => {
    const path = join(here, 'pictures', 'cat.png');
    expect(read(imageFileParam({ label }), 'pictures/cat.png')).toEqual({ value: { name: 'cat.png', path } });
    expect(read(imageFileParam({ label }), '{"name":"cat.png","hash":"ab"}')).toEqual({
      value: { name: 'cat.png', hash: 'ab' },
    });
    expect(read(imageFolderParam({ label }), 'pictures')).toEqual({
      value: { path: join(here, 'pictures') },
    });
    // The name of this file happens to be JSON.
    expect(read(imageFileParam({ label }), '12')).toEqual({
      value: { name: '12', path: join(here, '12') },
    });
  });

  it.each([
    [numberParam({ label, min: 1, max: 8, initial: 1 }), '99', 'a whole number from 1 to 8'],
    [numberParam({ label, min: 1, max: 8, initial: 1 }), 'many', 'a whole number from 1 to 8'],
    [sliderParam({ label, min: 0, max: 1, initial: 0 }), '2', 'a number from 0 to 1'],
    [toggleParam({ label, initial: false }), 'perhaps', 'true or false'],
    [seedParam({ label }), '-1', 'a whole number from 0, or null for any'],
    [sizeParam({ label, initial: { width: 64, height: 64 } }), 'big', '2048x2048'],
    [colorParam({ label, initial: '#000000' }), 'red', '#rrggbb'],
    [imageFileParam({ label }), '', 'the path of a picture'],
  ])('that is not allowed says what is', (spec, text, allowed) => {
    const result = read(spec, text);
    expect(result).toHaveProperty('problem');
    expect('problem' in result && result.problem).toContain(allowed);
    expect('problem' in result && result.problem).toContain(`"${text}"`);
  });
});
