import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FakeVendor, RequestPoint } from './fake-vendor';
import { bytesAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeS3Options {
  keyId?: string;
  key?: string;
  region?: string;
  bucket?: string;
  /** The service's own clock, milliseconds since 1970. */
  now?: () => number;
}

export interface FakeS3 extends FakeVendor {
  /** Path → file. */
  readonly objects: ReadonlyMap<string, { bytes: Buffer; contentType: string }>;
}

const longest = 604_800;
/** Milliseconds a clock may differ. */
const skew = 900_000;

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A refusal, with everything in it that a real one repeats. */
function refused(status: number, code: string, message: string, more: Record<string, string> = {}): Answer {
  const parts = Object.entries({ Code: code, Message: message, ...more });
  const xml = parts.map(([name, value]) => `<${name}>${value.replaceAll('&', '&amp;')}</${name}>`).join('');
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml}<RequestId>R1</RequestId></Error>`;
  return textAnswer(status, text, 'application/xml');
}

/**
 * A bucket of an S3-compatible service, path-style. It works out the signature of every request itself, from the published
 * algorithm (AWS Signature Version 4, query parameters), and looks at the clock.
 */
export async function createFakeS3(options: FakeS3Options = {}): Promise<FakeS3> {
  const {
    keyId = 'AKIDTEST',
    key = 'test-secret-key',
    region = 'eu-central-1',
    bucket = 'pictures',
  } = options;
  const now = options.now ?? Date.now;
  const objects = new Map<string, { bytes: Buffer; contentType: string }>();

  /** Why the request is not let in. */
  function refusal({ method, path, query, headers }: Call['request']): Answer | undefined {
    const given = (name: string) => query[`X-Amz-${name}`] ?? '';
    const [givenId, day, givenRegion, service, end] = given('Credential').split('/');
    const params = 'AuthorizationQueryParametersError';
    if (given('Algorithm') !== 'AWS4-HMAC-SHA256' || service !== 's3' || end !== 'aws4_request')
      return refused(400, params, 'Query-string authentication requires the right parameters');
    if (givenRegion !== region)
      return refused(
        400,
        params,
        `Error parsing the X-Amz-Credential parameter; the region '${givenRegion}' is wrong; expecting '${region}'`,
      );
    if (givenId !== keyId)
      return refused(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        { AWSAccessKeyId: givenId ?? '' },
      );
    const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(given('Date')) ?? [];
    const seconds = Number(given('Expires'));
    if (date === undefined || time === undefined || date !== day || !(seconds >= 1 && seconds <= longest))
      return refused(400, params, 'X-Amz-Expires must be less than a week (in seconds)');
    const iso = `${date}T${time}Z`.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z');
    const from = Date.parse(iso);
    if (from > now() + skew) return refused(403, 'AccessDenied', 'Request is not yet valid');
    if (now() > from + seconds * 1000)
      return refused(403, 'AccessDenied', 'Request has expired', { Expires: given('Expires') });
    const names = given('SignedHeaders').split(';');
    if (!names.includes('host'))
      return refused(403, 'AccessDenied', 'There were headers present which were not signed');
    const canonicalQuery = Object.entries(query)
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .sort()
      .join('&');
    const canonical = [
      method,
      path
        .split('/')
        .map((part) => encoded(decodeURIComponent(part)))
        .join('/'),
      canonicalQuery,
      ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
      '',
      names.join(';'),
      'UNSIGNED-PAYLOAD',
    ].join('\n');
    const scope = `${date}/${region}/s3/aws4_request`;
    const hashed = createHash('sha256').update(canonical).digest('hex');
    const toSign = ['AWS4-HMAC-SHA256', given('Date'), scope, hashed].join('\n');
    const signingKey = ['s3', 'aws4_request'].reduce<Buffer>(hmac, hmac(hmac(`AWS4${key}`, date), region));
    const right = hmac(signingKey, toSign);
    const signature = Buffer.from(given('Signature'), 'hex');
    if (signature.length === right.length && timingSafeEqual(signature, right)) return undefined;
    return refused(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      {
        AWSAccessKeyId: givenId,
        StringToSign: toSign,
        SignatureProvided: given('Signature'),
        CanonicalRequest: canonical,
      },
    );
  }

  async function handle({ request, raw }: Call): Promise<Answer> {
    const { method, path, headers } = request;
    const no = refusal(request);
    if (no !== undefined) return no;
    const [, name = ''] = path.split('/');
    if (decodeURIComponent(name) !== bucket)
      return refused(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
    if (method === 'PUT') {
      objects.set(path, { bytes: raw, contentType: headers['content-type'] ?? 'binary/octet-stream' });
      return { status: 200, headers: { etag: '"1"' }, body: Buffer.alloc(0) };
    }
    const file = objects.get(path);
    if (method === 'GET' && file !== undefined) return bytesAnswer(200, file.bytes, file.contentType);
    return refused(404, 'NoSuchKey', 'The specified key does not exist.');
  }

  const points = (method: string): readonly RequestPoint[] => (method === 'PUT' ? ['upload'] : ['download']);
  const vendor = await startFakeVendor(
    {
      // The signature is the key, and is in the query.
      authorization: null,
      points,
      lacks: ['catalogue', 'submit', 'status', 'result', 'cancel'],
      shows: {},
      badKey: () => refused(403, 'InvalidAccessKeyId', 'The key does not exist in our records.'),
      refusal: (status) => refused(status, status === 503 ? 'SlowDown' : 'Refused', `Refused with ${status}`),
      expired: (status) => refused(status, 'NoSuchKey', 'The specified key does not exist.'),
      handle,
    },
    [],
  );
  return Object.assign(vendor, { objects });
}
