import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presigned } from '#engine/network/presign';
import { createFakeS3 } from '#test/kit/fake-s3';

describe('a signed link', () => {
  it("is the one of Amazon's own example", () => {
    const url = presigned({
      method: 'GET',
      url: 'https://examplebucket.s3.amazonaws.com/test.txt',
      region: 'us-east-1',
      keyId: 'AKIAIOSFODNN7EXAMPLE',
      key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      from: Date.parse('2013-05-24T00:00:00Z'),
      seconds: 86_400,
    });
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
  });

  it('opens whatever name a picture has, for its own method and time only', async () => {
    const from = Date.parse('2026-11-21T12:00:00Z');
    let now = from;
    const s3 = await createFakeS3({ now: () => now });
    const link = (method: 'GET' | 'PUT', way: readonly string[], seconds = 600) =>
      presigned({
        method,
        url: `${s3.url}/pictures/${way.map(encodeURIComponent).join('/')}`,
        region: 'eu-central-1',
        keyId: 'AKIDTEST',
        key: 'test-secret-key',
        from,
        seconds,
      });
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => !/^\.+$|\//.test(text));
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (way) => {
          now = from;
          const put = link('PUT', way);
          expect((await fetch(put, { method: 'PUT', body: 'picture' })).status).toBe(200);
          expect(await (await fetch(link('GET', way))).text()).toBe('picture');
          expect((await fetch(put)).status).toBe(403);
          now = from + 600_001;
          expect(await (await fetch(link('GET', way))).text()).toContain('expired');
        }),
        { numRuns: 60 },
      );
    } finally {
      await s3.close();
    }
  });
});
