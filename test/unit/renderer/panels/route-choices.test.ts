import { describe, expect, it } from 'vitest';
import {
  findRoute,
  pricePerPicture,
  routeChoices,
  routeLimits,
} from '../../../../renderer/panels/route-choices';
import { model, provider } from './definitions';

const providers = [
  provider('one', [model('a'), model('b', { tasks: ['generate', 'edit'] })]),
  provider('two', [model('c', { tasks: ['upscale'] })]),
];

describe('routeChoices', () => {
  it('offers what can do the task, with the own price before the provider’s', () => {
    const choices = routeChoices('edit', providers, { 'one/b': 0.01 });
    expect(choices.map(({ route, price, ownPrice }) => [route, price, ownPrice])).toEqual([
      ['one/a', { low: 0.03, high: 0.03 }, false],
      ['one/b', { low: 0.01, high: 0.01 }, true],
    ]);
    expect(routeChoices('upscale', providers, {}).map(({ route }) => route)).toEqual(['two/c']);
  });
  it('keeps an own price of nothing', () =>
    expect(routeChoices('edit', providers, { 'one/a': 0 })[0]).toMatchObject({
      price: { low: 0, high: 0 },
      ownPrice: true,
    }));
});

describe('findRoute', () => {
  const choices = routeChoices('edit', providers, {});
  it('finds a route, and the first model where only a provider is named', () => {
    expect(findRoute(choices, 'one/b')?.model.id).toBe('b');
    expect(findRoute(choices, 'one')?.model.id).toBe('a');
  });
  it('finds nothing for a route that is gone or none', () => {
    expect(findRoute(choices, 'one/gone')).toBeUndefined();
    expect(findRoute(choices, undefined)).toBeUndefined();
  });
});

describe('in words', () => {
  it('says a price', () => {
    expect(pricePerPicture({ low: 0.03, high: 0.03 })).toBe('$0.03 a picture');
    expect(pricePerPicture({ low: 0.03, high: 0.12 })).toBe('$0.03–0.12 a picture');
    expect(pricePerPicture({ low: 0, high: 0 })).toBe('free');
    expect(pricePerPicture({ low: 0, high: 0 }, true)).toBe('pod time');
    expect(pricePerPicture({ low: 0.03, high: 0.03 }, true)).toBe('$0.03 a picture');
  });
  it('tells what is left out from what is refused', () => {
    const limits = routeLimits('edit', model('a', { takes: { seed: true }, maxReferences: 10, maxCount: 4 }));
    expect(limits.ignores).toEqual(['the strength']);
    expect(limits.refuses).toEqual(['masks', 'LoRAs']);
    expect(limits.bounds).toEqual(['up to 10 reference images', 'up to 4 pictures in one job']);
  });
  it('says sizes in millions of pixels', () => {
    const bounds = (size: object) => routeLimits('edit', model('a', { size })).bounds;
    expect(bounds({ minPixels: 3_686_400, maxPixels: 16_777_216 })).toEqual(['3.7 to 16.8 million pixels']);
    expect(bounds({ maxPixels: 4_000_000, multipleOf: 8 })).toEqual([
      'up to 4 million pixels',
      'sides in multiples of 8',
    ]);
  });
  it('has nothing to say where nothing is missing', () => {
    const all = { seed: true, negative: true, loras: true, mask: true, strength: true };
    for (const kind of ['generate', 'edit', 'upscale'] as const)
      expect(routeLimits(kind, model('a', { takes: all }))).toEqual({ ignores: [], refuses: [], bounds: [] });
  });
});
