import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { orderEdges } from '#core/document/edit';
import {
  moveBefore,
  numberPlaces,
  shelfLength,
  shelfPorts,
  sourceNodeOf,
  sourcesOf,
} from '../../../../renderer/panels/shelf-order';
import { definitions } from './definitions';

const document = {
  ...createDocument('test'),
  edges: [
    { from: 'a.image', to: 'e.images' },
    { from: 'p.text', to: 'e.prompt' },
    { from: 'b.image', to: 'e.images' },
    { from: 'c.image', to: 'e.images' },
  ],
};

describe('the shelf', () => {
  it('is every input that takes a list of pictures', () => {
    expect(shelfPorts(definitions.edit)).toEqual(['images']);
    expect(shelfPorts(definitions.prompt)).toEqual([]);
  });
  it('holds the sources in the order of the wires', () => {
    expect(sourcesOf(document, 'e.images')).toEqual(['a.image', 'b.image', 'c.image']);
    expect(sourceNodeOf(document, 'e.prompt')).toBe('p');
    expect(sourceNodeOf(document, 'e.mask')).toBeUndefined();
  });
  it.each([
    ['a.image', 'c.image', ['b.image', 'c.image', 'a.image']],
    ['c.image', 'a.image', ['c.image', 'a.image', 'b.image']],
    ['b.image', 'b.image', ['a.image', 'b.image', 'c.image']],
    ['gone.image', 'a.image', ['a.image', 'b.image', 'c.image']],
  ])('moves %s to %s and the document follows', (moved, over, expected) => {
    const order = moveBefore(sourcesOf(document, 'e.images'), moved, over);
    expect(order).toEqual(expected);
    expect(sourcesOf(orderEdges(document, 'e.images', order), 'e.images')).toEqual(expected);
  });
  it('numbers pictures, not wires', () => {
    const places = numberPlaces(['a', 'b', 'c'], (source) => (source === 'b' ? 3 : 1));
    expect(places).toEqual([
      { source: 'a', first: 1, last: 1 },
      { source: 'b', first: 2, last: 4 },
      { source: 'c', first: 5, last: 5 },
    ]);
    expect(shelfLength(places)).toBe(5);
    expect(shelfLength([])).toBe(0);
  });
});
