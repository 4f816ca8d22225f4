import { describe, expect, it } from 'vitest';
import { pictureOf } from '#test/kit/small-knowledge';
import { definitionOf, runNode, sized, type Given } from './node-under-test';

const image = pictureOf('a picture');

async function save(params: Record<string, unknown>, given: Given = {}) {
  const run = await runNode(definitionOf('save'), { ...given, params, inputs: { image, ...given.inputs } });
  return { ...run, saved: run.tools.saved[0]! };
}

describe('save', () => {
  it.each([
    ['cat', 0, 'cat'],
    ['cat-{n}', 0, 'cat-1'],
    ['cat-{n}', 11, 'cat-12'],
    ['{nnn} cat {n}', 4, '005 cat 5'],
    ['{nn}', 122, '123'],
    [' cat ', 0, 'cat'],
    ['  ', 0, 'picture'],
    ['{m} {N} {}', 3, '{m} {N} {}'],
  ])('names %j, item %i, %j', async (name, index, file) =>
    expect((await save({ name }, { index })).saved.name).toBe(file),
  );

  it('keeps the picture as it is, in the folder of the run, until told otherwise', async () => {
    const { saved, outputs, tools } = await save({});
    expect(saved).toEqual({ image, folder: '', name: 'picture-01' });
    expect(outputs).toEqual({ image: [image] });
    expect(tools.encoded).toEqual([]);
  });

  it('encodes to the format and quality, and passes on what was written', async () => {
    const { saved, outputs, tools } = await save({ format: 'jpeg', quality: 75, folder: ' web ' });
    expect(tools.encoded).toEqual([{ image, options: { format: 'jpeg', quality: 75 } }]);
    expect(saved).toMatchObject({ folder: 'web', image: { format: 'jpeg' } });
    expect(outputs).toEqual({ image: [saved.image] });
  });

  it('does not make a PNG of a PNG, but of a JPEG it does', async () => {
    expect((await save({ format: 'png' })).tools.encoded).toEqual([]);
    const jpeg = { ...image, format: 'jpeg' as const };
    const { tools } = await save({ format: 'png' }, { inputs: { image: jpeg } });
    expect(tools.encoded).toEqual([{ image: jpeg, options: { format: 'png' } }]);
  });
});

describe('preview', () => {
  it('passes everything on in its order', async () => {
    const images = [pictureOf('b'), pictureOf('a'), pictureOf('c')];
    expect((await runNode(definitionOf('preview'), { inputs: { images } })).outputs).toEqual({
      image: images,
    });
  });
});

describe('resize', () => {
  const resize = async (params: Record<string, unknown>) => {
    const { tools } = await runNode(definitionOf('resize'), {
      params: { width: 800, height: 600, ...params },
      inputs: { image: sized(1000, 1000) },
    });
    return tools.resized[0]!.options;
  };

  it('asks for the size and the fit', async () =>
    expect(await resize({ fit: 'cover' })).toEqual({ width: 800, height: 600, fit: 'cover' }));

  it('has a border only where there is one', async () =>
    expect(await resize({ fit: 'contain', background: '#102030' })).toEqual({
      width: 800,
      height: 600,
      fit: 'contain',
      background: '#102030',
    }));
});
