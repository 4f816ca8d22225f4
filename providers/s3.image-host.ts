import { FailureError, userFailure, type Failure } from '#core/failure';
import type { ImageHost, ImageHostTools } from '#core/image-host';
import type { HttpAnswer } from '#core/provider';
import { httpFailure } from './kit/vendor-answer';

/**
 * A bucket of Amazon S3 or of anything that speaks its language (Cloudflare R2, Backblaze B2, MinIO …). Source: Amazon S3
 * API reference, "Authenticating requests: using query parameters" and "Error responses".
 *
 * Addresses are path-style (`endpoint/bucket/name`), which all of them have. The bucket stays closed: a picture is brought
 * there, and read by the vendor, by signed links. A picture is named by its content and uploaded again after a week at the
 * latest, so a bucket may remove what is older than that.
 */
const week = 604_800;
/** A link is given anew in its last day. */
const lastDay = 86_400;
/** For one upload. */
const quarterHour = 900;

const vendor = {
  name: 'The bucket',
  keys: 'see where the bucket is kept',
  billing: 'the service that keeps the bucket',
};

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}

/** Where a picture is in the bucket, each part of the way written as a URL needs it. */
function addressOf(name: string, { settings }: ImageHostTools): string {
  const { baseUrl = '', bucket = '', prefix = '' } = settings;
  const endpoint = withoutSlash(baseUrl.trim());
  if (!/^https?:\/\/[^/]+/i.test(endpoint)) {
    const message = `The endpoint of the image host, "${endpoint}", is not a web address. Write it like https://s3.eu-central-1.amazonaws.com.`;
    throw new FailureError(userFailure('wrong-address', message));
  }
  const way = prefix.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return [endpoint, ...[bucket, ...way, name].map(encodeURIComponent)].join('/');
}

function signed(
  request: { method: 'GET' | 'PUT'; url: string; from: number; seconds: number },
  tools: ImageHostTools,
): string {
  // What a service with one region only (R2: auto, MinIO: us-east-1) is sent, it takes.
  const region = tools.settings['region'] ?? '';
  return tools.presigned({ ...request, region, keyId: tools.secret('keyId'), key: tools.secret('key') });
}

interface Said {
  code: string;
  message: string;
}

/** The service's own code and words. The rest of its answer repeats the signature, and is left where it is. */
function read(answer: HttpAnswer): Said | undefined {
  const part = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.text)?.[1] ?? '';
  const code = part('Code');
  return code === '' ? undefined : { code, message: part('Message') };
}

const clock =
  'The clock of this computer and that of the bucket differ by more than 15 minutes. Set the clock of this computer.';
const region = 'The bucket is in another region. Check the region and the endpoint in the settings.';

/** What the codes of S3 mean to the person; some services have their own for the same. */
const meanings: Readonly<Record<string, readonly [code: string, message: string]>> = {
  InvalidAccessKeyId: [
    'bad-key',
    'The bucket does not know the access key ID. Check it in the settings, and the endpoint too.',
  ],
  SignatureDoesNotMatch: ['bad-key', 'The secret access key is wrong. Enter it again in the settings.'],
  NoSuchBucket: ['no-bucket', 'There is no such bucket there. Check its name and the endpoint.'],
  InvalidBucketName: ['no-bucket', 'A bucket cannot have this name. Check it in the settings.'],
  AccessDenied: [
    'forbidden',
    'The key may not write into this bucket. Give it the right to put objects there.',
  ],
  RequestTimeTooSkewed: ['wrong-clock', clock],
  RequestExpired: ['wrong-clock', clock],
  AuthorizationQueryParametersError: ['wrong-region', region],
  AuthorizationHeaderMalformed: ['wrong-region', region],
  InvalidRegion: ['wrong-region', region],
  PermanentRedirect: ['wrong-region', region],
  IllegalLocationConstraintException: ['wrong-region', region],
};

function readError(answer: HttpAnswer): Failure {
  const said = read(answer);
  if (said === undefined) {
    const detail = `HTTP ${answer.status}`;
    const failure = httpFailure(answer, vendor, '');
    if (answer.status >= 500 || answer.status === 429) return { ...failure, detail };
    const message = `What answers at the endpoint is no S3-compatible service (HTTP ${answer.status}). Check the endpoint in the settings.`;
    return userFailure('wrong-address', message, detail);
  }
  const detail = `HTTP ${answer.status} ${said.code}: ${said.message}`;
  // A link from the future or the past is only "denied"; its words tell.
  const isClock = said.code === 'AccessDenied' && /expired|not yet valid/i.test(said.message);
  const [code, message] = isClock ? ['wrong-clock', clock] : (meanings[said.code] ?? []);
  if (code !== undefined && message !== undefined) return userFailure(code, message, detail);
  return httpFailure(answer, vendor, said.message === '' ? said.code : said.message);
}

const host: ImageHost = {
  id: 's3',
  label: 'S3-compatible bucket',
  homepage: 'https://docs.aws.amazon.com/s3',
  summary:
    'Amazon S3, Cloudflare R2, Backblaze B2, MinIO … Stays closed: vendors get links that end after a week.',
  hosts: [],
  secrets: [
    { name: 'keyId', label: 'Access key ID', required: true },
    { name: 'key', label: 'Secret access key', required: true },
  ],
  settings: [
    {
      name: 'baseUrl',
      label: 'Endpoint',
      initial: '',
      required: true,
      hint: 'Like https://s3.eu-central-1.amazonaws.com. Vendors must be able to reach it.',
    },
    { name: 'bucket', label: 'Bucket', initial: '', required: true },
    {
      name: 'region',
      label: 'Region',
      initial: 'us-east-1',
      hint: 'As in the endpoint at Amazon and Backblaze; auto at Cloudflare R2.',
    },
    {
      name: 'prefix',
      label: 'Key prefix',
      initial: 'seedloom',
      hint: 'The folder for the pictures; they may be deleted at any time.',
    },
  ],
  async upload({ hash, data, type }, tools) {
    const from = tools.now();
    const link = addressOf(`${hash}.${type.slice(type.indexOf('/') + 1)}`, tools);
    const url = signed({ method: 'PUT', url: link, from, seconds: quarterHour }, tools);
    await tools.ask({ method: 'PUT', url, bytes: { data, type }, timeout: 300_000 });
    return { link, until: from + (week - lastDay) * 1000 };
  },
  opened: ({ link, until }, tools) =>
    signed({ method: 'GET', url: link, from: until - (week - lastDay) * 1000, seconds: week }, tools),
  readError,
};

export default host;
