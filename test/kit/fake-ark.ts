import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import { drawPicture } from './draw-picture';
import type { Charge, FakeVendor } from './fake-vendor';
import {
  bytesAnswer,
  jsonAnswer,
  piecesAnswer,
  startFakeVendor,
  textAnswer,
  type Answer,
  type Call,
} from './fake-vendor-server';

export interface FakeArkOptions {
  key?: string;
  /** How the names of the models begin: nothing at BytePlus, `doubao-` at Volcengine. */
  prefix?: '' | 'doubao-';
  /** Whether a stream is what comes when one is asked for; a gateway may know none, and answers in one piece. */
  streams?: boolean;
}

const least = {
  'seedream-4-0': 1280 * 720,
  'seedream-4-5': 2560 * 1440,
  'seedream-5-0': 2560 * 1440,
} as const;
const tiers = {
  'seedream-4-0': { '1K': 1024, '2K': 2048, '4K': 4096 },
  'seedream-4-5': { '2K': 2048, '4K': 4096 },
  'seedream-5-0': { '2K': 2048, '3K': 3072, '4K': 4096 },
} as const;
type Version = keyof typeof least;
const mostPixels = 4096 * 4096;
const names: Record<string, Version> = {
  'seedream-4-5-251128': 'seedream-4-5',
  'seedream-4-0-250828': 'seedream-4-0',
  'seedream-5-0-260128': 'seedream-5-0',
};

const bodySchema = z.object({
  model: z.string(),
  prompt: z.string().min(1),
  image: z.union([z.string(), z.array(z.string())]).optional(),
  size: z.string().default('2048x2048'),
  sequential_image_generation: z.enum(['auto', 'disabled']).default('disabled'),
  sequential_image_generation_options: z
    .object({ max_images: z.int().min(1).max(15).default(15) })
    .optional(),
  stream: z.boolean().default(false),
  response_format: z.enum(['url', 'b64_json']).default('url'),
  watermark: z.boolean().default(true),
});

function arkError(status: number, code: string, message: string): Answer {
  const type = {
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    429: 'TooManyRequests',
  }[status];
  const error = { code, message: `${message} Request ID: 0217${randomUUID().slice(0, 8)}`, param: '', type };
  return jsonAnswer(status, { error });
}

const wrong = (param: string) =>
  arkError(400, 'InvalidParameter', `The parameter ${param} specified in the request is not valid.`);
const moderation = {
  code: 'OutputImageSensitiveContentDetected',
  message: 'The request failed because the output image may contain sensitive information.',
};

function sizeOf(text: string, version: Version): [number, number] | undefined {
  const tier = (tiers[version] as Record<string, number>)[text];
  if (tier !== undefined) return [tier, tier];
  const sides = /^(\d+)x(\d+)$/.exec(text);
  const [width, height] = [Number(sides?.[1] ?? 0), Number(sides?.[2] ?? 0)];
  const pixels = width * height;
  const aspect = width / height;
  return pixels >= least[version] && pixels <= mostPixels && aspect >= 1 / 16 && aspect <= 16
    ? [width, height]
    : undefined;
}

