import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureError } from '#core/failure';
import { addressOf } from '#engine/network/address';
import { checkedUrl } from '#engine/network/free-tools';
import { Redactor } from '#engine/network/redact';
import { backOff, retryAfterOf } from '#engine/network/retry';

describe('addresses', () => {
  const provider = { hosts: ['https://queue.example.com', 'https://storage.example.com'] };

  it.each([
    ['https://queue.example.com/a/b?c=1', '', 'https://queue.example.com/a/b?c=1'],
    ['https://queue.example.com/a/b?c=1', 'http://127.0.0.1:9000', 'http://127.0.0.1:9000/a/b?c=1'],
    ['https://storage.example.com/put', 'https://gate.example.org/fal/', 'https://gate.example.org/fal/put'],
    ['https://media.example.net/x.png', 'http://127.0.0.1:9000', 'https://media.example.net/x.png'],
    ['wss://queue.example.com/live', 'http://127.0.0.1:9000', 'ws://127.0.0.1:9000/live'],
  ])('%s with base %s goes to %s', (url, base, expected) => {
    expect(addressOf(url, provider, base)).toBe(expected);
  });
});

describe('a password in an address', () => {
  it.each([
    'https://ada:secret@gpu.example',
    'http://ada@gpu.example:8188/x',
    ' HTTPS://ada:secret@gpu.example',
    'wss://ada:secret@gpu.example',
    'ftp://ada:secret@gpu.example',
    'http:\\\\ada:secret@gpu.example',
  ])('%s is refused without being repeated', (address) => {
    let failure: unknown;
    try {
      checkedUrl(address);
    } catch (error) {
      failure = (error as FailureError).failure;
    }
    expect(failure).toMatchObject({ code: 'password-in-address', act: 'user', charge: 'none' });
    expect(JSON.stringify(failure)).not.toMatch(/secret|gpu/);
    expect(() => addressOf('https://queue.example.com/a', { hosts: [] }, address)).toThrow(
      'name and password',
    );
  });

  it.each(['https://gpu.example/@ada', 'http://127.0.0.1:8188', 'https://gpu.example/?to=ada@b.example'])(
    '%s has none',
    (address) => {
      expect(checkedUrl(address)).toBe(address);
    },
  );
});

describe('retries', () => {
  it('read both forms of Retry-After', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(retryAfterOf({ headers: { 'retry-after': '12' } }, now)).toBe(12_000);
    expect(retryAfterOf({ headers: { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' } }, now)).toBe(30_000);
    expect(retryAfterOf({ headers: { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' } }, now)).toBe(0);
    expect(retryAfterOf({ headers: { 'retry-after': 'soon' } }, now)).toBeUndefined();
    expect(retryAfterOf({ headers: {} }, now)).toBeUndefined();
  });

  it('wait longer each time, never less than the vendor asks, never without end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 90_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tried, after, chance) => {
          const wait = backOff(tried, after, () => chance);
          expect(wait).toBeGreaterThanOrEqual(after);
          expect(wait).toBeLessThanOrEqual(Math.max(after, 37_500));
          expect(backOff(tried + 1, undefined, () => 0)).toBeGreaterThanOrEqual(
            backOff(tried, undefined, () => 0),
          );
        },
      ),
    );
  });
});

describe('secrets', () => {
  it('leave no signature of a link, in whatever words it is repeated', () => {
    const redactor = new Redactor();
    const query =
      'X-Amz-Credential=AKID%2F20261121%2Fs3&X-Amz-Date=20261121T120000Z&X-Amz-Signature=0123abcd';
    for (const words of [
      `Cannot fetch https://b.example/p.png?${query}.`,
      JSON.stringify({ said: `https://b.example/p.png?${query}` }).replaceAll('&', '\\u0026'),
      `<a href="https://b.example/p.png?${query.replaceAll('&', '&amp;')}">`,
      encodeURIComponent(`https://b.example/p.png?${query.toLowerCase()}`),
    ]) {
      const clean = redactor.text(words);
      expect(clean).not.toMatch(/0123abcd|AKID/i);
      expect(clean).toContain('b.example');
    }
  });

  it('leave nothing of a name and password, as it is typed, sent or put in a link', () => {
    const redactor = new Redactor();
    redactor.learn('ada:pä55 word');
    const base64 = Buffer.from('ada:pä55 word').toString('base64');
    const clean = redactor.text(
      `ada:pä55 word, pä55 word, Basic ${base64}, ?p=${encodeURIComponent('pä55 word')}`,
    );
    expect(clean).toBe('•••, •••, Basic •••, ?p=•••');
  });

  it('are taken out of messages and details', () => {
    const redactor = new Redactor();
    redactor.learn('sk-12345678');
    const clean = redactor.failure({
      code: 'x',
      act: 'user',
      charge: 'none',
      message: 'Bad key sk-12345678.',
      detail: '{"key":"sk-12345678"} sk-12345678',
    });
    expect(JSON.stringify(clean)).not.toContain('12345678');
  });
});
