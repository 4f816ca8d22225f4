import { describe, expect, test } from 'vitest';
import { pictureForecast } from '#core/plan/forecast';
import { providers } from '#providers/catalogue';

test('every file of a provider is found', () => {
  expect([...providers.keys()]).toEqual(expect.arrayContaining(['comfyui', 'fal']));
});

describe.each([...providers])('%s', (id, provider) => {
  test('has names that can be typed, and no two the same', () => {
    const ids = provider.models.map((model) => model.id);
    expect([id, ...ids].filter((name) => !/^[a-z0-9][a-z0-9.-]*$/.test(name))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says of each model what it costs, since when, and where that was read', () => {
    for (const model of provider.models) {
      const { price, seconds, maxCount } = model;
      for (const rate of [price, ...(price.orElse === undefined ? [] : [price.orElse])]) {
        const { perPicture, upTo = [], perMegapixel = 0, perReference = 0 } = rate;
        const figures = [perPicture, perMegapixel, perReference, ...upTo.map((step) => step.perPicture)];
        expect(figures.filter((figure) => !(figure >= 0))).toEqual([]);
        expect(upTo.map((step) => step.pixels)).toEqual(
          upTo.map((step) => step.pixels).toSorted((left, right) => left - right),
        );
      }
      // A price that has no most could not be reserved.
      expect(Number.isFinite(pictureForecast(model).high)).toBe(true);
      expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(price.source).not.toBe('');
      expect(seconds.high).toBeGreaterThanOrEqual(seconds.low);
      expect(maxCount).toBeGreaterThanOrEqual(1);
    }
  });

  test('can be sent elsewhere', () => {
    expect(provider.settings.map(({ name }) => name)).toContain('baseUrl');
    expect(provider.hosts.every((host) => new URL(host).origin === host)).toBe(true);
  });
});
