import { describe, expect, test } from 'vitest';
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
    for (const { price, seconds, maxCount } of provider.models) {
      expect(price.perPicture).toBeGreaterThanOrEqual(0);
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