/** A picture that Ark would take: by link it is believed, inside the request it is looked at. */
async function isTaken(image: string): Promise<boolean> {
  if (/^https?:\/\//.test(image)) return true;
  const data = /^data:image\/(jpeg|png|webp|bmp|tiff|gif);base64,([A-Za-z0-9+/=]+)$/.exec(image);
  const bytes = Buffer.from(data?.[2] ?? '', 'base64');
  if (bytes.length === 0 || bytes.length > 10_000_000) return false;
  try {
    const { width, height, format } = await sharp(bytes).metadata();
    const aspect = width / height;
    return (
      format === data?.[1] &&
      Math.min(width, height) > 14 &&
      width * height <= 6000 * 6000 &&
      aspect >= 1 / 16 &&
      aspect <= 16
    );
  } catch {
    return false;
  }
}

/** The same answer as events: one for each picture, one for the end with the usage, and `[DONE]`. */
function streamOf(about: object, data: readonly object[], usage: object, fault: Call['fault']): Answer {
  const event = (kind: string, more: object) => {
    const type = `image_generation.${kind}`;
    return Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...about, ...more })}\n\n`);
  };
  const pictures = data.map((each, index) =>
    event('error' in each ? 'partial_failed' : 'partial_succeeded', { image_index: index, ...each }),
  );
  const end = [event('completed', { usage }), Buffer.from('data: [DONE]\n\n')];
  const stream = (...pieces: readonly (Buffer | 'hold' | 'cut')[]) =>
    piecesAnswer(pieces, 'text/event-stream; charset=utf-8');
  if (fault?.kind !== 'stream') return stream(...pictures, ...end);
  const [came, rest] = [pictures.slice(0, fault.after), pictures.slice(fault.after)];
  switch (fault.how) {
    case 'cut':
      // In the middle of the next event.
      return stream(...came, rest[0]?.subarray(0, 90) ?? end[0]!.subarray(0, 20), 'cut');
    case 'hold':
      return stream(...came, 'hold', ...rest, ...end);
    case 'ends':
      return stream(...came);
    case 'garbage':
      return stream(
        ...came,
        Buffer.from('event: image_generation.partial_succeeded\ndata: {"type":\n\n'),
        ...rest.slice(1),
        ...end,
      );
    case 'disorder':
      return stream(...pictures.slice(1).reverse(), end[0]!, pictures[0]!, end[1]!);
  }
}

/**
 * Ark's image generation as BytePlus and Volcengine serve it: one request, one answer, links that need no key. A set is as
 * large as was allowed. Charges: one a request, with the pictures that were made; none for a request that made none.
 */
export async function createFakeArk({
  key = 'test-key',
  prefix = '',
  streams = true,
}: FakeArkOptions = {}): Promise<FakeVendor> {
  const charges: Charge[] = [];
  const files = new Map<string, Buffer>();

  async function generate({ request, origin, fault }: Call): Promise<Answer> {
    if (fault?.kind === 'moderation')
      return arkError(
        400,
        'InputTextSensitiveContentDetected',
        'The request failed because the input text may contain sensitive information.',
      );
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const param = String(issue?.path[0] ?? 'body');
      return Object.hasOwn((request.body ?? {}) as object, param)
        ? wrong(param)
        : arkError(400, 'MissingParameter', 'The request failed because it is missing a required parameter.');
    }
    const body = parsed.data;
    const version = body.model.startsWith(prefix) ? names[body.model.slice(prefix.length)] : undefined;
    if (version === undefined)
      return arkError(
        404,
        'InvalidEndpoint.NotFound',
        'The request targeted an endpoint that does not exist or is invalid.',
      );
    const images = body.image === undefined ? [] : [body.image].flat();
    const size = sizeOf(body.size, version);
    const asked =
      body.sequential_image_generation === 'auto'
        ? (body.sequential_image_generation_options?.max_images ?? 15)
        : 1;
    if (size === undefined) return wrong('size');
    if (images.length > 14 || images.length + asked > 15) return wrong('image');
    if (!(await Promise.all(images.map(isTaken))).every(Boolean)) return wrong('image');

    const made = fault?.kind === 'partial' ? fault.pictures : fault?.kind === 'job-failed' ? 0 : asked;
    const failure =
      fault?.kind === 'job-failed'
        ? { code: 'InternalServiceError', message: 'The service encountered an unexpected internal error.' }
        : moderation;
    const id = randomUUID();
    const data: object[] = [];
    for (let index = 0; index < asked; index += 1)
      // What was held back comes before what was made: the order says nothing.
      data.push(
        index < asked - made
          ? { error: failure }
          : await picture(body, size, `${id}-${index}`, index, origin),
      );
    if (made > 0) charges.push({ jobId: id, pictures: made, at: Date.now() });
    const tokens = Math.round((size[0] * size[1] * made) / 256);
    const usage = { generated_images: made, output_tokens: tokens, total_tokens: tokens };
    const about = { model: body.model, created: Math.floor(Date.now() / 1000) };
    if (body.stream && streams) return streamOf(about, data, usage, fault);
    return jsonAnswer(200, { ...about, data, usage });
  }

  async function picture(
    body: z.infer<typeof bodySchema>,
    [width, height]: [number, number],
    name: string,
    index: number,
    origin: string,
  ): Promise<object> {
    const from = createHash('sha256')
      .update(JSON.stringify([body, index]))
      .digest('hex');
    const bytes = await sharp(await drawPicture({ width, height, from }))
      .jpeg()
      .toBuffer();
    const size = `${width}x${height}`;
    if (body.response_format === 'b64_json') return { b64_json: bytes.toString('base64'), size };
    files.set(`/files/${name}.jpeg`, bytes);
    return { url: `${origin}/files/${name}.jpeg?X-Tos-Expires=86400&X-Tos-Signature=once`, size };
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: (method, path) =>
        path.startsWith('/files/') ? ['download'] : method === 'POST' ? ['submit'] : [],
      lacks: ['catalogue', 'status', 'result', 'upload', 'cancel'],
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['submit'],
        partial: ['submit'],
        'job-failed': ['submit'],
        ...(streams ? { stream: ['submit'] as const } : {}),
      },
      badKey: () =>
        arkError(401, 'AuthenticationError', 'The API key or AK/SK in the request is missing or invalid.'),
      noBalance: () =>
        arkError(
          403,
          'AccountOverdueError',
          'The request failed because your account has an overdue balance.',
        ),
      refusal: (status) =>
        status === 429
          ? arkError(
              429,
              'RateLimitExceeded.EndpointRPMExceeded',
              'The Requests Per Minute limit was exceeded.',
            )
          : arkError(
              status,
              status >= 500 ? 'InternalServiceError' : 'InvalidParameter',
              `Refused with ${status}.`,
            ),
      expired: (status) => textAnswer(status, '<Error><Code>AccessDenied</Code></Error>', 'application/xml'),
      async handle(call) {
        const { method, path } = call.request;
        if (method === 'POST' && path === '/api/v3/images/generations') return generate(call);
        const file = method === 'GET' ? files.get(path) : undefined;
        return file ? bytesAnswer(200, file, 'image/jpeg') : textAnswer(404, 'Not Found');
      },
    },
    charges,
  );
}
