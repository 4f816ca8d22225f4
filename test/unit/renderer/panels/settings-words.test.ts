import { describe, expect, it } from 'vitest';
import type { ImageHostInfo } from '#core/image-host';
import {
  hasKeys,
  linksIn,
  matchesFilter,
  missingOf,
  readPrice,
  withPrice,
  withProviderSetting,
} from '../../../../renderer/panels/settings-words';
import { model, provider } from './definitions';

describe('linksIn', () => {
  it('leaves the words around an address, and its full stop, as text', () =>
    expect(linksIn('Get one at https://example.com/keys?a=1. It is free.')).toEqual([
      { text: 'Get one at ' },
      { link: 'https://example.com/keys?a=1' },
      { text: '. It is free.' },
    ]));
  it('makes no link of anything but https', () =>
    expect(linksIn('http://example.com javascript:alert(1)')).toEqual([
      { text: 'http://example.com javascript:alert(1)' },
    ]));
  it('takes an address alone', () =>
    expect(linksIn('https://example.com')).toEqual([{ link: 'https://example.com' }]));
});

describe('hasKeys', () => {
  const keyed = {
    ...provider('p', [model('a')]),
    secrets: [
      { name: 'key', label: 'Key', required: true },
      { name: 'upload', label: 'Upload key', required: false },
    ],
  };
  it('asks only for what is required', () => {
    expect(hasKeys(keyed, {})).toBe(false);
    expect(hasKeys(keyed, { 'p.key': 'none' })).toBe(false);
    expect(hasKeys(keyed, { 'p.key': 'environment' })).toBe(true);
    expect(hasKeys(provider('q', []), {})).toBe(true);
  });
});

describe('changes', () => {
  it('keep only what differs from the start', () => {
    expect(withProviderSetting({}, 'p.baseUrl', ' https://x ', '')).toEqual({ 'p.baseUrl': 'https://x' });
    expect(withProviderSetting({ 'p.region': 'eu', a: 'b' }, 'p.region', 'us', 'us')).toEqual({ a: 'b' });
    expect(withProviderSetting({ 'p.region': 'eu' }, 'p.region', '  ', 'us')).toEqual({});
  });
  it('set, keep at nothing, and forget a price', () => {
    expect(withPrice({ b: 1 }, 'a', 0)).toEqual({ a: 0, b: 1 });
    expect(withPrice({ a: 1, b: 1 }, 'a', undefined)).toEqual({ b: 1 });
  });
});

describe('readPrice', () => {
  it.each([
    ['0.04', 0.04],
    ['$ 0,04', 0.04],
    ['0', 0],
  ])('%j is %f', (text, value) => expect(readPrice(text)).toEqual({ ok: true, value }));
  it('takes nothing as no price', () => expect(readPrice('  ')).toEqual({ ok: true, value: undefined }));
  it.each(['-1', 'free', '1.2.3', 'Infinity'])('refuses %j', (text) =>
    expect(readPrice(text)).toEqual({ ok: false }),
  );
});

it('finds a provider by its models too', () => {
  const one = provider('one', [model('a')]);
  expect(matchesFilter(one, 'model A')).toBe(true);
  expect(matchesFilter(one, ' ONE ')).toBe(true);
  expect(matchesFilter(one, 'two')).toBe(false);
});

describe('what an image host still needs', () => {
  const host: ImageHostInfo = {
    id: 'bucket',
    label: 'Bucket',
    homepage: 'https://example.com',
    summary: '',
    secrets: [
      { name: 'key', label: 'Key', required: true },
      { name: 'token', label: 'Token', required: false },
    ],
    settings: [
      { name: 'bucket', label: 'Bucket name', initial: '', required: true },
      { name: 'region', label: 'Region', initial: 'here', required: true },
      { name: 'prefix', label: 'Prefix', initial: '' },
    ],
  };
  it('is named, and nothing else', () => {
    expect(missingOf(host, {}, {})).toEqual(['Key', 'Bucket name']);
    expect(missingOf(host, { 'bucket.key': 'none' }, { 'bucket.bucket': 'mine' })).toEqual(['Key']);
    expect(missingOf(host, { 'bucket.key': 'environment' }, { 'bucket.bucket': 'mine' })).toEqual([]);
  });
});
